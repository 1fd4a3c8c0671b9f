"""Proposals as a kind of case: what is asked for, the answer's paper, and columns that follow from the steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luodi.scenarios.proposals import rules
from luodi.scenarios.proposals.models import Proposal
from luodi.scenarios.proposals.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Event
from luodi.workbench.kinds import Choice, Day, Text, YesNo

LETTERS = (
    Letter(
        "assignment", "交办通知", ("assign",),
        ("{lead}：", "“{title}”（编号{number}）交由你单位主办，请于{due_on}前答复提出人，答复前当面商量。对交办有异议的，在签收期限内说明理由退回。", "{home}", "{today}"),
    ),
    Letter(
        "answer", "答复函", ("answer",),
        ("{makers}：", "你提出的“{title}”（编号{number}）收悉，经研究答复如下（{outcome}）：", "{reply}", "{promise}", "感谢对政府工作的关心支持。请对办理情况提出意见。", "{lead}", "{today}"),
    ),
)  # fmt: skip


def note(proposal: Proposal, event: Event) -> None:
    if event.move == "answer":
        proposal.answered_late = None if proposal.due_at is None else event.at >= proposal.due_at
    if event.move == "talk" and event.filled.get("way") in rules.IN_PERSON:
        proposal.was_talked_over = True
    if event.move == "redo":
        proposal.was_talked_over = False


def facts(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    yield "类型", proposal.get_body_of_display()
    yield "届次", proposal.session
    yield "提出人", proposal.makers
    yield "重点督办", "是" if proposal.is_key else ""
    yield "反馈", proposal.get_grade_display()
    yield "承诺", proposal.promise
    yield "兑现期限", proposal.keep_by
    yield "兑现", proposal.kept_on


PROPOSALS = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=Proposal,
    machine=rules.MACHINE,
    prefix="JT",
    lead=SCENARIO.lead,
    ruleset=rules.LIMITS,
    categories=rules.CATEGORIES,
    levels=rules.LEVELS,
    outcomes=rules.CLASSES,
    channels=rules.CHANNELS,
    letters=LETTERS,
    needs=("title", "body", "category", "body_of", "session", "makers"),
    offers=("is_key",),
    desk_offers=("channel", "received_on"),
    only_desk_brings=True,
    bringer=lambda proposal: "",
    solved=(rules.SOLVED,),
    writes={"content": "grade", "promise": "promise", "keep_by": "keep_by", "is_open_answer": "is_open_answer"},
    stamps={"answer": "answered_on"},
    asks={
        "body_of": ("类型", Choice(choices=rules.BODIES)),
        "way": ("方式", Choice(choices=rules.WAYS)),
        "content": ("反馈", Choice(choices=rules.GRADES)),
        "promise": ("承诺", Text()),
        "keep_by": ("兑现期限", Day()),
        "is_open_answer": ("答复公开", YesNo()),
    },
    note=note,
    facts=facts,
)  # fmt: skip
