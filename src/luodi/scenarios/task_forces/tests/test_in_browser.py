"""A grain from its task force's page to its proof, on a phone; and the pages at desk size."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from luodi.scenarios.task_forces import demo
from luodi.scenarios.task_forces.models import Task
from luodi.scenarios.task_forces.tests.conftest import TODAY, picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_a_grain_is_closed_with_its_proof(name, wide, people, live_server, client, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    demo.load()
    grain = Task.objects.filter(is_grain=True, done_on=None, due_on__lt=TODAY).select_related("owner").first()
    client.force_login(grain.owner)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
        )
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = context.new_page()
        for title, address in (("forces", "/task_forces/"), ("force", f"/task_forces/{grain.force_id}/")):
            page.goto(address)
            spilled = page.evaluate(
                "[...document.querySelectorAll('.card')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
            )
            assert not spilled, title
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"{name}-{title}.png"), full_page=True)
        task = page.locator(f"#task-{grain.pk}")
        task.locator("summary").click()
        task.get_by_label("佐证").set_input_files(
            [{"name": "现场.png", "mimeType": "image/png", "buffer": picture(33)}]
        )
        task.get_by_label("结果").fill("已办结并移交")
        task.get_by_role("button", name="完成").click()
        page.wait_for_load_state()
        assert "逾期完成：已办结并移交" in page.locator(f"#task-{grain.pk}").inner_text()
        browser.close()
    grain.refresh_from_db()
    assert grain.done_on == TODAY
