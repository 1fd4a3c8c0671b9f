"""The plan of the year by two people, and libraries that each unit keeps for itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Unit
from luodi.scenarios.random_inspections.actions import draws
from luodi.scenarios.random_inspections.actions import libraries as actions
from luodi.scenarios.random_inspections.models import CheckItem, Conflict, Coverage, Inspector, Plan, Task
from luodi.scenarios.random_inspections.tests.conftest import make_firm
from luodi.scenarios.random_inspections.tests.draws import EVENT, MONDAY

pytestmark = pytest.mark.django_db


def test_a_plan_is_drafted_by_one_approved_by_another_and_covers_city_and_counties(libraries, second):
    by, top = libraries["shichang"], Division.objects.get(code="990100")
    plan = actions.keep_plan(by, Plan(), {"year": 2026, "division": top, "title": "2026年度抽查计划"})
    with pytest.raises(Refused, match="还没有抽查任务"):
        actions.approve_plan(second, plan)
    values = {
        "plan": plan, "code": "RW-1", "title": "公示抽查", "lead": Unit.objects.get(key="shichang"), "division": top, "item_codes": ["SC-01"],
        "starts_on": date(2026, 9, 14), "ends_on": date(2026, 10, 31), "by_region": False,
    }  # fmt: skip
    task = actions.keep_task(by, Task(), values)
    with pytest.raises(Refused, match="还没有批准公示"):
        draws.freeze(by, task, "收盘点位", EVENT, MONDAY)
    with pytest.raises(Refused, match="由另一人批准"):
        actions.approve_plan(by, plan)
    with pytest.raises(PermissionDenied):
        actions.approve_plan(libraries["nongye"], plan)
    plan = actions.approve_plan(second, plan)
    assert plan.state == "approved"
    assert Coverage.objects.filter(plan=plan).count() == 7, "the city and six counties; zones lie over them"
    with pytest.raises(Refused, match="不能再改"):
        actions.keep_plan(by, plan, {"title": "改名"})
    assert draws.freeze(by, task, "收盘点位", EVENT, MONDAY).state == "frozen"


def test_each_unit_keeps_its_own(libraries):
    other = Unit.objects.get(key="shengtai")
    with pytest.raises(Refused, match="由该单位自己维护"):
        actions.keep_item(
            libraries["shichang"],
            CheckItem(),
            {"code": "X", "title": "x", "unit": other, "legal_basis": "法"},
        )
    with pytest.raises(PermissionDenied):
        actions.keep_item(libraries["shichang"], CheckItem.objects.get(code="ST-01"), {"title": "改名"})
    inspector = Inspector.objects.filter(unit=other).first()
    row = {"inspector": inspector, "firm": make_firm(700), "reason": "kin"}
    with pytest.raises(Refused, match="由该单位自己维护"):
        actions.keep_conflict(libraries["shichang"], Conflict(), row)
    assert actions.keep_conflict(libraries["shengtai"], Conflict(), row).pk


def test_a_conflict_is_seen_by_its_own_unit_only(client, libraries):
    inspector = Inspector.objects.filter(unit__key="shengtai").first()
    Conflict.objects.create(inspector=inspector, firm=make_firm(701), reason="kin")
    client.force_login(libraries["shengtai"])
    assert "演示701号" in client.get("/work/inspection-conflicts/").content.decode()
    client.force_login(libraries["shichang"])
    assert "演示701号" not in client.get("/work/inspection-conflicts/").content.decode()
