"""Who may ask for which address: one row for every route, one answer for every role. A route without a row fails.

Answers: 200 seen or done, 302 sent elsewhere, 403 seen but not allowed to do, 404 as if it did not exist.
Anonymous visitors are sent to the sign-in page (302) everywhere but on the open pages.
"""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.test_authorisation_house import MATRIX as HOUSE

from luodi.commitments import intake
from luodi.kernel.jobs import Progress

ROLES = {
    "anonymous": None,
    "supervision": "ducha",
    "leader": "changwu",
    "liaison": "fagai",
    "division_liaison": "chenglan",
    "auditor": "shenji",
    "system_admin": "xitong",
    "security_admin": "anquan",
    "audit_admin": "rizhi",
}
STAFF = {"supervision", "leader", "liaison", "division_liaison", "auditor"}
EVERYONE = set(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}

OPEN = dict.fromkeys(EVERYONE, 200)


def staff(answer: int) -> dict[str, int]:
    """Staff of the city get this answer; administrators, who see no business data, get 404."""
    return {role: 302 if role == "anonymous" else answer if role in STAFF else 404 for role in EVERYONE}


def office(answer: int) -> dict[str, int]:
    """The supervision office does it, other staff may not, for administrators it does not exist."""
    return {**staff(403), "supervision": answer}


# route: (method, what is sent, answer by role)
MATRIX: dict[str, tuple[str, dict[str, object], dict[str, int]]] = {
    "": ("get", {}, dict.fromkeys(EVERYONE, 302)),
    "nothing-here": ("get", {}, {role: 302 if role == "anonymous" else 200 for role in EVERYONE}),
    "health": ("get", {}, OPEN),
    "login": ("get", {}, {role: 200 if role == "anonymous" else 302 for role in EVERYONE}),
    "logout": ("post", {}, dict.fromkeys(EVERYONE, 302)),
    "language": ("post", {"language": "en"}, dict.fromkeys(EVERYONE, 302)),
    "documents/": ("get", {}, staff(200)),
    "documents/deliver": ("post", {"text": "云川市2027年工作要点\n抓好春耕。"}, {**dict.fromkeys(EVERYONE, 403), "anonymous": 302, "supervision": 302}),
    "documents/<int:pk>/": ("get", {}, staff(200)),
    "documents/<int:pk>/progress": ("get", {}, staff(200)),
    "documents/<int:pk>/history": ("get", {}, staff(200)),
    "documents/<int:pk>/export": ("get", {}, staff(200)),
    "documents/<int:pk>/import": ("post", {}, office(302)),
    "documents/<int:pk>/import/apply": ("post", {}, office(404)),
    "documents/<int:pk>/accept": ("post", {"at_least": "0.5"}, office(204)),
    "documents/<int:pk>/add": ("post", {"start": "0", "end": "9"}, office(204)),
    "documents/<int:pk>/undo": ("post", {}, office(302)),
    "lines/<int:pk>/": ("get", {}, staff(200)),
    "lines/<int:pk>/save": ("post", {"text": "换一种说法"}, office(204)),
    "lines/<int:pk>/assign": ("post", {"unit": "市财政局", "as": "lead"}, office(204)),
    "lines/<int:pk>/fill": ("post", {"target": "0"}, office(404)),
    "lines/<int:pk>/confirm": ("post", {}, office(204)),
    "lines/<int:pk>/split": ("post", {"at": "0"}, office(302)),
    "lines/<int:pk>/merge": ("post", {}, office(302)),
    "lines/<int:pk>/respan": ("post", {"start": "0", "end": "1"}, office(302)),
    "lines/<int:pk>/drop": ("post", {}, office(204)),
    "tasks/": ("get", {}, staff(200)),
}  # fmt: skip


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        found += routes(pattern, route) if isinstance(pattern, URLResolver) else [route]
        assert isinstance(pattern, URLPattern | URLResolver)
    return found


def test_every_route_has_its_row():
    assert sorted(set(routes())) == sorted(MATRIX | HOUSE)


@pytest.fixture
def document(city):
    officer = city["ducha"]
    document, _ = intake.deliver_text(
        officer, "云川市2027年工作要点\n一、抓好项目建设。\n建成澄岚大桥，新增停车位1万个以上。"
    )
    intake.read_document(Progress(document.job), officer, document.pk)
    return document


@pytest.mark.parametrize(("route", "role"), product(MATRIX, ROLES))
def test_each_role_gets_its_answer(client, city, document, route, role):
    method, sent, answers = MATRIX[route]
    if login := ROLES[role]:
        client.force_login(city[login])
    line = document.commitments.first()
    address = "/" + route.replace("<int:pk>", str(line.pk if route.startswith("lines/") else document.pk))
    answer = getattr(client, method)(address, sent)
    assert answer.status_code == answers[role], f"{role} {method} {address}"


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(client, city, route):
    client.force_login(city["ducha"])
    method, sent, _ = MATRIX[route]
    assert getattr(client, method)("/" + route.replace("<int:pk>", "999"), sent).status_code == 404


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(client, city, document, route):
    client.force_login(city["ducha"])
    address = "/" + route.replace(
        "<int:pk>", str(document.commitments.first().pk if "lines" in route else document.pk)
    )
    assert client.get(address).status_code in {302, 405}
    assert client.get(address).status_code == 405 or route == "language"
