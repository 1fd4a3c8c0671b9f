"""A firm in the demonstration city, and a second person at the desk that takes appeals in."""

from __future__ import annotations

import pytest

from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division, Person, Posting, Unit
from luodi.shapes.registers.models import Enterprise


@pytest.fixture
def firm(city):
    body = "91610204" + "MA6TX8Y3" + inner_check_of("MA6TX8Y3")
    return Enterprise.objects.create(
        uscc=body + check_of(body), name="云川岚光电子有限公司", division=Division.objects.get(code="990102"), industry="C",
        scale="small", tags=["专精特新"], rd_fen=500_000_000, revenue_fen=3_000_000_000,
    )  # fmt: skip


@pytest.fixture
def second(city):
    person = Person.objects.create_person("xingzheng2", "易第二")
    Posting.objects.create(
        person=person, unit=Unit.objects.get(key="xingzheng"), role="operator", title="座席"
    )
    return person
