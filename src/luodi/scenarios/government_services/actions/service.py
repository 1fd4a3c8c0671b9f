"""What a case of a service needs beside the engine: its two due days, and the rows that follow from its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from luodi.kernel.calendar import calendar_in_force, clock_in_force
from luodi.kernel.clock import Period, Unit, YearWithoutCalendar
from luodi.kernel.rulesets import ruleset_by_id
from luodi.scenarios.government_services.actions.ratings import rate_case
from luodi.scenarios.government_services.models import BuildFirst, ServiceCase
from luodi.scenarios.government_services.rules import catalogue, codes, service
from luodi.shapes.cases.chain import record_of
from luodi.shapes.cases.kind import kind_of
from luodi.shapes.cases.limits import Limits
from luodi.shapes.cases.machine import Effect
from luodi.shapes.cases.record import Event, NotAllowed, Record

MOVES_THE_DUE_DAY = {"accept", "deem_accepted", "pause", "resume", "grant_extension"}


def may_be_filed(_by: Any, case: ServiceCase) -> str:
    """A case is of an item in force that is done on application; the way it came in says whether it was online."""
    item = case.item
    if not case.channel:
        return "请选择从哪个渠道申请。"
    if not item.is_in_force:
        return f"“{item.name}”已于 {item.cancelled_on} 取消，不再受理。"
    if item.type not in codes.ON_APPLICATION:
        return f"“{item.name}”不是依申请办理的事项。"
    if case.channel in service.FILED_ONLINE and item.depth < catalogue.ONLINE_FROM:
        return f"“{item.name}”还不能网上申请，请到窗口办理。"
    if item.served == "firm" and case.firm is None:
        return "这个事项由法人申请，请填写企业。"
    if case.firm is not None and not case.firm.is_active:
        return f"{case.firm.name}已{case.firm.get_status_display()}，不能申请。"
    case.category, case.is_online = item.handling, case.channel in service.FILED_ONLINE
    case.division = case.division or item.division
    return ""


def period_of(case: ServiceCase, limits: Limits) -> Period | None:
    """The promise or the law, whichever is shorter; without either the ruleset's own."""
    item = case.item
    days = service.promise(item.handling, item.promised_days, item.legal_days)
    if days is None and item.handling != catalogue.INSTANT:
        return limits.business_for()
    return service.period_of(item.handling, days, case.accepted_at, case.days_gone, calendar_in_force())


def note(case: ServiceCase, event: Event) -> None:
    """Due days, what they came to, and the rating; the row still stands as before the step."""
    if event.move == "receive" and event.filled["lead"] != case.item.unit.key:
        raise NotAllowed(f"这个事项由{case.item.unit.called}办理，请转该单位。")
    if event.move in {"accept", "deem_accepted"}:
        _accepted(case, event)
    if event.move == "grant_extension":
        _not_too_long(case, event)
    if event.move in MOVES_THE_DUE_DAY:
        _due_days(case, event)
    if event.move in {"approve", "deny"}:
        _decided(case, event)
    if event.move == "rate":
        rate_case(case, event)


def note_building(case: BuildFirst, event: Event) -> None:
    """Days that have to fit one another."""
    given = event.filled
    today = timezone.localtime(event.at).date()
    if event.move == "promise" and date.fromisoformat(given["promised_until"]) <= today:
        raise NotAllowed("承诺验收期限须在今天之后。")
    if event.move == "begin":
        began = date.fromisoformat(given["began_on"])
        if began > today:
            raise NotAllowed("开工日期不能晚于今天。")
        if case.promised_on and began < case.promised_on:
            raise NotAllowed(f"开工 {began} 早于承诺 {case.promised_on}：先承诺，后开工。")


def _accepted(case: ServiceCase, event: Event) -> None:
    """Silence counts as acceptance on the day of receipt: the working days since then are used up."""
    case.accepted_at = event.at
    if event.move == "deem_accepted":
        received = record_of(kind_of(case).machine, case).last("receive")
        if received is not None:
            days = [timezone.localtime(each.at).date() for each in (received, event)]
            case.accepted_at = received.at
            case.days_gone = calendar_in_force().workdays_between(*days)


def _not_too_long(case: ServiceCase, event: Event) -> None:
    if case.item.handling == catalogue.INSTANT:
        raise NotAllowed("即办件不能延期。")
    rules = ruleset_by_id(case.ruleset_id)
    most = rules["extension_joint"] if case.item.is_joint else rules["extension_single"]
    if int(event.filled["length"]) > most:
        raise NotAllowed(f"延长不得超过 {most} 个工作日。")


def _due_days(case: ServiceCase, event: Event) -> None:
    """Both last days by the history with this step: the promise's and the law's."""
    kind = kind_of(case)
    record = record_of(kind.machine, case)
    limits = kind.limits_of(case)
    period = period_of(case, limits) if event.effect is Effect.START else None
    if event.effect is Effect.EXTEND:
        period = Period(int(event.filled["length"]), Unit.WORK_DAY)
    longer = Record(record.machine, (*record.events, replace(event, period=period)))
    clock = clock_in_force(on=case.received_on or date.today(), division=case.division)
    try:
        case.legal_on = service.legal_due_on(clock, longer, case.item.legal_days, case.accepted_at)
        case.promised_on = service.promised_due_on(clock, longer)
    except YearWithoutCalendar:
        case.legal_on = case.promised_on = None


def _decided(case: ServiceCase, event: Event) -> None:
    day = timezone.localtime(event.at).date()
    found = service.standing(day, case.promised_on, case.legal_on)
    case.decided_on = day
    case.in_promise = None if case.promised_on is None else not found.is_over_promise
    case.in_law = None if case.legal_on is None else not found.is_over_law
    case.is_early = None if case.promised_on is None else day < case.promised_on


def silent(now: datetime) -> list[ServiceCase]:
    """Cases whose five days have passed without a word to the applicant."""
    rows = ServiceCase.objects.filter(state="received", state_due_at__lte=now)
    return [case for case in rows if not case.steps.filter(move="ask_supplement").exists()]
