"""The first three administrators of a city that has nobody yet: who lets everybody else in has to come from outside.

Only here rights are given without a second person, once, by whoever runs the machine. All that follows is proposed by the
system administrator and approved by the security administrator.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from luodi.kernel import audit
from luodi.kernel.accounts.passwords import account_of, set_one_time_password
from luodi.kernel.accounts.people import refuse_login_or_name
from luodi.kernel.action import Refused
from luodi.kernel.divisions import divisions
from luodi.kernel.models import Division, Person, Posting, Role, Unit
from luodi.kernel.models.people import ADMINISTRATORS
from luodi.kernel.places import placed

UNIT_KEY = "luodi"


class Login(NamedTuple):
    login: str
    name: str


class Given(NamedTuple):
    """What is handed over to an administrator; nothing else ever knows the password."""

    role: Role
    login: str
    password: str


@transaction.atomic
def open_house(code: str, unit_name: str, logins: Mapping[Role, Login], on: date) -> list[Given]:
    """Lay down the city by its code, the unit that keeps the system, and its three administrators. Raises Refused.

    The city's counties come with it from the table of GB/T 2260. What the register holds already is kept.
    """
    refuse_when_open()
    if set(logins) != set(ADMINISTRATORS):
        raise Refused("系统管理员、安全管理员、审计管理员应各有一人。")
    if len({each.login for each in logins.values()}) < len(ADMINISTRATORS):
        raise Refused("三类管理员应由三个人担任，登录名不能相同。")
    if not unit_name.strip():
        raise Refused("请填写运行本系统的单位名称。")
    unit, _ = Unit.objects.get_or_create(
        name=unit_name.strip()[:80], defaults={"key": UNIT_KEY, "division": _city(code, on.year)}
    )
    with audit.one_request():
        audit.record(
            None, "house.open", unit, {"code": code, "logins": {r: each.login for r, each in logins.items()}}
        )
        return [_appoint(role, logins[role], unit, on) for role in ADMINISTRATORS]


def refuse_when_open() -> None:
    """Raises Refused where there is any administrator, or was."""
    if Posting.objects.filter(role__in=ADMINISTRATORS).exists():
        raise Refused("已经有管理员了；增减管理员请在“人员账号”里办理。")


def _city(code: str, year: int) -> Division:
    """The division of the code with those right below it, as far as they are not registered yet."""
    kept = Division.objects.filter(code=code).first()
    known = divisions().at(code, year)
    if kept is None and known is None:
        raise Refused("GB/T 2260 里没有代码“{code}”；请填写本市 6 位行政区划代码，如 610200。", code=code)
    if kept is None and known is not None:
        kept = _register(code, known.name, known.short_name)
    for child in divisions().children(code, year):
        if not Division.objects.filter(code=child.code).exists():
            _register(child.code, child.name, child.short_name)
    assert kept is not None
    return kept


def _register(code: str, name: str, short_name: str) -> Division:
    division = Division(code=code, name=name, short_name=short_name)
    for field, value in placed(division, {}).items():
        setattr(division, field, value)
    division.save()
    return division


def _appoint(role: Role, who: Login, unit: Unit, on: date) -> Given:
    refuse_login_or_name(who.login, who.name)
    person = Person.objects.create_person(login=who.login, name=who.name.strip())
    account_of(person)
    password = set_one_time_password(person)
    post = Posting.objects.create(person=person, unit=unit, role=role, title=str(role.label), valid_from=on)
    audit.record(None, "accounts.first_post", post, {"person": person.login, "role": role})
    return Given(role, who.login, password)
