"""Which places a clause of a report names."""

from __future__ import annotations

from luodi.reading.model import Division
from luodi.reading.places import find_places

TONGCHUAN = Division("610200", "铜川市")
HUNAN = Division("430000", "湖南省")
GUANGZHOU = Division("440100", "广州市")


def places(text: str, division: Division | None = TONGCHUAN, year: int | None = 2022) -> list[str]:
    return [place.name for place in find_places(text, division, year)]


def test_own_counties_by_full_and_short_name():
    assert places("支持耀州窑文化基地和宜君县旱作梯田提升，耀州区抓好落实") == ["耀州区", "宜君县"]


def test_only_inside_the_span():
    text = "耀州区扩规模，印台区提质量"
    assert [p.name for p in find_places(text[7:], TONGCHUAN, 2022)] == ["印台区"]


def test_the_reports_own_division_is_left_out():
    assert places("建设铜川市体育馆，推进铜川至西安高速公路") == ["西安市"]


def test_words_are_no_places():
    assert places("促进和平发展、富民增收，保障人民长治久安，深化开放合作，建设示范县和平安城市") == []


def test_streets_banks_and_universities_named_after_a_place_are_elsewhere():
    assert places("改造北京路，引进上海交大、西安电子科技大学和昆明银行，对接上海、西安") == [
        "上海市",
        "西安市",
    ]


def test_words_are_places_with_their_kind():
    assert places("支持沈阳市和平区来铜投资") == ["和平区"]


def test_a_county_elsewhere_needs_its_full_name():
    assert places("与南京市鼓楼区结对，学习安吉经验，对口安吉县") == ["鼓楼区", "安吉县"]


def test_a_name_that_many_share_is_left_open():
    assert places("学习鼓楼区经验") == []


def test_in_a_provinces_report_a_short_name_is_its_city():
    assert places("支持长沙、岳阳、湘西建设综合保税区，实施洞庭湖北部补水", HUNAN) == [
        "长沙市",
        "岳阳市",
        "湘西土家族苗族自治州",
    ]


def test_names_of_the_reports_year():
    assert places("加强与襄樊市协作", year=2008) == ["襄樊市"]
    assert places("加强与襄樊市协作", year=2015) == []


def test_common_districts_are_not_taken_from_the_neighbour():
    assert places("提升中心城区品质，理顺城区体制", GUANGZHOU) == []


def test_without_a_division_the_country_is_known():
    assert places("融入成渝，对接重庆市、四川省", None, None) == ["重庆市", "四川省"]
