"""Writers of risks, checks, inspections and accidents, and what the engine of cases asks of this system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.clock import Period, Unit
from luodi.kernel.models import Person
from luodi.kernel.permission import holds, is_supervision
from luodi.kernel.rulesets import NoRuleset, Ruleset, ruleset
from luodi.scenarios.work_safety.models import Accident, Danger, Inspection, RiskPoint, SelfCheck, YearBase
from luodi.scenarios.work_safety.rules import majors, risks
from luodi.scenarios.work_safety.rules.machine import ENDS, MAJOR, REPORTED, SELF
from luodi.scenarios.work_safety.scenario import SCENARIO
from luodi.shapes.cases.limits import Limits
from luodi.shapes.cases.permission import HANDLES, working_units
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.desk import changed

LIMITS, RISK, MAJORS = "work_safety.limits", "work_safety.risk", "work_safety.majors"


def oversees(person: Any, _subject: Any = None) -> bool:
    """Works at the emergency bureau 应急管理局, which keeps risks and accidents for the city."""
    return isinstance(person, Person) and any(
        post.role in HANDLES and post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts
    )


def checks_firms(person: Any, thing: Any = None) -> bool:
    """Handles cases for any unit; of an inspection that stands, only the unit that made it and the bureau."""
    units = working_units(person)
    made_by = getattr(thing, "unit_id", None)
    return bool(units) and (oversees(person) or made_by is None or made_by in units)


def keeps_bases(person: Any, _base: Any = None) -> bool:
    return oversees(person) or is_supervision(person) or holds("statistician")(person, None)


def bounds(on: date | None = None) -> Ruleset:
    """The boundaries of colours in force. Raises Refused where the city has none."""
    try:
        return ruleset(RISK, on=on or timezone.localdate())
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing


@action("work_safety.keep_risk", may=checks_firms)
def keep_risk(by: Person, risk: RiskPoint, values: dict[str, Any]) -> RiskPoint:
    """Score, colour, next check and next assessment follow from what is written. Raises Refused for factors off the table."""
    for name, value in values.items():
        field = risk._meta.get_field(name)
        setattr(risk, name, field.get_default() if value is None and not field.null else value)
    if risk.assessed_on is None:
        raise Refused("评估日期没有填写。")
    rules = bounds(risk.assessed_on)
    try:
        initial = risks.assess(risk.method, risk.factors, rules.values)
        residual = None
        if risk.residual_likely is not None:
            residual = risks.assess(risk.method, {**risk.factors, "l": risk.residual_likely}, rules.values)
    except risks.WrongRisk as wrong:
        raise Refused(str(wrong)) from wrong
    if residual is not None and (fault := risks.residual_fault(initial, residual)):
        raise Refused(fault)
    risk.score, risk.level, risk.ruleset_id = initial.score, initial.level, rules.id
    risk.residual_score, risk.residual_level = (residual.score, residual.level) if residual else (None, "")
    risk.reassess_on = risks.reassess_by(risk.assessed_on, rules["reassess_months"])
    last = risk.checks.exclude(done_on=None).order_by("-done_on").first() if risk.pk else None
    risk.next_check_on = risks.next_check(
        risk.level, last.done_on if last else risk.assessed_on, rules["checks"]
    )
    return changed(risk, {})


@action("work_safety.record_check", may=checks_firms)
def record_check(by: Person, risk: RiskPoint, values: Mapping[str, Any], on: date | None = None) -> SelfCheck:
    """An enterprise's own check as it reported it; the next one is due by the colour of the point.

    `values`: is_sound, by_name, words. A check that found something asks for a danger to be brought.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("自查日期不能晚于今天。")
    if values.get("is_sound") is None:
        raise Refused("请填写自查是否发现问题。")
    # one that is not due yet stands for its own day
    owed = SelfCheck(risk=risk, due_on=min(risk.next_check_on, day))
    check = risk.checks.filter(done_on=None).order_by("due_on").first() or owed
    check = changed(check, {**values, "done_on": day, "is_missed": day > check.due_on})
    risk.next_check_on = risks.next_check(risk.level, day, bounds(day)["checks"])
    risk.save(update_fields=["next_check_on"])
    return check


