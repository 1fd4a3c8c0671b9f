"""Who may ask for the pages of the house itself: accounts, parameters, calendar, audit. Same answers and rules as in
`test_authorisation`, which also checks that every route has a row in one of the two."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from luodi.kernel import audit, schedule
from luodi.kernel.models import AuditEntry, PostProposal, Recurring, RulesetVersion

ROLES = {
    "anonymous": None,
    "supervision": "ducha",
    "leader": "changwu",
    "liaison": "fagai",
    "division_liaison": "chenglan",
    "statistician": "tongji",
    "operator": "rexian",
    "auditor": "shenji",
    "system_admin": "xitong",
    "security_admin": "anquan",
    "audit_admin": "rizhi",
}
ADMINISTRATORS = {"system_admin", "security_admin", "audit_admin"}
KEEPERS = ("system_admin", "security_admin")
STAFF = set(ROLES) - ADMINISTRATORS - {"anonymous"}


def only(*roles: str, answer: int, others: int = 404) -> dict[str, int]:
    """These roles get the answer, all others signed in another one; visitors are sent to the sign-in page."""
    return {role: 302 if role == "anonymous" else answer if role in roles else others for role in ROLES}


def staff(answer: int) -> dict[str, int]:
    return only(*STAFF, answer=answer)


def of_staff(*roles: str, answer: int) -> dict[str, int]:
    """These of the staff do it, other staff see it and may not; for the administrators it does not exist."""
    return {**staff(403), **dict.fromkeys(roles, answer)}


# route: (method, what is sent, answer by role)
MATRIX: dict[str, tuple[str, dict[str, object], dict[str, int]]] = {
    # at the door nobody is signed in; who is not standing there is sent to its first step
    "login/code": ("get", {}, dict.fromkeys(ROLES, 302)),
    "login/enrol": ("get", {}, dict.fromkeys(ROLES, 302)),
    "login/password": ("get", {}, dict.fromkeys(ROLES, 302)),
    "login/oidc": ("get", {}, dict.fromkeys(ROLES, 404)),
    "login/oidc/back": ("get", {}, dict.fromkeys(ROLES, 404)),
    "account/": ("get", {}, only(*ROLES, answer=200)),
    "account/password": ("get", {}, only(*ROLES, answer=200)),
    "account/second": ("get", {}, only(*ROLES, answer=200)),
    "account/second/off": ("post", {"present": "x"}, only(*ROLES, answer=302)),
    "schedule/": ("get", {}, only("system_admin", answer=200)),
    "schedule/<int:pk>/run": ("post", {}, only("system_admin", answer=302)),
    "people/": ("get", {}, only(*KEEPERS, answer=200)),
    "people/new": ("get", {}, only("system_admin", answer=200)),
    "people/<int:pk>/": ("get", {}, only(*KEEPERS, answer=200)),
    "people/<int:pk>/password": ("post", {}, {**only("system_admin", answer=200), "security_admin": 403}),
    "people/<int:pk>/active": ("post", {"active": "0"}, {**only("system_admin", answer=302), "security_admin": 403}),
    "people/<int:pk>/phone": ("post", {"phone": "0535-6612345"}, {**only("system_admin", answer=302), "security_admin": 403}),
    "people/<int:pk>/reveal": ("post", {"reason": "核对通讯录"}, only(*KEEPERS, answer=200)),
    "people/<int:pk>/second/forget": ("post", {}, {**only("security_admin", answer=302), "system_admin": 403}),
    "people/<int:pk>/propose": ("post", {"unit": "caizheng", "role": "liaison", "valid_from": "2026-09-01", "reason": "文号"}, {**only("system_admin", answer=302), "security_admin": 403}),
    "posts/<int:pk>/end": ("post", {"on": "2026-12-31"}, only(*KEEPERS, answer=302)),
    "posts/<int:pk>/stand-in": ("post", {"login": "gongxin", "valid_from": "2026-09-01", "last_day": "2026-09-09", "reason": "学习"}, {**only("system_admin", answer=302), "security_admin": 403}),
    "proposals/": ("get", {}, only(*KEEPERS, answer=200)),
    "proposals/<int:pk>/decide": ("post", {"decision": "approve"}, {**only("security_admin", answer=302), "system_admin": 403}),
    "audit/": ("get", {}, only("audit_admin", answer=200)),
    "audit/export": ("get", {}, only("audit_admin", answer=200)),
    "audit/<int:pk>/": ("get", {}, only("audit_admin", answer=200)),
    "audit/<int:pk>/reveal": ("post", {"reason": "核对投诉"}, only("audit_admin", answer=200)),
    "audit/verify": ("post", {}, only("audit_admin", answer=302)),
    "audit/anchor": ("post", {}, only("audit_admin", answer=200)),
    "rulesets/": ("get", {}, staff(200)),
    "rulesets/<str:key>/": ("get", {}, staff(200)),
    "rulesets/<str:key>/draft": ("get", {}, of_staff("supervision", "statistician", answer=200)),
    "rulesets/versions/<int:pk>/decide": ("post", {"decision": "approve"}, of_staff("supervision", "statistician", "leader", answer=302)),
    "calendar/": ("get", {}, staff(302)),
    "calendar/<int:year>/": ("get", {}, staff(200)),
}  # fmt: skip


@pytest.fixture
def address(city):
    """The address of a route, with something there that it can be asked about."""
    draft = RulesetVersion.objects.create(
        key="clock.office_hours", content={"windows": []}, valid_from=date(2026, 1, 1), author=city["ducha2"]
    )
    fagai = city["fagai"]
    post = fagai.posts.get()
    proposal = PostProposal.objects.create(
        person=fagai, unit=post.unit, role="operator", valid_from=date(2026, 9, 1), author=city["xitong"]
    )
    audit.record(fagai, "test.write")
    entry = AuditEntry.objects.last()
    schedule.install(timezone.now())
    pruning = Recurring.objects.get(key="kernel.prune_queue")
    pks = {
        "schedule/": pruning.pk,
        "audit/": entry.pk,
        "rulesets/": draft.pk,
        "people/": fagai.pk,
        "posts/": post.pk,
        "proposals/": proposal.pk,
    }

    def of(route: str) -> str:
        pk = next((pk for prefix, pk in pks.items() if route.startswith(prefix)), 0)
        for blank, value in {"<int:pk>": pk, "<str:key>": "clock.office_hours", "<int:year>": 2026}.items():
            route = route.replace(blank, str(value))
        return "/" + route

    return of


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(city, address, route):
    method, sent, answers = MATRIX[route]
    given = {}
    for role, login in ROLES.items():
        # What one role did is undone before the next one asks.
        with transaction.atomic():
            visitor = Client()
            if login:
                visitor.force_login(city[login])
            given[role] = getattr(visitor, method)(address(route), sent).status_code
            transaction.set_rollback(True)
    assert given == answers


@pytest.mark.parametrize("route", [route for route in MATRIX if "<int:pk>" in route])
def test_what_does_not_exist_answers_404(city, route):
    method, sent, answers = MATRIX[route]
    for role in (role for role, answer in answers.items() if answer not in {403, 404} and ROLES[role]):
        visitor = Client()
        visitor.force_login(city[ROLES[role]])
        assert getattr(visitor, method)("/" + route.replace("<int:pk>", "999999"), sent).status_code == 404


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][0] == "post"])
def test_a_write_is_never_a_get(city, address, route):
    role = next(role for role, answer in MATRIX[route][2].items() if answer not in {403, 404} and ROLES[role])
    visitor = Client()
    visitor.force_login(city[ROLES[role]])
    assert visitor.get(address(route)).status_code == 405
