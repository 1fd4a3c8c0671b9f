"""The only writers of cases. Every change is a step of the machine; what the case's row says follows from its steps."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q
from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Unit
from luodi.kernel.secrets import blind_index
from luodi.shapes.cases.chain import append, plain_value, record_of
from luodi.shapes.cases.clocks import Light
from luodi.shapes.cases.kind import WRITES, CaseKind, kind_of, typed
from luodi.shapes.cases.limits import Limits
from luodi.shapes.cases.machine import Move
from luodi.shapes.cases.models import Accused, Case, Reminder
from luodi.shapes.cases.permission import actor_of, at_desk, sees, working_units
from luodi.shapes.cases.record import Event, NotAllowed, NotYours, Record, advance, opened
from luodi.shapes.cases.shares import distribute
from luodi.shapes.cases.timing import check_ahead, check_window, reckoned, with_periods, write_clocks
from luodi.workbench.desk import in_words

MOST_TRIES = 10
MORNING = time(9)


def brings(person: Any, case: Any) -> bool:
    return kind_of(case).may_bring(person)


@action("cases.open", may=brings)
def open_case(by: Person | None, case: Case, values: Mapping[str, Any], at: datetime | None = None) -> Any:
    """Take a new case in: `case` is an unsaved row of its system, `values` its fields, `accused` units or people among them.

    Returns the case with `code_once`, the code with which whoever brought it can ask: only its hash is kept.
    A `number` of one's own is kept (an imported ledger); so is a day `received_on` of the past, from which law may count.
    `at` is for histories that come from elsewhere.
    """
    kind = kind_of(case)
    given = dict(values)
    now = at or _received(given.pop("received_on", None))
    accused = given.pop("accused", ())
    for name, value in given.items():
        _set(case, name, value)
    case.home = case.home if case.home_id else _home_for(by, kind)
    case.brought_from_id = _brought_from(by, case.home)
    case.state, case.by, case.received_at = kind.machine.start, by, now
    case.received_on = timezone.localtime(now).date()
    case.reporter_key = case.reporter_key or key_of(kind.bringer(case))
    case.is_sealed = case.is_sealed or bool(accused)
    if missing := [name for name in kind.needs if getattr(case, name) in (None, "")]:
        raise Refused(
            "请填写" + "、".join(str(case._meta.get_field(name).verbose_name) for name in missing) + "。"
        )
    if said := kind.check(by, case):
        raise Refused(said)
    limits = kind.limits_in_force(case.received_on, case.division)
    case.ruleset_id = limits.ruleset
    has_number = bool(case.number)
    case.number = case.number or secrets.token_hex(16)  # stands in until the row has its own key
    _check(case)
    case.save()
    if not has_number:
        case.number = f"{kind.prefix}{case.received_on:%Y%m%d}{case.pk:07d}"
    code = f"{secrets.randbelow(10**8):08d}"
    case.code_sha256 = code_hash(case.number, code)
    _accuse(case, accused)
    actor = actor_of(by, case)
    record = with_periods(opened(kind.machine, actor, now, {"channel": case.channel}), kind, case, limits)
    _settle(case, record, limits, by)
    case.code_once = code
    return case


def bring(by: Person | None, kind: CaseKind, values: Mapping[str, Any], at: datetime | None = None) -> Any:
    """`open_case` with a fresh row of the kind."""
    return open_case(by, kind.model(kind=kind.code), values, at)


@action("cases.take", may=sees)
def take(
    by: Person | None, case: Case, move: str, filled: Mapping[str, Any], at: datetime | None = None
) -> Any:
    """Make one move of the case's machine with the values it asks for. The one way in which a case changes its state."""
    case, kind, record = _locked(case)
    limits = kind.limits_of(case)
    try:
        given = {key: plain_value(value) for key, value in filled.items()}
        titles = {name: title for name, (title, _kind) in kind.asks.items()}
        longer = advance(record, move, actor_of(by, case), at or timezone.now(), given, titles)
        _write_values(case, kind, kind.machine.move(move), filled)
        _stamp(case, kind, longer.events[-1])
        longer = with_periods(longer, kind, case, limits)
        check_ahead(case, kind.machine.move(move), longer.events[-1], limits)
        check_window(case, kind.machine.move(move), record, longer.events[-1], limits)
        distribute(case, kind.machine.move(move), longer.events[-1], filled)
        _settle(case, longer, limits, by)
    except NotYours as wrong:
        raise PermissionDenied(str(wrong)) from wrong
    except NotAllowed as wrong:
        raise Refused(str(wrong)) from wrong
    return case


