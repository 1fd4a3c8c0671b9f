"""Who dispatches and who looks: the rhythm's pages for the staff, its writes for the supervision office and the owners."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from tests.matrix import check, staff

from luodi.dispatch import actions
from luodi.dispatch.models import Judge, Meeting, Resolution
from luodi.dispatch.week import week_of
from luodi.kernel.models import Unit

DUCHA = {"ducha": 302}
MATRIX = {
    "dispatch/": ("get", {}, staff(200)),
    "dispatch/pack.<str:form>": ("get", {}, staff(200)),
    "dispatch/leaders/<int:pk>/": ("get", {}, staff(200)),
    "dispatch/settle": ("post", {"key": "item", "owner": "zhujian", "due_on": "2099-01-01", "words": "限期"}, staff(403, **DUCHA)),
    "dispatch/order": ("post", {"key": "item", "owner": "zhujian", "level": "blue"}, staff(403, **DUCHA)),
    "dispatch/resolutions/<int:pk>/": ("get", {}, staff(200)),
    "dispatch/resolutions/<int:pk>/put-off": ("post", {"due_on": "2099-01-01", "words": "雨季"}, staff(403, **DUCHA, zhujian=302)),
    "dispatch/resolutions/<int:pk>/finish": ("post", {"result": "已办"}, staff(403, **DUCHA, zhujian=302)),
    "dispatch/starts/": ("get", {}, staff(200)),
    "dispatch/meetings.ics": ("get", {}, staff(200)),
    "dispatch/meetings/call": ("post", {"kind": "weekly", "at": "2026-12-01T20:00"}, staff(403, **DUCHA)),
    "dispatch/meetings/<int:pk>/": ("get", {}, staff(200)),
    "dispatch/meetings/<int:pk>/hold": ("post", {}, staff(403, **DUCHA)),
    "dispatch/meetings/<int:pk>/cancel": ("post", {}, staff(403, **DUCHA)),
    "dispatch/bulletin/": ("get", {}, staff(200)),
    "dispatch/visits/plan": ("get", {}, staff(404, ducha=200)),
    "dispatch/visits/new": ("post", {"title": "观摩", "quarter": "2026-10-01", "project": "project"}, staff(403, **DUCHA)),
    "dispatch/visits/<int:pk>/": ("get", {}, staff(200)),
    "dispatch/visits/<int:pk>/open": ("post", {}, staff(403, **DUCHA)),
    "dispatch/visits/<int:pk>/close": ("post", {}, staff(403, **DUCHA)),
    "dispatch/stops/<int:pk>/": ("get", {}, staff(404, changwu=200)),
    "dispatch/stops/<int:pk>/score": ("post", {"progress": "20", "quality": "20", "service": "10", "site": "10"}, staff(404, changwu=302)),
}  # fmt: skip


@pytest.fixture
def rhythm(city, plan_line, project):
    """A late line not yet settled, another one settled, a planned meeting, a visit in each state. Addresses by route."""
    office = city["ducha"]
    (item,) = [each for each in week_of(timezone.localdate()).items if each.line == plan_line]
    settled = Resolution.objects.create(
        subject="停车楼", words="限期", owner=Unit.objects.get(key="zhujian"), due_on=date(2098, 1, 1), dates=["2098-01-01"], by=office,
    )  # fmt: skip
    meeting = actions.call_meeting(office, Meeting.Kind.WEEKLY, timezone.now())
    planned, running = (
        actions.plan_visit(office, title, date(2026, 10, 1), [project], [Judge(person=city["changwu"])])
        for title in ("筹备的", "评分的")
    )
    actions.open_visit(office, running)
    stop = running.stops.get()
    actions.score(city["changwu"], stop, {"progress": 20, "quality": 20, "service": 10, "site": 10})
    keys = {
        "dispatch/leaders/": city["chengjian"].pk, "dispatch/resolutions/": settled.pk, "dispatch/meetings/<": meeting.pk,
        "dispatch/visits/<int:pk>/open": planned.pk, "dispatch/visits/<": running.pk, "dispatch/stops/": stop.pk,
    }  # fmt: skip
    given = {"item": item.key, "zhujian": str(Unit.objects.get(key="zhujian").pk), "project": str(project.pk)}
    return keys, given


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, rhythm, route):
    keys, given = rhythm
    method, sent, answers = MATRIX[route]
    pk = next((pk for start, pk in keys.items() if route.startswith(start)), 0)
    address = "/" + route.replace("<int:pk>", str(pk)).replace("<str:form>", "docx")
    check(
        client,
        city,
        address,
        (method, {name: given.get(value, value) for name, value in sent.items()}, answers),
    )


def test_every_write_is_in_the_matrix():
    from luodi.dispatch.urls import urlpatterns

    assert {f"dispatch/{pattern.pattern}" for pattern in urlpatterns} == set(MATRIX)
