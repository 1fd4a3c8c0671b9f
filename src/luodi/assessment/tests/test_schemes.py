"""Published schemes and their published figures, and what each method promises. Sources stand in the domain's lists."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.assessment.schemes import (
    Adjustment,
    Band,
    Entry,
    Event,
    Given,
    Grade,
    Indicator,
    Scheme,
    Veto,
    faults,
    score,
)
from luodi.assessment.schemes.methods import rounded
from luodi.assessment.schemes.ranking import moved, ranks_of
from luodi.assessment.schemes.trying import firmness, moves, with_weights


def entry(key, *, group="", peers="", events=(), last=None, **values):
    known = {name: Given(None if value is None else D(str(value))) for name, value in values.items()}
    return Entry(key, key, group, peers, known, tuple(events), last or {})


def scheme(*indicators, **told):
    return Scheme(
        "测试办法", False, indicators, **{"full": sum((i.weight for i in indicators), D(0)), **told}
    )


def one(found, key):
    return next(each for each in found if each.entry.key == key)


def ratio(key, weight, target, **told):
    return Indicator(key, key, D(str(weight)), "ratio", target=D(str(target)), **told)


HUANGYAN = scheme(
    ratio("tax", 30, "24.097"), ratio("added", 20, "136.16"), ratio("energy", 20, "2.694"),
    ratio("emission", 10, "4929.81", missing="mean"), ratio("labour", 10, "18.14"), ratio("rd", 10, "0.0302"),
)  # fmt: skip
BASE = {
    "tax": "24.097",
    "added": "136.16",
    "energy": "2.694",
    "emission": "4929.81",
    "labour": "18.14",
    "rd": "0.0302",
}
OTHER = {"tax": "30", "added": "120", "energy": "2.0", "emission": "6000", "labour": "20", "rd": "0.02"}


def test_huangyan_gives_100_at_its_baselines_and_9964_for_the_worked_case():
    found = score(HUANGYAN, [entry("基准", **BASE), entry("算例", **OTHER)])
    assert [(each.entry.key, each.score, each.rank) for each in found] == [
        ("基准", D("100.00"), 1),
        ("算例", D("99.64"), 2),
    ]
    tax = found[1].items[0]
    assert tax.words == "30 ÷ 24.097 × 30 = 37.349"
    assert found[1].words == "37.349 + 17.6263 + 14.8478 + 12.1709 + 11.0254 + 6.6225 = 99.64"


def test_huangyan_small_firms():
    small = scheme(ratio("tax", 50, "11.5932"), ratio("power", 50, "0.2352"))
    found = score(
        small, [entry("基准", tax="11.5932", power="0.2352"), entry("一半", tax="5.7966", power="0.2352")]
    )
    assert [each.score for each in found] == [D("100.00"), D("75.00")]


def test_without_emission_data_the_mean_of_the_trade_counts():
    members = [
        entry("甲", peers="C26", **BASE), entry("乙", peers="C26", **{**BASE, "emission": "9859.62"}),
        entry("丙", peers="C26", **{**BASE, "emission": None}), entry("丁", peers="C31", **{**BASE, "emission": None}),
    ]  # fmt: skip
    found = score(HUANGYAN, members)
    third = one(found, "丙").items[3]
    assert (third.points, third.flag) == (D("15.0000"), "缺数")
    assert third.words == "缺数，取C26 2 个的平均分 15"
    assert one(found, "丁").items[3].words == "缺数，取全组 2 个的平均分 15"


def test_jingde_scales_between_least_and_greatest_from_a_floor_of_20():
    """旌德: weight × [20 + 80 × (x − min) ÷ (max − min)] ÷ 100."""
    jingde = scheme(
        Indicator("tax", "亩均税收", D(40), "efficacy", floor=D(20)),
        Indicator("rd", "研发", D(60), "efficacy", floor=D(20)),
    )
    found = score(jingde, [entry("甲", tax=10, rd=4), entry("乙", tax=5, rd=4), entry("丙", tax=0, rd=2)])
    assert one(found, "甲").score == D("100.00")
    assert one(found, "乙").score == D("84.00")  # 40 × [20 + 80 × 5/10]% + 60
    assert one(found, "丙").score == D("20.00")
    assert one(found, "乙").items[0].words == "40 × [20% + 80% × （5 − 0） ÷ （10 − 0）] = 24"


def test_least_equal_to_greatest_gives_the_full_weight_and_says_so():
    found = score(scheme(Indicator("x", "x", D(40), "minmax")), [entry("甲", x=3), entry("乙", x=3)])
    assert [each.score for each in found] == [D("40.00")] * 2
    assert found[0].items[0].flag == "最大与最小相同，没有区分度"


def test_an_anhui_city_grades_by_place_and_manages_some_as_b():
    """A first 25 %, B to 70 %, C to 95 %, D the last 5 %; utilities, start-ups and the like get no grade."""
    grades = (
        Grade("A", "优先发展", D(25)),
        Grade("B", "鼓励提升", D(70)),
        Grade("C", "规范转型", D(95)),
        Grade("D", "调控帮扶", D(100)),
    )
    city = scheme(
        ratio("tax", 100, 10), grades=grades,
        vetoes=(Veto("startup", "初创期", "managed", "B"), Veto("accident", "较大安全事故", "grade", "D"), Veto("listed", "上市企业", "grade", "A")),
    )  # fmt: skip
    members = [entry(f"{n:02}", tax=21 - n) for n in range(1, 21)]
    members += [entry("初创", tax=1, events=[Event("startup", says="2025年投产")])]
    found = score(city, members)
    assert "".join(each.grade for each in found) == "A" * 5 + "B" * 9 + "C" * 5 + "D" + "B"
    new = one(found, "初创")
    assert (new.rank, new.of, new.why_unranked) == (None, 20, "初创期（2025年投产），不评档")
    hit = score(
        city,
        [*members[:19], entry("20", tax=1), entry("99", tax=99, events=[Event("accident"), Event("listed")])],
    )
    assert (hit[0].rank, hit[0].grade, hit[0].decided) == (1, "D", "较大安全事故，直接定为 D 档")


def test_those_tied_at_a_cut_off_get_the_better_grade():
    half = scheme(ratio("x", 10, 10), grades=(Grade("A", until=D(50)), Grade("B", until=D(100))))
    found = score(half, [entry("甲", x=9), entry("乙", x=8), entry("丙", x=8), entry("丁", x=1)])
    assert [(each.rank, each.grade) for each in found] == [(1, "A"), (2, "A"), (2, "A"), (4, "B")]


def test_the_2024_bulletin_of_investment():
    """[(signed 28 ÷ 27) × 50 % + (177.7 ÷ 54) × 50 %] × 0.5; −0.1 for each past its start limit, −0.2 for each falsified."""
    bulletin = scheme(
        ratio("count", "0.25", 27), ratio("sum", "0.25", 54),
        adjustments=(Adjustment("late", "超时限未开工", D("-0.1")), Adjustment("false", "弄虚作假", D("-0.2"))), places=4, point_places=6,
    )  # fmt: skip
    found = score(
        bulletin,
        [
            entry("某县", count=28, sum="177.7"),
            entry("受罚", count=28, sum="177.7", events=[Event("late", D(3)), Event("false")]),
        ],
    )
    exact = (Fraction(28, 27) / 2 + Fraction("177.7") / 54 / 2) / 2
    assert found[0].score == rounded(exact) == D("1.0819")
    assert found[1].score == D("0.5819")
    assert [each.words for each in found[1].extras] == ["3 × -0.1 = -0.3", "1 × -0.2 = -0.2"]


def test_yulin_scores_rates_of_investment_up_to_their_weight():
    yulin = scheme(
        *(
            ratio(key, weight, 1, most=D(1))
            for key, weight in (("kept", 10), ("begun", 20), ("arrived", 35), ("amount", 35))
        )
    )
    found = score(yulin, [entry("县", kept="0.9", begun="0.75", arrived="0.4", amount="1.2")])
    assert found[0].score == D("73.00")  # 9 + 15 + 14 + 35
    assert found[0].items[3].words == "1.2 ÷ 1 × 35 = 42，封顶 1 倍权重 = 35"


def test_yanan_scores_projects():
    """延安, January to May 2017: points for what a project is, its year's plan, its pace and its events."""
    yanan = scheme(
        Indicator("new", "新开工", D(0), "each", step=D(5)), Indicator("carried", "续建", D(0), "each", step=D(2)),
        Indicator("plan", "年度投资", D(0), "bands", unit="亿元"), Indicator("trade", "产业", D(0), "each", step=D(15)),
        Indicator("pace", "进度", D(60), "ratio", target=D(1)), full=D(60),
        bands=(Band("plan", D(10), D(20)), Band("plan", D(5), D(10)), Band("plan", D(1), D(6)), Band("plan", None, D(3))),
        adjustments=(
            Adjustment("province", "省考核项目", D(20)), Adjustment("start", "集中开工活动", D(30), most=D(120)),
            Adjustment("blamed", "市通报批评", D(-5), least=D(-20)),
        ),
    )  # fmt: skip
    projects = [
        entry("甲", new=1, carried=0, plan="12", trade=1, pace="0.5"),
        entry(
            "乙",
            new=0,
            carried=1,
            plan="0.8",
            trade=0,
            pace="0.3",
            events=[Event("blamed", D(6)), Event("start", D(5))],
        ),
    ]
    found = score(yanan, projects)
    assert one(found, "甲").score == D("70.00")  # 5 + 20 + 15 + 60 × 0.5
    assert one(found, "乙").score == D("123.00")  # 2 + 3 + 60 × 0.3 + 120 − 20
    assert [each.words for each in one(found, "乙").extras] == [
        "5 × 30 = 150，最多 120",
        "6 × -5 = -30，最少 -20",
    ]
    assert faults(yanan) == []


