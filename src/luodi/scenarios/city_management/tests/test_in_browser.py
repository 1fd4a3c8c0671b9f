"""A lamp from the citizen's phone to its closing, in a real browser: phone and desk, nothing spills over, no other host is asked."""

from __future__ import annotations

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.city_management.models import CityCase
from luodi.scenarios.city_management.tests.conftest import photo
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER
PLACE = {"latitude": 35.1004, "longitude": 109.2004}


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_the_phone_of_a_citizen_to_the_closing(sit, wide, city, ground, collector, tmp_path):
    before, after = tmp_path / "a.jpg", tmp_path / "b.jpg"
    before.write_bytes(photo())
    after.write_bytes(photo())
    citizen = sit(wide=wide, here=PLACE)
    citizen.page.goto("/city_management/report")
    citizen.page.set_input_files("[name=photo]", before)
    citizen.page.click("[data-locate]")
    citizen.page.wait_for_function("document.querySelector('[name=lon]').value")
    citizen.page.check("[name=category][value='20102']", force=True)
    citizen.page.fill("[name=body]", "巷口垃圾成堆")
    citizen.look("report")
    citizen.page.click("main button.go")
    citizen.page.wait_for_selector("text=查询码")
    case = CityCase.objects.get()
    assert case.grid == ground[0]

    desk, walker, handler = (
        sit(who, wide, here=PLACE) for who in (city["chengguan"], collector, city["chenglan"])
    )
    take(desk, case, "send_to_verify")
    walker.visit("/city_management/field", "field")
    walker.page.click(f"a[href='/city_management/field/{case.pk}']")
    walker.fill(walker.page, found="是", words="属实")
    walker.send("button.go:has-text('核实')")
    take(desk, case, "accept")
    take(desk, case, "file", category="20102", standard="20102-1")
    take(desk, case, "dispatch", lead="澄岚区人民政府")
    desk.look("case")

    take(handler, case, "receive")
    handler.page.goto(f"/city_management/field/{case.pk}")
    form = handler.page.locator("form:has([name=move][value=feedback])")
    form.locator("[name=photo]").set_input_files(after)
    handler.fill(form, words="已清理")
    handler.look("look")
    handler.send(form.locator("button.go"))

    walker.page.goto(f"/city_management/field/{case.pk}")
    form = walker.page.locator("form:has([name=move][value=pass_check])")
    walker.fill(form, words="干净")
    walker.send(form.locator("button.go"))
    take(desk, case, "close", outcome="fixed")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.was_late) == ("closed", "fixed", False)
    for name in ("open", "map", "evaluation"):
        desk.visit(f"/city_management/{name}", name)
