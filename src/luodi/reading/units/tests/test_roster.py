"""The usual list of units, and a division's own."""

from __future__ import annotations

import pytest

from luodi.reading.model import Division
from luodi.reading.units import Roster
from luodi.reading.units.functions import Level


def name_of(roster: Roster, function: str) -> str:
    return roster.by_function[function].name


@pytest.mark.parametrize(
    ("level", "name"),
    [
        ("state", "国家发展改革委"),
        ("province", "省发展改革委"),
        ("city", "市发展改革委"),
        ("county", "县发展改革局"),
    ],
)
def test_each_level_calls_its_units_in_its_own_way(level: Level, name: str) -> None:
    assert name_of(Roster.usual(level), "发展改革") == name


def test_a_function_without_a_unit_at_a_level_is_served_by_another() -> None:
    assert name_of(Roster.usual("province"), "城管") == "省住房城乡建设厅"
    assert name_of(Roster.usual("county"), "国资") == "县财政局"


def test_names_follow_the_year_of_the_plan() -> None:
    assert name_of(Roster.usual("city", 2012), "卫健") == "市卫生局"
    assert name_of(Roster.usual("city", 2016), "卫健") == "市卫生计生委"
    assert name_of(Roster.usual("city", 2022), "卫健") == "市卫生健康委"
    assert name_of(Roster.usual("city", 2016), "退役军人") == "市民政局"
    assert name_of(Roster.usual("city", 2022), "乡村振兴") == "市乡村振兴局"
    assert name_of(Roster.usual("city", 2025), "乡村振兴") == "市农业农村局"


def test_two_units_that_shared_a_function_are_one_unit_and_its_other_name() -> None:
    roster = Roster.usual("state", 2005)
    assert name_of(roster, "人社") == "劳动保障部"
    assert roster.by_name["人事部"].name == "劳动保障部"
    assert not [unit.name for unit in roster.units if "、" in unit.name and not unit.name.startswith("各")]


@pytest.mark.parametrize(
    ("division", "name"),
    [
        (Division("610200", "铜川市"), "市教育局"),
        (Division("150000", "内蒙古自治区"), "自治区教育厅"),
        (Division("310000", "上海市"), "市教育局"),
        (Division("532300", "楚雄彝族自治州"), "州教育局"),
        (Division("150900", "乌兰察布盟"), "盟教育局"),
        (Division("610204", "耀州区"), "区教育局"),
        (Division("610222", "宜君县"), "县教育局"),
    ],
)
def test_a_division_gives_its_units_their_first_word(division: Division, name: str) -> None:
    assert name_of(Roster.usual_for(division), "教育") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推动全省经济向好，建设美丽我省，全省上下", "省财政厅"),
        ("总量居全省前列，领跑全省，全省一流。全市同心，全市上下，我市各地", "市财政局"),
        ("全县各级，我县发展，全县上下，全市第一", "县财政局"),
        ("自治区党委坚强领导，自治区人民政府部署，自治区党委要求，全区上下，我区各地，全区", "自治区财政厅"),
        ("国务院各部门，全国政协各位委员，国务院工作", "财政部"),
        ("", "市财政局"),
    ],
)
def test_without_a_division_the_text_says_for_whom_it_speaks(text: str, name: str) -> None:
    assert name_of(Roster.usual_for(None, text), "财政") == name


def test_party_and_league_put_the_division_inside_their_names() -> None:
    city = Roster.usual("city")
    assert name_of(city, "宣传") == "市委宣传部"
    assert name_of(city, "共青团") == "团市委"


def test_a_list_of_names_is_enough() -> None:
    roster = Roster.of([["市发改委"], ["市教体局"]])
    assert name_of(roster, "教育") == name_of(roster, "体育") == "市教体局"


def test_an_heir_takes_what_the_list_does_not_name() -> None:
    without = Roster.of([["市商务局"], ["市工信局"]])
    with_own = Roster.of([["市商务局"], ["市招商局"], ["市工信局"]])
    assert name_of(without, "投资促进") == "市商务局"
    assert name_of(with_own, "投资促进") == "市招商局"


def test_a_row_may_give_short_names_functions_and_duties() -> None:
    roster = Roster.of([("市资源委员会", "资源委、市资委", "自然资源 林业园林", "负责矿区搬迁")])
    unit = roster.by_name["市资委"]
    assert (unit.name, unit.functions) == ("市资源委员会", ("自然资源", "林业园林"))


def test_a_bad_row_is_refused_with_its_number() -> None:
    with pytest.raises(ValueError, match="第 2 行没有名称"):
        Roster.of([["市教育局"], [""]])
    with pytest.raises(ValueError, match="第 1 行的职能“航天”不在职能表中"):
        Roster.of([["市航天局", "", "航天"]])
