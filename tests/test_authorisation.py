"""Who may ask for which address: one row for every route, one answer for every role. A route without a row fails.

Answers: 200 seen or done, 302 sent elsewhere, 403 seen but not allowed to do, 404 as if it did not exist.
Anonymous visitors are sent to the sign-in page (302) everywhere but on the open pages.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from tests.matrix import rows_elsewhere
from tests.test_authorisation_cases import MATRIX as CASES
from tests.test_authorisation_house import MATRIX as HOUSE

from luodi.commitments import actions, intake
from luodi.commitments.models import Rating
from luodi.kernel import files
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Evidence
from luodi.workbench.models import CalendarKey

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


def own(answer: int) -> dict[str, int]:
    """The liaison of the lead unit does it; all other staff see the line and may not, the office neither."""
    return {**staff(403), "liaison": answer}


def liaisons(answer: int) -> dict[str, int]:
    """Every liaison does it for their own unit; other staff may not."""
    return {**staff(403), "liaison": answer, "division_liaison": answer}


# route: (method, what is sent, answer by role)
MATRIX: dict[str, tuple[str, dict[str, object], dict[str, int]]] = {
    "": ("get", {}, dict.fromkeys(EVERYONE, 302)),
    "overview/": ("get", {}, staff(200)),
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
    # the year of a document
    "documents/<int:pk>/overview": ("get", {}, staff(200)),
    "documents/<int:pk>/confirm": ("post", {}, office(302)),
    "documents/<int:pk>/issue": ("post", {}, office(302)),
    "documents/<int:pk>/rhythm": ("post", {"every": "quarter", "day": "15"}, office(302)),
    "documents/<int:pk>/sign": ("post", {}, own(302)),
    "documents/<int:pk>/issues/<int:number>/": ("get", {}, staff(200)),
    # the life of a line, led by the liaison's unit; the liaison of another division sees it and does nothing
    "lines/<int:pk>/sign": ("post", {}, own(302)),
    "lines/<int:pk>/decline": ("post", {"reason": "职责不符"}, own(302)),
    "lines/<int:pk>/insist": ("post", {"receipt": "0"}, office(404)),
    "lines/<int:pk>/report": ("get", {}, own(200)),
    "lines/<int:pk>/report/save": ("post", {"facts": "写到一半"}, own(302)),
    "lines/<int:pk>/report/send": ("post", {"facts": "开工"}, own(302)),
    "lines/<int:pk>/report/return": ("post", {"report": "0"}, office(404)),
    "lines/<int:pk>/attach": ("post", {}, own(302)),
    "lines/<int:pk>/detach": ("post", {"evidence": "0"}, own(404)),
    "lines/<int:pk>/suspicions": ("get", {}, staff(200)),
    "lines/<int:pk>/publish": ("post", {"evidence": "0"}, office(404)),
    "lines/<int:pk>/nodes": ("post", {}, own(302)),
    "lines/<int:pk>/nodes/judge": ("post", {"approve": "1"}, office(302)),
    "lines/<int:pk>/apply": ("post", {"kind": "adjust", "field": "deadline", "new": "2027-10-31", "reason": "汛期"}, own(302)),
    "lines/<int:pk>/withdraw": ("post", {"application": "0"}, own(404)),
    "lines/<int:pk>/decide": ("post", {"application": "0"}, office(404)),
    "lines/<int:pk>/check": ("post", {"kind": "papers", "findings": "属实"}, office(302)),
    "lines/<int:pk>/verify": ("post", {"holds": "1", "findings": "属实"}, office(302)),
    "lines/<int:pk>/close": ("post", {}, office(302)),
    "lines/<int:pk>/reopen": ("post", {"reason": "反弹"}, office(302)),
    "lines/<int:pk>/suspend": ("post", {"reason": "等批复", "review_on": "2099-01-01"}, office(302)),
    "lines/<int:pk>/resume": ("post", {}, office(302)),
    "lines/<int:pk>/sources": ("post", {"kind": "minutes", "title": "第8次常务会"}, office(302)),
    "lines/<int:pk>/join": ("post", {"other": "x"}, office(302)),
    "lines/<int:pk>/earlier": ("post", {}, office(302)),
    "evidence/<int:pk>": ("get", {}, staff(200)),
    # what is due from me
    "inbox/": ("get", {}, staff(200)),
    "inbox/reports": ("get", {}, liaisons(200)),
    "inbox/reports/send": ("post", {}, liaisons(302)),
    "inbox/export": ("get", {}, staff(200)),
    "inbox/calendar": ("post", {}, staff(302)),
    "inbox/mailbox": ("post", {"address": "a@example.gov.cn", "wants": "1"}, staff(302)),
    "calendar/<str:key>.ics": ("get", {}, OPEN),
    "ratings/": ("get", {}, office(200)),
    "ratings/<int:pk>/judge": ("post", {"show": "1"}, office(302)),
    # without signing in
    "public/": ("get", {}, OPEN),
    "public/<int:pk>/": ("get", {}, OPEN),
    "public/<int:pk>/feed": ("get", {}, OPEN),
    "public/<int:pk>/data.<str:format>": ("get", {}, OPEN),
    "public/lines/<int:pk>/": ("get", {}, OPEN),
    "public/lines/<int:pk>/qr": ("get", {}, OPEN),
    "public/lines/<int:pk>/rate": ("post", {"stars": "4"}, dict.fromkeys(EVERYONE, 302)),
    "public/evidence/<int:pk>": ("get", {}, OPEN),
}  # fmt: skip


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        found += routes(pattern, route) if isinstance(pattern, URLResolver) else [route]
        assert isinstance(pattern, URLPattern | URLResolver)
    return found


def test_every_route_has_its_row():
    """The workbench has a matrix of its own: every desk's rows, own and foreign (workbench/tests/test_matrix.py)."""
    assert sorted({route for route in routes() if not route.startswith("work/")}) == sorted(
        MATRIX | HOUSE | CASES | rows_elsewhere()
    )


