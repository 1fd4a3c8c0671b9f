"""Rules without a database: reporting periods, contradictions, the calendar feed."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.commitments.doubts import Doubt, Said, doubts, gist
from luodi.commitments.models import Target
from luodi.commitments.periods import ended, owed, span_of

# ---- periods


def test_a_month_is_due_in_the_month_after_it():
    span = span_of(date(2026, 9, 17), "month", 5)
    assert (span.start, span.end, span.due_on) == (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 5))
    assert span.title == "9月"


def test_quarters_are_due_as_wuhan_has_them():
    """15 Apr, 15 Jul, 15 Oct, 15 Jan: 武汉 2019 publishes each quarter by these days."""
    dues = [span_of(date(2026, month, 1), "quarter", 15).due_on for month in (1, 4, 7, 10)]
    assert dues == [date(2026, 4, 15), date(2026, 7, 15), date(2026, 10, 15), date(2027, 1, 15)]
    assert span_of(date(2026, 8, 31), "quarter", 15).title == "第三季度"


@pytest.mark.parametrize(
    ("day", "start"), [(date(2026, 12, 31), date(2026, 12, 1)), (date(2027, 1, 1), date(2027, 1, 1))]
)
def test_a_year_ends_between_two_periods(day, start):
    assert span_of(day, "month", 5).start == start


def test_the_present_month_is_not_owed_yet():
    assert [span.start.month for span in ended(date(2026, 8, 20), date(2026, 10, 31), "month", 5)] == [8, 9]
    assert [span.start.month for span in ended(date(2026, 8, 20), date(2026, 11, 1), "month", 5)] == [
        8,
        9,
        10,
    ]


def test_what_was_sent_is_not_owed():
    left = owed(date(2026, 8, 20), {date(2026, 9, 1)}, date(2026, 11, 6), "month", 5)
    assert [span.start.month for span in left] == [8, 10]
    assert left[-1].days_late(date(2026, 11, 6)) == 1


def test_a_late_day_of_the_month_stays_in_its_month():
    assert span_of(date(2027, 1, 9), "month", 31).due_on == date(2027, 2, 28)


# ---- contradictions


@pytest.mark.parametrize(
    ("now", "earlier", "found"),
    [
        (Said("主体封顶", 60, evidence=1), [Said("基础完工", 40)], []),
        (Said("全部完工", 100, evidence=1), [], [Doubt.FULL_NOT_DONE]),
        (Said("全部完工", 100, True, evidence=1), [], []),
        (Said("全部完工", None, True), [], [Doubt.DONE_NO_EVIDENCE]),
        (Said("全部完工", 80, True, evidence=1), [], [Doubt.DONE_NOT_FULL]),
        (Said("返工", 30), [Said("基础完工", 40)], [Doubt.FALLING]),
        (Said("返工", 30), [Said("没有填比例"), Said("基础完工", 40)], [Doubt.FALLING]),
        (Said("正在推进"), [Said("正在推进"), Said("正在推进")], [Doubt.UNCHANGED]),
        (Said("正在推进"), [Said("正在推进")], []),
        (Said("照片见附件", evidence=1, reused=1), [], [Doubt.EVIDENCE_USED]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together(now, earlier, found):
    assert doubts(now, earlier) == found


def test_a_text_with_only_its_month_changed_is_unchanged():
    assert gist("截至9月底，正在推进。") == gist("截至10月底， 正在推进") == "正在推进"
    assert gist("累计完成38个") != gist("累计完成39个")


# ---- targets


def test_a_target_says_its_unit_once():
    assert str(Target(indicator="地区生产总值增速", number="4%—5%", unit="%")) == "地区生产总值增速 4%—5%"
    assert str(Target(indicator="城镇新增就业", number="3.2", unit="万人")) == "城镇新增就业 3.2万人"
    assert str(Target(indicator="失业率", number="X", unit="")) == "失业率 X"