@action("cases.amend", may=at_desk)
def amend(by: Person, case: Case, values: Mapping[str, Any]) -> Any:
    """Put right how a case was written down: words, place, division. Never what follows from its history."""
    case, _, _ = _locked(case)
    if not case.is_open:
        raise Refused("已办结的办件不能再改登记内容。")
    for name, value in values.items():
        _set(case, name, value)
    _check(case)
    case.save()
    return case


@action("cases.split", may=at_desk)
def split(
    by: Person, case: Case, parts: Sequence[Mapping[str, Any]], reason: str, at: datetime | None = None
) -> list[Any]:
    """Begin a case for each further matter in this one; each has its own clocks from now on."""  # fmt: skip
    if not parts:
        raise Refused("请写明拆出的事项。")
    case = typed(case)
    take(by, case, "split", {"reason": reason}, at)
    shared = (
        "body",
        "category",
        "channel",
        "address",
        "lon",
        "lat",
        "division",
        "reporter_name",
        "reporter_phone",
        "reporter_key",
        "is_sealed",
    )
    own = [each.name for each in case._meta.local_fields if not each.primary_key]
    made = []
    for part in parts:
        values = {name: getattr(case, name) for name in (*shared, *own)} | dict(part)
        fresh = type(case)(kind=case.kind, home=case.home, split_from_id=case.pk)
        values["accused"] = [
            each.unit or each.person for each in case.accused.select_related("unit", "person")
        ]
        made.append(open_case(by, fresh, values, at))
    return made


@action("cases.reveal", may=at_desk)
def reveal(by: Person, case: Case, reason: str) -> Case:
    """Look at who brought a case. The reason is kept in the audit log."""
    if len(reason.strip()) < 4:
        raise Refused("请写明查看诉求人信息的理由。")
    return case


@action("cases.note_wrong_code", may=lambda by, case: by is None)
def note_wrong_code(by: None, case: Case) -> Case:
    """Count a wrong code; after ten the public query of this case is shut."""
    Case.objects.filter(pk=case.pk).update(failed_tries=F("failed_tries") + 1)
    return case


@action("cases.renew_code", may=at_desk)
def renew_code(by: Person, case: Case) -> Any:
    """A new code for someone who lost theirs, handed over by the desk; opens a shut query."""
    case, _, _ = _locked(case)
    code = f"{secrets.randbelow(10**8):08d}"
    case.code_sha256, case.failed_tries = code_hash(case.number, code), 0
    case.save(update_fields=["code_sha256", "failed_tries"])
    case.code_once = code
    return case


@action("cases.remind", may=lambda by, _now: by is None)
def send_reminders(by: None, now: datetime) -> list[Reminder]:
    """A reminder for every open case whose light has turned since: once at each turn, and every day when overdue.

    Delivered twice it reminds once.
    """
    today = timezone.localtime(now).date()
    turned = Q(soon_at__lte=now) | Q(urgent_at__lte=now) | Q(due_at__lte=now)
    running = Case.objects.filter(turned, is_open=True, finished_at=None, is_paused=False)
    made = []
    for case in running.iterator(chunk_size=2000):
        light = case.light_at(now)
        turn = {Light.SOON: case.soon_at, Light.URGENT: case.urgent_at}.get(light, now)
        on = timezone.localtime(turn).date() if light is not Light.OVER else today
        row, is_new = Reminder.objects.get_or_create(
            case=case,
            light=light,
            due_at=case.due_at,
            on=on,
            defaults={"unit_id": case.lead_id or case.home_id},
        )
        made += [row] if is_new else []
    return made


