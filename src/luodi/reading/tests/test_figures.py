"""Numbers as reports print them."""

from __future__ import annotations

import pytest

from luodi.reading.figures import MASK, find_figures


@pytest.mark.parametrize(
    ("printed", "number", "value", "high", "unit"),
    [
        ("增长6.5%", "6.5", 6.5, None, "%"),
        ("增长１２．５％", "１２．５", 12.5, None, "％"),
        ("达到1,200户", "1,200", 1200, None, "户"),
        ("建成4.5万亩", "4.5", 4.5, None, "万亩"),
        ("引进人才万名", "万", 10_000, None, "名"),
        ("产值达到百亿级", "百", 100, None, "亿"),
        ("突破万亿元", "万", 10_000, None, "亿元"),
        ("新增三百二十家", "三百二十", 320, None, "家"),
        ("增长7.5%—8%", "7.5%—8%", 7.5, 8, "%"),
        ("新增5-6个", "5-6", 5, 6, "个"),
        ("新设三至五家", "三至五", 3, 5, "家"),
        ("平均受教育年限11.7年", "11.7", 11.7, None, "年"),
        ("居民消费价格指数控制在103左右", "103", 103, None, ""),
        ("孕产妇死亡率降至16/10万", "16", 16, None, "/10万"),
        ("提高2个百分点", "2", 2, None, "个百分点"),
        ("浓度降至35微克/立方米", "35", 35, None, "微克/立方米"),
        ("管网全覆盖", "全覆盖", 100, None, "%"),
        ("营业收入翻一番", "翻一番", 2, None, "倍"),
        ("总量翻两番", "翻两番", 4, None, "倍"),
        ("排放零增长", "零增长", 0, None, "%"),
        ("新增X万吨", "X", None, None, "万吨"),
        ("达到××%", "××", None, None, "%"),
    ],
)
def test_a_printed_figure_is_read_with_its_unit(
    printed: str, number: str, value: float | None, high: float | None, unit: str
) -> None:
    (figure,) = find_figures(printed)
    assert (figure.number, figure.value, figure.high, figure.unit) == (number, value, high, unit)


@pytest.mark.parametrize(
    "text", ["5G网络", "3A级景区", "第六届博览会", "2021-2025年", "330千伏", "X项目投产", "十四五", "一批"]
)
def test_ordinals_dates_and_names_are_no_figures(text: str) -> None:
    assert list(find_figures(text)) == []


def test_a_mask_is_a_figure_only_where_a_unit_follows() -> None:
    text = "X等X个项目开工，XG场景X个，X西投资X.X亿元，增长X%-X%"
    assert [match.start() for match in MASK.finditer(text)] == [2, 13, 20, 28, 31]