def test_chuzhou_weighs_level_and_growth_and_counts_points_above_the_city():
    """滁州: efficacy from 60, level 40 %, growth 60 %; ±0.1 for each 0.1 point beside the city; talks −0.5, −1."""
    chuzhou = scheme(
        Indicator("level", "总量", D(40), "efficacy", floor=D(60)), Indicator("growth", "增速", D(60), "efficacy", floor=D(60)),
        adjustments=(Adjustment("above", "高于全市", D("0.1")), Adjustment("talk", "月度约谈", D("-0.5")), Adjustment("quarter", "季度约谈", D(-1))),
    )  # fmt: skip
    found = score(
        chuzhou,
        [
            entry("甲", level=100, growth="9.0", events=[Event("above", D(8))]),
            entry("乙", level=50, growth="8.2", events=[Event("talk"), Event("quarter")]),
            entry("丙", level=0, growth="5.0"),
        ],
    )
    assert one(found, "甲").score == D("100.80")
    assert one(found, "乙").score == D("85.70")  # 40 × 80 % + 60 × (60 + 40 × 3.2/4) % − 1.5
    assert one(found, "丙").score == D("60.00")


def test_weinan_and_linyi_are_weights():
    """渭南: tasks 80 (year's end 70 %, everyday 30 %) and society 20. 临沂: indicators 80, visits 20."""
    weinan = scheme(
        *(
            ratio(key, weight, 100, most=D(1))
            for key, weight in (("end", 56), ("everyday", 24), ("society", 20))
        )
    )
    assert score(weinan, [entry("县", end=90, everyday=80, society=95)])[0].score == D("88.60")
    linyi = scheme(
        Indicator("i", "指标", D(80), "efficacy", floor=D(60), low=D(0), high=D(10)), ratio("visit", 20, 100)
    )
    assert score(linyi, [entry("县", i=5, visit=90)])[0].score == D("82.00")  # 80 × 80 % + 18


