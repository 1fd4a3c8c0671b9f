"""The demonstration's year, week by week: facts come in, lights change, meetings settle, the year is scored and told.

Synthetic and seeded, in a home of its own: the same year is played each time. Time is moved for this process only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import sin
from random import Random

from django.utils import timezone

from luodi import demo
from luodi.assessment.alike import bind_alike
from luodi.assessment.lights import Light, pace_light
from luodi.assessment.models import Result
from luodi.assessment.pace import paced, rule_in_force, up_to
from luodi.commands.demo_city import load_people_and_units
from luodi.commitments import demo as ledger
from luodi.commitments.intake import deliver_text, read_document
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Commitment, Document, Issue, ProgressReport, StateChange, Target
from luodi.commitments.periods import ended
from luodi.commitments.versions import frozen
from luodi.dispatch import actions as dispatch
from luodi.dispatch.models import Meeting, Order, Oversight, Resolution
from luodi.dispatch.week import open_resolutions, week_of
from luodi.drafting.checking import check_report
from luodi.drafting.docx import standard_template, written
from luodi.drafting.draft import Form, draft
from luodi.drafting.figures import Verdict
from luodi.drafting.known import knowledge_of
from luodi.kernel.clock import months_later
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Person, Unit
from luodi.measures.importing import bring_in
from luodi.reading.reader import read
from luodi.scenarios.county_performance import demo as counties

FIRST, LAST = date(2026, 1, 19), date(2026, 12, 28)
"""Mondays of the first and the last week."""
MEETS_AT = time(20, 0)
SETTLED_A_WEEK = 3
SERIES = 24
"""So many of the plan's yearly amounts are published month by month."""
State = Commitment.State
Say = Callable[[str], None]


@dataclass
class City:
    """What the play keeps in mind from week to week."""

    office: tuple[Person, Person]
    plan: Document
    years: list[ledger.Year]
    chance: Random
    lights: Counter[Light] = field(default_factory=Counter)
    told: list[ProgressReport] = field(default_factory=list)
    """Reports that are still to come, by the time they are sent."""


def play(say: Say, weeks: int | None = None) -> City:
    """Play the year, or its first weeks; `say` hears one line a week. The database has to be empty of people."""
    load_people_and_units()
    city = _begin(say)
    day = FIRST
    played = 0
    while day <= LAST and (weeks is None or played < weeks):
        with moved_to(day):
            _week(city, day, say)
        day, played = day + timedelta(days=7), played + 1
    if weeks is None:
        with moved_to(date(2027, 1, 8)):
            _end(city, say)
    return city


@contextmanager
def moved_to(day: date) -> Iterator[None]:
    """It is the evening of this day, for whoever asks Django."""
    really = timezone.now
    moment = timezone.make_aware(datetime.combine(day, MEETS_AT))
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = really


def _begin(say: Say) -> City:
    """January: the plan is read, split, assigned, issued and signed."""
    office = Person.objects.get(login="ducha"), Person.objects.get(login="ducha2")
    document, _ = deliver_text(office[0], demo.text("work-plan-2026"))
    read_document(Progress(document.job), office[0], document.pk)
    plan = Document.objects.get(pk=document.pk)
    ledger.settle_units(plan)
    liaisons = ledger.liaisons_of(plan)
    plan.commitments.update(state=State.ISSUED)
    Issue.objects.create(
        document=plan, number=1, reference="云政办发〔2026〕2号", by=office[0], lines=frozen(ledger_of(plan))
    )
    rows = plan.commitments.prefetch_related("targets", "projects", "assignments__unit").order_by("start")
    lines = [line for line in rows if line.lead]
    years = [
        ledger.Year(line, liaisons[line.lead.unit_id], Random(f"play-{at}")) for at, line in enumerate(lines)
    ]
    ledger.choose_ends(years, LAST)
    ledger.sign(years, liaisons, office[0])
    spans = list(ended(ledger.ISSUED_ON, date(2027, 1, 10), plan.report_every, plan.report_day))
    for year in years:
        ledger.report_each_month(year, spans)
    steps = [step for year in years for step in year.steps]
    StateChange.objects.bulk_create(step for step in steps if step.at.date() <= FIRST + timedelta(days=6))
    plan.commitments.filter(pk__in=[line.pk for line in lines]).update(state=State.ACCEPTED)
    units = {unit.key: unit for unit in Unit.objects.filter(valid_until=None)}
    people = {person.login: person for person in Person.objects.all()}
    Oversight.objects.bulk_create(
        Oversight(leader=people[row.login], unit=units[key], valid_from=date(2026, 1, 1))
        for row in demo.people()
        for key in row.oversees
        if key in units
    )
    city = City(office, plan, years, Random(2026))
    city.told = sorted(
        (report for year in years for report in year.reports), key=lambda report: report.sent_at
    )
    say(
        f"1月　读计划：{len(lines)} 项任务、{Target.objects.filter(commitment__in=lines).count()} 个目标，印发并签收"
    )
    return city