@action("work_safety.note_missed", may=lambda by, _today: by is None)
def note_missed(by: None, today: date) -> int:
    """A row for every check whose day passed without one; told twice it writes once."""
    done = 0
    for risk in RiskPoint.objects.filter(is_active=True, next_check_on__lt=today):
        _, is_new = SelfCheck.objects.get_or_create(
            risk=risk, due_on=risk.next_check_on, done_on=None, defaults={"is_missed": True}
        )
        done += is_new
    return done


@action("work_safety.mark_overdue", may=lambda by, _now: by is None)
def mark_overdue(by: None, now: datetime) -> int:
    """Note the day on every danger that passed its end unmended, so that rates count it although nobody did anything."""
    late = Danger.objects.filter(is_open=True, finished_at=None, due_at__lte=now, overdue_on=None)
    return sum(
        Danger.objects.filter(pk=danger.pk).update(overdue_on=danger.due_on)
        for danger in late.only("pk", "due_on")
    )


@action("work_safety.keep_inspection", may=checks_firms)
def keep_inspection(by: Person, inspection: Inspection, values: dict[str, Any]) -> Inspection:
    if inspection.unit_id is None and values.get("unit") is None:
        values = {
            **values,
            "unit": next((post.unit for post in by.current_posts if post.role in HANDLES), None),
        }
    return changed(inspection, values)


@action("work_safety.keep_accident", may=oversees)
def keep_accident(
    by: Person, accident: Accident, values: dict[str, Any], today: date | None = None
) -> Accident:
    """Deaths and injuries that change after the days of the regulation are not counted any more."""
    now = today or timezone.localdate()
    changes = [
        name for name in ("deaths", "injured") if name in values and values[name] != getattr(accident, name)
    ]
    if (
        accident.pk
        and changes
        and now > accident.counts_until
        and any(getattr(accident, name) is not None for name in changes)
    ):
        raise Refused(
            f"伤亡变化只计到 {accident.counts_until}（发生后 30 日，道路交通、火灾 7 日），此后不再改。"
        )
    on = values.get("happened_on") or accident.happened_on
    if on is not None and on > now:
        raise Refused("发生日期不能晚于今天。")
    return changed(accident, values)


@action("work_safety.keep_base", may=keeps_bases)
def keep_base(by: Person, base: YearBase, values: dict[str, Any]) -> YearBase:
    return changed(base, values)


def rows_of_majors(on: date | None = None) -> tuple[Mapping[str, Any], ...]:
    """The criteria 判定标准 in force; none where the city has none."""
    try:
        return tuple(ruleset(MAJORS, on=on or timezone.localdate())["rules"])
    except NoRuleset:
        return ()


def take_in(by: Person | None, danger: Danger) -> str:
    """For the kind's `check`: what follows from risk, inspection and firm; returns what is wrong, or ""."""
    for source in (danger.risk, danger.inspection):
        if source is not None:
            danger.firm = danger.firm or source.firm
            if danger.firm.pk != source.firm_id:
                return f"{source}不是{danger.firm.name}的。"
    danger.channel = danger.channel or (REPORTED if by is None else SELF)
    if danger.firm is None and not danger.address:
        return "请填写企业；没有企业的写明地点。"
    if danger.firm is not None:
        danger.division = danger.division or danger.firm.division
        if danger.lon is None:
            danger.lon, danger.lat = danger.firm.lon, danger.firm.lat
    return ""


def period(danger: Danger, _limits: Limits) -> Period | None:
    """Until the day that was set; the last day stands although nobody works on it."""
    return Period(danger.fix_days, Unit.NATURAL_DAY, postponed=False) if danger.fix_days else None