def test_a_district_starts_from_100_and_loses_points():
    district = Scheme(
        "督查考核", False, (ratio("leader", 20, 100),), full=D(20), start=D(80),
        adjustments=(Adjustment("no_plan", "没有方案", D(-10)), Adjustment("no_stage", "没有阶段目标", D(-5)), Adjustment("missing", "缺报", D(-10)), Adjustment("empty", "空泛反馈", D(-5))),
        least=D(0),
    )  # fmt: skip
    found = score(
        district, [entry("局", leader=90, events=[Event("no_plan"), Event("missing", D(2)), Event("empty")])]
    )
    assert found[0].score == D("63.00")
    assert score(district, [entry("局", leader=0, events=[Event("missing", D(9))])])[0].score == D("0.00")


def test_striving_for_places_and_all_or_nothing():
    """争先进位: the best all, the second 95 %, the third 90 %; 目标完成: all or nothing. Growth of GDP: 4 for reaching, up to 6."""
    monthly = scheme(
        Indicator("reach", "GDP增速达标", D(4), "reached", target=D(8)),
        Indicator("gdp", "GDP增速", D(6), "rank", step=D(5)),
    )
    found = score(
        monthly,
        [
            entry("甲", reach="8.5", gdp="8.5"),
            entry("乙", reach="8.0", gdp="8.0"),
            entry("丙", reach="7.9", gdp="7.9"),
        ],
    )
    assert [each.score for each in found] == [D("10.00"), D("9.70"), D("5.40")]