def _week(city: City, day: date, say: Say) -> None:
    """One week: reports, figures, lights, the meeting."""
    came = _reports(city, day)
    closed = _closings(city, day)
    figures = _figures(city, day) if day.day <= 14 and day.day > 7 else 0
    before, city.lights = city.lights, _lights(day)
    meeting = dispatch.call_meeting(city.office[0], Meeting.Kind.WEEKLY, timezone.now(), "市政府第一会议室")
    done = _finish_due(city, day)
    week = week_of(day)
    settled = _settle(city, week, day, meeting)
    orders = _orders(city, day)
    dispatch.hold_meeting(city.office[0], meeting, week_of(day), "")
    changed = sum(abs(city.lights[light] - before[light]) for light in Light) // 2
    said = [f"报进展 {came}", f"销号 {closed}"]
    said += [f"发布指标 {figures}"] if figures else []
    said += (
        [
            f"灯 绿{city.lights[Light.GREEN]} 黄{city.lights[Light.YELLOW]} 红{city.lights[Light.RED]}（变 {changed}）"
        ]
        if city.lights
        else []
    )
    said += [
        f"异常 {len(week.items)}，定责 {settled}，办结 {done}",
        *([f"督办单 {orders}"] if orders else []),
    ]
    say(f"{day:%m-%d}　{'　'.join(said)}")


def _reports(city: City, day: date) -> int:
    """What units sent since last week."""
    until = timezone.make_aware(datetime.combine(day, MEETS_AT))
    now = [report for report in city.told if report.sent_at <= until]
    city.told = city.told[len(now) :]
    ProgressReport.objects.bulk_create(now)
    lines = {year.line.pk: year.line for year in city.years}
    for report in now:
        line = lines[report.commitment_id]
        line.latest = report
        line.state = State.RUNNING if line.state in {State.ISSUED, State.ACCEPTED} else line.state
    Commitment.objects.bulk_update({lines[report.commitment_id] for report in now}, ["latest", "state"])
    return len(now)


def _closings(city: City, day: date) -> int:
    """Lines whose last report is in and that are over: applied for, checked, closed."""
    waiting = {report.commitment_id for report in city.told}
    over = [
        year
        for year in city.years
        if year.end == State.CLOSED and year.line.state == State.RUNNING and year.line.pk not in waiting and year.reports
    ]  # fmt: skip
    had = {id(step) for year in over for step in year.steps}
    ledger.close_lines(over, city.office)
    StateChange.objects.bulk_create(step for year in over for step in year.steps if id(step) not in had)
    Commitment.objects.bulk_update([year.line for year in over], ["state"])
    return len(over)


def _figures(city: City, day: date) -> int:
    """The bureaus publish the month before, in one sheet; at the first time the targets are bound to them."""
    month = months_later(day.replace(day=1), -1)
    if month.year < 2026:
        return 0
    rows = [row for target, pace in _amounts(city) if (row := _figure(target, pace, month))]
    sheet = "\n".join(["指标,区划,期,数值,单位,同比,状态,发布单位", *rows])
    statistician = Person.objects.get(login="tongji")
    bring_in(statistician, f"月报-{month:%Y-%m}.csv", sheet.encode())
    bind_alike(statistician, 2026)
    return len(rows)


