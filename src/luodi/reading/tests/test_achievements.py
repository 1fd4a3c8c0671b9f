"""Figures of the review part, as the year's result is told."""

from __future__ import annotations

from luodi.reading.achievements import find_achievements
from luodi.reading.model import Horizon


def achieved(text: str) -> list[tuple[str, float | None, str, str]]:
    found = find_achievements(text, [Horizon("review", 0, len(text))], [])
    assert all(a.quote == text[a.start : a.end] for a in found)
    return [(a.indicator, a.value, a.unit, a.change) for a in found]


def test_a_year_is_told_in_rates_and_levels() -> None:
    assert achieved("地区生产总值突破600亿元、增长6.2%，建成了高标准农田9万亩。") == [
        ("地区生产总值", 600, "亿元", "level"),
        ("地区生产总值", 6.2, "%", "growth"),
        ("高标准农田", 9, "万亩", "level"),
    ]


def test_where_things_stood_before_is_no_result() -> None:
    assert achieved("城镇化率由48.5%提高到52.1%。") == [("城镇化率", 52.1, "%", "level")]


def test_a_list_in_order_reaches_back_to_what_was_named() -> None:
    assert achieved("财政总收入80亿元、税收收入50亿元，分别增长6%、8%。")[2:] == [
        ("财政总收入", 6, "%", "growth"),
        ("税收收入", 8, "%", "growth"),
    ]


def test_what_is_only_planned_is_left_out() -> None:
    assert achieved("园区产值力争突破百亿元。") == []
