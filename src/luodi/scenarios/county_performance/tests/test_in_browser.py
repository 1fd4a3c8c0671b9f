"""The month's watch, a county's objection and the bulletin in a real browser, wide and on a phone."""

from __future__ import annotations

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.assessment.models import Objection, Run
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.county_performance import demo

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_the_watch_to_the_bulletin(wide, city, sit):
    load_seeds()
    demo.load()
    run = Run.objects.get(code="county_quarterly", state="notice")
    officer = sit(city["ducha"], wide)
    page = officer.page
    page.goto("/county_performance/?month=2026-10")
    assert page.locator(".lamp.red, .lamp.yellow, .lamp.green").count() >= 30
    officer.look("watch")
    page.locator("tr", has_text="2026年三季度").get_by_role("link", name="2026年三季度").click()
    officer.look("run")
    page.get_by_role("link", name="异议").click()
    page.locator("input[name=opinion]").fill("统计局已核增，按修订数")
    page.locator("input[name=new]").fill("9.1")
    page.get_by_role("button", name="成立", exact=True).click()
    page.get_by_text("更正为 9.1").wait_for()
    page.goto(f"/county_performance/bulletins/{run.pk}/")
    page.get_by_text("公示稿，未定案").wait_for()
    officer.look("bulletin")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert Objection.objects.get().state == "upheld"
