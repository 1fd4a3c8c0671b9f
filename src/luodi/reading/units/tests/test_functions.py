"""One function, many names: reforms, levels, short names."""

from __future__ import annotations

import pytest

from luodi.reading.units import function_of, functions_of
from luodi.reading.units.functions import Level, heir_of, in_year, keys, reforms, table


@pytest.mark.parametrize(
    ("function", "names"),
    [
        ("卫健", ["市卫生局", "市卫计委", "市人口计生委", "市卫生健康委", "自治区卫生健康委员会"]),
        ("自然资源", ["市国土局", "市国土资源局", "市规划局", "市规划和自然资源局", "自然资源部"]),
        ("市场监管", ["市工商局", "市质监局", "市市场监管局", "国家市场监督管理总局"]),
        ("农业农村", ["市农业局", "市农委", "市委农办", "市农业农村局", "自治区农牧厅"]),
        ("生态环境", ["市环保局", "环境保护部", "市生态环境局"]),
        ("住建", ["市建委", "市建设局", "市房管局", "市住建局", "自治区住房和城乡建设厅", "市市政公用局"]),
        ("工业信息化", ["市经贸委", "市经信委", "市工信局", "市经济和信息化局"]),
        ("应急", ["市安监局", "市应急局", "市政府应急办", "应急管理部"]),
        ("乡村振兴", ["市扶贫办", "市乡村振兴局"]),
        ("人社", ["市劳动和社会保障局", "市人社局", "市人力资源和社会保障局"]),
        ("税务", ["市国税局", "市地税局", "国家税务总局成都市税务局"]),
        ("人防", ["市人防办", "市国动办"]),
        ("政府办", ["市政府办公厅", "市政府办公室", "市政府督查室"]),
        ("共青团", ["团市委", "团县委", "共青团中央"]),
        ("园区", ["高新区管委会", "经开区", "各开发（度假）区管委会", "滇池旅游度假区管委会"]),
        ("属地", ["五华区", "济阳县政府", "各县（市）区人民政府", "各县市区人民政府"]),
    ],
)
def test_a_function_keeps_its_key_through_reforms_and_levels(function: str, names: list[str]) -> None:
    assert {name: function_of(name) for name in names} == dict.fromkeys(names, function)


def test_one_unit_may_serve_two_functions() -> None:
    assert functions_of("市教育体育局") == ("教育", "体育")
    assert functions_of("市政务服务和数据管理局") == ("政务服务", "数据")


def test_a_name_without_a_function_tells_none() -> None:
    assert function_of("市级各相关部门") is None


def test_municipal_government_offices_are_neither_public_works_nor_civil_affairs() -> None:
    # 市政 in 市政府 and 民政 in 人民政府 are accidents of writing.
    assert functions_of("市政务服务局") == ("政务服务",)
    assert functions_of("西山区人民政府") == ("属地",)


def test_every_phrase_and_name_belongs_to_a_known_function() -> None:
    assert {row["key"] for row in table("duties.tsv")} | {row["key"] for row in table("names.tsv")} <= set(
        keys()
    )


@pytest.mark.parametrize("level", ["state", "province", "city", "county"])
def test_who_serves_a_function_elsewhere_is_itself_a_known_function(level: Level) -> None:
    for stages in reforms().values():
        for stage in stages:
            name = stage.unit_at(level)
            assert name
            assert not name.startswith("=") or name[1:] in keys()
            assert stage.heir is None or stage.heir in keys()


def test_heirs_end_somewhere() -> None:
    for key in keys():
        passed = [key]
        while heir := heir_of(passed[-1]):
            assert heir not in passed, f"{passed} goes round"
            passed.append(heir)


def test_health_insurance_was_with_labour_until_2018() -> None:
    assert in_year("医保", 2017).city == "=人社"
    assert in_year("医保", 2020).city == "医保局"
