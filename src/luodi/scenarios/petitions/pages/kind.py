"""Petitions as a kind of case: what is asked for, what is told, the papers, and columns that follow from the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.scenarios.petitions.models import Petition
from luodi.scenarios.petitions.rules import LIMITS, words
from luodi.scenarios.petitions.rules.ladder import MACHINE
from luodi.scenarios.petitions.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.kinds import Choice, Day, Text

DECIDING = ("accept", "accept_procedure", "not_accept", "guide", "hand_over")
ENDS_WITH = {"not_accept": "refused", "guide": "guided", "hand_over": "handed_over"}


def may_be_brought(_by: Any, petition: Petition) -> str:
    if petition.against_id and petition.stream != words.ACCUSATION:
        return "被反映单位只在检举控告类填写。"
    return words.group_fault(petition.people, petition.representatives, petition.channel)


def note(petition: Petition, event: Event) -> None:
    """Whether decision and answer came in their time, which conclusion review reached, which matter this is."""
    is_late = None if petition.due_at is None else event.at >= petition.due_at
    if event.move in DECIDING:
        petition.decided_late = is_late
        petition.outcome = ENDS_WITH.get(event.move, petition.outcome)
    if event.move in {"reply", "conclude"}:
        petition.replied_late = is_late
    if event.move == "review":
        petition.finding = event.filled["finding"]
    if event.move == "recheck":
        petition.recheck_finding = event.filled["finding"]
    if event.filled.get("same_as"):
        petition.matter = _first_of(petition, str(event.filled["same_as"]))
        petition.nature = words.REPEAT
    for name in ("served_on", "notified_on"):
        if (day := event.filled.get(name)) and date.fromisoformat(day) > timezone.localtime(event.at).date():
            raise NotAllowed("送达、告知的日期不能晚于今天。")


def facts(petition: Petition) -> Iterator[tuple[str, Any]]:
    yield "信访类型", petition.get_stream_display()
    yield "初重", petition.get_nature_display()
    if petition.matter_id:
        yield "同一事项的首件", petition.matter.number
    if petition.people:
        yield (
            "人数",
            f"{petition.people} 人"
            + (f"，代表 {petition.representatives} 人" if petition.representatives else ""),
        )
    yield "上级编号", petition.upper_number
    yield "转送或交办", petition.get_manner_display()
    yield "途径", petition.get_route_display()
    yield "不予受理情形", petition.get_refusal_display()
    yield "移送机关", petition.get_organ_display()
    if petition.is_urgent:
        yield (
            "重大紧急",
            f"{petition.reported_up_on} 已报告"
            if petition.reported_up_on
            else "尚未报告：应立即报告（第二十五条）",
        )
    if petition.is_unreachable:
        yield "告知", "姓名或住址不清，可不书面告知（第二十三条）"
    yield "书面告知", petition.notified_on
    yield "送达", petition.served_on
    yield "落实", petition.executed_on
    yield "复查结论", petition.get_finding_display()
    yield "复核结论", petition.get_recheck_finding_display()


def _first_of(petition: Petition, number: str) -> Petition:
    """The first petition of the matter that a number names."""
    found = Petition.objects.select_related("matter").filter(number=number.strip()).first()
    if found is None:
        raise NotAllowed(f"没有编号为“{number}”的信访事项。")
    if found.first.pk == petition.pk:
        raise NotAllowed("不能把一件认定为自己的重复件。")
    if petition.pk and petition.repeats.exists():
        raise NotAllowed("这件已是其他件的首件，请把那些件认定到同一首件。")
    return found.first


_TELL = "如不服本意见，可以自收到之日起 30 日内"
LETTERS = (
    Letter("received", "转送（交办）函", ("transfer",), (
        "{lead}：", "现将“{title}”（编号{number}）{manner}你单位办理。请自收到之日起 15 日内决定是否受理并书面告知信访人；不属于你单位职权范围的，自收到之日起 5 个工作日内提出异议并详细说明理由。",
        "{words}", "{home}", "{today}")),
    Letter("accepted", "受理告知书", ("accept", "accept_procedure"), (
        "{reporter}：", "你提出的“{title}”（编号{number}）已经受理，由{lead}办理。{route}", "按照{ruleset}，办理期限为自受理之日起 60 日；情况复杂的，可以延长不超过 30 日并告知理由。依法定途径办理的，依该途径的期限。",
        "办理情况可凭编号和查询码查询。", "{lead}", "{today}")),
    Letter("refused", "不予受理告知书", ("not_accept",), (
        "{reporter}：", "你提出的“{title}”（编号{number}）不予受理。", "情形：{refusal}。理由：{reason}。依据：{basis}。", "{home}", "{today}")),
    Letter("guided", "法定途径告知书", ("guide",), (
        "{reporter}：", "你提出的“{title}”（编号{number}），应当通过下列途径提出：{route}。", "{reason}依据：{basis}。", "{home}", "{today}")),
    Letter("handed", "移送函", ("hand_over",), ("{organ}：", "现将编号{number}的信访事项移送你机关。{reason}", "{home}", "{today}")),
    Letter("extended", "延长办理期限告知书", ("grant_extension",), (
        "{reporter}：", "你提出的“{title}”（编号{number}），因{reason}，经{approver}批准，延长办理期限 {length} 日。", "{lead}", "{today}")),
    Letter("opinion", "信访事项处理意见书", ("reply",), (
        "{reporter}：", "你提出的“{title}”（编号{number}），现答复如下。", "一、查明的事实：{facts}", "二、处理意见（{outcome}）：{reply}", "三、依据：{basis}",
        _TELL + "，向上一级机关、单位申请复查。", "{lead}", "{today}")),
    Letter("reviewed", "信访事项复查意见书", ("review",), (
        "{reporter}：", "你对“{title}”（编号{number}）处理意见申请复查，现提出复查意见：{finding}。", "{reply}", "依据：{basis}",
        _TELL + "，向复查机关、单位的上一级申请复核。", "{lead}", "{today}")),
    Letter("rechecked", "信访事项复核意见书", ("recheck",), (
        "{reporter}：", "你对“{title}”（编号{number}）复查意见申请复核，现提出复核意见：{finding}。", "{reply}", "依据：{basis}",
        "本意见为信访程序的终结意见。以同一事实和理由再次提出的，不再受理。", "{today}")),
    Letter("supervision", "督办函", ("supervise",), (
        "{lead}：", "“{title}”（编号{number}）列为{grade}级督办。{reason}", "请于{due_on}前办结，并报告办理情况。", "{today}")),
)  # fmt: skip

PETITIONS = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=Petition,
    machine=MACHINE,
    prefix="XF",
    lead=SCENARIO.lead,
    ruleset=LIMITS,
    categories=words.CATEGORIES,
    outcomes=words.OUTCOMES,
    solved=(words.SUPPORTED, words.ADOPTED),
    channels=words.CHANNELS,
    public=True,
    public_channel="online",
    only_desk_brings=True,
    letters=LETTERS,
    check=may_be_brought,
    sealed=lambda petition: petition.asks_secrecy or petition.stream == words.ACCUSATION,
    accuses=lambda petition: (
        (petition.against,) if petition.against_id and petition.stream == words.ACCUSATION else ()
    ),
    needs=("title", "body", "category", "stream", "division"),
    offers=("people", "representatives", "against", "asks_secrecy"),
    desk_offers=("channel", "received_on", "upper_number", "is_unreachable", "is_urgent"),
    told={
        "transfer": "",
        "accept": "",
        "accept_procedure": "",
        "not_accept": "reason",
        "guide": "reason",
        "hand_over": "",
        "grant_extension": "reason",
        "reply": "reply",
        "conclude": "reply",
        "ask_review": "",
        "review": "reply",
        "ask_recheck": "",
        "recheck": "reply",
        "rate": "",
    },
    asks={
        "stream": ("信访类型", Choice(choices=words.STREAMS)),
        "nature": ("初重", Choice(choices=words.NATURES)),
        "same_as": ("同一事项的编号", Text()),
        "manner": ("转送或交办", Choice(choices=words.MANNERS)),
        "route": ("途径", Choice(choices=words.ROUTES)),
        "refusal": ("情形", Choice(choices=words.REFUSALS)),
        "organ": ("移送机关", Choice(choices=words.ORGANS)),
        "notified_on": ("书面告知日期", Day()),
        "facts": ("查明的事实", Text(long=True)),
        "line": ("四个到位", Choice(choices=words.LINES)),
        "service": ("送达方式", Choice(choices=words.WAYS_OF_SERVICE)),
        "finding": ("结论", Choice(choices=words.FINDINGS)),
        "mediation": ("调解结果", Choice(choices=(("agreed", "达成协议"), ("failed", "未达成")))),
        "approver": ("批准人（本机关负责人）", Text()),
        "told_on": ("告知延期理由日期", Day()),
    },
    writes={
        name: name
        for name in ("stream", "nature", "manner", "route", "refusal", "organ", "notified_on", "served_on")
    },
    stamps={
        "transfer": "transferred_on",
        **dict.fromkeys(DECIDING, "decided_on"),
        "reply": "replied_on",
        "conclude": "replied_on",
        "executed": "executed_on",
        "review": "reviewed_on",
        "recheck": "rechecked_on",
        "report_up": "reported_up_on",
    },
    facts=facts,
    note=note,
)
