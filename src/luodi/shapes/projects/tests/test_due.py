"""What is due from whom: the month's report, late milestones, a problem, a late start, a change to decide."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kernel.models import Unit
from luodi.shapes.projects import actions
from luodi.shapes.projects.due import due_from
from luodi.shapes.projects.models import Milestone
from luodi.shapes.projects.tests.conftest import TODAY, WAN
from luodi.workbench.inbox import answered

pytestmark = pytest.mark.django_db


def kinds_due(person):
    return sorted(due.kind for due in answered(due_from(person, TODAY)))


def test_the_month_s_report_is_due_until_it_is_there(roads, started):
    assert kinds_due(roads["songpi"]) == ["projects.report"]
    (due,) = answered(due_from(roads["songpi"], TODAY))
    assert (due.what, due.by, due.url) == (
        "报 10 月累计完成投资和形象进度",
        date(2026, 11, 10),
        f"/projects/{started.pk}/report",
    )
    actions.report(roads["songpi"], started, date(2026, 10, 1), {"ytd_fen": 100 * WAN, "progress": "路基"})
    assert kinds_due(roads["songpi"]) == []
    assert kinds_due(roads["qingwu"]) == [], "another county owes nothing"
    assert kinds_due(roads["shenji"]) == [], "nor does who only looks"


def test_what_is_late_and_what_is_to_be_decided(roads, started, django_assert_max_num_queries):
    by = roads["songpi"]
    actions.report(by, started, date(2026, 10, 1), {"ytd_fen": 100 * WAN, "progress": "路基"})
    actions.keep_milestone(
        by, Milestone(), {"project": started, "title": "路基贯通", "due_on": date(2026, 10, 1)}
    )
    actions.raise_problem(
        by,
        started,
        {"words": "电杆未迁", "owner": Unit.objects.get(key="songpi"), "due_on": date(2026, 12, 1)},
    )
    assert kinds_due(by) == ["projects.milestone", "projects.problem"]
    actions.ask_change(by, started, "finish_due_on", "2027-09-30", "雨季")
    assert kinds_due(roads["fagai"]) == ["projects.change"]
    with django_assert_max_num_queries(1):
        answered(due_from(roads["fagai"], TODAY))


def test_a_late_start_is_due(roads, ready):
    (due,) = answered(due_from(roads["songpi"], TODAY))
    assert (due.kind, due.by) == ("projects.start", date(2026, 3, 20))
