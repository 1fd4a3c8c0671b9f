"""Who may ask for the addresses of projects: a road under way, a waiting change, an open problem, a milestone, and a road
still in 前期."""

from __future__ import annotations

from datetime import date

import pytest
from tests.matrix import check, staff

from luodi.kernel.models import Unit
from luodi.shapes.projects import actions
from luodi.shapes.projects.models import Milestone, Project
from luodi.shapes.projects.tests.conftest import TODAY, WAN

KEEPS = {**staff(403), "fagai": 302, "songpi": 302, "qingwu": 403}
"""The office of the list, and the county it lies in; the bureau that leads has no liaison in the demonstration."""
FORM = {**staff(403), "fagai": 200, "songpi": 200, "qingwu": 403}
STEP = {"on": f"{TODAY}"}

MATRIX = {
    "projects/": ("get", {}, staff(200)),
    "projects/<int:pk>/": ("get", {}, staff(200)),
    "projects/<int:pk>/money": ("get", {}, staff(200)),
    "projects/<int:pk>/problems": ("get", {}, staff(200)),
    "projects/<int:pk>/report": ("get", {}, FORM),
    "projects/<int:pk>/start": ("get", {}, FORM),
    "projects/<int:pk>/to/<slug:to>": ("post", STEP, KEEPS),
    "projects/<int:pk>/charge": ("post", {"part": "leader", "name": "新领导", "since": f"{TODAY}"}, KEEPS),
    "projects/<int:pk>/enter": ("post", STEP, {**KEEPS, "fagai": 422, "songpi": 422}),
    "projects/<int:pk>/plan": ("post", {"plan_fen": "3000"}, {**KEEPS, "songpi": 403}),
    "projects/<int:pk>/change": ("post", {"item": "finish_due_on", "day": "2027-09-30", "reason": "雨季"}, KEEPS),
    "projects/<int:pk>/raise": ("post", {"words": "电杆未迁", "reason": "other", "owner": "松陂县", "due_on": "2026-12-10"}, {**KEEPS, "ducha": 302, "changwu": 302}),
    "projects/<int:pk>/delay": ("post", {"reason": "land", "words": "净地未交", "new_on": "2026-12-15", "month": "2026-11"}, KEEPS),
    "projects/changes/<int:pk>/decide": ("post", {"decision": "approve"}, {**staff(403, changwu=302), "fagai": 302, "songpi": 403}),
    "projects/problems/<int:pk>/promise": ("post", {"due_on": "2026-12-20", "words": "再等一周"}, {**KEEPS, "ducha": 302}),
    "projects/problems/<int:pk>/solve": ("post", {"on": f"{TODAY}", "solution": "已迁改"}, {**KEEPS, "ducha": 302}),
    "projects/milestones/<int:pk>/reach": ("post", STEP, KEEPS),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def pks(roads, started):
    """Keys by the beginning of a route: the road under way, one in 前期, and the rows that hang on the first."""
    by = roads["songpi"]
    change = actions.ask_change(by, started, "operate_due_on", "2027-08-31", "设备推迟")
    problem = actions.raise_problem(
        by, started, {"words": "弃土场", "owner": Unit.objects.get(key="songpi"), "due_on": date(2026, 12, 1)}
    )
    milestone = actions.keep_milestone(
        by, Milestone(), {"project": started, "title": "路基贯通", "due_on": date(2026, 12, 30)}
    )
    waiting = Project.objects.get(pk=started.pk)
    waiting.pk, waiting.number, waiting.code, waiting.stage, waiting.started_on = (
        None,
        "XD2026-002",
        "",
        "prelim",
        None,
    )
    waiting.save()
    return {
        "projects/changes/": change.pk, "projects/problems/": problem.pk, "projects/milestones/": milestone.pk,
        "projects/<int:pk>/delay": waiting.pk, "": started.pk,
    }  # fmt: skip


def address_of(route, pks):
    pk = next(key for beginning, key in pks.items() if route.startswith(beginning))
    return "/" + route.replace("<int:pk>", str(pk)).replace("<slug:to>", "building")


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, roads, pks, route):
    actions.set_plan(roads["fagai"], Project.objects.get(pk=pks[""]), 2025, 1_000 * WAN)
    check(client, roads, address_of(route, pks), MATRIX[route])


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(client, roads, route):
    client.force_login(roads["fagai"])
    method, sent, _ = MATRIX[route]
    assert (
        getattr(client, method)(
            "/" + route.replace("<int:pk>", "999").replace("<slug:to>", "building"), sent
        ).status_code
        == 404
    )


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(client, roads, pks, route):
    client.force_login(roads["fagai"])
    assert client.get(address_of(route, pks)).status_code == 405
