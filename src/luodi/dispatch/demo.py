"""The rhythm of the demonstration city: who answers for which unit, weeks held, orders in three colours, a visit with its ballots.

Synthetic and seeded, written through the real actions; the weeks look at what the city's other demonstration data says.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from luodi import demo
from luodi.dispatch import actions
from luodi.dispatch.models import Judge, Meeting, Oversight, Visit
from luodi.dispatch.week import week_of
from luodi.kernel.models import Division, Person, Unit
from luodi.shapes.cases import actions as cases
from luodi.shapes.projects.readers import in_rhythm

WEEKS = 3
SINCE = date(2026, 1, 1)
ORDERS = (
    # title, body, unit, colour, how far it came
    (
        "静态交通平台上线滞后",
        "对照年度计划，平台应于上半年上线，请说明原因并限期上线。",
        "chengguan",
        "orange",
        "verify",
    ),
    ("农村改厕进度滞后", "改厕进度低于序时，请核实台账，排出补欠计划。", "nongye", "blue", "sign"),
    ("公共充电桩建设滞后", "电力增容未落实，请会同供电公司限期解决。", "fagai", "red", "answer"),
    ("老旧小区改造开工滞后", "部分小区未按月开工，请逐一说明原因。", "zhujian", "blue", ""),
)
ANSWERS = {
    "chengguan": "平台已上线试运行，接入停车场 86 处。",
    "fagai": "增容方案已获批，剩余 60 个桩本月完工。",
}


@transaction.atomic
def load() -> None:
    """Does nothing where there is an oversight table already."""
    if Oversight.objects.exists():
        return
    office, second = (Person.objects.get(login=login) for login in ("ducha", "ducha2"))
    _oversight()
    _orders(office, second)
    _weeks(office)
    _visit(office)


def _oversight() -> None:
    units = {unit.key: unit for unit in Unit.objects.filter(valid_until=None)}
    people = {person.login: person for person in Person.objects.all()}
    Oversight.objects.bulk_create(
        Oversight(leader=people[row.login], unit=units[key], valid_from=SINCE)
        for row in demo.people()
        for key in row.oversees
        if key in units
    )


def _orders(office: Person, second: Person) -> None:
    """Each goes as far as its story: sent, signed, answered, checked and closed."""
    now = timezone.now()
    for number, (title, body, key, colour, until) in enumerate(ORDERS):
        at = now - timedelta(days=20 - 4 * number)
        unit = Unit.objects.get(key=key)
        order = actions.issue_order(office, title, f"{body}（演示）", unit, colour, at=at)
        if not until:
            continue
        liaison = Person.objects.get(login=key)
        order = cases.take(liaison, order, "sign", {}, at + timedelta(hours=5))
        if key in ANSWERS:
            values = {"outcome": "done", "reply": f"{ANSWERS[key]}（演示）"}
            order = cases.take(liaison, order, "answer", values, at + timedelta(days=2))
        if until == "verify":
            cases.take(second, order, "verify", {"words": "现场核查属实。（演示）"}, at + timedelta(days=3))


def _weeks(office: Person) -> None:
    """Three weeks held, the next one called; at the last one the reddest items were given owner and date."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    week = week_of(today)
    chair = Person.objects.get(login="changwu")
    meetings = [
        actions.call_meeting(
            office, Meeting.Kind.WEEKLY, _at(monday - timedelta(weeks=back)), "市政府第一会议室", chair
        )
        for back in range(WEEKS, 0, -1)
    ]
    for meeting in meetings:
        actions.hold_meeting(office, meeting, week, "通报上周异常，逐项定责。（演示）")
    chance = Random(20261124)
    for item in [item for item in week.items if item.owner and item.source != "order"][:8]:
        due = today + timedelta(days=chance.randrange(5, 20))
        actions.settle(office, item, item.owner, due, "倒排工期，按期报结果。（演示）", meetings[-1])
    actions.call_meeting(
        office, Meeting.Kind.WEEKLY, _at(monday + timedelta(weeks=1)), "市政府第一会议室", chair
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 20, 0))


def _visit(office: Person) -> None:
    """The third quarter's visit: six projects, every county and zone judging all but its own."""
    started = in_rhythm().filter(started_on__isnull=False).order_by("division__code", "pk")
    route = list(started)[::9][:6]
    if not route:
        return
    counties = ("chenglan", "chaoling", "songpi", "qingwu", "hefeng", "baidushi", "gaoxin", "jingkai")
    homes = {division.pk: division for division in Division.objects.all()}
    judges = []
    for login in (*counties, "changwu", "gongye"):
        person = Person.objects.get(login=login)
        home = homes[person.current_posts[0].unit.division_id] if login in counties else None
        judges.append(Judge(person=person, division=home))
    visit = actions.plan_visit(office, "2026年第三季度重点项目观摩（演示）", date(2026, 7, 1), route, judges)
    actions.open_visit(office, visit)
    visit = Visit.objects.get(pk=visit.pk)
    chance, items = Random(20260930), actions.sheet_of(visit).items
    for stop in visit.stops.select_related("project"):
        for judge in visit.judges.select_related("person"):
            if (
                judge.division_id not in {stop.project.division_id, stop.project.zone_id}
                or judge.division_id is None
            ):
                points = {code: round(most * chance.uniform(0.68, 0.97)) for code, (_, most) in items.items()}
                actions.score(judge.person, stop, points)
    actions.close_visit(office, visit)
