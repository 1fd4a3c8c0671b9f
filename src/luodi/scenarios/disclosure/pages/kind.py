"""Applications as a kind of case: what is asked for, the papers, and columns that follow from the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.scenarios.disclosure import rules
from luodi.scenarios.disclosure.models import Application
from luodi.scenarios.disclosure.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.kinds import Choice, Day, Text

LETTERS = (
    Letter(
        "correction", "补正告知书", ("ask_correction",),
        ("{reporter}：", "你于{received_on}提出的政府信息公开申请（编号{number}）需要补正：{words}", "请在15个工作日内补正；无正当理由逾期不补正的，视为放弃申请。", "{home}", "{today}"),
    ),
    Letter(
        "extension", "延期答复告知书", ("grant_extension",),
        ("{reporter}：", "你提出的“{title}”申请（编号{number}），因{reason}，经政府信息公开工作机构负责人同意，延期答复，新的期限为{due_on}。", "{home}", "{today}"),
    ),
    Letter(
        "third_party", "第三方意见征询书", ("consult",),
        ("{third}：", "我机关收到“{title}”的政府信息公开申请（编号{number}），公开可能损害你方合法权益。请在收到之日起15个工作日内书面提出意见；逾期未提出的，由我机关依法决定是否公开。", "{home}", "{today}"),
    ),
    Letter(
        "answer", "政府信息公开答复书", ("answer",),
        (
            "{reporter}：", "你于{received_on}提出的“{title}”申请（编号{number}），答复如下：{outcome}。", "{reply}", "依据：{basis}。{exemption}",
            "如对本答复不服，可以自收到之日起60日内申请行政复议，或者在6个月内提起行政诉讼。", "{home}", "{today}",
        ),
    ),
)  # fmt: skip


def note(application: Application, event: Event) -> None:
    """Whether the answer came in its time; days that lie in the future are refused."""
    if event.move == "answer":
        application.answered_late = None if application.due_at is None else event.at >= application.due_at
    day = event.filled.get("served_on")
    if day and date.fromisoformat(str(day)) > timezone.localtime(event.at).date():
        raise NotAllowed("送达日期不能晚于今天。")


def facts(application: Application) -> Iterator[tuple[str, Any]]:
    yield "申请人类别", application.get_applicant_display()
    yield "获取方式", application.form
    yield "确认收到", application.confirmed_on
    yield "豁免依据", application.get_exemption_display()
    yield "负责公开的机关", application.organ
    yield "答复", application.answered_on
    yield "送达", application.served_on
    yield "被纠错", application.overturned_on


APPLICATIONS = CaseKind(
    code=SCENARIO.code,
    title="依申请公开",
    model=Application,
    machine=rules.MACHINE,
    prefix="GK",
    lead=SCENARIO.lead,
    ruleset=rules.LIMITS,
    categories=rules.CATEGORIES,
    outcomes=rules.OUTCOMES,
    channels=rules.CHANNELS,
    public=True,
    public_channel="online",
    letters=LETTERS,
    needs=("title", "body", "category", "reporter_name"),
    offers=("applicant", "form"),
    desk_offers=("channel", "received_on"),
    only_desk_brings=True,
    solved=("already", rules.DISCLOSED, rules.PARTLY),
    told={"accept": "", "ask_correction": "words", "consult": "", "grant_extension": "reason", "answer": "reply", "serve": ""},
    writes={"exemption": "exemption", "organ": "organ", "served_on": "served_on"},
    stamps={"confirm": "confirmed_on", "answer": "answered_on", "overturn": "overturned_on"},
    asks={
        "applicant": ("申请人类别", Choice(choices=rules.APPLICANTS)),
        "form": ("获取方式", Text()),
        "exemption": ("豁免依据", Choice(choices=rules.EXEMPTIONS)),
        "organ": ("负责公开的机关", Text()),
        "third": ("第三方", Text()),
        "opinion": ("第三方意见", Choice(choices=(("agree", "同意公开"), ("object", "不同意公开"), ("silent", "逾期未提出")))),
        "served_on": ("送达日期", Day()),
        "service": ("送达方式", Choice(choices=(("direct", "当面"), ("mail", "邮寄"), ("online", "网上")))),
        "review": ("途径", Choice(choices=(("reconsideration", "行政复议"), ("court", "行政诉讼")))),
        "words": ("内容", Text(long=True)),
    },
    note=note,
    facts=facts,
)  # fmt: skip
