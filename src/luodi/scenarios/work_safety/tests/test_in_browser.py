"""A major danger from being found to being struck off, in a real browser: phone and desk, nothing spills over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.work_safety.models import Danger
from luodi.scenarios.work_safety.tests.conftest import photo
from luodi.scenarios.work_safety.tests.test_road import risk
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_found_to_struck_off(sit, wide, city, mine, tmp_path):
    today = timezone.localdate()
    risk(city, mine, lon=109.2, lat=35.1, assessed_on=today - timedelta(days=3), owner="矿长")
    inspector = sit(city["yingji2"], wide)
    inspector.page.goto("/cases/work_safety/new")
    form = inspector.page.locator("main form.case-form")
    inspector.fill(form, title="通风系统不可靠", body="回风巷风速不足", firm=mine.name, category="coal")
    inspector.send(form.locator("button.go"))
    danger = Danger.objects.get()

    bureau, seen_to = sit(city["yingji"], wide), sit(city["fagai"], wide)
    take(bureau, danger, "grade", level="major", category="coal", rule="coal-3")
    take(
        bureau, danger, "list", lead="云川市发展和改革委员会", notice_no="云安委督1号", potential="12",
        fix_by=(today + timedelta(days=60)).isoformat(),
    )  # fmt: skip
    take(bureau, danger, "announce", words="市政府网站")
    take(
        seen_to, danger, "plan_major", fix_measures="更换主扇", fix_funds="50", fix_person="矿长", fix_plan="撤人预案", told="是",
    )  # fmt: skip
    seen_to.look("case")
    after = tmp_path / "after.jpg"
    after.write_bytes(photo())
    seen_to.page.set_input_files("[name=file]", after)
    seen_to.send("form[action$='/attach'] button")
    take(seen_to, danger, "self_accept", words="整改完毕")
    take(bureau, danger, "accept_pass", experts="三名专家", words="合格")
    take(bureau, danger, "strike_off", notice="公告1号")
    danger.refresh_from_db()
    assert (danger.state, danger.fix_funds_fen, danger.was_late) == ("struck_off", 50_000_000, False)

    bureau.visit(f"/work_safety/firms/{mine.pk}", "firm")
    bureau.page.select_option("[name=is_sound]", "是")
    bureau.page.fill("[name=by_name]", "安全员")
    bureau.send("button:has-text('记录')")
    assert "已记录，下次自查" in bureau.page.content()
    for name in ("map", "firms", "accidents", "listed"):
        bureau.visit(f"/work_safety/{name}", name)
