"""Who may ask for which address of schemes. The row of the lights stands with those of the house."""

from __future__ import annotations

import pytest
from tests.matrix import ADMINISTRATORS, check, staff

from luodi.assessment import actions
from luodi.assessment.tests.conftest import NOTICE, PERIOD

NOT = staff(403, ducha=302, tongji=302)
"""The supervision office and the statistician do it, other staff may not."""
LED = {**NOT, "gongxin": 302}

MATRIX = {
    "lights/bind": ("post", {"month": "2026-09"}, NOT),
    "assessment/": ("get", {}, staff(200)),
    "assessment/milestones/": ("get", {}, staff(200)),
    "assessment/<str:code>/": ("get", {}, staff(200)),
    "assessment/<str:code>/score": ("post", {"period": "2026-01-01"}, LED),
    "assessment/<str:code>/mark": ("post", {"period": "2025-01-01", "who": "澄岚区", "rule": "accident", "document": "通报"}, LED),
    "assessment/runs/<int:pk>/": ("get", {}, staff(200)),
    "assessment/runs/<int:pk>/members/<int:result>/": ("get", {}, staff(200)),
    "assessment/runs/<int:pk>/members/<int:result>/object": ("post", {"indicator": "rd", "says": "口径"}, {**LED, "qingwu": 302}),
    "assessment/runs/<int:pk>/try": ("get", {}, staff(200)),
    "assessment/runs/<int:pk>/objections": ("get", {}, staff(200)),
    "assessment/runs/<int:pk>/export.<str:form>": ("get", {}, {**staff(403, ducha=200, tongji=200), "gongxin": 200}),
    "assessment/runs/<int:pk>/to/<str:to>": ("post", {}, {**staff(403, ducha=302, tongji=302, changwu=302), "gongxin": 403}),
    "assessment/objections/<int:pk>/decide": ("post", {"decision": "reject", "opinion": "口径一致"}, {**staff(403, ducha=302, tongji=302, changwu=302), "gongxin": 302, "qingwu": 403}),
    "assessment/marks/<int:pk>/confirm": ("post", {"decision": "confirm"}, {**staff(403, ducha=302, tongji=302, changwu=302), "gongxin": 403}),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, kind, noticed, route):
    county = noticed.results.select_related("run", "division").get(key="990122")
    objection = actions.object_to(city["qingwu"], county, "tax", "少计一户", on=NOTICE)
    if "to/" in route:
        actions.decide(city["ducha"], objection, False, "口径一致")
    told = {"key": "990102", "name": "澄岚区", "rule": "accident", "document": "通报"}
    mark = actions.mark(city["gongxin"], kind, PERIOD, told)
    first = {
        "assessment/objections/": objection.pk,
        "assessment/marks/": mark.pk,
    }
    pk = next((key for part, key in first.items() if route.startswith(part)), noticed.pk)
    blanks = {
        "<int:pk>": pk,
        "<int:result>": county.pk,
        "<str:code>": "trial",
        "<str:form>": "csv",
        "<str:to>": "seal",
    }
    address = "/" + route
    for blank, value in blanks.items():
        address = address.replace(blank, str(value))
    check(client, city, address, MATRIX[route])


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(client, city, kind, route):
    client.force_login(city["ducha"])
    method, sent, _ = MATRIX[route]
    address = (
        route.replace("<int:pk>", "999")
        .replace("<int:result>", "9")
        .replace("<str:form>", "csv")
        .replace("<str:to>", "seal")
    )
    assert getattr(client, method)(f"/{address}", sent).status_code == 404


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(client, city, kind, noticed, route):
    client.force_login(city["ducha"])
    address = (
        route.replace("<int:pk>", str(noticed.pk))
        .replace("<int:result>", "1")
        .replace("<str:code>", "trial")
        .replace("<str:to>", "seal")
    )
    assert client.get(f"/{address}").status_code == 405


def test_administrators_see_no_assessment(client, city, kind, noticed):
    for login in ADMINISTRATORS:
        client.force_login(city[login])
        assert client.get(f"/assessment/runs/{noticed.pk}/").status_code == 404
