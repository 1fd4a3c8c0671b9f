"""An application from a citizen's screen to its closing, wide and on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.disclosure.models import Application
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_application_to_closing(wide, city, sit):
    outside = sit(wide=wide)
    outside.page.goto("/ask/disclosure/")
    form = outside.page.locator("main form").first
    outside.fill(
        form, category="project", title="停车楼环评批复", body="申请公开停车楼环评批复。", reporter_name="郑念诚",
        reporter_phone="13900001234", applicant="person",
    )  # fmt: skip
    outside.look("form")
    outside.page.click("button.go:has-text('提交')")
    number, code = outside.page.locator("section b").all_inner_texts()
    case = Application.objects.get(number=number)
    assert case.channel == "online"

    desk = sit(city["zhengwu"], wide)
    take(desk, case, "confirm", words="电话确认")
    take(desk, case, "accept")
    take(
        desk, case, "answer", outcome="disclosed", reply="随本答复提供电子文本", basis="条例第三十六条第二项"
    )
    take(desk, case, "serve", served_on=date.today().isoformat(), service="online")
    desk.look("desk")

    outside.page.goto("/ask/")
    outside.page.fill("[name=number]", number)
    outside.page.fill("[name=code]", code)
    outside.page.click("button.go:has-text('查询')")
    assert "随本答复提供电子文本" in outside.page.content()
    outside.look("answer")
    take(desk, case, "close")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.answered_late) == ("closed", "disclosed", False)
    desk.page.goto(f"/disclosure/years/{date.today().year}/")
    desk.look("year")
