"""Numbers that deserve a second look, and those that only look so."""

from datetime import date
from decimal import Decimal

from luodi.measures.suspicion import Item, counted_twice, set_low, suspicions

D = Decimal


def series(*values, start=1):
    return {
        date(2025 + (n + start - 1) // 12, (n + start - 1) % 12 + 1, 1): None if v is None else D(str(v))
        for n, v in enumerate(values)
    }


def kinds(numbers, is_cumulative=True):
    return [each.kind for each in suspicions(numbers, is_cumulative=is_cumulative)]


def test_exact_twelfths():
    assert kinds(series(*[100 * n for n in range(1, 13)])) == ["even"]
    assert kinds(series(*[D("10.5") * n for n in range(1, 13)])) == ["even"]
    assert kinds(series(*[2 * n for n in range(1, 13)])) == []  # two a month is what small counts look like
    assert kinds(series(9, 21, 30, 41, 48, 61)) == []


def test_a_cumulative_that_falls_but_not_at_the_turn_of_the_year():
    assert kinds(series(9, 21, 20, 33)) == ["falls"]
    assert kinds(series(*[8, 19, 31, 40, 52, 60, 73, 81, 90, 103, 112, 120], 9)) == []


def test_wan_yuan_written_as_yuan():
    found = suspicions(series(812, 7_900_000, 805), is_cumulative=False)
    assert [each.kind for each in found] == ["slip", "slip"]
    assert "元、万元、亿元" in found[0].why


def test_a_jump_and_a_settlement_that_comes_every_december():
    year = [10, 11, 9, 12, 10, 11, 13, 10, 9, 12, 11, 70]
    assert kinds(series(*year), is_cumulative=False) == ["jump"]
    assert kinds(series(*year, *year), is_cumulative=False) == ["jump"]  # only the first of the two


def test_missing_months_are_not_suspicious():
    assert kinds(series(None, 20, None, 41, 50)) == []


def test_a_project_counted_twice_and_two_phases_that_are_two():
    one = Item("澄岚大桥建设项目", D(50000), "澄岚区")
    again = Item("澄岚大桥（建设）工程", D(50000), "朝岭区")
    first, second = Item("轻合金产业园一期", D(8), "经开区"), Item("轻合金产业园二期", D(8), "经开区")
    assert [(a.name, b.name, why) for a, b, why in counted_twice([one, again, first, second])] == [
        ("澄岚大桥建设项目", "澄岚大桥（建设）工程", "名称相似 100%，金额相同")
    ]


def test_a_target_set_low():
    assert set_low(D(90), [D(100), D(110), D(105)]) == "目标 90 低于前三年平均 105.00，可能定低了。"
    assert set_low(D(100), [], D(140)) == "结果 140 是目标 100 的 140%，目标可能定低了。"
    assert set_low(D(110), [D(100), D(110), D(105)], D(120)) is None
