"""Groups, steps above the city, awards after 陕西 2016, the month's watch, and sentences of a bulletin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from luodi.scenarios.county_performance.rules import award_wan, group_of, said_of, steps_above, watched

SHAANXI = {"first": D(100), "others": D(50), "a_place": D(10), "most": D(100), "places": 10}
LINES = {"below_city": D(2), "in_a_row": 3}


def months(*figures):
    return {
        date(2026, number, 1): None if each is None else D(each) for number, each in enumerate(figures, 1)
    }


@pytest.mark.parametrize(
    ("code", "group"),
    [("610202", "市辖区"), ("610222", "县（市）"), ("990181", "县（市）"), ("990103", "市辖区")],
)
def test_groups_follow_the_code(code, group):
    assert group_of(code) == group


@pytest.mark.parametrize(
    ("rank", "last", "award"),
    [
        (1, 3, 100),
        (4, None, 100),
        (4, 15, 100),
        (4, 6, 70),
        (6, 4, 30),
        (9, 3, 0),
        (10, 10, 50),
        (2, 9, 100),
        (11, 3, 0),
        (None, 2, 0),
    ],
)
def test_awards_of_shaanxi(rank, last, award):
    """100 for the first and for who is new; others 50 ± 10 a place, between 0 and 100."""
    assert award_wan(rank, last, SHAANXI) == award


@pytest.mark.parametrize(("own", "steps"), [("7.0", 8), ("6.19", 0), ("5.15", -10), (None, None)])
def test_each_tenth_of_a_point_beside_the_city(own, steps):
    assert steps_above(None if own is None else D(own), D("6.2")) == (None if steps is None else D(steps))


def test_red_after_three_months_far_behind():
    city = months("8", "8", "8", "8")
    here = lambda *figures: watched(months(*figures), city, [D(7), D(9)], date(2026, 4, 1), "up", LINES)  # noqa: E731
    assert (here("9", "5", "5", "5").light, here("9", "5", "5", "5").why) == (
        "red",
        "比全市差 3，已连续 3 个月超过 2",
    )
    assert (here("5", "8", "5", "5").light, here("8", "8", "7", "7").light) == ("yellow", "green")
    assert (here("8", "8", "8", None).light, here("8", "8", "8", "9").place) == ("none", 1)


def test_less_is_better_is_behind_when_it_is_more():
    found = watched(months("9"), months("5"), [D(4)], date(2026, 1, 1), "down", LINES)
    assert (found.light, found.place) == ("yellow", 2)


def test_a_bulletin_says_only_what_the_run_holds():
    def row(name, score, rank, last, **points):
        items = [
            {"title": title, "value": "1", "points": str(p), "weight": "10"} for title, p in points.items()
        ]
        return SimpleNamespace(
            name=name,
            score=D(score),
            rank=rank,
            last_rank=last,
            rose=None if last is None else last - rank,
            items=items,
        )

    said = said_of(
        [row("甲县", "90", 1, 2, 投资=9, 消费=8, 财政=10), row("乙县", "81.5", 2, 1, 投资=5, 消费=9, 财政=10)]
    )
    assert said == [
        "得分居前的是甲县（90.00 分），居后的是乙县（81.50 分），相差 8.50 分。", "与上期相比，甲县上升 1 位，乙县下降 1 位。",
        "甲县失分较多的是消费（1）、投资（1）。", "乙县失分较多的是投资（1）、消费（1）。",
    ]  # fmt: skip
    assert said_of([]) == []
