"""By when a clause is to be done, in a plan for 2022."""

from __future__ import annotations

import pytest

from luodi.reading.deadlines import find_deadline, find_period


@pytest.mark.parametrize(
    ("clause", "deadline"),
    [
        ("年底前建成投用", "2022-12-31"),
        ("确保工程年内动工", "2022-12-31"),
        ("上半年完成招标", "2022-06-30"),
        ("一季度开工项目50个", "2022-03-31"),
        ("第三季度末交付使用", "2022-09-30"),
        ("6月底前全部整改到位", "2022-06-30"),
        ("7月份前投入使用", "2022-06-30"),
        ("12月上旬举办", "2022-12-10"),
        ("5月建成投产", "2022-05-31"),
        ("9月30日前销号", "2022-09-30"),
        ("“七一”前对外开放", "2022-06-30"),
        ("国庆节前通车", "2022-09-30"),
        ("元旦前兑付到位", "2022-12-31"),
        ("明年竣工验收", "2023-12-31"),
        ("明年6月底前通车", "2023-06-30"),
        ("两年内基本消除黑臭水体", "2023-12-31"),
        ("用5年时间建成", "2026-12-31"),
        ("到2025年，建成国家公园", "2025-12-31"),
        ("到“十四五”末，森林覆盖率稳步提高", "2025-12-31"),
        ("6月底前开工，年底前建成", "2022-12-31"),
        ("３月底前出台方案", "2022-03-31"),
        ("确保2024年建成通车", "2024-12-31"),
    ],
)
def test_the_last_day_in_time(clause: str, deadline: str):
    assert find_deadline(clause, 2022) == deadline


@pytest.mark.parametrize(
    "clause",
    [
        "全年新增就业3万人",
        "2022年新建停车位1万个",
        "完成2021年度任务清算",
        "春节前兑付农民工工资",
        "汛期前完成水毁修复",
        "每季度观摩一次",
        "2月30日前完成",
        "打造15分钟生活圈",
        "年内涵养人才队伍",
        "推进前期工作",
        "补贴毕业5年内的高校毕业生",
        "筹备2024年世界园艺博览会",
        "编制《国土空间规划（2021—2035年）》",
    ],
)
def test_what_names_no_day(clause: str):
    assert find_deadline(clause, 2022) is None


def test_a_review_has_no_deadline():
    assert find_deadline("年底前建成投用", 2022, "review") is None


def test_without_the_plans_year_only_a_stated_year_tells():
    assert find_deadline("年底前建成", None) is None
    assert find_deadline("2025年底前建成", None) == "2025-12-31"


@pytest.mark.parametrize(
    ("clause", "period"),
    [
        ("一季度开工率超70%", "2022Q1"),
        ("上半年增长5%", "2022-06"),
        ("13所学校7月份前投入使用", "2022-07"),
        ("到2025年，上市企业达到40家", "2025"),
        ("到“十四五”末，总量进入50强", "2025"),
        ("两年内新增床位2000张", "2023"),
        ("展望2035年，人均收入再翻一番", "2035"),
        ("年底前新增床位500张", None),
        ("全年新增床位500张", None),
        ("2022年新增床位500张", None),
    ],
)
def test_the_stretch_a_figure_is_for(clause: str, period: str | None):
    assert find_period(clause, 2022) == period
