"""A deal from its entry to the start of works and its verified money, wide and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.investment_promotion import actions, demo
from luodi.scenarios.investment_promotion.models import Arrival, Deal
from luodi.scenarios.investment_promotion.tests.conftest import USCC
from luodi.shapes.registers import demo as registers
from luodi.shapes.registers.models import Enterprise

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_entry_to_the_money(wide, city, sit):
    load_seeds()
    registers.load()
    demo.load()
    today = timezone.localdate()
    firm = Enterprise.objects.filter(industry="C").first()
    seat = sit(city["songpi"], wide)
    page = seat.page

    def save(address, **values):
        page.goto(address)
        form = page.locator("main form").first
        for name, value in values.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        form.locator("button.go").click()
        page.wait_for_load_state()

    def go_on(deal, state):
        page.goto(deal.get_absolute_url())
        page.get_by_role("button", name=f"转为{state}").click()
        page.get_by_text(f"已转为{state}").wait_for()

    save(
        "/work/investment-deals/form", name="镁合金轮毂项目", division="松陂县", lead="松陂县人民政府", industry="C", investor="江南试验集团", investor_uscc=USCC,
        investor_from="江苏省苏州市", origin="省外境内", intended_fen="20000", talked_on=str(today - timedelta(days=40)), found_on=str(today - timedelta(days=60)),
    )  # fmt: skip
    deal = Deal.objects.get(name="镁合金轮毂项目")
    form = f"/work/investment-deals/{deal.pk}/form"
    go_on(deal, "洽谈")
    seat.visit(deal.get_absolute_url(), "talk")
    assert page.get_by_text("协议编号").first.is_visible()
    save(
        form, contract_no="松招合1号", contract_on=str(today - timedelta(days=30)), contract_fen="18000", currency="人民币", start_due_on=str(today + timedelta(days=60)),
    )  # fmt: skip
    go_on(deal, "合同")
    save(
        form,
        enterprise=firm.uscc,
        registered_on=str(today - timedelta(days=20)),
        project_code="2603-000099-04-01-123456",
    )
    go_on(deal, "注册落地")
    save(form, permit_no="松施1号", works="永久性工程正式开槽", started_on=str(today - timedelta(days=9)))
    go_on(deal, "开工")
    save(
        "/work/investment-arrivals/form", voucher="HD-1", deal=deal.number, kind="银行回单", on=str(today - timedelta(days=8)), payer="江南试验集团", currency="人民币", fen="9000",
    )  # fmt: skip
    row = Arrival.objects.get(voucher="HD-1")
    bureau = sit(city["touzi"], wide)
    bureau.page.goto(f"/work/investment-arrivals/{row.pk}/")
    bureau.page.get_by_role("button", name="资料齐全").click()
    bureau.page.wait_for_load_state()
    bureau.page.wait_for_timeout(300)
    row.refresh_from_db()
    actions.cross_check(city["touzi"], row, {"checked_with": "项目投资月报"})
    bureau.visit(deal.get_absolute_url(), "deal")
    assert bureau.page.get_by_text("9,000").count() >= 2
    bureau.visit("/investment_promotion/", "overview")
    bureau.visit("/work/investment-deals/", "deals")
    bureau.visit("/work/investment-deals/board", "board")
    deal.refresh_from_db()
    assert (deal.state, deal.batch, deal.is_counted, deal.is_large) == ("started", "started", True, True)
    assert Arrival.objects.get(voucher="HD-1").counted_fen == 9000 * 1_000_000
