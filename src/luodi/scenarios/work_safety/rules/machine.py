"""The closed loop of a hidden danger 隐患, from being found to its end; major ones by way of listed supervision 挂牌督办.

Nobody accepts what they mended. A major danger has all five in place 五落实 (措施、资金、期限、责任人、预案) before mending counts as
begun, is told to the workers and made public, reported on every quarter, accepted with experts, and struck off 核销 in public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.shapes.cases.guards import after, nothing_pending, unsupervised
from luodi.shapes.cases.machine import DESK, LEAD, SUPERVISOR, Effect, Guard, Machine, Move, State
from luodi.shapes.cases.moves import extension, merging, supervision
from luodi.shapes.cases.record import Actor, Record

GENERAL, MAJOR = "general", "major"
LEVELS = ((GENERAL, "一般隐患"), (MAJOR, "重大事故隐患"))
SECTORS = (
    ("coal", "煤矿"), ("mine", "非煤矿山"), ("chemical", "危险化学品"), ("gas", "城镇燃气"), ("building", "建筑施工"), ("house", "自建房"),
    ("road", "道路运输"), ("fire", "消防"), ("trade", "工贸"), ("special", "特种设备"), ("tourism", "文旅场所"), ("other", "其他"),
)  # fmt: skip
SELF, INSPECTED, REPORTED = "self", "inspection", "report"
CHANNELS = (
    (SELF, "企业自查"),
    (INSPECTED, "执法检查"),
    (REPORTED, "群众举报"),
    ("transfer", "部门移送"),
    ("expert", "专家会诊"),
)
MENDED, STRUCK_OFF, CLOSED_DOWN, UNFOUNDED = "mended", "struck_off", "closed_down", "unfounded"
OUTCOMES = (
    (MENDED, "已整改"),
    (STRUCK_OFF, "已核销"),
    (CLOSED_DOWN, "企业关闭退出"),
    (UNFOUNDED, "核查不属实"),
)
ENDS = {"recheck_pass": MENDED, "strike_off": STRUCK_OFF, "close_down": CLOSED_DOWN, "dismiss": UNFOUNDED}
FIVE = (
    ("fix_measures", "整改措施"),
    ("fix_funds", "整改资金"),
    ("fix_by", "整改期限"),
    ("fix_person", "责任人"),
    ("fix_plan", "应急预案"),
)
"""五落实; the period stands in the notice, the other four in the plan."""


def level_is(level: str, said: str) -> Guard:
    def guard(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
        return "" if record.value("level") == level else said

    return guard


def a_major_names_its_rule(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    if filled.get("level") == MAJOR and not filled.get("rule"):
        return "定为重大事故隐患，须写明判定标准的哪一条。"
    return ""


def restart_was_allowed(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """Who was told to stop starts again only after a look at it."""
    last = record.last("stop", "allow_restart")
    return "责令停产撤人的，先同意恢复生产再核销。" if last is not None and last.move == "stop" else ""


def told_workers(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    return (
        "" if filled.get("told") is True else "重大事故隐患须向从业人员通报，并报告职工大会或职工代表大会。"
    )


_IS_MAJOR = level_is(MAJOR, "这一步只用于重大事故隐患。")
_IS_GENERAL = level_is(GENERAL, "重大事故隐患须挂牌督办、验收核销，不能按一般隐患办。")
_OPEN = ("found", "graded", "planning", "fixing", "self_accepted", "accepted")
_AT_WORK = ("planning", "fixing")

MACHINE = Machine(
    start="found",
    states=(
        State("found", "待分级", "已收到", "hollow", limit="grade"),
        State("graded", "待交办", "核查中", "yellow", limit="assign"),
        State("planning", "待制定方案", "整改中", "yellow", limit="plan"),
        State("fixing", "整改中", "整改中", "yellow", limit="report"),
        State("self_accepted", "待复查验收", "整改完毕，待验收", "blue", limit="accept"),
        State("accepted", "验收通过，待核销", "验收通过", "blue", limit="strike_off"),
        State("closed", "已整改销号", "已整改", "green", is_end=True, proof=("self_accept", "recheck_pass")),
        State("struck_off", "已核销", "已核销", "green", is_end=True, proof=("self_accept", "accept_pass", "strike_off")),
        State("closed_down", "企业关闭", "企业已关闭", "grey", is_end=True, proof=("close_down",)),
        State("dismissed", "不属实", "核查不属实", "grey", is_end=True),
        State("merged", "已并件", "已并入另一件", "grey", is_end=True, proof=("merge",)),
    ),
    # of the moves from a state the first that leads on is whose turn it is
    moves=(
        Move("grade", "分级", ("found",), "graded", needs=("level", "category"), takes=("rule", "words"), guards=(a_major_names_its_rule,)),
        Move("assign", "交办整改", ("graded",), "planning", needs=("lead", "fix_by"), takes=("words",), effect=Effect.START, guards=(_IS_GENERAL,)),
        Move(
            "list", "挂牌督办", ("graded",), "planning", needs=("lead", "notice_no", "potential", "fix_by"), takes=("co", "words"),
            effect=Effect.START, guards=(_IS_MAJOR,),
        ),
        Move("plan", "整改方案", ("planning",), "fixing", by=(LEAD,), needs=("words",), guards=(_IS_GENERAL,), assignment="signed"),
        Move(
            "plan_major", "整改方案（五落实）", ("planning",), "fixing", by=(LEAD,),
            needs=("fix_measures", "fix_funds", "fix_person", "fix_plan", "told"), takes=("words",), guards=(_IS_MAJOR, told_workers), assignment="signed",
        ),
        Move("announce", "向社会公布", ("planning", "fixing"), needs=("words",), guards=(_IS_MAJOR,)),
        Move("quarter_report", "季度报告", ("fixing",), by=(LEAD,), needs=("words",), restarts=True, guards=(_IS_MAJOR,)),
        Move("stop", "责令停产撤人", _AT_WORK, by=(DESK, LEAD), needs=("reason", "basis"), guards=(_IS_MAJOR,)),
        Move("warn_power", "通知停电", _AT_WORK, by=(DESK,), needs=("reason", "basis"), guards=(_IS_MAJOR,)),
        Move("cut_power", "停止供电", _AT_WORK, by=(DESK,), needs=("words",), guards=(_IS_MAJOR, after("warn_power", "停止供电须提前通知企业。"))),
        Move("suspend_licence", "暂扣许可证", ("fixing",), by=(DESK, SUPERVISOR), needs=("reason", "basis")),
        Move("self_accept", "企业自验", ("fixing",), "self_accepted", by=(LEAD,), needs=("words",), effect=Effect.FINISH, guards=(nothing_pending,)),
        Move("recheck_pass", "复查通过", ("self_accepted",), "closed", by=(DESK, SUPERVISOR), needs=("words",), guards=(_IS_GENERAL, unsupervised), apart_from=("self_accept",)),
        Move(
            "accept_pass", "验收通过", ("self_accepted",), "accepted", by=(DESK,), needs=("experts", "words"), apart_from=("self_accept",), apart_from_unit=("self_accept",),
            guards=(_IS_MAJOR, after("list", "没有挂牌的记录。")),
        ),
        Move("fail", "未通过，继续整改", ("self_accepted",), "fixing", by=(DESK, SUPERVISOR), needs=("reason",), effect=Effect.CONTINUE, apart_from=("self_accept",)),
        Move("allow_restart", "同意恢复生产", ("accepted",), by=(DESK,), needs=("words",), guards=(_IS_MAJOR,), apart_from=("self_accept",)),
        Move("strike_off", "核销公告", ("accepted",), "struck_off", by=(DESK,), needs=("notice",), guards=(_IS_MAJOR, after("announce", "挂牌还没有向社会公布，不能核销。"), restart_was_allowed, unsupervised)),
        Move("dismiss", "核查不属实", ("found", "graded"), "dismissed", needs=("reason",)),
        Move("regrade", "重新定级", ("graded", *_AT_WORK), "graded", needs=("level", "reason"), takes=("rule",), guards=(a_major_names_its_rule,)),
        Move("close_down", "关闭退出", _AT_WORK, "closed_down", by=(DESK, SUPERVISOR), needs=("reason", "basis"), apart_from=("plan", "plan_major")),
        *extension(("fixing",)),
        *supervision(_OPEN),
        *merging(("found", "graded", "planning", "fixing")),
    ),
)  # fmt: skip