@action("cases.reckon", may=lambda by, _now: by is None)
def reckon_again(by: None, now: datetime) -> int:
    """Reckon every case whose due day was unknown for want of a calendar year; returns how many are known now."""
    known = 0
    for case in Case.objects.exclude(clock_fault="").filter(is_open=True):
        case, kind, record = _locked(case)
        write_clocks(case, record, reckoned(case, record, kind.limits_of(case)))
        case.save()
        known += case.clock_fault == ""
    return known


def key_of(phone: str) -> str:
    """Tells the same bringer again without naming: the kernel's blind index; "" for nobody."""
    return blind_index(phone, "cases.case.reporter") if phone else ""


def code_hash(number: str, code: str) -> str:
    return hashlib.sha256(f"{number} {code}".encode()).hexdigest()


def _locked(case: Case) -> tuple[Any, CaseKind, Record]:
    """The case as it is now, held until the transaction ends, with its declaration and its history."""
    Case.objects.select_for_update().get(pk=case.pk)
    kind = kind_of(case)
    fresh = kind.model.objects.get(pk=case.pk)
    return fresh, kind, record_of(kind.machine, fresh)


def _home_for(by: Person | None, kind: CaseKind) -> Unit:
    """The declared unit; staff of another unit of the same name (a county's) take cases in for their own."""
    if by is not None:
        for post in by.current_posts:
            if post.unit.name.endswith(kind.lead):
                return post.unit
    return kind.unit()


def _received(on: date | None) -> datetime:
    """Now, or the opening of the day on which a case came in before it was written down."""
    now = timezone.now()
    if on is None or on == timezone.localtime(now).date():
        return now
    if on > timezone.localtime(now).date():
        raise Refused("收到日期不能晚于今天。")
    return datetime.combine(on, MORNING, tzinfo=timezone.get_current_timezone())


def _brought_from(by: Person | None, home: Unit) -> int | None:
    """The unit of whoever registers a case for another unit's desk: it may follow what it brought."""
    units = working_units(by)
    return None if not units or home.pk in units else next(iter(units))


def _set(case: Case, name: str, value: Any) -> None:
    """A field that knows no null takes an empty text for unknown; a property takes what it is given."""
    known = {field.name: field for field in case._meta.fields}
    setattr(case, name, "" if value is None and name in known and not known[name].null else value)


def _accuse(case: Case, against: Sequence[Any]) -> None:
    for each in against:
        Accused.objects.get_or_create(
            case_id=case.pk, **{"person" if isinstance(each, Person) else "unit": each}
        )


def _check(case: Case, exclude: Sequence[str] = ()) -> None:
    try:
        case.full_clean(exclude=exclude)
    except ValidationError as error:
        raise Refused(in_words(case, error)) from error


def _write_values(case: Any, kind: CaseKind, move: Move, filled: Mapping[str, Any]) -> None:
    """Values of the move that stand on the case; an application's wait for whoever decides."""
    if move.asks_for:
        return
    columns = {**WRITES, **kind.writes}
    for name, value in filled.items():
        if name in columns and value not in (None, ""):
            setattr(case, columns[name], value)
    if move.new_round:
        case.outcome, case.score, case.is_resolved = "", None, None


def _stamp(case: Any, kind: CaseKind, event: Event) -> None:
    if event.move in kind.stamps:
        setattr(case, kind.stamps[event.move], timezone.localtime(event.at).date())
    kind.note(case, event)


def _settle(case: Any, record: Record, limits: Limits, by: Person | None) -> None:
    """Write what the longer history says onto the case, and the history's newest step."""
    kind = kind_of(case)
    against = kind.accuses(case)
    _accuse(case, against)
    case.is_sealed = case.is_sealed or bool(against) or kind.sealed(case)
    write_clocks(case, record, reckoned(case, record, limits))
    state = kind.machine.state(record.state)
    case.state, case.round, case.pending, case.is_open = (
        state.code,
        record.round,
        record.pending,
        not state.is_end,
    )
    case.closed_on = timezone.localtime(record.events[-1].at).date() if state.is_end else None
    case.save()
    append(case, record.events[-1], by, case.due_at)
