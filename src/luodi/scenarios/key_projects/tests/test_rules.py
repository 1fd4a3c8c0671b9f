"""Lights of projects under published rules, what follows reds in a row, and the rules of public money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.assessment.lights import Light, presets
from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.shape import values_of
from luodi.scenarios.key_projects import rules
from luodi.scenarios.key_projects.rules import Facts, Node, ceremony, fund_standing, light_of, payment_faults
from luodi.shapes.projects.rules import Pace

WAN = 1_000_000


def values(key):
    about = declaration.declared()[key]
    return values_of(about.shape, about.seeds[-1].content)


OWN, FUNDS = values(rules.LIGHTS), values(rules.FUNDS)
GENERAL, YINCHUAN, SANYA, WUHAN = (presets()[code] for code in ("", "640100", "460200", "420100"))
SUGGESTED = rules.suggested_rule(OWN, "建议档次")


def done(percents, plan=1200 * WAN, task=()):
    """A pace whose cumulated shares of the plan are given month by month from January."""
    return Pace(
        2026,
        plan,
        plan,
        {date(2026, at, 1): plan * share // 100 for at, share in enumerate(percents, start=1)},
        task,
    )


def lit(facts, rule, month=6):
    return light_of(facts, date(2026, month, 1), rule, OWN)


@pytest.mark.parametrize(
    ("rule", "share", "light"),
    [
        (SUGGESTED, 50, Light.GREEN), (SUGGESTED, 49, Light.YELLOW), (SUGGESTED, 40, Light.YELLOW), (SUGGESTED, 39, Light.RED),
        (YINCHUAN, 50, Light.GREEN), (YINCHUAN, 40, Light.YELLOW), (YINCHUAN, 20, Light.YELLOW), (YINCHUAN, 19, Light.RED),
        (SANYA, 49, Light.YELLOW), (SANYA, 25, Light.YELLOW), (SANYA, 24, Light.RED),
        (WUHAN, 40, Light.GREEN), (WUHAN, 39, Light.YELLOW), (WUHAN, 30, Light.YELLOW), (WUHAN, 29, Light.RED),
    ],
)  # fmt: skip
def test_half_a_year_under_four_rules(rule, share, light):
    """At the end of June time is 50 %: 银川 10 and 30 points, 三亚 half of it, 武汉 80 and 60 per cent of it."""
    assert lit(Facts(Pace(2026, 1200, 1200, {date(2026, 6, 1): 12 * share})), rule).light == light


def test_a_start_overdue_turns_red_whatever_the_pace():
    facts = Facts(done([10, 20, 30, 40, 50, 60]), (Node("start", date(2026, 6, 10), None),))
    assert lit(facts, SUGGESTED).light == Light.RED
    assert "已逾期 20 天" in lit(facts, SUGGESTED).reasons[0]
    excused = Facts(facts.pace, (Node("start", date(2026, 6, 10), None, has_reason=True),))
    assert lit(excused, SUGGESTED).light == Light.GREEN
    fifteen = Facts(facts.pace, (Node("start", date(2026, 6, 15), None),))
    assert lit(fifteen, SUGGESTED).light == Light.GREEN, "fifteen days are not over fifteen days"


def test_statistics_late_under_yinchuan():
    def entry(started, entered=None):
        return lit(Facts(done([20, 40, 60, 70, 80, 90]), (Node("entry", started, entered),)), YINCHUAN).light

    assert entry(date(2026, 6, 5)) == Light.GREEN
    assert entry(date(2026, 5, 20)) == Light.YELLOW
    assert entry(date(2026, 4, 20)) == Light.RED
    late = lit(Facts(done([20, 40, 60, 70, 80, 90]), (Node("entry", date(2026, 4, 20), None),)), YINCHUAN)
    assert late.reasons == ("入库纳统：应于 2026-04-20 达到，已过 71 天，超过 2 个月为红灯。",)
    assert entry(date(2026, 4, 20), date(2026, 6, 1)) == Light.GREEN


def test_an_expired_paper_is_red():
    facts = Facts(done([20, 40, 60, 70, 80, 90]), (), (("建设用地规划许可证", date(2026, 6, 3)),))
    assert lit(facts, GENERAL).light == Light.RED
    assert lit(facts, GENERAL, month=5).light == Light.GREEN


def test_reds_in_a_row_lead_to_a_letter_and_then_to_supervision():
    facts = Facts(done([9, 18, 26, 15, 16, 17]))
    assert [lit(facts, SUGGESTED, month).red_months for month in (3, 4, 5, 6)] == [0, 1, 2, 3]
    assert [lit(facts, SUGGESTED, month).advice for month in (4, 5, 6)] == [
        "", "连续 2 个月红灯，建议发提醒函", "连续 3 个月红灯，建议督办",
    ]  # fmt: skip


def test_a_plan_by_months_is_what_a_new_start_is_measured_by():
    task = (0, 0, 0, 100, 200, 300, 500, 700, 900, 1000, 1100, 1200)
    behind_the_year = Facts(Pace(2026, 1200, 1200, {date(2026, 6, 1): 300}, task))
    assert lit(behind_the_year, SUGGESTED).light == Light.GREEN
    assert lit(Facts(Pace(2026, 1200, 1200, {date(2026, 6, 1): 300})), SUGGESTED).light == Light.RED


def test_without_plan_or_node_there_is_no_light():
    assert lit(Facts(Pace(2026, None, None, {})), GENERAL).light == Light.NONE


def test_a_payment_keeps_to_the_grant_and_to_the_works():
    given = {
        "granted_fen": 1000 * WAN,
        "granted_on": date(2026, 3, 1),
        "paid_fen": 600 * WAN,
        "started_on": date(2026, 4, 1),
    }
    assert payment_faults(400 * WAN, date(2026, 5, 1), **given) == []
    assert payment_faults(401 * WAN, date(2026, 5, 1), **given) == [
        "累计拨付 1,001 万元，超过下达的 1,000 万元。"
    ]
    assert payment_faults(1, date(2026, 2, 1), **given) == [
        "拨付 2026-02-01 早于下达 2026-03-01。",
        "项目还没有开工，资金应按工程进度拨付。",
    ]
    assert "还没有下达" in payment_faults(1, date(2026, 5, 1), None, None, 0, date(2026, 4, 1))[0]
    assert "要大于 0" in payment_faults(0, date(2026, 5, 1), **given)[0]


def test_a_fund_is_red_when_it_is_not_paid_out_or_not_begun():
    def standing(paid, today, started=date(2026, 3, 1)):
        return fund_standing(1000, date(2026, 2, 1), paid, started, today, FUNDS)

    assert standing(0, date(2026, 7, 31)).light == Light.GREEN
    late = standing(290, date(2026, 8, 1))
    assert (late.light, late.paid_share, late.asked_share) == (Light.RED, 29, Decimal(30))
    assert standing(300, date(2026, 8, 1)).light == Light.GREEN
    assert standing(0, date(2026, 5, 2), started=None).faults == (
        "应于下达后 3 个月内（2026-05-01 前）开工，至今未开工。",
    )
    assert fund_standing(None, None, 0, None, date(2026, 8, 1), FUNDS).light == Light.NONE


def test_a_ceremony_is_no_start():
    held = ceremony(
        date(2026, 3, 26),
        [("甲", date(2026, 3, 20), True), ("乙", date(2026, 4, 10), True), ("丙", date(2026, 4, 11), True), ("丁", None, False), ("戊", date(2026, 3, 1), False)],
        OWN["ceremony_days"],
    )  # fmt: skip
    assert (held.announced, held.started, held.without_evidence) == (5, 2, ("丙", "丁", "戊"))
