"""Codes and names of divisions, as they were in each year."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luodi.kernel.divisions import TABLE, divisions, short_name


def test_a_code_keeps_while_its_name_changes():
    before, after = divisions().at("420600", 2009), divisions().at("420600", 2011)
    assert before and after
    assert (before.name, before.until, after.name, after.since) == ("襄樊市", 2010, "襄阳市", 2010)


def test_in_the_year_of_a_change_both_names_are_known():
    assert [d.name for d in divisions().named("襄樊市", 2010)] == ["襄樊市"]
    assert [d.name for d in divisions().named("襄阳市", 2010)] == ["襄阳市"]
    assert divisions().named("襄樊市", 2011) == ()


def test_one_name_two_cities():
    assert [d.code for d in divisions().named("巢湖市", 2008)] == ["341400"]
    assert [d.code for d in divisions().named("巢湖市", 2020)] == ["340181"]


@pytest.mark.parametrize(
    ("code", "since", "heirs"),
    [
        ("610221", 2000, ["耀州区"]),  # 耀县 became a district of 铜川
        ("110103", 2005, ["东城区"]),  # 崇文区 was merged
        ("542400", 2015, ["那曲市"]),  # a prefecture under a new code
        ("341400", 2005, ["合肥市", "芜湖市", "马鞍山市"]),  # a prefecture that was divided
        ("610200", 1990, ["铜川市"]),  # still there
    ],
)
def test_what_became_of_a_division(code: str, since: int, heirs: list[str]):
    assert [d.name for d in divisions().successors(code, since)] == heirs


def test_parents_and_children():
    table = divisions()
    assert [d.name for d in table.children("610200", 2022)] == ["王益区", "印台区", "耀州区", "宜君县"]
    assert [d.name for d in table.ancestors("610204", 2022)] == ["铜川市", "陕西省"]
    directly = [d.name for d in table.children("420000", 2022)]
    assert "武汉市" in directly and "仙桃市" in directly and "江岸区" not in directly
    assert table.parent("110101", 2022) == table.at("110000", 2022)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("铜川市", "铜川"),
        ("甘孜藏族自治州", "甘孜"),
        ("黔西南布依族苗族自治州", "黔西南"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("东乡族自治县", "东乡"),
        ("耀县", "耀县"),
    ],
)
def test_the_name_people_say(name: str, short: str):
    assert short_name(name) == short


def test_a_spoken_name_is_found_within_its_parent():
    table = divisions()
    assert [d.code for d in table.named("甘孜州", 2021)] == ["513300"]
    assert [d.code for d in table.named("鼓楼区", 2021, within="320000")] == ["320106", "320302"]
    assert [d.name for d in table.named("耀州", 2022, within="610200")] == ["耀州区"]


def test_years_outside_the_table_take_its_nearest():
    table = divisions()
    assert table.at("610200", 2060) == table.at("610200") == table.at("610200", 1950)


def test_loading_is_quick_and_needs_no_framework():
    code = (
        "import sys, time; t = time.perf_counter(); from luodi.kernel.divisions import divisions; "
        "divisions(); print(time.perf_counter() - t, 'django' in sys.modules)"
    )
    seconds, django = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert django == "False"
    assert float(seconds) < 1  # some 25 ms on an idle machine


@pytest.mark.corpus
def test_the_table_is_what_the_source_says(shared: Path):
    latest = (shared / "corpus/reference/gbt2260_latest_2024.txt").read_text(encoding="utf-8")
    table = divisions()
    for line in latest.splitlines():
        code, name = line.split(maxsplit=1)
        division = table.at(code, 2024)
        assert division and division.name == name
    assert "CC0" in TABLE.read_text(encoding="utf-8")[:400]
