"""A draw and a check in a real browser: on a desk from the frozen list to the drawn one, on a phone from the sheet to the public."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from luodi.scenarios.random_inspections.models import SpotCheck, Task
from luodi.scenarios.random_inspections.tests.conftest import make_task

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_from_the_frozen_list_to_the_published_result(
    name, wide, libraries, second, live_server, client, monkeypatch
):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    today = timezone.localdate()
    task = make_task("RW-B", starts_on=today, ends_on=today + timedelta(days=40))
    later = timezone.now() + timedelta(hours=3)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
        )
        page = context.new_page()

        def as_person(person):
            client.force_login(person)
            context.clear_cookies()
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )

        def look(title):
            spilled = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            assert not spilled, title
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"inspections-{name}-{title}.png"), full_page=True)

        def commit(person) -> str:
            as_person(person)
            page.goto(address)
            page.click("text=产生随机数并承诺")
            return page.locator("#nonce").inner_text()

        def reveal(person, nonce) -> None:
            as_person(person)
            page.goto(address)
            page.fill("[name=nonce]", nonce)
            page.fill("[name=saw]", "3876.54")
            page.click("text=公开随机数 >> nth=-1")

        address = reverse("random_inspections:task", args=[task.pk])
        as_person(libraries["shichang"])
        page.goto(address)
        look("1-planned")
        page.fill("[name=event]", "收盘点位")
        page.fill("[name=event_at]", f"{timezone.localtime() + timedelta(hours=2):%Y-%m-%dT%H:%M}")
        page.click("button:has-text('冻结名单')")
        mine = commit(libraries["shichang"])
        look("2-nonce")
        theirs = commit(libraries["ducha"])
        page.goto(reverse("random_inspections:public_draw", args=[task.pk]))
        look("3-public-before")
        for place in ("actions.draws", "pages.tasks"):
            monkeypatch.setattr(f"luodi.scenarios.random_inspections.{place}.timezone.now", lambda: later)
        reveal(libraries["ducha"], theirs)
        reveal(libraries["shichang"], mine)
        page.click("button:text-is('抽取')")
        look("4-drawn")
        assert Task.objects.get(pk=task.pk).state == "drawn"
        monkeypatch.undo()
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

        check = SpotCheck.objects.filter(task=task).first()
        case = reverse("cases:case", args=[check.pk])
        monkeypatch.setattr("luodi.shapes.cases.actions.timezone.now", lambda: later)
        page.goto(case)
        page.click("summary:has-text('通知检查对象')")
        page.fill("[name=agreed_on]", today.isoformat())
        page.click("button:has-text('通知检查对象')")
        page.goto(reverse("random_inspections:sheet", args=[check.pk]))
        look("5-sheet")
        page.select_option("[name=c-SC-01]", "1")
        page.select_option("[name=c-ST-01]", "5")
        page.fill("[name=s-ST-01]", "台账缺失，已责令改正")
        page.fill("[name=checked_on]", timezone.localdate(later).isoformat())
        page.select_option("[name=signature]", "signed")
        page.click("text=提交并结束检查")
        as_person(second)
        page.goto(case)
        page.click("summary:has-text('复核')")
        page.click("button:has-text('复核')")
        page.click("summary:text-is('公示')")
        page.click("button:text-is('公示')")
        page.click("summary:has-text('转后续处理')")
        page.select_option("[name=measure]", "reinspect")
        page.click("button:has-text('转后续处理')")
        page.click("summary:has-text('处理完毕')")
        page.fill("[name=document]", "云市监改〔2026〕7号")
        page.fill("details:has-text('处理完毕') [name=words]", "复查已改正")
        page.click("button:has-text('处理完毕')")
        look("6-closed")
        page.goto(reverse("random_inspections:progress"))
        look("6-progress")
        context.clear_cookies()
        page.goto(reverse("random_inspections:public_results"))
        assert "台账缺失" in page.content()
        look("7-results")
        page.goto(reverse("random_inspections:public"))
        look("8-public")
        page.goto(reverse("random_inspections:public_draw", args=[task.pk]))
        look("9-public-draw")
        browser.close()
    assert SpotCheck.objects.get(pk=check.pk).state == "closed"
