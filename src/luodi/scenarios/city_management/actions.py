"""Writers of grids and components, and what the engine of cases asks of this system when a case comes in or moves on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.clock import Period, Unit
from luodi.kernel.models import Division, Person
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.scenarios.city_management.models import CityCase, Component, DutyGrid, UnitGrid
from luodi.scenarios.city_management.rules import geometry, photos
from luodi.scenarios.city_management.rules.classes import CLASSES
from luodi.scenarios.city_management.rules.machine import BY_THE_PUBLIC, COLLECTOR, ENDS, FIXED
from luodi.scenarios.city_management.scenario import SCENARIO
from luodi.shapes.cases.limits import Limits
from luodi.shapes.cases.permission import HANDLES
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.desk import changed

LIMITS, SCORING = "city_management.limits", "city_management.scoring"


def watches(person: Any, _subject: Any = None) -> bool:
    """Works at the supervising centre 监督中心: it keeps the ground and judges, and handles nothing."""
    return isinstance(person, Person) and any(
        post.role in HANDLES and post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts
    )


@action("city_management.keep_grid", may=watches)
def keep_grid(by: Person, grid: UnitGrid, values: dict[str, Any]) -> UnitGrid:
    """Raises Refused for a bad code or border, and for one that lies over a neighbour."""
    values = dict(values)
    if "border" in values:
        values["border"] = [list(corner) for corner in values["border"]]
        if values["border"]:
            grid.west, grid.south, grid.east, grid.north = geometry.box(values["border"])
    found = changed(grid, values)
    for other in _near(found):
        if geometry.overlap(found.border, other.border):
            raise Refused(f"单元网格 {found.code} 与 {other.code} 重叠，边界应当相接而不相交。")
    return found


@action("city_management.import_grids", may=watches)
def import_grids(
    by: Person, features: Sequence[Feature], communities: Mapping[str, geometry.Border] | None = None
) -> int:
    """All grids of a file or none; the same file again changes nothing. Returns how many were new or changed.

    With the border of a community (by its code of 12 digits) its grids have to tile it: no gap, none outside.
    """
    borders = {each.code: each.border for each in features}
    said = geometry.tiling_faults(borders)
    for code, border in (communities or {}).items():
        own = {grid: ring for grid, ring in borders.items() if grid.startswith(code)}
        said += [] if said else geometry.tiling_faults(own, border)
    if said:
        raise Refused("".join(said[:5]) + (f"（共 {len(said)} 处）" if len(said) > 5 else ""))
    done = 0
    kept = {grid.code: grid for grid in UnitGrid.objects.filter(code__in=[each.code for each in features])}
    divisions = {division.code: division for division in Division.objects.all()}
    for each in features:
        grid = kept.get(each.code) or UnitGrid(code=each.code, scheme=each.scheme)
        division = divisions.get(each.code[:6])
        if division is None:
            raise Refused(f"单元网格 {each.code} 的区划 {each.code[:6]} 不在本市区划里。")
        values = {"division": division, "border": [list(corner) for corner in each.border], **each.names}
        if any(
            getattr(grid, name, None) != value
            for name, value in values.items()
            if name != "division" or not grid.pk
        ):
            keep_grid(by, grid, values)
            done += 1
    return done


@dataclass(frozen=True, slots=True)
class Feature:
    """A grid as a GeoJSON file tells it. `names` are its name, street and community where the file has them."""

    code: str
    scheme: str
    border: list[geometry.Corner]
    names: Mapping[str, str]


@action("city_management.keep_duty", may=watches)
def keep_duty(by: Person, duty: DutyGrid, values: dict[str, Any]) -> DutyGrid:
    return changed(duty, values)


@action("city_management.keep_component", may=watches)
def keep_component(by: Person, component: Component, values: dict[str, Any]) -> Component:
    return changed(component, values)


@action("city_management.mark_overdue", may=lambda by, _now: by is None)
def mark_overdue(by: None, now: datetime) -> int:
    """Note the day on every case that passed its end unhandled, so that rates count it although nobody did anything."""
    late = CityCase.objects.filter(
        is_open=True, finished_at=None, is_paused=False, due_at__lte=now, overdue_on=None
    )
    done = 0
    for case in late.only("pk", "due_on"):
        done += CityCase.objects.filter(pk=case.pk).update(overdue_on=case.due_on)
    return done


def grid_at(lon: float, lat: float, on: date | None = None) -> UnitGrid | None:
    """The grid that holds a point; of two that share a border there the one with the smaller code."""
    boxes = Q(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat)
    near = (
        UnitGrid.objects.on(on or timezone.localdate())
        .filter(boxes)
        .select_related("division", "duty")
        .order_by("code")
    )
    return next((grid for grid in near if geometry.contains(grid.border, lon, lat)), None)


def take_in(by: Person | None, case: CityCase) -> str:
    """For the kind's `check`: fills in what follows from place, channel and component; returns what is wrong, or ""."""
    small = CLASSES.get(case.category)
    if small is None:
        return f"“{case.category}”不在部件和事件的分类里。"
    try:
        case.lon, case.lat = (None if each in (None, "") else float(each) for each in (case.lon, case.lat))
    except (TypeError, ValueError):
        return "经度、纬度应为度数，如 109.200500、35.100500。"
    if fault := _place(case, small.is_component):
        return fault
    case.channel = case.channel or ("public" if by is None else COLLECTOR)
    case.is_public_source = case.channel in BY_THE_PUBLIC
    case.is_marked = case.channel in {"leader", "media"}
    if case.channel == COLLECTOR and case.collector_id is None:
        case.collector = by
    case.is_urgent = any(
        row["unit"] == Unit.URGENT_HOUR
        for row in rows_in_force(case.division)
        if row["category"] == case.category
    )
    return ""


