"""From a draft to a corrected, sealed result in a real browser, wide and on a phone; nothing spills, no other host is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.assessment.models import Objection, Run
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.land_productivity import demo
from luodi.scenarios.land_productivity.models import YearRecord

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_entry_to_the_seal(wide, city, sit, monkeypatch):
    load_seeds()
    monkeypatch.setattr(
        demo, "_evaluate", lambda *_: None
    )  # figures only: the evaluation is what is lived here
    demo.load()
    period = YearRecord.objects.filter(year=2025).count() and "2025-01-01"
    bureau, liaison, office = (sit(city[login], wide) for login in ("gongxin", "gaoxin", "ducha"))
    page = bureau.page
    bureau.visit("/land_productivity/?year=2025", "overview")
    bureau.visit(f"/assessment/land_large/?period={period}", "scheme")
    page.get_by_role("button", name="初评 2025年").click()
    page.wait_for_url("**/assessment/runs/*/")
    bureau.look("run")
    page.get_by_role("link", name="试算").click()
    page.locator("input[name=w-tax]").fill("10")
    page.locator("input[name=w-added]").fill("40")
    page.get_by_role("button", name="试算", exact=True).click()
    page.get_by_text("个会变").first.wait_for()
    bureau.look("trial")
    page.get_by_role("link", name="结果", exact=True).click()
    page.get_by_role("button", name="公示 3 个工作日").click()
    page.get_by_text("公示期满才能定案").or_(page.locator("li.here", has_text="公示")).first.wait_for()
    run = Run.objects.get(code="land_large", state="notice")
    second = run.results.get(rank=2)

    liaison.page.goto(f"/assessment/runs/{run.pk}/members/{second.pk}/")
    assert liaison.page.get_by_text("提出异议").count() == 0  # the firm lies elsewhere
    bureau.visit(f"/assessment/runs/{run.pk}/members/{second.pk}/", "member")
    page.locator("input[name=claimed]").fill("44.5")
    page.locator("textarea[name=says]").fill("补缴税款没有计入，附完税证明")
    page.get_by_role("button", name="提出异议").click()
    page.get_by_text("待复核").first.wait_for()

    office.page.goto(f"/assessment/runs/{run.pk}/objections")
    office.page.locator("input[name=opinion]").fill("核对属实")
    office.page.locator("input[name=new]").fill("44.5")
    office.page.get_by_role("button", name="成立", exact=True).click()
    office.page.get_by_text("更正为 44.5").wait_for()
    office.look("objections")
    Run.objects.filter(pk=run.pk).update(notice_until=timezone.localdate() - timedelta(days=1))
    office.page.goto(f"/assessment/runs/{run.pk}/")
    office.page.get_by_role("button", name="定案").click()
    office.page.get_by_text("更正自第 1 版").wait_for()
    office.page.get_by_role("link", name="复算核对").click()
    office.page.get_by_text("结果和指纹完全一致").wait_for()
    final = Run.objects.get(code="land_large", state="final")
    assert (final.version, final.sealed_by, Objection.objects.get().state) == (2, city["ducha"], "upheld")
    assert final.results.get(key=second.key).values["tax"]["value"] == "44.5"
