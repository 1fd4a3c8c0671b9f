"""Whose report it is, and for which year."""

from __future__ import annotations

from pathlib import Path

import pytest

from luodi.reading.about import division_of, title_of, year_of


def about(text: str) -> tuple[str | None, int | None, str | None]:
    title = title_of(text)
    year = year_of(text, title)
    division = division_of(text, title, year)
    return title, year, division.name if division else None


def test_title_without_date_and_speaker():
    assert about(
        "铜川市政府工作报告（2023年1月31日 某某某）\n——2023年1月31日在铜川市第十七届人民代表大会第三次会议上\n"
    ) == ("铜川市政府工作报告", 2023, "铜川市")


def test_a_report_given_in_december_plans_the_next_year():
    assert about("政府工作报告\n——2022年12月16日在银川市第十六届人民代表大会第二次会议上\n") == (
        "政府工作报告",
        2023,
        "银川市",
    )


def test_a_report_given_in_may_plans_its_own_year():
    assert about("政府工作报告\n2020年5月14日在成都市第十七届人民代表大会第三次会议上\n")[1:] == (
        2020,
        "成都市",
    )


def test_where_title_and_date_disagree_the_plan_decides():
    assert (
        about("2021年政府工作报告\n（2021年12月28日 某某）\n一、2021年工作回顾\n二、2022年工作安排\n")[1]
        == 2022
    )


def test_a_plan_without_a_title_names_its_year():
    assert about("2022年市政府工作的总体要求是：稳中求进。\n") == (None, 2022, None)


def test_years_in_chinese_and_wide_digits():
    assert about("政府工作报告\n——二○○五年三月五日在河北省第十届人民代表大会第三次会议上\n")[1:] == (
        2005,
        "河北省",
    )
    assert about("合肥市２００８年政府工作报告\n")[1:] == (2008, "合肥市")


def test_the_state_council_is_no_division():
    assert (
        about("政府工作报告\n——2023年3月5日在第十四届全国人民代表大会第一次会议上\n国务院总理 某某某\n")[2]
        is None
    )


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("2008年1月5日在襄樊市第十五届人民代表大会第一次会议上", "襄樊市"),
        ("2012年1月5日在襄阳市第十五届人民代表大会第一次会议上", "襄阳市"),
        ("2014年2月18日在大理白族自治州第十三届人民代表大会第二次会议上", "大理白族自治州"),
        ("2020年1月22日在黔西南州第八届人民代表大会第五次会议上", "黔西南布依族苗族自治州"),
        ("2022年1月8日在铜川市耀州区第十九届人民代表大会第一次会议上", "耀州区"),
        ("2022年1月8日在锡林郭勒盟第十九届人民代表大会第一次会议上", "锡林郭勒盟"),
    ],
)
def test_the_congress_says_whose_report_it_is(front: str, name: str):
    assert about(f"政府工作报告\n——{front}\n各位代表：\n")[2] == name


def test_a_name_that_several_places_share_is_decided_by_the_province_the_text_speaks_of():
    front = "政府工作报告\n——2022年1月8日在鼓楼区第十九届人民代表大会第一次会议上\n"
    nanjing, fuzhou = front + "我们对接江苏，融入南京。", front + "我们对接福建，融入福州。"
    codes = [
        division.code for text in (nanjing, fuzhou) if (division := division_of(text, "政府工作报告", 2022))
    ]
    assert codes == ["320106", "350102"]


@pytest.mark.corpus
def test_real_reports_are_dated_right(shared: Path):
    for path in sorted(shared.glob("corpus/reports/*.txt")):
        text = path.read_text(encoding="utf-8")
        title, year, division = about(text)
        assert year == int(path.name[:4]), path.name
        assert title, path.name
        assert (division is None) == ("state-council" in path.name), path.name
