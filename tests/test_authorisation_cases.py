"""Who may ask for cases, measures and lights: one case on its way and one counted number, own and foreign. Same answers
and rules as in `test_authorisation`, which also checks that every route has a row.

The case is an appeal that the desk of 市行政审批局 has taken in and sent to 市工信局, with 市财政局 beside it.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from luodi.commitments import intake
from luodi.engines import engine
from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division, Unit
from luodi.measures import actions as counting
from luodi.measures.declare import declared
from luodi.measures.models import Series, Value
from luodi.scenarios.enterprise_appeals.pages import APPEALS
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

ROLES = {
    "anonymous": None,
    "supervision": "ducha",
    "leader": "changwu",
    "desk": "xingzheng",
    "lead": "gongxin",
    "beside": "caizheng",
    "stranger": "fagai",
    "division_liaison": "chenglan",
    "statistician": "tongji",
    "operator": "rexian",
    "auditor": "shenji",
    "system_admin": "xitong",
    "security_admin": "anquan",
    "audit_admin": "rizhi",
}
ADMINISTRATORS = {"system_admin", "security_admin", "audit_admin"}
STAFF = set(ROLES) - ADMINISTRATORS - {"anonymous"}
BRINGERS = ("supervision", "desk", "lead", "beside", "stranger", "division_liaison", "operator")
WATCHERS = ("supervision", "leader", "desk", "lead", "beside", "auditor")


def only(*roles: str, answer: int, others: int = 404) -> dict[str, int]:
    """These roles get the answer, all others signed in another one; visitors are sent to the sign-in page."""
    return {role: 302 if role == "anonymous" else answer if role in roles else others for role in ROLES}


def staff(answer: int) -> dict[str, int]:
    return only(*STAFF, answer=answer)


def of_staff(*roles: str, answer: int) -> dict[str, int]:
    """These of the staff do it, other staff see it and may not; for the administrators it does not exist."""
    return {**staff(403), **dict.fromkeys(roles, answer)}


def of_watchers(*roles: str, answer: int, refused: int) -> dict[str, int]:
    """These do it, others who see the case are refused; for whom it is foreign it does not exist."""
    return {**only(*WATCHERS, answer=refused), **dict.fromkeys(roles, answer)}


OPEN = dict.fromkeys(ROLES, 200)
FIGURES = "指标,区划,期,数值,单位,同比,状态,发布单位\n用电量,云川市,2026-09,12.5,亿千瓦时,,最终,市统计局\n"

# route: (method, what is sent, answer by role)
MATRIX: dict[str, tuple[str, dict[str, object], dict[str, int]]] = {
    "cases/": ("get", {}, staff(200)),
    "cases/<int:pk>/": ("get", {}, only(*WATCHERS, answer=200)),
    "cases/<int:pk>/take/<slug:move>": ("post", {"words": "当天通话", "channel": "phone"}, of_watchers("lead", answer=302, refused=403)),
    # before it is in work, at the desk; here it is dispatched and may be split by the desk still
    "cases/<int:pk>/split": ("post", {"title": "另一件", "body": "缺工人", "category": "labour", "reason": "两件事"}, of_watchers("desk", answer=302, refused=403)),
    "cases/<int:pk>/attach": ("post", {"file": "paper"}, of_watchers("supervision", "leader", "desk", "lead", "beside", answer=302, refused=403)),
    "cases/<int:pk>/reveal": ("post", {"reason": "电话核实情况"}, of_watchers("desk", answer=200, refused=403)),
    "cases/<int:pk>/letters/<slug:name>": ("get", {}, only(*WATCHERS, answer=200)),
    "cases/<slug:code>/new": ("get", {}, of_staff(*BRINGERS, answer=200)),
    "cases/<slug:code>/statistics": ("get", {}, staff(200)),
    # without signing in
    "ask/": ("get", {}, OPEN),
    "ask/rate": ("post", {"number": "QS0", "code": "00000000"}, dict.fromkeys(ROLES, 404)),
    "ask/take/<slug:move>": ("post", {"number": "QS0", "code": "00000000"}, dict.fromkeys(ROLES, 404)),
    "ask/<slug:code>/": ("get", {}, OPEN),
    # numbers, for the whole staff
    "measures/": ("get", {}, staff(200)),
    "measures/import": ("post", {"file": "figures"}, of_staff("supervision", "statistician", answer=302)),
    "measures/count": ("post", {}, of_staff("supervision", "statistician", answer=302)),
    "measures/series/<int:pk>/": ("get", {}, staff(200)),
    "measures/series/<int:pk>/data.<str:form>": ("get", {}, staff(200)),
    "measures/values/<int:pk>/": ("get", {}, staff(200)),
    "measures/lines/<int:pk>/": ("get", {}, staff(200)),
    "measures/lines/<int:pk>/bind": ("post", {"target": "target", "series": "series", "division": "division"}, of_staff("supervision", "statistician", answer=302)),
    "lights/": ("get", {}, staff(200)),
}  # fmt: skip
WRITES = [route for route in MATRIX if MATRIX[route][0] == "post"]


@pytest.fixture
def case(city):
    """An appeal in the hands of its lead unit."""
    body = "91610204" + "MA6TX8Y3" + inner_check_of("MA6TX8Y3")
    firm = Enterprise.objects.create(
        uscc=body + check_of(body), name="云川岚光电子有限公司", division=Division.objects.get(code="990102"),
        industry="C", scale="small",
    )  # fmt: skip
    found = cases.bring(
        None, APPEALS,
        {"title": "扩建厂房缺用地指标", "body": "二期厂房需要工业用地。", "category": "land", "firm": firm, "division": firm.division,
         "reporter_name": "陈厂长", "reporter_phone": "13800001234"},
    )  # fmt: skip
    at_the_desk = city["xingzheng"]
    found = cases.take(at_the_desk, found, "triage", {"level": "II", "category": "land"})
    found = cases.take(at_the_desk, found, "accept", {})
    lead, beside = Unit.objects.get(key="gongxin"), Unit.objects.get(key="caizheng")
    return cases.take(at_the_desk, found, "dispatch", {"lead": lead, "co": [beside]})


@pytest.fixture
def value(city, case):
    """How many appeals came in this month, counted from the one case."""
    measure, by = declared()["appeals_received"], city["tongji"]
    series = counting.series_of(by, measure)
    with engine() as on:
        counting.count(by, series, measure, on, timezone.localdate())
    return Value.objects.get(series=series, division=Division.objects.get(parent=None), value=1, owner=None)


@pytest.fixture
def line(city):
    """A line of a plan with one target."""
    document, _ = intake.deliver_text(
        city["ducha"], "云川市2026年工作要点\n一、优化环境。\n新增停车位1万个以上。"
    )
    intake.read_document(Progress(document.job), city["ducha"], document.pk)
    return next(each for each in document.commitments.all() if each.targets.exists())


@pytest.fixture
def address(case, value, line):
    """The address of a route, with something there that it can be asked about."""
    pks = {
        "cases/": case,
        "measures/series/": value.series,
        "measures/values/": value,
        "measures/lines/": line,
    }

    def of(route: str) -> str:
        pk = next((row.pk for prefix, row in pks.items() if route.startswith(prefix)), 0)
        blanks = {"<int:pk>": pk, "<slug:move>": "contact", "<slug:name>": "accepted", "<slug:code>": APPEALS.code, "<str:form>": "csv"}  # fmt: skip
        for blank, filling in blanks.items():
            route = route.replace(blank, str(filling))
        return "/" + route

    return of


@pytest.fixture
def sent(line):
    """What a row sends, its keys and files filled in; files anew each time, since reading empties them."""
    paused = Series.objects.create(key="parking", title="新增停车位", unit="万个")

    def of(row: dict[str, object]) -> dict[str, object]:
        files = {
            "paper": SimpleUploadedFile("说明.txt", "情况属实".encode()),
            "figures": SimpleUploadedFile("用电.csv", FIGURES.encode()),
        }
        keys = {
            "target": line.targets.first().pk,
            "series": paused.pk,
            "division": Division.objects.first().pk,
        }
        return {name: {**files, **keys}.get(str(given), given) for name, given in row.items()}

    return of


def visitor(city, role: str) -> Client:
    found = Client()
    if ROLES[role]:
        found.force_login(city[ROLES[role]])
    return found


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(city, address, sent, route):
    method, row, answers = MATRIX[route]
    given = {}
    for role in ROLES:
        # What one role did is undone before the next one asks.
        with transaction.atomic():
            given[role] = getattr(visitor(city, role), method)(address(route), sent(row)).status_code
            transaction.set_rollback(True)
    assert given == answers


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(city, address, sent, route):
    method, row, answers = MATRIX[route]
    there = address(route)
    missing = "/" + "/".join("999999" if part.isdigit() else part for part in there.strip("/").split("/"))
    missing += "/" if there.endswith("/") else ""
    for role in (role for role, answer in answers.items() if answer not in {403, 404} and ROLES[role]):
        assert getattr(visitor(city, role), method)(missing, sent(row)).status_code == 404


@pytest.mark.parametrize("route", WRITES)
def test_a_write_is_never_a_get(city, address, route):
    role = next((role for role, answer in MATRIX[route][2].items() if answer < 400 and ROLES[role]), "desk")
    assert visitor(city, role).get(address(route)).status_code == 405


@pytest.mark.parametrize(
    "route", ["cases/<slug:code>/new", "cases/<slug:code>/statistics", "ask/<slug:code>/"]
)
def test_a_kind_that_nobody_has_answers_404(city, route):
    assert visitor(city, "desk").get("/" + route.replace("<slug:code>", "nonsense")).status_code == 404


def test_a_number_names_its_cases_only_to_those_who_see_them(city, case, value):
    """The number is everybody's; which appeals are in it is told to those for whom they exist."""
    for role in sorted(STAFF):
        page = visitor(city, role).get(f"/measures/values/{value.pk}/").content.decode()
        assert "1 条记录" in page
        assert (case.title in page) is (role in WATCHERS), role


def test_whom_a_sealed_case_accuses_finds_it_in_no_number(city, case, value):
    case.category, case.debtor, case.is_sealed = "arrears", case.lead, True
    case.save()
    cases.Accused.objects.create(case=case, unit=case.lead)
    assert case.title not in visitor(city, "lead").get(f"/measures/values/{value.pk}/").content.decode()
