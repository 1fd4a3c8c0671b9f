"""Clues as a kind of case: the nine steps of the rule, what each asks for, and what the household hears of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from luodi.scenarios.poverty_watch.actions.households import follow
from luodi.scenarios.poverty_watch.models import Clue
from luodi.scenarios.poverty_watch.rules import LIMITS, words
from luodi.scenarios.poverty_watch.rules.clues import MACHINE, holds_no_numbers
from luodi.scenarios.poverty_watch.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.kinds import Choice, Day, Text, Whole

DECIDING = ("approve", "reject", "refuse")


def may_be_brought(_by: Any, clue: Clue) -> str:
    return holds_no_numbers(f"{clue.title}\n{clue.body}\n{clue.address}")


def note(clue: Clue, event: Event) -> None:
    """The household follows; whether it was decided in time is read off the clock as it ran."""
    on = timezone.localtime(event.at).date()
    signed = event.filled.get("signed_on")
    if signed and date.fromisoformat(str(signed)) > on:
        raise NotAllowed("签署日期不能晚于今天。")
    if event.move in DECIDING:
        clue.decided_late = None if clue.due_at is None else event.at >= clue.due_at
        clue.outcome = "listed" if event.move == "approve" else "rejected"
    follow(clue, event)


def facts(clue: Clue) -> Iterator[tuple[str, Any]]:
    if clue.household_id:
        yield "农户", format_html('<a href="{}">{}</a>', clue.household.get_absolute_url(), clue.household)
    elif clue.is_open:
        link = reverse("poverty_watch:enrol", args=[clue.pk])
        yield "农户", format_html('<a class="btn" href="{}">{}</a>', link, "登记农户")
    if clue.amount_fen is not None:
        yield "涉及金额", f"{clue.amount_fen / 100:.2f} 元"
    if clue.attended is not None:
        yield "民主评议", f"到会 {clue.attended} 人，同意 {clue.agreed} 人"
    yield "不予纳入情形", clue.get_refusal_display()


CLUES = CaseKind(
    code=SCENARIO.code,
    title="防返贫线索",
    model=Clue,
    machine=MACHINE,
    prefix="FP",
    lead=SCENARIO.lead,
    ruleset=LIMITS,
    categories=words.CAUSES,
    outcomes=(("listed", "纳入监测"), ("rejected", "不予纳入")),
    solved=("listed",),
    channels=words.CHANNELS,
    public=True,
    public_channel=words.SELF,
    check=may_be_brought,
    needs=("title", "body", "category", "division"),
    offers=(),
    desk_offers=("channel", "received_on"),
    told={"visit": "", "post": "", "approve": "", "reject": "reason", "refuse": "reason"},
    asks={
        "visitors": ("入户人员（两人以上）", Text()),
        "signed_on": ("承诺授权签署日期", Day()),
        "attended": ("到会人数", Whole("人")),
        "agreed": ("同意人数", Whole("人")),
        "place": ("公示地点（只在本村）", Text()),
        "objections": ("公示期间有无异议", Choice(choices=(("no", "无异议"), ("yes", "有异议")))),
        "refusal": ("情形", Choice(choices=words.REFUSALS)),
    },
    writes={"attended": "attended", "agreed": "agreed", "refusal": "refusal"},
    stamps={
        "visit": "visited_on",
        "meet": "met_on",
        "post": "posted_on",
        **dict.fromkeys(DECIDING, "decided_on"),
    },
    letters=(
        Letter("assigned", "线索核实交办单", ("send",), (
            "{lead}：", "现将线索“{title}”（编号{number}）交你单位核实。请入户核查、取得承诺授权，经民主评议和村级公示后提出意见，于{due_on}前完成识别。",
            "入户核实只收集认定所需的信息；公示只在本村一次，不得写身份证号、电话、银行账号和病情。", "{words}", "{home}", "{today}")),
        Letter("told", "核实结果告知书", DECIDING, (
            "{reporter}：", "你反映的“{title}”（编号{number}）已经核实，结果：{outcome}。{reason}", "对结果有异议的，可以向乡镇人民政府或者{home}反映。", "{home}", "{today}")),
    ),
    facts=facts,
    note=note,
)  # fmt: skip
