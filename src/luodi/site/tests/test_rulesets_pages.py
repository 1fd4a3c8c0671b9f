"""Rulesets and the calendar in the browser: entered by one person, let in by a second, seen by all with their marks."""

from datetime import date

import pytest

from luodi.kernel.clock import national_calendar
from luodi.kernel.models import RulesetVersion
from luodi.site.calendar_pages import sheet

HOURS = {
    "document": "云川市机关作息通知",
    "source": "市政府办公室2026年第4号",
    "valid_from": "2026-05-01",
    "reason": "夏季作息",
    "c-windows-first": ["08:30", "15:00", ""],
    "c-windows-last": ["12:00", "18:00", ""],
}


@pytest.fixture
def officer(client, city):
    client.force_login(city["ducha"])
    return client


def test_what_nobody_checked_is_marked_on_the_list_and_on_its_page(officer):
    assert "未核实" in officer.get("/rulesets/").content.decode()
    assert "不作为正式口径" in officer.get("/rulesets/clock.office_hours/").content.decode()


def test_the_form_starts_from_what_is_in_force(officer):
    page = officer.get("/rulesets/clock.office_hours/draft").content.decode()
    assert 'value="14:00"' in page and "各地机关作息时间惯例" in page


def test_a_new_version_waits_shows_its_difference_and_is_approved_by_another(officer, city):
    assert officer.post("/rulesets/clock.office_hours/draft", HOURS).status_code == 302
    draft = RulesetVersion.objects.get(state="waiting")
    assert draft.content == {
        "windows": [{"first": "08:30", "last": "12:00"}, {"first": "15:00", "last": "18:00"}]
    }
    page = officer.get("/rulesets/clock.office_hours/").content.decode()
    assert "<del>开始 08:00　结束 12:00</del>" in page and "<ins>开始 08:30　结束 12:00</ins>" in page
    assert "起草人不能批准自己的修改" in page and 'value="approve"' not in page
    officer.post(f"/rulesets/versions/{draft.pk}/decide", {"decision": "approve"})
    draft.refresh_from_db()
    assert draft.is_waiting
    officer.force_login(city["ducha2"])
    assert 'value="approve"' in officer.get("/rulesets/clock.office_hours/").content.decode()
    officer.post(f"/rulesets/versions/{draft.pk}/decide", {"decision": "approve", "opinion": "同意"})
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("approved", city["ducha2"])


def test_what_was_typed_stays_in_the_form_beside_the_sentence(officer):
    answer = officer.post(
        "/rulesets/clock.office_hours/draft", {**HOURS, "c-windows-first": ["早上", "15:00", ""]}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“工作时段”第 1 行：“开始”应为时刻（如 08:30），不是“早上”。" in page
    assert 'value="早上"' in page and "云川市机关作息通知" in page
    assert (
        "施行日应为日期"
        in officer.post("/rulesets/clock.office_hours/draft", {**HOURS, "valid_from": ""}).content.decode()
    )


def test_a_ruleset_that_is_not_declared_does_not_exist(officer):
    assert officer.get("/rulesets/clock.unknown/").status_code == 404


def test_the_year_shows_rest_and_make_up_days_with_their_notice(officer):
    page = officer.get("/calendar/2026/").content.decode()
    assert "国办发明电〔2025〕7号" in page and "全年 248 个工作日" in page
    september = {box.day: box.mark for week in sheet(national_calendar(), 2026, 9) for box in week}
    assert (september[date(2026, 9, 20)], september[date(2026, 9, 25)]) == ("班", "休")
    assert september[date(2026, 9, 19)] == ""  # a plain Saturday


def test_a_year_without_its_notice_says_what_to_do_and_the_form_knows_the_year(officer):
    assert "2027 年的节假日安排尚未录入" in officer.get("/calendar/2027/").content.decode()
    assert 'value="2028-01-01"' in officer.get("/rulesets/clock.holidays/draft?year=2027").content.decode()
    assert "国庆节" in officer.get("/rulesets/clock.holidays/draft?year=2026").content.decode()


def test_years_beyond_reason_do_not_exist(officer):
    assert officer.get("/calendar/1900/").status_code == 404
