"""Scores of a visit: sealed, trimmed, explained."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luodi.dispatch.visits import Sheet, faults, opened, ranks, result, sealed

SHEET = Sheet({"progress": ("进度", 60), "site": ("现场", 40)}, drop=1, fewest=4, spread_limit=Decimal(10))


def ballot(total: int) -> dict[str, int]:
    return {"progress": min(total, 60), "site": max(0, total - 60)}


def test_the_highest_and_the_lowest_are_dropped_and_the_rest_averaged():
    found = result([ballot(each) for each in (80, 95, 60, 84, 85)], SHEET)
    assert found.score == Decimal("83.00")
    assert found.dropped == (60, 95)
    assert found.why == "去掉 60、95，（80 + 84 + 85）÷ 3 = 83.00"


def test_a_wide_spread_is_shown():
    calm = result([ballot(each) for each in (80, 82, 84, 86)], SHEET)
    wild = result([ballot(each) for each in (40, 60, 80, 100)], SHEET)
    assert (calm.spread, calm.is_wide) == (Decimal("2.58"), False)
    assert (wild.spread, wild.is_wide) == (Decimal("25.82"), True)


def test_too_few_ballots_give_no_score():
    found = result([ballot(80)] * 3, SHEET)
    assert found.score is None and "少于 4 张" in found.why


def test_equal_scores_share_a_place():
    assert ranks([Decimal(90), Decimal(85), Decimal(90), None]) == [1, 3, 1, None]


@pytest.mark.parametrize(
    ("points", "item"),
    [
        ({"progress": 61, "site": 10}, "progress"),
        ({"progress": 50}, "site"),
        ({"progress": 50, "site": -1}, "site"),
    ],
)
def test_a_ballot_outside_the_sheet_is_refused(points, item):
    assert set(faults(points, SHEET)) == {item}


def test_a_changed_ballot_does_not_open():
    words, seal = sealed(ballot(88), "salt")
    assert opened(words, seal) == ballot(88)
    with pytest.raises(ValueError, match="封签"):
        opened(words.replace("28", "30"), seal)
