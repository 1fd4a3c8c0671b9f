"""What the workbench and the engine of cases are told of appeals: the kind, its letters, and the desks."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.enterprise_appeals import actions, rules
from luodi.scenarios.enterprise_appeals.models import Appeal, Clause, Match, Policy
from luodi.scenarios.enterprise_appeals.scenario import SCENARIO
from luodi.shapes.cases.desk import desk_of
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Text, Words, YesNo


def may_be_brought(_by: Any, appeal: Appeal) -> str:
    """An appeal is brought by a registered firm that is in business."""
    if appeal.firm is None:
        return "请填写企业：企业名录里没有的，先登记统一社会信用代码。"
    if not appeal.firm.is_active:
        return f"{appeal.firm.name}已{appeal.firm.get_status_display()}，不能提出诉求。"
    if appeal.debtor_id and appeal.category != rules.ARREARS:
        return "欠款单位只在欠款类诉求里填写。"
    return ""


LETTERS = (
    Letter(
        "accepted", "受理告知书", ("accept",),
        (
            "{firm}：",
            "你单位于{received_on}提出的“{title}”诉求（编号{number}）已经受理，定为{level}，由{lead}主办。",
            "按照{ruleset}，应于{due_on}前办结。办理情况可凭编号和查询码在公开页面查询。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "rejected", "不予受理告知书", ("reject",),
        (
            "{firm}：",
            "你单位于{received_on}提出的“{title}”诉求（编号{number}）不予受理。",
            "理由：{reason}。依据：{basis}。如有异议，可以向{home}提出。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "reply", "答复意见书", ("reply",),
        (
            "{firm}：",
            "你单位提出的“{title}”诉求（编号{number}）已办理，结果为：{outcome}。",
            "{reply}",
            "对办理结果不满意的，可以在回访时提出，经核实将重新办理并提升一级。",
            "{lead}", "{today}",
        ),
    ),
    Letter(
        "supervision", "督办通知", ("supervise",),
        (
            "{lead}：",
            "“{title}”（编号{number}）列为{grade}级督办。{reason}",
            "请于{due_on}前办结，并报送办理情况。",
            "{today}",
        ),
    ),
)  # fmt: skip

APPEALS = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=Appeal,
    machine=rules.MACHINE,
    prefix="QS",
    lead=SCENARIO.lead,
    ruleset=rules.LIMITS,
    categories=rules.CATEGORIES,
    levels=rules.LEVELS,
    outcomes=rules.OUTCOMES,
    solved=(rules.SOLVED,),
    channels=rules.CHANNELS,
    public=True,
    letters=LETTERS,
    check=may_be_brought,
    bringer=lambda appeal: appeal.firm.uscc if appeal.firm else appeal.reporter_phone,
    sealed=lambda appeal: appeal.is_anonymous or appeal.category == rules.ARREARS,
    accuses=lambda appeal: (appeal.debtor,) if appeal.debtor_id and appeal.category == rules.ARREARS else (),
    needs=("title", "body", "category", "firm"),
    offers=("wants", "is_anonymous"),
    asks={"firm": ("企业", ENTERPRISE)},
)
CASES = (APPEALS,)

_OWN = (
    Column("firm_shown", "企业", Text(), width=16),
    Column("firm_known", "企业名录", ENTERPRISE, edit=True, hidden=True, note="只有受理单位在登记时填写"),
    Column("wants", "希望解决", Text(long=True), edit=True, hidden=True),
    Column("is_anonymous", "要求保密", YesNo(), edit=True, hidden=True),
    Column("debtor", "欠款单位", edit=True, hidden=True, none="—"),
)


def with_firm_words(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """What the search box finds a firm by: nothing for a sealed one, or a search would tell who brought it."""
    named = Concat("firm__name", Value(" "), "firm__uscc")
    return rows.select_related("firm").annotate(
        firm_words=Case(When(is_sealed=True, then=Value("")), default=named, output_field=TextField())
    )


DESKS = (
    desk_of(
        APPEALS,
        about="企业提出的诉求：受理起算、派单、联系、答复、第三方回访，不满意的重办并提级。",
        columns=_OWN,
        rows=with_firm_words,
        search=("firm_words",),
    ),
    desk_of(
        APPEALS,
        code="arrears",
        title="拖欠账款专册",
        about="欠款类诉求单独成册，企业名称保密，欠款单位看不到。",
        columns=_OWN,
        rows=lambda rows: rows.select_related("firm").filter(category=rules.ARREARS),
    ),
    Desk(
        code="policies",
        title="惠企政策",
        model=Policy,
        key=("doc_no",),
        about="政策文件；发布后 7 个工作日内出办事指南。",
        columns=(
            Column("doc_no", "文号", frozen=True, edit=True, width=16),
            Column("title", "名称", frozen=True, edit=True, width=24),
            Column("issuer", "发布单位", edit=True),
            Column("issued_on", "发布", edit=True),
            Column("guide_on", "指南发布", edit=True),
            Column("address", "网址", edit=True, hidden=True, none="—"),
        ),
        search=("doc_no", "title"),
        filters=("issuer", "issued_on"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_policy,
        create=actions.keep_policy,
    ),
    Desk(
        code="policy-clauses",
        title="政策条款",
        model=Clause,
        key=("code",),
        about="给谁、给多少、从哪笔预算、在什么窗口内。条件是数据，匹配结果逐条说明。",
        columns=(
            Column("code", "条款编号", frozen=True, edit=True),
            Column("title", "条款", frozen=True, edit=True, width=24),
            Column("policy", "政策", Link(model=Policy, by=("doc_no",)), edit=True),
            Column("track", "兑现方式", edit=True),
            Column("matter", "事项", edit=True, none="—"),
            Column("budget_fen", "预算", Money("万元"), edit=True),
            Column("opens_on", "开放", edit=True, none="不限"),
            Column("shuts_on", "截止", edit=True, none="不限"),
        ),
        search=("code", "title"),
        filters=("track", "policy"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_clause,
    ),
    Desk(
        code="policy-matches",
        title="政策兑现",
        model=Match,
        about="匹配到的企业：告知、确认意愿、核定、拨付；每一条都写明为什么符合。",
        when_empty="还没有匹配：在政策条款里选中条款后匹配。",
        columns=(
            Column("firm", "企业", ENTERPRISE, frozen=True, width=18),
            Column("clause", "条款", Link(model=Clause, by=("title", "code")), frozen=True, width=20),
            Column("state", "状态", Choice(lamps={"paid": "green", "declined": "grey", "expired": "red", "matched": "hollow"})),
            Column("clause__track", "兑现方式"),
            Column("fen", "测算金额", Money("万元")),
            Column("approved_fen", "核定金额", Money("万元")),
            Column("paid_fen", "拨付金额", Money("万元")),
            Column("matched_on", "匹配"),
            Column("notified_on", "告知"),
            Column("due_on", "兑现期限", none="—"),
            Column("paid_on", "拨付"),
            Column("why", "匹配依据", Words(), hidden=True, width=36),
        ),
        search=("firm__name", "firm__uscc", "clause__title"),
        filters=("state", "clause", "firm"),
        order=("-matched_on",),
        board="state",
        calendar="due_on",
        open_to=is_staff_of_the_city,
    ),
)  # fmt: skip
