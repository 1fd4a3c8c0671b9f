"""Who may ask for the pages of petitions, old cases and sittings. The old case is of the housing bureau, under 程更新."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.matrix import check, everyone, staff

from luodi.kernel.models import Division, Unit
from luodi.scenarios.petitions.actions import backlog as ledger
from luodi.scenarios.petitions.actions import sittings
from luodi.scenarios.petitions.models import Backlog, Sitting

BUREAU, UNIT, LEADER = "xinfang", "zhujian", "chengjian"
SEEN = staff(
    404, **{"ducha": 200, "changwu": 200, "rexian": 200, "shenji": 200, BUREAU: 200, UNIT: 200, LEADER: 200}
)
WORKS = staff(
    404, **{"ducha": 302, "changwu": 403, "rexian": 302, "shenji": 403, BUREAU: 302, UNIT: 302, LEADER: 302}
)
BUREAU_ONLY = staff(
    404, **{"ducha": 403, "changwu": 403, "rexian": 302, "shenji": 403, BUREAU: 302, UNIT: 403, LEADER: 403}
)
ANSWERS = staff(
    404, **{"ducha": 403, "changwu": 403, "rexian": 302, "shenji": 403, BUREAU: 302, UNIT: 302, LEADER: 403}
)

MATRIX = {
    "petitions/": ("get", {}, staff(200)),
    "petitions/receptions/": ("get", {}, everyone(200)),
    "petitions/backlogs/<int:pk>/": ("get", {}, SEEN),
    "petitions/backlogs/<int:pk>/attach": ("post", {"file": "paper"}, WORKS),
    "petitions/backlogs/<int:pk>/<slug:name>": ("post", {"words": "约谈一次"}, WORKS),
    "petitions/sittings/<int:pk>/": ("get", {}, SEEN),
    "petitions/sittings/<int:pk>/decide": ("post", {"number": "YCJA-1", "opinion": "会商", "unit": "市住房城乡建设局", "due_on": "2099-01-05"}, BUREAU_ONLY),
    "petitions/items/<int:pk>/finish": ("post", {"result": "已当面答复"}, ANSWERS),
}  # fmt: skip


@pytest.fixture
def pks(city):
    today, unit = timezone.localdate(), Unit.objects.get(key=UNIT)
    old = ledger.keep_backlog(
        city[BUREAU], Backlog(),
        {"number": "YCJA-1", "title": "安置房未交付", "category": "building", "origin": "own", "division": Division.objects.get(code="990102"), "unit": unit, "leader": city[LEADER], "assigned_on": today},
    )  # fmt: skip
    sitting = sittings.keep_sitting(
        city[BUREAU], Sitting(), {"number": "JF-1", "kind": "reception", "on": today, "leader": city[LEADER], "place": "接待中心", "way": "fixed"}
    )  # fmt: skip
    item = sittings.decide(
        city[BUREAU],
        sitting,
        {"number": "YCJA-1", "opinion": "会商", "unit": unit, "due_on": today + timedelta(days=3)},
    )
    return {"backlogs": old.pk, "sittings": sitting.pk, "items": item.pk}


@pytest.mark.parametrize("route", MATRIX)
def test_each_gets_the_own_answer(client, city, pks, route):
    address = "/" + route.replace("<int:pk>", str(pks.get(route.split("/")[1], 0))).replace(
        "<slug:name>", "report"
    )
    method, sent, answers = MATRIX[route]
    for login, answer in answers.items():
        given = {
            name: SimpleUploadedFile("说明.txt", "情况属实".encode()) if value == "paper" else value
            for name, value in sent.items()
        }
        check(client, city, address, (method, given, {login: answer}))
