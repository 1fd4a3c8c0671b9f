"""The bureau's monthly sheet comes in: provisional, then final, then restated; odd cells are named and nothing is half read."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from luodi.kernel.action import Refused
from luodi.measures.importing import bring_in, figure_from
from luodi.measures.models import Series, Value

pytestmark = pytest.mark.django_db
HEAD = "指标,区划,期,数值,单位,同比,状态,发布单位\n"


def sheet(*rows):
    return (HEAD + "\n".join(rows)).encode("utf-8-sig")


def history(period=date(2026, 3, 1)):
    return [(v.revision, v.is_current, v.value, v.status) for v in Value.objects.filter(period=period)]


def test_provisional_then_final_then_restated(city):
    by = city["tongji"]
    first = bring_in(by, "快报.csv", sheet("固定资产投资,云川市,2026年1-3月,52.1,亿元,6.2,初步,市统计局"))
    assert (first.new, first.restated) == (1, 0)
    assert (
        bring_in(
            by, "快报.csv", sheet("固定资产投资,云川市,2026年1-3月,52.1,亿元,6.2,初步,市统计局")
        ).unchanged
        == 1
    )
    bring_in(by, "定稿.csv", sheet("固定资产投资,云川市,2026年3月,52.4,亿元,6.3,最终,市统计局"))
    assert history() == [(2, True, Decimal("52.4"), "final"), (1, False, Decimal("52.1"), "provisional")]
    now = Value.objects.get(is_current=True)
    assert (now.growth, now.file.name, now.lineage) == (Decimal("6.3"), "定稿.csv", {"row": 2})


def test_a_number_withdrawn_is_unknown_again_and_one_that_never_was_is_left_out(city):
    by = city["tongji"]
    bring_in(by, "a.csv", sheet("用电量,松陂县,202603,8.1,亿千瓦时,,,", "用电量,松陂县,202604,—,亿千瓦时,,,"))
    assert Value.objects.count() == 1
    with pytest.raises(Refused, match="表里没有数值"):
        bring_in(by, "c.csv", sheet("用电量,青坞县,202604,,亿千瓦时,,,"))
    bring_in(by, "b.csv", sheet("用电量,松陂县,202603,…,亿千瓦时,,,", "用电量,松陂县,202604,9,亿千瓦时,,,"))
    assert history()[0][:3] == (2, True, None)
    assert (
        Value.objects.get(period=date(2026, 3, 1), is_current=True).why_null == "发布的表里没有这一期的数值。"
    )


def test_every_odd_cell_is_named_and_nothing_is_written(city):
    rows = [
        "投资,火星市,2026年3月,5,亿元,,,",
        "投资,云川市,三月,五,亿元,,,",
        "投资,云川市,2026-02,1e400,亿元,,毛估,",
        "投资,云川市,2026-01,7,亿元,,,",
    ]
    with pytest.raises(Refused) as refused:
        bring_in(city["tongji"], "错.csv", sheet(*rows))
    told = str(refused.value)
    for words in (
        "第 2 行“区划”",
        "第 3 行“期”",
        "第 3 行“数值”：“五”不是数",
        "第 4 行“数值”",
        "第 4 行“状态”",
    ):
        assert words in told
    assert not Series.objects.exists()


def test_the_same_number_twice_in_a_sheet_is_refused(city):
    with pytest.raises(Refused, match="与第 2 行是同一指标、区划和期"):
        bring_in(
            city["tongji"], "x.csv", sheet("投资,云川市,2026-02,1,亿元,,,", "投资,云川,2026年2月,2,亿元,,,")
        )


def test_a_workbook_with_months_of_its_own(city):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["指标", "区划", "期", "数值", "单位", "口径"])
        page.write_row(1, 0, ["社会消费品零售总额", "990100", "2026年2月", 31.5, "亿元", "当月"])
    bring_in(city["tongji"], "零售.xlsx", out.getvalue())
    series = Series.objects.get()
    assert (series.key, series.span, series.values.get().value) == (
        "社会消费品零售总额（当期）",
        "period",
        Decimal("31.5"),
    )


def test_a_sheet_without_the_needed_columns_is_told_which(city):
    with pytest.raises(Refused, match="表头缺少“区划、期”"):
        bring_in(city["tongji"], "x.csv", "指标,数值\n投资,1".encode())


def test_figures_as_sheets_print_them():
    assert figure_from("1,234.5", 6) == Decimal("1234.5")
    assert figure_from("-3.2%", 4) == Decimal("-3.2")
    assert figure_from("—", 6) is None
    with pytest.raises(ValueError, match="不是能用的数"):
        figure_from("NaN", 6)
