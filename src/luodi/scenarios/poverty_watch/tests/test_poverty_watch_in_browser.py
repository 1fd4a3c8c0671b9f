"""A village cadre with a phone, the office at a desk: from the clue to the list, help, and a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.kernel.models import Division
from luodi.scenarios.poverty_watch import demo
from luodi.scenarios.poverty_watch.models import Clue, Household, Village
from luodi.scenarios.poverty_watch.tests.conftest import COUNTY, HEAD, NUMBER, OFFICE, OTHER
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


def step(seat: Any, household: Household, name: str, **values: str) -> None:
    """Open a step's form on the household's page, fill it, send it: it is recorded."""
    seat.page.goto(household.get_absolute_url())
    form = seat.page.locator(f"form[action$='/{name}']").first
    form.locator("xpath=..").locator("summary").click()
    seat.fill(form, **values)
    seat.send(form.locator("button.go"))
    assert "已记录" in seat.page.content(), (name, seat.page.locator(".error").all_inner_texts())


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_a_clue_to_help(wide, city, sit):
    Village.objects.create(division=Division.objects.get(code="990121102"), name="石桥村", households=120)
    cadre, office = sit(city[COUNTY], wide), sit(city[OFFICE], wide)
    cadre.page.goto("/cases/poverty_watch/new")
    form = cadre.page.locator("main form").first
    cadre.fill(form, category="illness", title="大病自付费用高", body="一户医疗支出大。", division="灌口镇")
    cadre.send(form.locator("button.go").first)
    clue = Clue.objects.get()
    take(office, clue, "send", lead="松陂县人民政府")
    cadre.page.goto(f"/cases/{clue.pk}/")
    cadre.send("a.btn:has-text('登记农户')")
    cadre.look("enrol")
    form = cadre.page.locator("main form").first
    cadre.fill(
        form, head_name=HEAD, citizen_id=NUMBER, village="灌口镇石桥村", population="3", was_poor="是", has_no_labour="否", is_in_long_treatment="否",
    )  # fmt: skip
    cadre.send(form.locator("button.go"))
    household = Household.objects.get()
    assert HEAD not in cadre.page.content() and NUMBER not in cadre.page.content()
    step(
        cadre, household, "assess", wages_fen="10000", business_fen="2000", property_fen="0", transfer_fen="3000", education="是", medical="否", housing="是",
        water="是", is_burdened="是", can_cope="否", is_in_hardship="否", kind="unstable",
    )  # fmt: skip
    cadre.look("household")
    take(cadre, clue, "visit", visitors="镇、村干部各一人", words="入户核对")
    take(cadre, clue, "authorise", signed_on=timezone.localdate().isoformat())
    take(cadre, clue, "match", words="比对一致")
    take(cadre, clue, "meet", attended="21", agreed="20")
    take(cadre, clue, "post", place="村务公开栏")
    cadre.look("clue")
    # as if the notice had gone up twelve days ago
    Case.objects.filter(pk=clue.pk).update(state_since=timezone.now() - timedelta(days=12))
    take(cadre, clue, "town", objections="no")
    take(sit(city[OTHER], wide), clue, "approve", basis="符合条件")
    step(cadre, household, "help", kind="health", what="医疗救助和家庭医生签约")
    step(cadre, household, "visit", per_capita_fen="9000", said="用药有保障")
    cadre.look("helped")
    household.refresh_from_db()
    assert (household.state, household.kind) == ("helping", "unstable")
    outside = sit(wide=wide)
    outside.visit("/poverty_watch/open/", "open")
    assert HEAD not in outside.page.content()


@pytest.mark.parametrize("wide", WIDTHS)
def test_the_demonstrations_pages_fit(wide, city, sit):
    demo.load()
    office = sit(city[OFFICE], wide)
    one = Household.objects.filter(state="helping").first()
    for name, address in (
        ("demo-overview", "/poverty_watch/"), ("demo-open", "/poverty_watch/open/"), ("demo-warnings", "/poverty_watch/warnings/"),
        ("demo-household", one.get_absolute_url()), ("demo-desk", "/work/watched-households/"),
    ):  # fmt: skip
        office.visit(address, name)
