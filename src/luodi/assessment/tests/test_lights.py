"""The same year under the published rules of different places: they disagree, and each says its arithmetic."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luodi.assessment.lights import Light, Lit, Month, milestone_light, pace_light, presets, replay

D = Decimal
YINCHUAN, SANYA, WUHAN, XINHUANG, XUANCHENG, OUHAI = (
    "640100",
    "460200",
    "420100",
    "431227",
    "341800",
    "330304",
)


def at(month, done, plan=120, **more):
    return Month(date(2026, month, 1), D(plan), None if done is None else D(str(done)), **more)


def own(month, delivered, asked=10):
    return Month(date(2026, month, 1), D(120), None, asked=D(asked), delivered=D(str(delivered)))


def light(place, *history):
    return pace_light(history, presets()[place]).light


def test_the_published_presets_are_here_and_none_passes_as_checked():
    rules = presets()
    assert set(rules) == {"", YINCHUAN, SANYA, WUHAN, XINHUANG, XUANCHENG, OUHAI}
    assert not any(rule.verified for rule in rules.values())
    assert pace_light([at(6, 50)], rules[WUHAN]).rule == "武汉市重大项目办法［未核实］"


@pytest.mark.parametrize(
    ("done", "expected"),
    [(60, Light.GREEN), (48, Light.YELLOW), (24, Light.YELLOW), (23.9, Light.RED), (54, Light.NONE)],
)
def test_yinchuan_counts_percentage_points_below_the_pace_and_leaves_a_stretch_unsaid(done, expected):
    """June of 120: time asks for 50 %. 48 is 40 %: 10 points below."""
    lit = pace_light([at(6, done)], presets()[YINCHUAN])
    assert lit.light == expected
    if expected == Light.NONE:
        assert "没有写这一段" in lit.why


@pytest.mark.parametrize(
    ("done", "expected"), [(60, Light.GREEN), (59.9, Light.YELLOW), (30, Light.YELLOW), (29.9, Light.RED)]
)
def test_sanya_counts_the_share_below_the_pace(done, expected):
    assert light(SANYA, at(6, done)) == expected


def test_sanya_two_months_behind_in_a_row_are_red():
    rule = presets()[SANYA]
    lit = pace_light([at(5, 49), at(6, 59)], rule)
    assert lit.light == Light.RED
    assert lit.why.endswith("；已连续 2 个月未完成，满 2 个月为红灯。")
    assert pace_light([at(4, 39), at(5, 50), at(6, 59)], rule).light == Light.YELLOW


@pytest.mark.parametrize(
    ("done", "expected"), [(48, Light.GREEN), (47.9, Light.YELLOW), (36, Light.YELLOW), (35.9, Light.RED)]
)
def test_wuhan_takes_eighty_and_sixty_percent_of_the_pace(done, expected):
    assert light(WUHAN, at(6, done)) == expected


@pytest.mark.parametrize(
    ("delivered", "expected"), [(8, Light.GREEN), (7.9, Light.BLUE), (6, Light.BLUE), (5.9, Light.YELLOW)]
)
def test_xinhuang_looks_at_the_months_own_task(delivered, expected):
    assert light(XINHUANG, own(6, delivered)) == expected


def test_xuancheng_asks_for_eleven_twelfths_by_the_end_of_november():
    assert light(XUANCHENG, at(11, 110)) == Light.GREEN  # 91.67 %
    lit = pace_light([at(11, 109.9)], presets()[XUANCHENG])
    assert lit.light == Light.YELLOW
    assert lit.why == "完成 109.9 ÷ 全年 120 = 91.6%，时间进度 91.7%，低 0.1 个百分点，超过 0 为黄灯。"


def test_ouhai_a_red_that_was_made_up_shows_yellow_and_its_history():
    missed, made_up = own(4, 8), own(5, 12)
    assert light(OUHAI, missed) == Light.RED
    lit = pace_light([missed, made_up], presets()[OUHAI])
    assert (lit.light, lit.was_red) == (Light.YELLOW, True)
    assert lit.why.endswith("，达到绿灯；4月曾亮红灯，已补上，记为黄灯。")


def test_unknown_gives_no_light_and_never_a_red_one():
    rule = presets()[WUHAN]
    assert pace_light([at(6, None)], rule).light == Light.NONE
    assert pace_light([Month(date(2026, 6, 1), None, D(3))], rule) == Lit(
        Light.NONE, "目标或完成数待补。", rule.called
    )
    assert pace_light([], rule).light == Light.NONE


def test_a_plan_by_months_counts_instead_of_even_time():
    """Winter work: only a tenth of the year was to be done by March."""
    assert light(WUHAN, at(3, 12)) == Light.RED
    assert light(WUHAN, at(3, 12, task=D(12))) == Light.GREEN


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 3, 31), Light.GREEN), (date(2026, 4, 1), Light.YELLOW), (date(2026, 6, 29), Light.YELLOW), (date(2026, 6, 30), Light.RED)],
)  # fmt: skip
def test_yinchuan_unstarted_is_yellow_after_its_day_and_red_after_three_months(today, expected):
    assert milestone_light("start", date(2026, 3, 31), None, today, presets()[YINCHUAN]).light == expected


def test_yinchuan_a_reason_excuses_the_yellow_but_not_the_red():
    rule, due = presets()[YINCHUAN], date(2026, 3, 31)
    assert milestone_light("start", due, None, date(2026, 4, 20), rule, has_reason=True).light == Light.GREEN
    assert milestone_light("start", due, None, date(2026, 7, 20), rule, has_reason=True).light == Light.RED


def test_yinchuan_entry_into_statistics_is_red_only_past_two_months():
    rule, started = presets()[YINCHUAN], date(2026, 3, 10)
    lights = [
        milestone_light("entry", started, None, day, rule).light
        for day in (date(2026, 4, 9), date(2026, 4, 10), date(2026, 5, 10), date(2026, 5, 11))
    ]
    assert lights == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]
    assert milestone_light("entry", started, date(2026, 5, 1), date(2026, 6, 1), rule).light == Light.GREEN


def test_replay_tells_whose_light_of_last_month_another_rule_changes():
    histories = {
        "云禾快线": [at(5, 45), at(6, 46)],
        "澄岚大桥": [at(5, 50), at(6, 60)],
        "后来才开": [at(7, 1)],
    }
    changed = replay(histories, date(2026, 6, 1), presets()[WUHAN], presets()[SANYA])
    assert [(each.name, each.before.light, each.after.light) for each in changed] == [
        ("云禾快线", Light.YELLOW, Light.RED)
    ]
    assert replay(histories, date(2026, 6, 1), presets()[WUHAN], presets()[WUHAN]) == []


def test_a_citys_own_edit_of_a_preset_is_a_rule_like_any_other():
    strict = replace(
        presets()[WUHAN], values={**presets()[WUHAN].values, "bands": ({"light": "red", "over": D(5)},)}
    )
    assert pace_light([at(6, 56)], strict).light == Light.RED
    assert pace_light([at(6, 57)], strict).light == Light.GREEN
