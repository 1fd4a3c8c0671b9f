"""A case filed on a phone, worked at a desk, asked about and rated from outside, in a real browser."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.government_services.models import Material, Rating, ServiceCase
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_the_guide_to_the_rating(wide, city, item, sit):
    Material.objects.create(item=item, name="营业执照", source="issued", is_spared=True)
    Material.objects.create(item=item, name="场所使用证明", form="copy", may_be_late=True)
    outside, window, bureau = sit(wide=wide), sit(city["xingzheng"], wide), sit(city["shichang"], wide)
    outside.visit(reverse("government_services:guide"), "1-guide")
    outside.page.click("text=食品经营许可")
    outside.look("2-item")
    outside.page.click("text=网上申请")
    outside.fill(
        outside.page.locator("main form").first,
        item=item.code,
        title="开饺子馆",
        body="新设门店",
        reporter_name="陈老板",
    )
    outside.send("button:has-text('提交')")
    number, code = re.findall(r"<b>([A-Z0-9]+)</b>", outside.page.content())[:2]
    case = ServiceCase.objects.get(number=number)

    take(window, case, "receive", lead=item.unit.name)
    take(bureau, case, "accept")
    bureau.look("3-case")
    take(bureau, case, "approve", outcome="准予", reply="符合条件，准予。")
    take(bureau, case, "issue", document="JY1990102")
    take(bureau, case, "deliver", channel="网上", visits="0")

    outside.page.goto(reverse("cases:ask"))
    outside.page.fill("[name=number]", number)
    outside.page.fill("[name=code]", code)
    outside.page.click("button:has-text('查询')")
    outside.page.select_option("[name=score]", "5")
    outside.send("button:has-text('提交评价')")
    outside.look("4-asked")
    take(window, case, "archive")
    window.visit(reverse("government_services:checkup"), "5-checkup")
    window.visit("/work/service-items/", "6-catalogue")
    assert Rating.objects.get(case_number=number).stars == 5
    case.refresh_from_db()
    assert case.state == "archived"
