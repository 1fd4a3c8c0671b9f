"""Who gets which page of random inspections, and who may do what on the way of a draw."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.matrix import check, everyone, staff

from luodi.scenarios.random_inspections.models import SpotCheck
from luodi.scenarios.random_inspections.tests.conftest import make_task
from luodi.scenarios.random_inspections.tests.draws import MONDAY, drawn
from luodi.shapes.cases import actions as cases

EVENT = {"event": "收盘点位", "event_at": "2026-10-31T15:00"}
DEPARTMENTS = {"shichang": 200, "shengtai": 200}
HANDLERS = staff(404, ducha=200, changwu=200, **DEPARTMENTS)


def deed(**others: int) -> dict[str, int]:
    """Of the staff only the lead unit and the supervision office do it; the rest see the task and may not."""
    return staff(403, **{"shengtai": 403, **others})


MATRIX = {
    "random_inspections/": ("get", {}, staff(200, **DEPARTMENTS)),
    "random_inspections/tasks/<int:pk>/": ("get", {}, staff(200, **DEPARTMENTS)),
    "random_inspections/tasks/<int:pk>/freeze": ("post", EVENT, deed(shichang=302)),
    "random_inspections/tasks/<int:pk>/commit": ("post", {}, deed(shichang=422, ducha=422)),
    "random_inspections/tasks/<int:pk>/reveal": ("post", {}, deed(shichang=422, ducha=422)),
    "random_inspections/tasks/<int:pk>/draw": ("post", {}, deed(shichang=422)),
    "random_inspections/tasks/<int:pk>/void": ("post", {"reason": "不抽了"}, deed(shichang=302, ducha=302)),
    "random_inspections/checks/<int:pk>/": ("get", {}, HANDLERS | {"shenji": 200}),
    "random_inspections/checks/<int:pk>/correction": (
        "post",
        {"grant": "1"},
        staff(404, ducha=302, changwu=302, shenji=302, shichang=302, shengtai=302),
    ),
    "random_inspections/checks/<int:pk>/notice": ("get", {}, HANDLERS),
    "random_inspections/public/": ("get", {}, everyone(200)),
    "random_inspections/public/results/": ("get", {}, everyone(200)),
    "random_inspections/public/draws/<int:pk>/": ("get", {}, everyone(200)),
    "random_inspections/public/draws/<int:pk>/draw.zip": ("get", {}, everyone(200)),
}


@pytest.fixture
def address_of(task, libraries, monkeypatch):
    """The address of a route on one drawn and one planned task, and one check that has been told."""
    first = drawn(libraries, task)
    monkeypatch.setattr(
        "luodi.scenarios.random_inspections.actions.draws.timezone.now", lambda: MONDAY + timedelta(days=3)
    )
    planned = make_task("RW-9")
    told = SpotCheck.objects.filter(task=first).first()
    cases.take(
        libraries["shichang"],
        told,
        "notify",
        {"agreed_on": date(2026, 9, 21)},
        MONDAY + timedelta(days=1),
    )

    def address(route: str) -> str:
        pk = told.pk if "/checks/" in route else first.pk if "public" in route else planned.pk
        return "/" + route.replace("<int:pk>", str(pk))

    return address


@pytest.mark.django_db
def test_everyone_gets_their_own_answer(client, libraries, address_of):
    for route, row in MATRIX.items():
        check(client, libraries, address_of(route), row)


@pytest.mark.django_db
def test_a_list_that_is_not_frozen_has_no_public_page(client, task):
    assert client.get(reverse("random_inspections:public_draw", args=[task.pk])).status_code == 404
    assert client.get(reverse("random_inspections:package", args=[task.pk])).status_code == 404
