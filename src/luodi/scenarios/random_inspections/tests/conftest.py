"""A small city of libraries: firms in all four classes, inspectors of two departments, an approved plan with one task."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division, Person, Posting, Unit
from luodi.scenarios.random_inspections.models import CheckItem, Inspector, Plan, Subject, Task
from luodi.shapes.registers.models import Enterprise


def code_of(number: int) -> str:
    body = "91100000" + f"YD{number:06}" + inner_check_of(f"YD{number:06}")
    return body + check_of(body)


def make_firm(number: int, division: str = "990102", **more) -> Enterprise:
    return Enterprise.objects.create(
        uscc=code_of(number), name=f"演示{number:03}号有限公司", industry="C", address="工业大道1号",
        division=Division.objects.get(code=division), **more,
    )  # fmt: skip


def make_inspector(number: int, unit: str, **more) -> Inspector:
    owner = Unit.objects.get(key=unit)
    return Inspector.objects.create(
        cert_no=f"99{unit[:4].upper()}{number:04}", name=f"检{number}", unit=owner, division=owner.division,
        **{"valid_to": date(2027, 12, 31), **more},
    )  # fmt: skip


@pytest.fixture
def libraries(city):
    """80 firms (20 A, 30 B, 20 C, 10 D) in two counties, five inspectors of one department and four of another."""
    classes = "A" * 20 + "B" * 30 + "C" * 20 + "D" * 10
    for number, name in enumerate(classes):
        firm = make_firm(number, "990102" if number % 2 else "990103")
        Subject.objects.create(firm=firm, credit_class=name, graded_on=date(2026, 8, 1))
    for number in range(5):
        make_inspector(number, "shichang")
    for number in range(4):
        make_inspector(number, "shengtai", skills=["排污"])
    CheckItem.objects.create(
        code="SC-01", title="公示信息检查", unit=Unit.objects.get(key="shichang"), legal_basis="企业信息公示暂行条例", bylaw="细则〔2026〕1号"
    )  # fmt: skip
    CheckItem.objects.create(
        code="ST-01", title="排污许可执行情况检查", unit=Unit.objects.get(key="shengtai"), legal_basis="排污许可管理条例", skill="排污"
    )  # fmt: skip
    return city


@pytest.fixture
def task(libraries):
    """A joint task of an approved plan, ready to be frozen."""
    return make_task("RW-1")


def make_task(code: str, items=("SC-01", "ST-01"), partners=("shengtai",), **more) -> Task:
    top = Division.objects.get(code="990100")
    plan, _ = Plan.objects.get_or_create(
        year=2026, division=top, defaults={"title": "2026年度抽查计划", "state": Plan.State.APPROVED, "approved_on": date(2026, 1, 20)}
    )  # fmt: skip
    row = Task.objects.create(
        plan=plan, code=code, title="制造业企业联合抽查", lead=Unit.objects.get(key="shichang"), division=top,
        **{"by_region": False, "starts_on": date(2026, 9, 14), "ends_on": date(2026, 10, 31), "is_joint": bool(partners), **more},
    )  # fmt: skip
    row.items.set(CheckItem.objects.filter(code__in=items))
    row.partners.set(Unit.objects.filter(key__in=partners))
    return row


@pytest.fixture
def second(libraries):
    """A second person of the market regulator: what one does, the other looks over."""
    person = Person.objects.filter(login="shichang2").first() or Person.objects.create_person(
        "shichang2", "查有据"
    )
    Posting.objects.get_or_create(
        person=person, unit=Unit.objects.get(key="shichang"), role="liaison", defaults={"title": "检查员"}
    )  # fmt: skip
    return person
