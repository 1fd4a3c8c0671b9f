"""The ladder's periods by the regulation's own vectors, group visits, and the three conditions of an old case."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from luodi.kernel.clock import CHINA, Clock, Period, Unit, national_calendar
from luodi.kernel.rulesets.declaration import read_declared
from luodi.kernel.rulesets.shape import values_of
from luodi.scenarios.petitions import rules
from luodi.scenarios.petitions.rules.backlog import Facts, gates, may_close, quiet_until, years_old
from luodi.scenarios.petitions.rules.ladder import MACHINE, another_unit
from luodi.scenarios.petitions.rules.words import group_fault
from luodi.shapes.cases.limits import read_limits
from luodi.shapes.cases.record import Actor, NotAllowed, advance, opened

CLOCK = Clock(national_calendar())
NOON = datetime(2026, 1, 30, 12, tzinfo=CHINA)
DESK = Actor("jie", frozenset({"desk"}), frozenset({"xinfang"}))
BUREAU = Actor("an", frozenset({"lead"}), frozenset({"zhujian"}))


@pytest.fixture(scope="module")
def limits():
    seeds = read_declared(
        (Path(rules.__file__).parent.parent / "rulesets" / "limits.yaml").read_text(encoding="utf-8")
    )
    return read_limits(values_of(seeds.shape, seeds.seeds[0].content))


@pytest.mark.parametrize(
    ("step", "start", "last"),
    [
        ("handle", date(2026, 1, 30), date(2026, 3, 31)),   # 受理 + 60 日
        ("notice", date(2026, 2, 5), date(2026, 2, 24)),    # 15 日落在春节，顺延
        ("object", date(2026, 9, 18), date(2026, 9, 24)),   # 5 个工作日，9月20日（周日）上班
        ("review", date(2026, 3, 20), date(2026, 4, 20)),   # 30 日落在周日
    ],
)  # fmt: skip
def test_the_periods_of_the_regulation_end_on_the_published_days(limits, step, start, last):
    assert CLOCK.last_day(start, limits.state_for(step)) == last


def test_the_ruleset_is_the_regulation_and_says_so(limits):
    assert {step: str(period) for step, period in limits.states.items()} == {
        "register": "15 日", "notice": "15 日", "object": "5 个工作日", "handle": "60 日", "review_apply": "30 日", "review": "30 日",
        "recheck_apply": "30 日", "recheck": "30 日",
    }  # fmt: skip
    assert (limits.values["extension_most"], limits.values["extension_longest"], limits.pauses) == (
        1,
        30,
        ("听证",),
    )
    assert limits.state_for("handle") == Period(60, Unit.NATURAL_DAY)


@pytest.mark.parametrize(
    ("people", "representatives", "channel", "said"),
    [
        (12, 5, "visit", ""), (12, 6, "visit", "代表不超过 5 人"), (5, None, "visit", "应当推选代表"), (4, None, "visit", ""),
        (12, None, "letter", ""), (2, 3, "letter", "不能多于"), (None, None, "visit", ""),
    ],
)  # fmt: skip
def test_five_or_more_who_visit_choose_at_most_five(people, representatives, channel, said):
    found = group_fault(people, representatives, channel)
    assert said in found
    assert bool(found) is bool(said)


def test_accusations_are_handed_over_and_never_sent_to_a_bureau():
    record = advance(
        opened(MACHINE, DESK, NOON, {}), "classify", DESK, NOON, {"stream": "accusation", "nature": "first"}
    )
    with pytest.raises(NotAllowed, match="检举控告移送纪检监察机关"):
        advance(record, "transfer", DESK, NOON, {"lead": "zhujian", "manner": "passed"})
    assert (
        advance(record, "hand_over", DESK, NOON, {"organ": "discipline", "reason": "属纪检监察"}).state
        == "handed_over"
    )


def test_a_stream_is_changed_once():
    record = advance(
        opened(MACHINE, DESK, NOON, {}), "classify", DESK, NOON, {"stream": "claim", "nature": "first"}
    )
    with pytest.raises(NotAllowed, match="改类须选另一类"):
        advance(record, "reclassify", DESK, NOON, {"stream": "claim", "reason": "笔误"})
    record = advance(record, "reclassify", DESK, NOON, {"stream": "suggestion", "reason": "实为建议"})
    with pytest.raises(NotAllowed, match="改类以 1 次为限"):
        advance(record, "reclassify", DESK, NOON, {"stream": "claim", "reason": "又改"})


def test_a_repeat_says_of_what():
    with pytest.raises(NotAllowed, match="与哪一件是同一事项"):
        advance(
            opened(MACHINE, DESK, NOON, {}), "classify", DESK, NOON, {"stream": "claim", "nature": "repeat"}
        )


def answered(outcome="explained"):
    record = opened(MACHINE, DESK, NOON, {})
    for move, actor, filled in (
        ("classify", DESK, {"stream": "claim", "nature": "first"}), ("transfer", DESK, {"lead": "zhujian", "manner": "passed"}), ("accept", BUREAU, {}),
        ("reply", BUREAU, {"outcome": outcome, "facts": "属实", "reply": "办理", "basis": "第十四条"}),
    ):  # fmt: skip
        record = advance(record, move, actor, NOON, filled)
    return record


@pytest.mark.parametrize("lacking", ["facts", "reply", "basis", "outcome"])
def test_an_answer_has_facts_opinion_and_legal_basis(lacking):
    record = answered()
    before = type(record)(record.machine, record.events[:-1])
    filled = {"outcome": "explained", "facts": "属实", "reply": "办理", "basis": "第十四条"}
    filled.pop(lacking)
    with pytest.raises(NotAllowed, match="答复前还缺"):
        advance(before, "reply", BUREAU, NOON, filled)


def test_what_is_supported_is_closed_when_it_is_done_and_review_goes_higher():
    record = advance(
        answered("supported"), "serve", DESK, NOON, {"served_on": "2026-01-30", "service": "direct"}
    )
    with pytest.raises(NotAllowed, match="须先记落实情况"):
        advance(record, "close", DESK, NOON, {})
    assert another_unit(record, DESK, {"lead": "zhujian"}).startswith("复查、复核由上一级")
    assert another_unit(record, DESK, {"lead": "zhengfuban"}) == ""
    with pytest.raises(NotAllowed, match="送达日期早于答复日期"):
        advance(record, "serve", DESK, NOON, {"served_on": "2026-01-29", "service": "direct"})


SETTLED = Facts("settled", "executed", date(2026, 3, 1), None, None)


@pytest.mark.parametrize(
    ("facts", "on", "said"),
    [
        (Facts("verified", "executed", date(2026, 3, 1), None, date(2026, 3, 5)), date(2026, 5, 31), ""),
        (Facts("verified", "executed", date(2026, 3, 1), None, date(2026, 3, 5)), date(2026, 5, 30), "观察到 2026-05-30"),
        (Facts("verified", "executed", date(2026, 3, 1), None, date(2026, 3, 5), (date(2026, 4, 2),)), date(2026, 7, 1), "2026-04-02 又有同一事项信访"),
        (Facts("verified", "executed", date(2026, 3, 1), None, date(2026, 3, 5), (date(2026, 2, 2),)), date(2026, 7, 1), ""),
        (Facts("verified", "pledged", date(2026, 3, 1), None, date(2026, 3, 5)), date(2026, 7, 1), "出于自愿"),
        (Facts("verified", "pledged", date(2026, 3, 1), True, date(2026, 3, 5)), date(2026, 7, 1), ""),
        (SETTLED, date(2026, 7, 1), "独立核验"),
        (Facts("open", "", None, None, None), date(2026, 7, 1), "落实到位"),
    ],
)  # fmt: skip
def test_an_old_case_is_closed_by_three_conditions_together(facts, on, said):
    found = may_close(facts, on, 90)
    assert said in found
    assert bool(found) is bool(said)


def test_what_nobody_knows_yet_is_neither_met_nor_missed():
    assert [gate.holds for gate in gates(Facts("open", "", None, None, None), date(2026, 7, 1), 90)] == [
        None,
        None,
        None,
    ]
    assert quiet_until(date(2026, 3, 1), 90) == date(2026, 5, 30)
    assert years_old(date(2015, 11, 25), date(2026, 11, 24)) == 10
    assert years_old(None, date(2026, 11, 24)) is None
