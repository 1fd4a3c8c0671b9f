"""The regulation on disclosure of government information (711号令) as data and pure functions.

依申请: received → (asked to complete once, within 7 working days) → (third party asked, time not counted) → answered by one of
nine codes → served → closed; overturned by review or court, it is answered anew. 主动公开: within 20 working days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.kernel.clock import CHINA, Clock, Period, Unit
from luodi.shapes.cases.guards import after, at_most, nothing_pending, one_of
from luodi.shapes.cases.machine import DESK, LEAD, PUBLIC, Actor, Effect, Machine, Move, State, Window
from luodi.shapes.cases.moves import extension, withdrawal
from luodi.shapes.cases.record import Record

LIMITS = "disclosure.limits"
PUBLISHING = "disclosure.publishing"

CHANNELS = (
    ("visit", "当面提交"),
    ("registered", "挂号信、特快"),
    ("mail", "平常信函"),
    ("online", "互联网"),
    ("fax", "传真"),
)
UNCONFIRMED = frozenset({"mail", "online", "fax"})
"""Channels for which the day of receipt is the day on which both sides confirm it (第三十一条)."""
CATEGORIES = (
    ("plan", "规划计划"), ("budget", "财政预决算"), ("project", "重大项目"), ("land", "征地拆迁"), ("approval", "审批处罚"),
    ("environment", "环境安全"), ("people", "民生保障"), ("other", "其他"),
)  # fmt: skip
APPLICANTS = (
    ("person", "自然人"), ("company", "商业企业"), ("research", "科研机构"), ("welfare", "社会公益组织"),
    ("legal", "法律服务机构"), ("other", "其他组织"),
)  # fmt: skip
"""The columns of the year's report."""
DISCLOSED, PARTLY, REFUSED = "disclosed", "partly", "refused"
OUTCOMES = (
    ("already", "已公开，告知途径"),
    (DISCLOSED, "予以公开"),
    (PARTLY, "部分公开"),
    (REFUSED, "不予公开"),
    ("none", "信息不存在"),
    ("not_ours", "非本机关负责公开"),
    ("repeat", "重复申请，不重复处理"),
    ("special", "依其他法律办理"),
    ("not_information", "不属于政府信息公开申请"),
)
"""第三十六条、第三十九条."""
EXEMPTIONS = (
    ("secret", "国家秘密（第十四条）"),
    ("safety", "危及国家安全、公共安全、经济安全、社会稳定（第十四条）"),
    ("third_party", "商业秘密、个人隐私（第十五条）"),
    ("internal", "内部事务信息（第十六条）"),
    ("process", "过程性信息（第十六条）"),
    ("enforcement", "行政执法案卷（第十六条）"),
)
NEEDS_EXEMPTION = frozenset({PARTLY, REFUSED})