def test_places_without_a_step_run_from_all_to_nothing_and_ties_share():
    by_place = scheme(Indicator("x", "x", D(100), "rank"))
    found = score(
        by_place, [entry("甲", x=9), entry("乙", x=7), entry("丙", x=7), entry("丁", x=5), entry("戊", x=1)]
    )
    assert [each.score for each in found] == [D("100.00"), D("75.00"), D("75.00"), D("25.00"), D("0.00")]


def test_a_range_is_full_inside_and_falls_outside():
    near = scheme(Indicator("x", "库款倍数", D(10), "interval", better="near", low=D("0.3"), high=D("0.8")))
    assert [score(near, [entry("县", x=x)])[0].score for x in ("0.5", "0.9", "0.05", "2")] == [
        D("10.00"),
        D("8.00"),
        D("5.00"),
        D("0.00"),
    ]


def test_standard_scores_are_symmetric():
    z = scheme(Indicator("x", "x", D(100), "zscore"))
    found = score(z, [entry("甲", x=1), entry("乙", x=2), entry("丙", x=3)])
    assert [each.score for each in found] == [D("62.25"), D("50.00"), D("37.75")]


def test_less_is_better():
    down = scheme(
        ratio("energy", 10, 5, better="down", most=D("1.5")),
        Indicator("air", "x", D(10), "efficacy", better="down", floor=D(60)),
    )
    found = score(down, [entry("甲", energy=4, air=20), entry("乙", energy=10, air=40)])
    assert (one(found, "甲").score, one(found, "乙").score) == (D("22.50"), D("11.00"))


def test_goal_posts_are_passed_only_as_far_as_a_cap_allows():
    posts = {"low": D(5), "high": D(9), "floor": D(60)}
    capped = scheme(
        Indicator("x", "x", D(10), "efficacy", **posts),
        Indicator("y", "y", D(10), "efficacy", most=D("1.2"), **posts),
    )
    assert score(capped, [entry("县", x=10, y=10)])[0].score == D("21.00")
    assert score(capped, [entry("县", x=3, y=3)])[0].score == D("8.00")


