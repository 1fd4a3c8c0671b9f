"""Items of each kind in the demonstration city, and a second person at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division, Person, Posting, Unit
from luodi.scenarios.government_services.models import Item
from luodi.shapes.registers.models import Enterprise


def body_of(number: int, head: str = "11100000") -> str:
    inner = f"YG{number:06}"
    body = head + inner + inner_check_of(inner)
    return body + check_of(body)


def make_item(number: int, unit: str = "shichang", **more) -> Item:
    owner = Unit.objects.get(key=unit)
    given = {
        "code": f"{body_of(1)}3000131{number:03}000", "name": f"事项{number}", "legal_basis": "《演示条例》第八条", "unit": owner,
        "division": owner.division, "handling": "promised", "legal_days": 20, "promised_days": 5, "depth": 4, "visits": 0,
        "listed_on": date(2026, 1, 5), **more,
    }  # fmt: skip
    item = Item(**given)
    item.full_clean()
    item.save()
    return item


@pytest.fixture
def item(city):
    return make_item(1, name="食品经营许可")


@pytest.fixture
def firm(city):
    return Enterprise.objects.create(
        uscc=body_of(7, "91100000"), name="云川岚光电子有限公司", division=Division.objects.get(code="990102"), industry="C"
    )  # fmt: skip


@pytest.fixture
def second(city):
    person = Person.objects.filter(login="xingzheng2").first() or Person.objects.create_person(
        "xingzheng2", "简必快"
    )
    Posting.objects.get_or_create(
        person=person, unit=Unit.objects.get(key="xingzheng"), role="liaison", defaults={"title": "审批服务科"}
    )  # fmt: skip
    return person
