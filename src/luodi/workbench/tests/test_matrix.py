"""Who may do what on a desk: one row for every route of the workbench, one answer for every role, own rows and foreign.

Shown on the parking lots, whose lead unit is the housing bureau. 200 seen, 204 or 302 done, 401 no key, 403 seen but not
allowed, 404 as if it did not exist, 422 refused with a sentence. The desks of the house are walked through below.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from luodi.kernel import evidence, files
from luodi.kernel.models import Job, Unit
from luodi.workbench.finding import desks
from luodi.workbench.models import ApiToken, SavedView
from luodi.workbench.tests.lots import Lot
from luodi.workbench.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]

ROLES = {
    "anonymous": None,
    "supervision": "ducha",
    "leader": "changwu",
    "owner": "zhujian",
    "stranger": "fagai",
    "auditor": "shenji",
    "system_admin": "xitong",
    "security_admin": "anquan",
    "audit_admin": "rizhi",
}
ADMINS = {"system_admin": 404, "security_admin": 404, "audit_admin": 404}
SHEET = "编号\t名称\nP-1\t东门停车楼\n"


def desk(answer: int) -> dict[str, int]:
    """Whoever has the desk."""
    return {
        "anonymous": 302,
        **dict.fromkeys(("supervision", "leader", "owner", "stranger", "auditor"), answer),
        **ADMINS,
    }


def row(answer: int) -> dict[str, int]:
    """Whoever sees the row: for the liaison of another unit it does not exist."""
    return {**desk(answer), "stranger": 404}


def change(answer: int) -> dict[str, int]:
    """Supervision and the lead unit change the row; leaders and auditors look at it."""
    return {**row(answer), "leader": 403, "auditor": 403}


def begin(answer: int) -> dict[str, int]:
    """Supervision and liaisons may begin a lot."""
    return {**desk(answer), "leader": 403, "auditor": 403}


# route: (method, what is sent, answer by role)
MATRIX: dict[str, tuple[str, dict[str, object], dict[str, int]]] = {
    "": ("get", {}, {**dict.fromkeys(ROLES, 200), "anonymous": 302}),
    "tokens": ("get", {}, {**dict.fromkeys(ROLES, 200), "anonymous": 302}),
    "tokens/<int:pk>/revoke": ("post", {}, {**dict.fromkeys(ROLES, 404), "anonymous": 302, "owner": 302}),
    "<slug:code>/": ("get", {}, desk(200)),
    "<slug:code>/board": ("get", {}, desk(200)),
    "<slug:code>/calendar": ("get", {}, desk(200)),
    "<slug:code>/map": ("get", {}, desk(200)),
    "<slug:code>/print": ("get", {}, desk(200)),
    "<slug:code>/export": ("get", {}, desk(200)),
    "<slug:code>/form": ("get", {}, begin(200)),
    "<slug:code>/import": ("post", {"text": SHEET}, begin(200)),
    "<slug:code>/import/apply": ("post", {"file": "sheet"}, {**begin(302), "stranger": 422}),
    "<slug:code>/jobs/<int:pk>": ("get", {}, {**desk(404), "owner": 200}),
    "<slug:code>/bulk": ("post", {"action": "lots.open", "pk": "row"}, {**desk(422), "supervision": 204, "owner": 204}),
    "<slug:code>/paste": ("post", {"pk": "row", "column": "berths", "text": "9", "apply": "1"}, {**desk(422), "supervision": 204, "owner": 204}),
    "<slug:code>/views": ("post", {"column": "code"}, desk(204)),
    "<slug:code>/views/<int:pk>/drop": ("post", {}, {**desk(404), "owner": 204}),
    "<slug:code>/choices/<slug:name>": ("get", {}, desk(200)),
    "<slug:code>/options/<slug:name>": ("get", {}, desk(200)),
    "<slug:code>/<int:pk>/": ("get", {}, row(200)),
    "<slug:code>/<int:pk>/form": ("get", {}, change(200)),
    "<slug:code>/<int:pk>/cell": ("post", {"name": "berths", "value": "9"}, change(204)),
    "<slug:code>/<int:pk>/attach": ("post", {"file": "photo"}, change(302)),
    "<slug:code>/<int:pk>/evidence/<int:piece>": ("get", {}, row(200)),
    "api/lots": ("get", {}, {**desk(200), "anonymous": 401}),
    "api/lots/<int:pk>": ("get", {}, {**row(200), "anonymous": 401}),
}  # fmt: skip


def test_every_route_has_its_row():
    routes = {str(pattern.pattern) for pattern in urlpatterns} - {"api/"}
    assert routes == {route for route in MATRIX if not route.startswith("api/")}


@pytest.fixture
def lot(city) -> Lot:
    housing = Unit.objects.get(key="zhujian")
    return Lot.objects.create(code="P-1", name="东门停车楼", lead=housing, berths=3)


@pytest.fixture
def address(city, lot):
    """A route's address: rows are the lot, views and keys are those of its liaison."""
    kept = {
        "views": SavedView.objects.create(
            person=city["zhujian"], desk="lots", name="我的", columns=["code"]
        ).pk,
        "tokens": ApiToken.objects.create(person=city["zhujian"], title="省平台", sha256="0" * 64).pk,
    }
    long = Job.objects.create(
        kind="luodi.workbench.heavy.write_sheet", title="导入", arguments={"desk": "lots"}, by=city["zhujian"]
    )
    kept["jobs"] = long.pk
    piece = evidence.attach(city["zhujian"], lot, "说明.txt", "入口已铺装".encode())

    def address_of(route: str) -> str:
        pk = next((number for word, number in kept.items() if f"{word}/" in route), lot.pk)
        path = (
            route.replace("<slug:code>", "lots").replace("<int:pk>", str(pk)).replace("<slug:name>", "lead")
        )
        path = path.replace("<int:piece>", str(piece.pk))
        return f"/lots-api/{path.removeprefix('api/')}" if path.startswith("api/") else f"/work/{path}"

    return address_of


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(city, lot, address, route):
    method, sent, answers = MATRIX[route]
    sheet, _ = files.store(city["ducha"], "表.csv", "编号,名称\nP-1,东门停车楼二期\n".encode())
    found = {}
    for role, login in ROLES.items():
        client = Client(headers={"HX-Request": "true"})
        live = {
            "row": lot.pk,
            "sheet": sheet.sha256,
            "photo": SimpleUploadedFile("二.txt", "二层已铺装".encode()),
        }
        filled = {name: live.get(str(value), value) for name, value in sent.items()}
        with transaction.atomic():  # each role finds everything as it was
            if login:
                client.force_login(city[login])
            found[role] = getattr(client, method)(address(route), filled).status_code
            transaction.set_rollback(True)
    assert found == answers


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(client, city, address, route):
    client.force_login(city["zhujian"])
    shows_a_form = route.endswith("/import")
    assert client.get(address(route)).status_code == (200 if shows_a_form else 405)


@pytest.mark.parametrize("role", set(ROLES) - {"anonymous"})
def test_a_desk_of_the_house_is_whole_or_not_there(client, city, role):
    """Every page of a desk that a role lacks answers 404, and every page of one it has can be opened."""
    client.force_login(city[ROLES[role]])
    has = {
        "system_admin": {"units", "divisions", "posts"}, "security_admin": {"units", "divisions", "posts"},
        "auditor": {"units", "divisions", "posts"}, "audit_admin": {"posts"},
    }.get(role, {"units", "divisions"})  # fmt: skip
    for desk in desks():
        if desk.code not in {"units", "divisions", "posts"}:
            continue
        for page in ("", "print", "export?format=csv"):
            expected = 200 if desk.code in has else 404
            assert client.get(f"/work/{desk.code}/{page}").status_code == expected, (
                f"{role} {desk.code}/{page}"
            )
        assert client.get(f"/work/api/{desk.code}").status_code == (200 if desk.code in has else 404)