@pytest.fixture
def document(city):
    officer = city["ducha"]
    document, _ = intake.deliver_text(
        officer, "云川市2027年工作要点\n一、抓好项目建设。\n建成澄岚大桥。新增停车位1万个以上。"
    )
    intake.read_document(Progress(document.job), officer, document.pk)
    return document


WORDING = ("", "save", "assign", "fill", "confirm", "split", "merge", "respan", "drop")


@pytest.fixture
def issued(city, document):
    """The last line is led by the liaison's unit and issued, with evidence and a rating; the first is still a draft."""
    officer, line = city["ducha"], document.commitments.last()
    actions.assign(officer, line, ["市发展改革委"])
    actions.confirm(officer, line)
    actions.issue(officer, document)
    file, _ = files.store(officer, "现场.txt", "已铺装".encode())
    Evidence.objects.create(
        pk=1, label=line._meta.label_lower, key=line.pk, file=file, title="现场", is_public=True, by=officer
    )
    Rating.objects.create(pk=1, commitment=line, stars=4, words="好")
    CalendarKey.objects.create(person=city["changwu"], key="key-of-the-leader")
    return line


def address_of(route: str, document, issued) -> str:
    """The route with its blanks filled: wording is done on the draft line, life is lived by the issued one."""
    pk = document.pk
    if "lines/" in route:
        is_wording = route.removeprefix("lines/<int:pk>/") in WORDING
        pk = document.commitments.first().pk if is_wording else issued.pk
    elif route.startswith(("evidence/", "ratings/", "public/evidence/")):
        pk = 1
    blanks = {
        "<int:pk>": str(pk),
        "<int:number>": "1",
        "<str:format>": "csv",
        "<str:key>": "key-of-the-leader",
    }
    for blank, value in blanks.items():
        route = route.replace(blank, value)
    return "/" + route


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, document, issued, route):
    method, sent, answers = MATRIX[route]
    address = address_of(route, document, issued)
    given = {}
    for role, login in ROLES.items():
        with transaction.atomic():  # each role finds the city as the others did
            client.logout()
            if login:
                client.force_login(city[login])
            given[role] = getattr(client, method)(address, sent).status_code
            transaction.set_rollback(True)
    assert given == answers, f"{method} {address}"


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(client, city, route):
    client.force_login(city["ducha"])
    method, sent, _ = MATRIX[route]
    address = route.replace("<int:pk>", "999").replace("<int:number>", "9").replace("<str:format>", "csv")
    assert getattr(client, method)(f"/{address}", sent).status_code == 404


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(client, city, document, issued, route):
    client.force_login(city["ducha"])
    address = address_of(route, document, issued)
    assert client.get(address).status_code in {302, 405}
    assert client.get(address).status_code == 405 or route == "language"
