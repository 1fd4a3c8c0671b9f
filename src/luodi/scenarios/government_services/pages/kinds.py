"""The kinds of cases: services with their papers, bad reviews, projects that build first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format

from luodi.scenarios.government_services.actions.ratings import CODE, note_review
from luodi.scenarios.government_services.actions.service import (
    may_be_filed,
    note,
    note_building,
    period_of,
)
from luodi.scenarios.government_services.models import BadReview, BuildFirst, Item, ServiceCase
from luodi.scenarios.government_services.rules import building, reviews, service
from luodi.scenarios.government_services.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.kinds import Choice, Day, Link, Text, Whole

ITEM = Link(model=Item, by=("name", "code"), called="事项")

LETTERS = (
    Letter(
        "receipt", "收件凭证", ("receive",),
        (
            "申请人{reporter}：",
            "收到你（单位）申请的“{title}”（编号{number}），材料于{received_on}收下。",
            "五个工作日内受理或者一次性告知需要补正的全部内容；逾期不告知的，自收到之日起即为受理。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "supplement", "一次性告知书", ("ask_supplement",),
        ("申请人{reporter}：", "你（单位）申请的“{title}”（编号{number}）需要补正下列内容：", "{words}", "以上为需要补正的全部内容。", "{home}", "{today}"),
    ),
    Letter(
        "accepted", "受理通知书", ("accept", "deem_accepted"),
        ("申请人{reporter}：", "你（单位）申请的“{title}”（编号{number}）已经受理，应于{due_on}前办结。依据：{ruleset}。", "{home}", "{today}"),
    ),
    Letter(
        "not_accepted", "不予受理决定书", ("refuse_acceptance",),
        ("申请人{reporter}：", "你（单位）申请的“{title}”（编号{number}）不予受理。", "理由：{reason}。依据：{basis}。", "救济途径：{remedy}。", "{home}", "{today}"),
    ),
    Letter(
        "paused", "中止计时告知书", ("pause",),
        ("申请人{reporter}：", "“{title}”（编号{number}）因{reason}中止计算办理期限，所需时间不计入期限。依据：{basis}。", "{lead}", "{today}"),
    ),
    Letter(
        "extended", "延长期限告知书", ("grant_extension",),
        ("申请人{reporter}：", "“{title}”（编号{number}）经批准延长{length}个工作日，至{due_on}。理由：{reason}。", "{lead}", "{today}"),
    ),
    Letter("approved", "准予决定书", ("approve",), ("申请人{reporter}：", "你（单位）申请的“{title}”（编号{number}）准予。", "{reply}", "{lead}", "{today}")),
    Letter(
        "denied", "不予决定书", ("deny",),
        ("申请人{reporter}：", "你（单位）申请的“{title}”（编号{number}）不予。", "理由：{reason}。依据：{basis}。", "救济途径：{remedy}。", "{lead}", "{today}"),
    ),
)  # fmt: skip


def facts_of(case: ServiceCase) -> Iterable[tuple[str, Any]]:
    item = case.item
    yield "事项", f"{item.name}（{item.code}）"
    yield "办件类型", item.get_handling_display()
    yield "法定时限", f"{item.legal_days} 个工作日" if item.legal_days else "法律没有规定"
    yield (
        "承诺时限",
        "当日"
        if item.handling == "instant"
        else f"{item.promised_days} 个工作日"
        if item.promised_days
        else "",
    )
    yield "法定期限", date_format(case.legal_on, "Y-m-d") if case.legal_on else ""
    yield "申请企业", case.firm.name if case.firm else ""
    yield "证照编号", case.document


SERVICES = CaseKind(
    code=SCENARIO.code,
    title="政务服务办件",
    model=ServiceCase,
    machine=service.MACHINE,
    prefix="ZW",
    lead=SCENARIO.lead,
    ruleset=service.LIMITS,
    categories=service.CATEGORIES,
    outcomes=service.OUTCOMES,
    channels=service.CHANNELS,
    public=True,
    public_channel="online",
    letters=LETTERS,
    period=period_of,
    check=may_be_filed,
    needs=("title", "body", "item"),
    offers=("firm",),
    desk_offers=("channel", "received_on"),
    told={
        "receive": "", "ask_supplement": "words", "accept": "", "deem_accepted": "", "refuse_acceptance": "reason", "pause": "reason", "resume": "",
        "grant_extension": "reason", "approve": "reply", "deny": "reason", "issue": "", "deliver": "", "rate": "",
    },
    asks={
        "item": ("事项", ITEM),
        "firm": ("申请企业", ENTERPRISE),
        "remedy": ("救济途径", Text()),
        "document": ("证照编号", Text()),
        "visits": ("实际到场次数", Whole()),
    },
    writes={"document": "document", "visits": "visits_made"},
    facts=facts_of,
    note=note,
)  # fmt: skip


def facts_of_review(review: BadReview) -> Iterable[tuple[str, Any]]:
    rating = review.rating
    yield "事项", rating.item.name
    yield "星级", rating.get_stars_display()
    yield "评价指标", "、".join(rating.tags)
    yield "评价时间", date_format(rating.rated_at, "Y-m-d H:i")


REVIEWS = CaseKind(
    code=CODE,
    title="差评整改",
    model=BadReview,
    machine=reviews.MACHINE,
    prefix="CP",
    lead=SCENARIO.lead,
    ruleset=reviews.LIMITS,
    categories=reviews.WAYS,
    outcomes=reviews.OUTCOMES,
    solved=("fixed",),
    check=lambda by, review: "" if review.rating_id else "差评整改由评价产生，请到“服务评价”里登记评价。",
    bringer=lambda review: "",
    facts=facts_of_review,
    note=note_review,
)


def facts_of_building(case: BuildFirst) -> Iterable[tuple[str, Any]]:
    yield "企业", case.firm.name
    yield "承诺达到的标准", case.standards
    yield "承诺验收期限", date_format(case.promised_until, "Y-m-d") if case.promised_until else ""


BUILDINGS = CaseKind(
    code="build_first",
    title="先建后验",
    model=BuildFirst,
    machine=building.MACHINE,
    prefix="XJ",
    lead=SCENARIO.lead,
    ruleset=building.LIMITS,
    categories=building.CATEGORIES,
    outcomes=building.OUTCOMES,
    solved=("passed",),
    check=lambda by, case: "" if case.firm.is_active else f"{case.firm.name}已{case.firm.get_status_display()}。",
    bringer=lambda case: case.firm.uscc,
    needs=("title", "body", "category", "firm", "standards"),
    asks={
        "firm": ("企业", ENTERPRISE),
        "promised_until": ("承诺验收期限", Day()),
        "began_on": ("开工日期", Day()),
        "document": ("验收文号", Text()),
        "saved_days": ("节省工期（日）", Whole()),
        "consequence": ("违诺处理", Choice(choices=building.CONSEQUENCES)),
    },
    writes={"promised_until": "promised_until", "began_on": "began_on", "saved_days": "saved_days", "consequence": "consequence"},
    stamps={"promise": "promised_on", "pass_acceptance": "accepted_on"},
    facts=facts_of_building,
    note=note_building,
)  # fmt: skip

CASES = (SERVICES, REVIEWS, BUILDINGS)