def exemption_fits(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """What is kept back needs its article; what is given has none."""
    is_kept_back, has_one = filled.get("outcome") in NEEDS_EXEMPTION, bool(filled.get("exemption"))
    if is_kept_back and not has_one:
        return "不予公开、部分公开的，须写明依据哪一条。"
    return "只有不予公开、部分公开才填豁免依据。" if has_one and not is_kept_back else ""


def another_organ_named(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    if filled.get("outcome") == "not_ours" and not filled.get("organ"):
        return "非本机关负责公开的，能够确定的要告知负责的机关；确实不能确定的，写“不能确定”。"
    return ""


def receipt_confirmed(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    channel = record.events[0].filled.get("channel", "")
    if channel in UNCONFIRMED and record.last("confirm") is None:
        return "信函、互联网、传真的申请，先与申请人确认收到之日。"
    return ""


def unconfirmed_channel(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    if record.events[0].filled.get("channel", "") not in UNCONFIRMED:
        return "当面提交和挂号信以提交、签收之日为准，不用确认。"
    return ""


def served_after_the_answer(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    answer = record.last("answer")
    day = date.fromisoformat(str(filled["served_on"]))
    return "送达日期早于答复日期，请核对。" if answer and day < answer.at.astimezone(CHINA).date() else ""


_CODES = one_of("outcome", tuple(code for code, _ in OUTCOMES), "请选择答复类型。")
MACHINE = Machine(
    start="received",
    opening=Effect.START,
    opening_limit="reply",
    states=(
        State("received", "待审查", "已收到", "hollow"),
        State("correcting", "待补正", "请补正", "yellow", limit="correct"),
        State("handling", "办理中", "办理中", "yellow"),
        State("consulting", "征求意见中", "正在征求第三方意见", "yellow", limit="third_party"),
        State("answered", "已答复", "已答复", "blue"),
        State("closed", "已办结", "已办结", "green", is_end=True, proof=("answer", "serve")),
        State("abandoned", "视为放弃", "逾期不补正，视为放弃申请", "grey", is_end=True),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
    ),
    moves=(
        Move("accept", "审查通过", ("received",), "handling", takes=("words",), guards=(receipt_confirmed,), in_bulk=True),
        Move("confirm", "确认收到之日", ("received",), needs=("words",), effect=Effect.NEXT, limit="reply", guards=(unconfirmed_channel, at_most("confirm", 1, "收到之日已经确认。"))),
        Move(
            "ask_correction", "告知补正", ("received", "handling"), "correcting", needs=("words",), effect=Effect.FINISH,
            window=Window("correction_ask"), guards=(at_most("ask_correction", 1, "补正只告知一次。"),),
        ),
        Move("correct", "补正", ("correcting",), "handling", by=(PUBLIC, DESK), needs=("words",), effect=Effect.NEXT, limit="reply"),
        Move("abandon", "视为放弃", ("correcting",), "abandoned", needs=("words",), window=Window("correct", is_over=True)),
        Move("send", "转承办单位", ("handling",), needs=("lead",), takes=("words",)),
        Move("co_opinion", "提供信息和意见", ("handling",), by=(LEAD,), needs=("words",), assignment="signed"),
        Move("consult", "征求第三方意见", ("handling",), "consulting", needs=("third", "reason"), effect=Effect.PAUSE),
        Move("consulted", "第三方意见", ("consulting",), "handling", needs=("opinion",), takes=("words",), effect=Effect.RESUME),
        Move(
            "answer", "答复", ("handling",), "answered", by=(DESK,), needs=("outcome", "reply", "basis"), takes=("exemption", "organ"),
            effect=Effect.FINISH, guards=(_CODES, exemption_fits, another_organ_named, nothing_pending),
        ),
        Move("serve", "送达", ("answered",), needs=("served_on", "service"), guards=(served_after_the_answer,)),
        Move("close", "办结", ("answered",), "closed", guards=(after("serve", "还没有送达，不能办结。"),), in_bulk=True),
        Move("overturn", "复议、诉讼纠错，重新答复", ("closed",), "handling", needs=("review", "reason"), effect=Effect.NEXT, limit="reply", new_round=True),
        Move("uphold", "复议、诉讼维持", ("answered",), needs=("review", "reason")),
        *extension(("handling",)),
        *withdrawal(("received", "correcting", "handling")),
    ),
)  # fmt: skip


# 主动公开

ITEMS = (
    ("rules", "行政法规、规章和规范性文件"), ("organ", "机关职能、机构、领导"), ("plans", "国民经济和社会发展规划、专项规划、区域规划"),
    ("statistics", "国民经济和社会发展统计信息"), ("licences", "行政许可和其他对外管理服务事项"), ("penalties", "行政处罚、行政强制"),
    ("budget", "财政预算、决算"), ("fees", "行政事业性收费"), ("procurement", "政府集中采购"), ("projects", "重大建设项目"),
    ("welfare", "扶贫、教育、医疗、社保、促进就业"), ("emergency", "突发公共事件预案、预警和应对"), ("quality", "环保、公共卫生、安全生产、食品药品、产品质量"),
    ("recruitment", "公务员招考和录用"), ("other", "法律法规规定的其他"),
)  # fmt: skip
"""第二十条, fifteen items."""


def publish_by(formed_on: date, limit: Period, clock: Clock) -> date:
    """The last day for publishing what was made or changed on a day. Raises ClockError without a calendar."""
    return clock.last_day(formed_on, limit)


def limit_of(values: Mapping[str, Any]) -> Period:
    return Period(int(values["amount"]), Unit(values["unit"]))


# 年度报告


@dataclass(frozen=True, slots=True)
class Handled:
    """One application as the year's report counts it. `outcome` "" while it is open; `exemption` where kept back."""

    applicant: str
    received_on: date
    closed_on: date | None
    outcome: str
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class YearTable:
    """Rows of the report by kind of applicant. `fresh` and `carried_in` come in, `outcomes` and `carried_out` go out."""

    fresh: Counter[str]
    carried_in: Counter[str]
    outcomes: Mapping[tuple[str, str], Counter[str]]
    carried_out: Counter[str]

    def total(self, row: Counter[str]) -> int:
        return sum(row.values())

    @property
    def handled(self) -> Counter[str]:
        return sum(self.outcomes.values(), Counter())

    @property
    def balances(self) -> bool:
        """新收 + 上年结转 = 办结 + 结转下年, for every kind of applicant."""
        return self.fresh + self.carried_in == self.handled + self.carried_out


def year_table(rows: Iterable[Handled], year: int) -> YearTable:
    """The table of one calendar year, from applications of all years. What ended without an answer (放弃, 撤回) counts as 其他处理."""
    first, after_last = date(year, 1, 1), date(year + 1, 1, 1)
    fresh, carried_in, carried_out = Counter[str](), Counter[str](), Counter[str]()
    outcomes: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        is_over_before = row.closed_on is not None and row.closed_on < first
        if row.received_on >= after_last or is_over_before:
            continue
        (fresh if row.received_on >= first else carried_in)[row.applicant] += 1
        if row.closed_on is not None and row.closed_on < after_last:
            key = (row.outcome or "ended", row.exemption if row.outcome in NEEDS_EXEMPTION else "")
            outcomes.setdefault(key, Counter())[row.applicant] += 1
        else:
            carried_out[row.applicant] += 1
    return YearTable(fresh, carried_in, outcomes, carried_out)