def test_missing_data_by_every_rule():
    def with_rule(rule, **told):
        return scheme(
            ratio("a", 60, 1), Indicator("b", "b", D(40), "ratio", target=D(1), missing=rule, **told)
        )

    missing = [entry("县", a=1, b=None, last={"b": D(30)})]
    assert score(with_rule("zero"), missing)[0].score == D("60.00")
    assert score(with_rule("last"), missing)[0].score == D("88.50")  # 60 + 30 × 0.95
    assert score(with_rule("skip"), missing)[0].score == D("100.00")
    assert score(with_rule("full"), missing)[0].score == D("100.00")
    assert score(with_rule("deduct", penalty=D(3)), missing)[0].score == D("57.00")
    assert score(with_rule("skip"), missing)[0].words == "（60） × 100 ÷ 60 = 100.00"


def test_too_little_known_is_not_ranked():
    strict = scheme(ratio("a", 80, 1), ratio("b", 20, 1), missing_most=D(10))
    found = score(strict, [entry("甲", a=1, b=1), entry("乙", a=1, b=None)])
    assert (found[1].rank, found[1].why_unranked) == (None, "缺数指标的权重 20 ÷ 100 超过 10%，不排名")


def test_negative_tax_is_nothing_and_a_cap_is_a_cap():
    """A refund larger than the tax does not take points from other indicators; 1.5 times the weight is the most."""
    capped = scheme(ratio("tax", 30, 10, most=D("1.5")))
    assert [score(capped, [entry("企业", tax=tax)])[0].score for tax in (-5, 10, 100)] == [
        D("0.00"),
        D("30.00"),
        D("45.00"),
    ]


def test_a_group_with_one_member_has_no_winner():
    few = scheme(ratio("x", 10, 10), fewest=3)
    found = score(
        few,
        [
            entry("甲", group="区", x=9),
            entry("乙", group="县", x=1),
            entry("丙", group="县", x=2),
            entry("丁", group="县", x=3),
        ],
    )
    alone = one(found, "甲")
    assert (alone.rank, alone.why_unranked) == (None, "同组只有 1 个，少于 3 个，不排名")
    assert [each.rank for each in found if each.entry.group == "县"] == [1, 2, 3]


def test_groups_have_their_own_weights():
    """一区一策: districts and counties are judged by different weights and ranked apart."""
    apart = Scheme(
        "分类",
        False,
        (ratio("gdp", 100, 1, group="区"), ratio("gdp", 40, 1, group="县"), ratio("farm", 60, 1, group="县")),
    )
    found = score(apart, [entry("甲区", group="区", gdp=1), entry("乙县", group="县", gdp=1, farm="0.5")])
    assert {each.entry.key: (each.score, each.rank) for each in found} == {
        "乙县": (D("70.00"), 1),
        "甲区": (D("100.00"), 1),
    }
    assert faults(apart, ["区", "县"]) == []
    assert faults(apart) == ["权重合计 0，应为 100。"]


def test_a_veto_counts_for_nothing_else():
    veto = scheme(
        ratio("x", 100, 1), vetoes=(Veto("env", "环保一票否决", "zero"), Veto("safe", "安全一票否决", "out"))
    )
    found = score(
        veto,
        [
            entry("甲", x=1, events=[Event("env", says="中央督察通报")]),
            entry("乙", x="0.5"),
            entry("丙", x=1, events=[Event("safe")]),
        ],
    )
    assert (one(found, "甲").score, one(found, "甲").rank) == (D("0.00"), 2)
    assert one(found, "甲").decided == "一票否决：环保一票否决（中央督察通报），总分记零"
    assert (one(found, "丙").rank, one(found, "丙").score) == (None, D("100.00"))


