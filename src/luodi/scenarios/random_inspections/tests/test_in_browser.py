"""A draw and a check in a real browser: on a desk from the frozen list to the drawn one, on a phone from the sheet to the public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.random_inspections.models import SpotCheck, Task
from luodi.scenarios.random_inspections.tests.conftest import make_task
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


def commit(seat, address) -> str:
    seat.page.goto(address)
    seat.page.click("text=产生随机数并承诺")
    return seat.page.locator("#nonce").inner_text()


def reveal(seat, address, nonce) -> None:
    seat.page.goto(address)
    seat.page.fill("[name=nonce]", nonce)
    seat.page.fill("[name=saw]", "3876.54")
    seat.send("text=公开随机数 >> nth=-1")


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_the_frozen_list_to_the_published_result(wide, libraries, second, sit, monkeypatch):
    today = timezone.localdate()
    task = make_task("RW-B", starts_on=today, ends_on=today + timedelta(days=40))
    later = timezone.now() + timedelta(hours=3)
    outside, desk = sit(wide=wide), sit(libraries["shichang"], wide)
    watch, reviewer = sit(libraries["ducha"], wide), sit(second, wide)
    address = reverse("random_inspections:task", args=[task.pk])
    desk.visit(address, "1-planned")
    desk.page.fill("[name=event]", "收盘点位")
    desk.page.fill("[name=event_at]", f"{timezone.localtime() + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    desk.send("button:has-text('冻结名单')")
    mine = commit(desk, address)
    desk.look("2-nonce")
    theirs = commit(watch, address)
    outside.visit(reverse("random_inspections:public_draw", args=[task.pk]), "3-public-before")
    with pytest.MonkeyPatch.context() as clock:
        for place in ("actions.draws", "pages.tasks"):
            clock.setattr(f"luodi.scenarios.random_inspections.{place}.timezone.now", lambda: later)
        reveal(watch, address, theirs)
        reveal(desk, address, mine)
        desk.send("button:text-is('抽取')")
        desk.look("4-drawn")
        assert Task.objects.get(pk=task.pk).state == "drawn"

    check = SpotCheck.objects.filter(task=task).first()
    monkeypatch.setattr("luodi.shapes.cases.actions.timezone.now", lambda: later)
    take(desk, check, "notify", agreed_on=today.isoformat())
    desk.visit(reverse("random_inspections:sheet", args=[check.pk]), "5-sheet")
    desk.fill(
        desk.page.locator("main"), **{"c-SC-01": "1", "c-ST-01": "5", "s-ST-01": "台账缺失，已责令改正"},
        checked_on=timezone.localdate(later).isoformat(), signature="signed",
    )  # fmt: skip
    desk.send("text=提交并结束检查")
    take(reviewer, check, "review")
    take(reviewer, check, "publish")
    take(reviewer, check, "follow_up", measure="reinspect")
    take(reviewer, check, "resolve", document="云市监改〔2026〕7号", words="复查已改正")
    reviewer.look("6-closed")
    reviewer.visit(reverse("random_inspections:progress"), "6-progress")
    outside.visit(reverse("random_inspections:public_results"), "7-results")
    assert "台账缺失" in outside.page.content()
    outside.visit(reverse("random_inspections:public"), "8-public")
    outside.visit(reverse("random_inspections:public_draw", args=[task.pk]), "9-public-draw")
    check.refresh_from_db()
    assert check.state == "closed"