def rows_in_force(division: Division | None = None, on: date | None = None) -> tuple[Mapping[str, Any], ...]:
    """The rows of conditions for filing 立案条件; none where the city has no standards yet."""
    try:
        return tuple(ruleset(LIMITS, on=on or timezone.localdate(), division=division)["business"])
    except NoRuleset:
        return ()


def fitting(rows: Iterable[Mapping[str, Any]], category: str) -> list[Mapping[str, Any]]:
    """The conditions of a small class; those for all other classes where it has none of its own."""
    rows = list(rows)
    return [row for row in rows if row["category"] == category] or [
        row for row in rows if not row["category"]
    ]


def period(case: CityCase, limits: Limits) -> Period | None:
    """The time for handling by the condition. A working day is eight working hours on end, as city management counts."""
    found = limits.business_for("", case.category, case.standard)
    return found.in_work_hours() if found is not None and found.unit is Unit.WORK_DAY else found


def note(case: CityCase, event: Event) -> None:
    """For the kind's `note`: promptness, counts and outcomes that follow from a step. Raises NotAllowed."""
    if event.move == "verify":
        case.is_verified_in_time = _is_in_time(case, event)
    elif event.move == "file":
        case.is_filed_in_time = _is_in_time(case, event)
        _standard_fits(case)
    elif event.move in {"pass_check", "fail_check"}:
        now = _is_in_time(case, event)
        case.is_checked_in_time = (
            now if case.is_checked_in_time is None else bool(now) and case.is_checked_in_time
        )
    elif event.move == "return":
        case.returns += 1
    elif event.move == "find_fault":
        case.faults += 1
    elif event.move in {"feedback", "self_handle"}:
        _after_photo(case, event)
        if case.started_at is not None:
            case.handling_hours = (Decimal((event.at - case.started_at).total_seconds()) / 3600).quantize(
                Decimal("0.01")
            )
    elif event.move in {"grant_suspend", "hang"}:
        case.suspended_on = timezone.localtime(event.at).date()
    if event.move in ENDS:
        case.outcome = ENDS[event.move]
    if case.component_id is not None:
        _component_follows(case, event)


def shots_of(case: CityCase) -> list[photos.Shot]:
    """The photos that stand for a case, oldest first: one query."""
    return [
        photos.Shot(piece.file.sha256, piece.file.picture.taken_at, piece.away_m, piece.at)
        for piece in evidence.of(case)
        if hasattr(piece.file, "picture")
    ]


def _place(case: CityCase, is_component: bool) -> str:
    component = case.component
    if component is not None:
        if component.category != case.category:
            return f"部件 {component.code} 是{component.name}，与所选类别不一致。"
        if case.lon is None:
            case.lon, case.lat = component.lon, component.lat
        case.grid = component.grid
    if case.lon is None or case.lat is None:
        if not case.address and case.grid is None:
            return "请定位，或者写明地点。"
    elif case.grid is None or not geometry.contains(case.grid.border, case.lon, case.lat):
        if component is not None:
            return "上报位置不在这个部件所在的单元网格里，请核对位置。"
        case.grid = grid_at(case.lon, case.lat)
        if case.grid is None and UnitGrid.objects.exists():
            return "上报位置不在本市任何单元网格内，请核对位置。"
    if case.grid is not None:
        case.division = case.grid.division
    return ""


def _component_follows(case: CityCase, event: Event) -> None:
    """A component is broken from the filing on, and sound again once the case is closed as fixed."""
    is_mended = event.move in {"close", "self_handle"} and case.outcome == FIXED
    if not is_mended and event.move != "file":
        return
    state = Component.State.SOUND if is_mended else Component.State.BROKEN
    lost = Q(state=Component.State.LOST) if not is_mended else Q(pk__in=())
    found = Component.objects.filter(pk=case.component_id).exclude(lost)
    found.update(state=state, changed_on=timezone.localtime(event.at).date())


def _is_in_time(case: CityCase, event: Event) -> bool | None:
    return None if case.state_due_at is None else event.at < case.state_due_at


def _standard_fits(case: CityCase) -> None:
    """The condition is one of the class, and says whether the case is an emergency."""
    rows = fitting(rows_in_force(case.division, case.received_on), case.category)
    row = next((row for row in rows if row["condition"] == case.standard), None)
    if row is None:
        offered = "；".join(f"{row['condition']} {row['text']}" for row in rows) or "标准里没有这一类"
        raise NotAllowed(f"立案条件不属于所选类别，可选：{offered}。")
    case.is_urgent = row["unit"] == Unit.URGENT_HOUR


def _after_photo(case: CityCase, event: Event) -> None:
    sent = case.steps.filter(move__in=("dispatch", "redispatch", "fail_check")).order_by("-number").first()
    since = sent.at if sent is not None and event.move == "feedback" else case.received_at
    shots = shots_of(case)
    hashes = [shot.sha256 for shot in shots]
    used = frozenset({*evidence.stand_elsewhere(case, hashes), *case.shown_photos})
    if fault := photos.after_photo_fault(shots, since, used):
        raise NotAllowed(fault)
    case.shown_photos = sorted({*case.shown_photos, *hashes})


def _near(grid: UnitGrid) -> Iterable[UnitGrid]:
    boxes = Q(west__lt=grid.east, east__gt=grid.west, south__lt=grid.north, north__gt=grid.south)
    return UnitGrid.objects.on(timezone.localdate()).filter(boxes).exclude(pk=grid.pk)
