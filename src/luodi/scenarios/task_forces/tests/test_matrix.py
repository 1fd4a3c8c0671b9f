"""Who may ask for task forces' own addresses. The desks have the workbench's matrix."""

from __future__ import annotations

import pytest
from tests.matrix import check, staff

from luodi.kernel import evidence
from luodi.scenarios.task_forces.tests.conftest import picture

MATRIX = {
    "task_forces/": ("get", {}, staff(200)),
    "task_forces/<int:pk>/": ("get", {}, staff(200)),
    "task_forces/grains/<int:pk>/finish": ("post", {"on": "2026-11-20", "result": "已办"}, {**staff(403, ducha=302, fagai=302), "songpi": 302, "gongxin": 302, "gongye": 302}),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, people, grain, route):
    evidence.attach(people["songpi"], grain, "交付单.png", picture())
    pk = grain.pk if "grains" in route else grain.force_id
    check(client, people, "/" + route.replace("<int:pk>", str(pk)), MATRIX[route])


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(client, people, route):
    client.force_login(people["ducha"])
    method, sent, _ = MATRIX[route]
    assert getattr(client, method)("/" + route.replace("<int:pk>", "999"), sent).status_code == 404


def test_a_write_is_never_a_get(client, people, grain):
    client.force_login(people["songpi"])
    assert client.get(f"/task_forces/grains/{grain.pk}/finish").status_code == 405