def _amounts(city: City) -> list[tuple[Target, float]]:
    """Yearly amounts of the plan with the pace at which each goes: some ahead, some behind, the same each time."""
    found: dict[str, Target] = {}
    for year in city.years:
        for target in year.line.targets.all():
            if (
                target.value
                and target.change == "level"
                and "%" not in target.unit
                and target.comparator in {"ge", "gt", "eq", "approx"}
            ):
                found.setdefault(target.indicator, target)
    chance = Random("paces")
    return [(target, chance.uniform(0.68, 1.2)) for target in list(found.values())[:SERIES]]


def _figure(target: Target, pace: float, month: date) -> str:
    """A month of the year's amount: about even, with a swing of its own, so that lights turn both ways."""
    swing = 1 + 0.3 * sin(month.month * (0.6 + pace))
    share = Decimal(str(round(month.month / 12 * pace * swing, 4)))
    value = ((target.value or Decimal(0)) * share).quantize(Decimal("0.01"))
    name = target.indicator.replace(",", "，")
    return f"{name},云川市,{month:%Y-%m},{value},{target.unit},,最终,市统计局"


def _lights(day: date) -> Counter[Light]:
    month = months_later(day.replace(day=1), -1)
    rule = rule_in_force(month)
    rows = [each for each in paced(2026) if not each.why_none]
    return Counter(
        pace_light(up_to(each.months, month), rule).light for each in rows if up_to(each.months, month)
    )


def _settle(city: City, week: object, day: date, meeting: Meeting) -> int:
    """The reddest items without an owner get one, with a date."""
    free = [item for item in week.items if item.owner and not item.settled and item.source != "order"]  # type: ignore[attr-defined]
    for item in free[:SETTLED_A_WEEK]:
        due = day + timedelta(days=city.chance.choice([7, 14, 21]))
        dispatch.settle(city.office[0], item, item.owner, due, "限期补上进度，按周报告。", meeting)
    return len(free[:SETTLED_A_WEEK])


def _finish_due(city: City, day: date) -> int:
    """Most of what is due is done; the rest is missed and counts."""
    done = 0
    for row in Resolution.objects.filter(done_on=None, due_on__lte=day):
        if city.chance.random() < 0.8:
            dispatch.finish(city.office[0], row, day, "已补上进度，台账同步更新。")
            done += 1
    return done


def _orders(city: City, day: date) -> int:
    """What was missed twice gets a supervision order, once."""
    made = 0
    for each in open_resolutions(day):
        row = each.resolution
        if (
            each.standing.level > 1
            and row.line
            and not Order.objects.filter(line=row.line, is_open=True).exists()
        ):
            dispatch.issue_order(
                city.office[0],
                row.subject[:110],
                row.words,
                row.owner,
                "orange",
                channel="meeting",
                line=row.line,
            )
            made += 1
    return made


def _end(city: City, say: Say) -> None:
    """The year is scored, the report drafted, read again and checked figure by figure."""
    counties.load()
    best = Result.objects.filter(run__state__in=("final", "published"), rank=1).select_related("run").first()
    if best:
        say(f"年考核　{best.run.period.year} 年 {best.group}第一：{best.name} {best.score:.2f} 分")
    knowledge = knowledge_of(Document.objects.get(pk=city.plan.pk), date(2026, 12, 31))
    made = draft(knowledge, Form.REVIEW)
    finding = check_report(read(written(made, standard_template()), name="report.docx"), knowledge)
    counts = finding.counts
    say(
        f"起草　写入 {len(made.figures)} 个数字，{len(made.left_out)} 个目标没有数字未写；重新读取核对："
        f"一致 {counts[Verdict.AGREES]}，不一致 {counts[Verdict.DIFFERS]}，查不到 {counts[Verdict.UNKNOWN]}"
    )