def test_geometric_mean_shows_that_strength_does_not_buy_weakness():
    parts = (ratio("a", 50, 1), ratio("b", 50, 1))
    even, uneven = entry("匀", a="0.5", b="0.5"), entry("偏", a="0.9", b="0.1")
    assert {each.score for each in score(scheme(*parts), [even, uneven])} == {D("50.00")}
    assert [each.score for each in score(scheme(*parts, combine="geometric"), [even, uneven])] == [
        D("50.00"),
        D("30.00"),
    ]


def test_extremes_give_way_when_there_are_twenty():
    cut = scheme(Indicator("x", "x", D(100), "minmax"), winsor_from=20)
    members = [entry(f"{n:02}", x=n) for n in range(1, 20)] + [entry("20", x=1000)]
    found = score(cut, members)
    assert [one(found, key).score for key in ("19", "20", "01")] == [D("100.00"), D("100.00"), D("0.00")]
    plain = score(scheme(Indicator("x", "x", D(100), "minmax")), members)
    assert one(plain, "19").score == D("1.80")


def test_a_scheme_that_can_not_be_used_says_why():
    bad = Scheme(
        "坏", False,
        (ratio("a", 50, 1), Indicator("b", "b", D(30), "bands"), Indicator("c", "c", D(10), "efficacy", low=D(9), high=D(5)), Indicator("d", "d", D(1), "ratio")),
        vetoes=(Veto("v", "否决", "grade", "E"),), grades=(Grade("A", until=D(50)), Grade("B", until=D(90))),
    )  # fmt: skip
    assert faults(bad) == [
        "权重合计 91，应为 100。", "“b”按分段计分，没有写分段。", "“c”的下限 9 不低于上限 5。", "“d”按完成比例计分，没有写目标或基准。",
        "“否决”要定的档次“E”不在所列档次之中。", "各档的名次累计应从小到大，最后一档到 100%。",
    ]  # fmt: skip


def test_changing_a_weight_says_who_would_move():
    before = scheme(ratio("tax", 50, 1), ratio("rd", 50, 1))
    members = [
        entry("重税", tax="1", rd="0.2"),
        entry("重研", tax="0.3", rd="0.8"),
        entry("平", tax="0.1", rd="0.1"),
    ]
    found = moves(members, before, with_weights(before, {"tax": D(20), "rd": D(80)}))
    assert [(each.after.entry.key, each.places) for each in found if each.is_moved] == [
        ("重研", 1),
        ("重税", -1),
    ]


def test_firmness_is_the_same_for_everybody_and_tells_loose_places():
    close = scheme(ratio("a", 50, 1), ratio("b", 50, 1))
    found = score(
        close, [entry("甲", a="0.9", b="0.5"), entry("乙", a="0.5", b="0.89"), entry("丙", a="0.1", b="0.1")]
    )
    firm = {each.scored.entry.key: (each.best, each.worst) for each in firmness(found)}
    assert firm == {"甲": (1, 2), "乙": (1, 2), "丙": (3, 3)}
    assert firmness(found) == firmness(found)


def test_change_against_last_time():
    assert moved({"甲": 1, "乙": 3, "丙": None, "丁": 2}, {"甲": 4, "乙": 1, "丙": 2}) == {
        "甲": 3,
        "乙": -2,
        "丙": None,
        "丁": None,
    }


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=30))
def test_ranks_are_one_more_than_those_better(values):
    assert ranks_of([D(v) for v in values]) == [1 + sum(other > v for other in values) for v in values]


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_half_up_by_hand(exact, places):
    found = Fraction(rounded(exact, places))
    assert abs(found - exact) * 2 * 10**places <= 1
    if abs(found - exact) * 2 * 10**places == 1:
        assert abs(found) > abs(exact)


@pytest.mark.parametrize("order", [1, -1])
def test_results_do_not_depend_on_the_order_of_members(order):
    members = [entry(f"{n:02}", **{**BASE, "tax": 10 + n % 7}) for n in range(30)][::order]
    assert [each.entry.key for each in score(HUANGYAN, members)] == [
        each.entry.key for each in score(HUANGYAN, members[::-1])
    ]
