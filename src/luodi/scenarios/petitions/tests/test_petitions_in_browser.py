"""A suggestion from a citizen's phone to its closing, in a real browser, wide and on a phone; and the pages of the meeting."""

from __future__ import annotations

from datetime import date

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.petitions import demo
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting
from luodi.shapes.cases.tests.photos import photo
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_a_citizens_phone_to_the_closing(wide, city, sit, tmp_path):
    picture = tmp_path / "路口.jpg"
    picture.write_bytes(photo().read())
    outside = sit(wide=wide)
    outside.page.goto("/ask/petitions/")
    outside.fill(
        outside.page.locator("main form").first, category="transport", stream="suggestion", division="澄岚区",
        title="建议学校路口增设信号灯", body="放学时段车流大，学生过街不安全。", reporter_name="郑念诚", reporter_phone="13900001234",
    )  # fmt: skip
    outside.page.click("[data-locate]")
    outside.page.wait_for_function("document.querySelector('[name=lon]').value !== ''")
    outside.page.set_input_files("[name=photo]", str(picture))
    outside.look("form")
    outside.page.click("button.go:has-text('提交')")
    number, code = outside.page.locator("section b").all_inner_texts()
    case = Petition.objects.get(number=number)
    assert (round(case.lon, 4), case.channel) == (104.0612, "online")

    desk, bureau = sit(city["xinfang"], wide), sit(city["zhujian"], wide)
    take(desk, case, "classify", stream="suggestion", nature="first")
    take(desk, case, "transfer", lead="市住房城乡建设局", manner="passed")
    desk.look("desk")
    take(bureau, case, "accept")
    take(
        bureau,
        case,
        "reply",
        outcome="adopted",
        facts="现场查看属实",
        reply="列入今年改造",
        basis="城市道路管理条例",
        served_on=date.today().isoformat(),
    )
    take(bureau, case, "executed", words="已列入项目库")
    take(bureau, case, "serve", served_on=date.today().isoformat(), service="online")
    bureau.look("unit")

    outside.page.goto("/ask/")
    outside.page.fill("[name=number]", number)
    outside.page.fill("[name=code]", code)
    outside.page.click("button.go:has-text('查询')")
    assert "列入今年改造" in outside.page.content()
    outside.page.select_option("[name=score]", "5")
    outside.page.select_option("[name=resolved]", "是")
    outside.page.click("button.go:has-text('提交评价')")
    outside.look("answer")
    take(desk, case, "close_other")
    case.refresh_from_db()
    assert (case.state, case.score, case.outcome) == ("closed", 5, "adopted")


@pytest.mark.parametrize("wide", WIDTHS)
def test_the_pages_of_the_meeting_fit(wide, city, sit):
    demo.load()
    old, sitting = (
        Backlog.objects.filter(state="verified").first(),
        Sitting.objects.filter(items__isnull=False).first(),
    )
    pages = {
        "overview": "/petitions/", "backlog": f"/petitions/backlogs/{old.pk}/", "sitting": f"/petitions/sittings/{sitting.pk}/", "calendar": "/petitions/receptions/",
        "ledger": "/work/petitions/", "backlogs": "/work/backlogs/", "board": "/work/backlogs/board", "queue": "/cases/", "inbox": "/inbox/",
    }  # fmt: skip
    seat = sit(city["xinfang"], wide)
    for name, address in pages.items():
        seat.visit(address, name)
