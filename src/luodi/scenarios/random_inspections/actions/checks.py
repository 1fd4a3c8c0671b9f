"""What a check needs beside the engine of cases: the sheet filled in on the spot, and the rows that follow from its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.scenarios.random_inspections.actions.draws import crew_of_successor
from luodi.scenarios.random_inspections.actions.pooling import visits_this_year
from luodi.scenarios.random_inspections.models import CheckItem, Finding, Inspector, Seat, SpotCheck, Subject
from luodi.scenarios.random_inspections.rules.checks import QUOTAS, findings_of
from luodi.scenarios.random_inspections.rules.quotas import read_quotas
from luodi.scenarios.random_inspections.rules.words import DRAWN, overall
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.chain import record_of
from luodi.shapes.cases.kind import kind_of
from luodi.shapes.cases.permission import sees
from luodi.shapes.cases.record import Event, NotAllowed

EVENING = time(18)
LEAST_CREW = 2


@action("random_inspections.fill_in_sheet", may=sees)
def fill_in_sheet(
    by: Person,
    check: SpotCheck,
    findings: Mapping[str, tuple[str, str]],
    finish: Mapping[str, Any] | None = None,
) -> SpotCheck:
    """Record findings by item code, and with `finish` (checked_on, signature, words) end the check.

    The publication clock runs from the end of the check, so a sheet written down on a later day counts from the evening
    of the day on which the check was made.
    """
    record = record_of(kind_of(check).machine, check)
    at = _ended_at((finish or {}).get("checked_on"), record.events[-1].at)
    pairs = {code: list(pair) for code, pair in findings.items()}
    if check.state == "notified":
        check = cases.take(by, check, "arrive", {}, at)
    if pairs:
        check = cases.take(by, check, "record", {"findings": pairs}, at)
    if finish is None:
        return check
    found = findings_of(record) | pairs
    if not found:
        raise Refused("还没有录入任何事项的结果。")
    outcome = overall(pair[0] for pair in found.values())
    return cases.take(by, check, "finish", {**finish, "outcome": outcome}, at)


@action("random_inspections.ask_correction", may=sees)
def ask_correction(
    by: Person, check: SpotCheck, findings: Mapping[str, tuple[str, str]], reason: str
) -> SpotCheck:
    """Ask that a published result be put right; another person decides."""
    changed = {code: list(pair) for code, pair in findings.items()}
    return cases.take(by, check, "ask_correction", {"findings": changed, "reason": reason})


@action("random_inspections.grant_correction", may=sees)
def grant_correction(by: Person, check: SpotCheck, reason: str) -> SpotCheck:
    """Grant what was asked for: the new result is published beside the old one."""
    record = record_of(kind_of(check).machine, check)
    asked = record.last("ask_correction")
    if asked is None:
        raise Refused("没有待审批的更正申请。")
    findings = dict(asked.filled["findings"])
    outcome = overall(pair[0] for pair in (findings_of(record) | findings).values())
    return cases.take(
        by, check, "grant_correction", {"findings": findings, "outcome": outcome, "reason": reason}
    )


def may_be_opened(_by: Any, check: SpotCheck) -> str:
    """A check comes from a draw or from a numbered lead; a drawn list is never lengthened by hand."""
    if check.task_id is None:
        if check.channel in {"", DRAWN}:
            return "计划外检查请选线索来源；随机抽取的检查只能由抽取产生。"
        if not check.lead_number:
            return "计划外检查须有线索编号（投诉举报、转办或数据监测的编号）。"
        return "" if check.firm.is_active else f"{check.firm.name}已{check.firm.get_status_display()}。"
    drawn = {line.split("|")[0] for line in check.task.result.splitlines()}
    return "" if check.firm.uscc in drawn else "抽取名单不能人工增添。"


def note(check: SpotCheck, event: Event) -> None:
    """The rows that follow from a step: seats, findings, and the days that have to fit one another."""
    follow = {
        "assign": _note_cap, "grant_recusal": _change_seat, "fill_seat": _fill_seat, "notify": _whole_crew,
        "record": _keep_findings, "grant_correction": _keep_findings, "finish": _dates_fit,
    }.get(event.move)  # fmt: skip
    if follow is not None:
        follow(check, event)


def _note_cap(check: SpotCheck, event: Event) -> None:
    """The class that the library gives a firm checked after a lead; and whether it is now visited more often than that allows."""
    if not check.level:
        check.level = (
            Subject.objects.filter(firm=check.firm_id).values_list("credit_class", flat=True).first() or ""
        )
    day = timezone.localtime(event.at).date()
    try:
        quotas = read_quotas(ruleset(QUOTAS, on=day, division=check.division)["classes"])
    except NoRuleset:
        return
    quota = quotas.get(check.level)
    if quota is not None and quota.most_a_year is not None:
        check.beyond_cap = int(visits_this_year(day.year, [check.firm_id]).count() > quota.most_a_year)


def _change_seat(check: SpotCheck, event: Event) -> None:
    asked = record_of(kind_of(check).machine, check).last("ask_recusal")
    seat = check.seats.select_related("inspector").filter(
        state=Seat.State.SEATED, inspector__cert_no=event.filled["inspector"]
    ).first()  # fmt: skip
    if seat is None:
        raise NotAllowed("这次检查没有派出这个证号的人员。")
    seat.state, seat.reason = Seat.State.RECUSED, asked.filled["recusal"] if asked else ""
    if check.task_id is None:
        seat.save()
        return
    follower, tag = _successor(check, seat.tag)
    seat.save()
    _seat(check, event, follower, tag, seat)


def _fill_seat(check: SpotCheck, event: Event) -> None:
    """A short crew is filled: at a drawn check by the next hash, after a lead by whom the desk names."""
    named = str(event.filled.get("inspector") or "")
    if check.task_id is not None:
        if named:
            raise NotAllowed("随机抽取的检查不能指定人员，由系统按下一个散列值补派。")
        if check.seats.filter(state=Seat.State.SEATED).count() >= _crew_wanted(check):
            raise NotAllowed("人员已经派齐。")
        _seat(check, event, *_successor(check, ""), None)
        return
    day = timezone.localtime(event.at).date()
    inspector = Inspector.objects.filter(cert_no=named, is_listed=True).first()
    if inspector is None:
        raise NotAllowed("请填写在库检查人员的执法证号。")
    if inspector.valid_to < day:
        raise NotAllowed(f"{inspector.cert_no} 的执法证已于 {inspector.valid_to} 到期。")
    if inspector.conflicts.filter(firm=check.firm_id).exists():
        raise NotAllowed("这名检查人员与检查对象有回避关系。")
    if check.seats.filter(inspector=inspector).exists():
        raise NotAllowed("这名检查人员已经派出或已经回避。")
    _seat(check, event, inspector, "", None)


def _whole_crew(check: SpotCheck, _event: Event) -> None:
    seated = check.seats.filter(state=Seat.State.SEATED).count()
    if seated < LEAST_CREW:
        raise NotAllowed(f"检查人员只有 {seated} 人，不得少于两人；请先补派。")


def _keep_findings(check: SpotCheck, event: Event) -> None:
    items = dict(CheckItem.objects.filter(code__in=event.filled["findings"]).values_list("code", "pk"))
    by = Person.objects.filter(login=event.by).first()
    why = str(event.filled.get("reason") or "") if event.move == "grant_correction" else ""
    Finding.objects.bulk_create(
        Finding(
            check_of=check, item_id=items[code], conclusion=conclusion, said=said, by=by, at=event.at,
            corrects=why[:200],
        )
        for code, (conclusion, said) in event.filled["findings"].items()
    )  # fmt: skip


def _dates_fit(check: SpotCheck, event: Event) -> None:
    """A result never lies before its draw, and the clock starts on the very day of the check."""
    checked, entered = (
        date.fromisoformat(str(event.filled["checked_on"])),
        timezone.localtime(event.at).date(),
    )
    began = check.drawn_on or check.received_on
    if began is not None and checked < began:
        raise NotAllowed(f"检查日期 {checked} 早于抽取（受理）日期 {began}。")
    if checked != entered:
        raise NotAllowed(
            f"这一步记在 {entered}，检查日期却是 {checked}；补录请从“已通知”起用现场检查表填写。"
        )


def _ended_at(checked_on: Any, last: datetime) -> datetime | None:
    """The evening of the day of the check, when that is past and later than the last step; else now."""
    if not isinstance(checked_on, date):
        return None
    evening = datetime.combine(checked_on, EVENING, tzinfo=timezone.get_current_timezone())
    return evening if last <= evening < timezone.now() else None


def _crew_wanted(check: SpotCheck) -> int:
    terms = dict(line.split("|")[:2] for line in check.task.terms.splitlines())
    return int(terms["crew"])


def _successor(check: SpotCheck, gone: str) -> tuple[Inspector, str]:
    try:
        return crew_of_successor(check, gone)
    except Refused as refusal:
        raise NotAllowed(str(refusal)) from refusal


def _seat(check: SpotCheck, event: Event, inspector: Inspector, tag: str, replaces: Seat | None) -> None:
    Seat.objects.create(
        check_of=check, inspector=inspector, division_id=check.division_id, tag=tag, replaces=replaces, at=event.at,
        seated_on=timezone.localtime(event.at).date(),
    )  # fmt: skip