def note(danger: Danger, event: Event) -> None:
    """For the kind's `note`: what follows from a step. Raises NotAllowed."""
    today = timezone.localtime(event.at).date()
    if event.move in {"grade", "regrade"}:
        _rule_fits(danger)
    elif event.move in {"assign", "list"}:
        _deadline(danger, event, today)
    elif event.move == "plan_major" and danger.fix_funds_fen is not None and danger.fix_funds_fen < 0:
        raise NotAllowed("整改资金不能为负数；不需要资金的填 0，并在措施里说明。")
    elif event.move == "cut_power":
        _warned_long_enough(danger, event)
    elif event.move == "suspend_licence" and (danger.due_at is None or event.at < danger.due_at):
        raise NotAllowed("还没有超过整改期限，不能以逾期未整改暂扣许可证。")
    elif event.move == "self_accept":
        _photo_after(danger)
        danger.mending_days = (today - timezone.localtime(danger.started_at).date()).days
    if event.move in ENDS:
        danger.outcome = ENDS[event.move]


def closure_ground(firm: Any, on: date | None = None) -> str:
    """Whether closure may be asked for by the penalties on record; two queries."""
    today = on or timezone.localdate()
    days = list(firm.safety_inspections.exclude(penalty_on=None).values_list("penalty_on", flat=True))
    if len(days) < 3:
        return ""
    has_major = firm.dangers.filter(level=MAJOR, is_open=True).exists()
    return majors.closure_ground(days, has_major, today, bounds(today).values)


def _rule_fits(danger: Danger) -> None:
    """A major danger rests on a criterion of its own sector."""
    if danger.level != MAJOR:
        danger.rule = ""
        return
    row = next((row for row in rows_of_majors(danger.received_on) if row["code"] == danger.rule), None)
    if row is None:
        raise NotAllowed("判定标准里没有这一条。")
    if row["sector"] not in {danger.category, "other"}:
        raise NotAllowed("这一条判定标准不属于所选的行业领域。")


def _deadline(danger: Danger, event: Event, today: date) -> None:
    from luodi.shapes.cases.kind import kind_of

    if danger.fix_by is None or danger.fix_by <= today:
        raise NotAllowed("整改期限应晚于今天；能立即整改的填明天。")
    limits = kind_of(danger).limits_of(danger)
    most = limits.business_for(danger.level)
    if most is not None and (danger.fix_by - today).days > most.amount:
        raise NotAllowed(f"整改期限最长 {most}，应不晚于 {today + timedelta(days=most.amount)}。")
    danger.fix_days = (danger.fix_by - today).days
    if event.move == "list":
        danger.listing = majors.listing_level(danger.potential_deaths, limits.values["listing"])


def _warned_long_enough(danger: Danger, event: Event) -> None:
    """停电提前通知: so many hours after the newest notice (安全生产法第七十条)."""
    warned = danger.steps.filter(move="warn_power").order_by("-number").first()
    hours = ruleset(LIMITS, on=danger.received_on, division=danger.division)["power_hours"]
    if warned is not None and event.at < warned.at + timedelta(hours=hours):
        raise NotAllowed(
            f"停止供电须提前 {hours} 小时通知，最早在 {timezone.localtime(warned.at + timedelta(hours=hours)):%Y-%m-%d %H:%M}。"
        )


def _photo_after(danger: Danger) -> None:
    """A photo taken for this mending, not one that stood for something before."""
    pieces = [piece for piece in evidence.of(danger) if hasattr(piece.file, "picture")]
    hashes = {piece.file.sha256 for piece in pieces}
    used = {*evidence.stand_elsewhere(danger, hashes), *danger.shown_photos}
    planned = danger.steps.filter(move__in=("plan", "plan_major", "fail")).order_by("-number").first()
    later = {piece.file.sha256 for piece in pieces if planned is None or piece.at >= planned.at}
    if not later:
        raise NotAllowed("企业自验须附整改后的照片：先上传照片，再自验。")
    if later <= used:
        raise NotAllowed("这张照片已经用过，不能作为整改后的照片；请重新拍摄。")
    danger.shown_photos = sorted({*danger.shown_photos, *hashes})
