"""The rules of appeals and policies without a database: the published periods, the machine, matches that explain themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from luodi.kernel.clock import CHINA, Clock, Period, Unit, national_calendar
from luodi.kernel.rulesets.declaration import read_declared
from luodi.kernel.rulesets.shape import values_of
from luodi.scenarios.enterprise_appeals import rules
from luodi.scenarios.enterprise_appeals.rules import MACHINE, Condition, Offer
from luodi.shapes.cases.limits import read_limits
from luodi.shapes.cases.record import Actor, NotAllowed, NotYours, advance, opened
from luodi.shapes.cases.tests.histories import histories

CLOCK = Clock(national_calendar())
SEEDS = read_declared((Path(rules.__file__).parent / "rulesets" / "limits.yaml").read_text(encoding="utf-8"))
NOON = datetime(2026, 9, 14, 12, tzinfo=CHINA)
DESK, OTHER_DESK = (
    Actor("yi", frozenset({"desk"}), frozenset({"xingzheng"})),
    Actor("er", frozenset({"desk"}), frozenset({"xingzheng"})),
)
LEAD = Actor("lian", frozenset({"lead"}), frozenset({"gongxin"}))
FIRM = Actor("", frozenset({"public"}))


def limits(division=""):
    seed = next(seed for seed in SEEDS.seeds if seed.division == division)
    return read_limits(values_of(SEEDS.shape, seed.content))


def in_work(level="II"):
    record = opened(MACHINE, FIRM, NOON, {})
    for move, actor, filled in (
        ("triage", DESK, {"level": level, "category": "land"}),
        ("accept", DESK, {}),
        ("dispatch", DESK, {"lead": "gongxin"}),
        ("contact", LEAD, {"words": "已和厂长通话", "channel": "phone"}),
    ):
        record = advance(record, move, actor, NOON, filled)
    return record


def replied(outcome="solved"):
    return advance(in_work(), "reply", LEAD, NOON, {"outcome": outcome, "reply": "已协调供地"})


def called_back(score=5, **more):
    filled = {"channel": "phone", "reached": True, "score": score, "resolved": score > 2, **more}
    return advance(replied(), "call_back", DESK, NOON, filled)


@pytest.mark.parametrize(
    ("place", "level", "due", "contact"),
    [
        ("", "II", "2026-09-22", "2026-09-14 15:30"),   # 7 working days, the Sunday of the 20th worked; 4 working hours
        ("430200", "II", "2026-09-20", "2026-09-18 00:00"),  # 株洲: 5 working days, contact within 3
        ("370400", "III", "2026-10-23", None),          # 枣庄: 25 working days across departments
        ("442000", "II", "2026-09-20", "2026-09-14 10:30"),  # 中山: contact within the hour
        ("350500", "II", "2026-09-22", None),           # 泉州: 7 working days
        ("440700", "II", "2026-09-21", "2026-09-14 10:30"),  # 江门: 7 calendar days
    ],
)  # fmt: skip
def test_each_city_counts_by_what_it_published(place, level, due, contact):
    found = limits(place)
    start = datetime(2026, 9, 14, 9, 30, tzinfo=CHINA)
    assert CLOCK.last_day(start.date(), found.business[level]).isoformat() == due
    if contact is None:
        assert "contact" not in found.states
    else:
        from luodi.kernel.clock import Course

        assert f"{CLOCK.due(Course(start, found.states['contact'])).at:%Y-%m-%d %H:%M}" == contact


def test_what_is_not_the_citys_own_document_is_never_marked_verified():
    assert [seed.division for seed in SEEDS.seeds if seed.verified] == ["442000"]
    assert all(seed.source and seed.document for seed in SEEDS.seeds)


def test_who_replied_does_not_call_back():
    same_unit = replace(DESK, units=frozenset({"gongxin"}))
    with pytest.raises(NotYours, match="须由另一单位办理"):
        advance(replied(), "call_back", same_unit, NOON, {"channel": "phone", "reached": True, "score": 5})
    with pytest.raises(NotYours, match="回访由受理单位、督查办理"):
        advance(replied(), "call_back", LEAD, NOON, {"channel": "phone", "reached": True, "score": 5})


def test_an_answer_without_a_contact_is_refused():
    record = in_work()
    silent = replace(record, events=tuple(event for event in record.events if event.move != "contact"))
    silent = replace(silent, events=(*silent.events[:-1], replace(silent.events[-1], to="in_work")))
    with pytest.raises(NotAllowed, match="还没有联系企业的记录"):
        advance(silent, "reply", LEAD, NOON, {"outcome": "solved", "reply": "好"})


def test_a_dissatisfied_firm_is_served_again_one_level_higher():
    record = called_back(score=2)
    with pytest.raises(NotAllowed, match="企业不满意，不能办结"):
        advance(record, "close", DESK, NOON, {})
    with pytest.raises(NotAllowed, match="应为Ⅲ 复杂跨部门"):
        advance(record, "redo", DESK, NOON, {"reason": "没解决", "level": "IV"})
    again = advance(record, "redo", DESK, NOON, {"reason": "没解决", "level": "III"})
    assert (again.state, again.round) == ("in_work", 2)
    with pytest.raises(NotAllowed, match="还没有联系企业的记录"):
        advance(again, "reply", LEAD, NOON, {"outcome": "solved", "reply": "好"})


def test_it_is_redone_twice_at_most():
    record = called_back(score=1)
    for level in ("III", "IV"):
        record = advance(record, "redo", DESK, NOON, {"reason": "没解决", "level": level})
        record = advance(record, "contact", LEAD, NOON, {"words": "再谈", "channel": "visit"})
        record = advance(record, "reply", LEAD, NOON, {"outcome": "partly", "reply": "部分解决"})
        record = advance(record, "call_back", DESK, NOON, {"channel": "phone", "reached": True, "score": 1})
    with pytest.raises(NotAllowed, match="重办以 2 次为限"):
        advance(record, "redo", DESK, NOON, {"reason": "没解决", "level": "IV"})
    assert advance(record, "roll", DESK, NOON, {"reason": "一跟到底"}).state == "rolling"
    with pytest.raises(NotAllowed, match="还缺：挂账条件、复核日期"):
        advance(record, "hang", DESK, NOON, {})


def test_a_firm_that_nobody_reached_is_called_three_times():
    record = replied()
    missed = {"channel": "phone", "reached": False}
    record = advance(record, "call_back", DESK, NOON, missed)
    with pytest.raises(NotAllowed, match="回访满 3 次"):
        advance(record, "close", DESK, NOON, {})
    record = advance(advance(record, "call_back", DESK, NOON, missed), "call_back", DESK, NOON, missed)
    assert advance(record, "close", DESK, NOON, {}).state == "closed"


def test_an_owner_is_disputed_once_and_then_ruled():
    record = opened(MACHINE, FIRM, NOON, {})
    record = advance(record, "triage", DESK, NOON, {"level": "II", "category": "land"})
    record = advance(advance(record, "accept", DESK, NOON, {}), "dispatch", DESK, NOON, {"lead": "gongxin"})
    record = advance(record, "dispute", LEAD, NOON, {"reason": "不属职责", "basis": "三定方案"})
    record = advance(record, "rule", DESK, NOON, {"lead": "gongxin", "reason": "依权责清单"})
    with pytest.raises(NotAllowed, match="裁定后不再退单"):
        advance(record, "dispute", LEAD, NOON, {"reason": "还是不属", "basis": "三定方案"})


def test_a_level_is_lowered_only_by_a_second_person():
    record = in_work("III")
    with pytest.raises(NotAllowed, match="只能升级"):
        advance(record, "raise_level", DESK, NOON, {"level": "II", "reason": "不难"})
    asked = advance(record, "ask_lower", DESK, NOON, {"level": "II", "reason": "单部门可办"})
    with pytest.raises(NotYours, match="须由另一人办理"):
        advance(asked, "grant_lower", DESK, NOON, {"level": "II", "reason": "同意"})
    granted = advance(asked, "grant_lower", OTHER_DESK, NOON, {"level": "II", "reason": "同意"})
    assert granted.value("level") == "II"
    assert granted.pending == ""


def test_a_supervised_appeal_is_closed_after_the_supervision_is_lifted():
    officer = Actor("du", frozenset({"supervisor"}), frozenset({"ducha"}))
    record = advance(called_back(), "supervise", officer, NOON, {"grade": 2, "reason": "企业多次反映"})
    with pytest.raises(NotAllowed, match="解除督办"):
        advance(record, "close", DESK, NOON, {})
    lifted = advance(record, "lift_supervision", officer, NOON + timedelta(hours=1), {"reason": "已解决"})
    assert advance(lifted, "close", DESK, NOON + timedelta(hours=2), {}).state == "closed"


SMALL = Condition("scale", "in", ["small", "micro"], "规模")
NEW = Condition("tags", "has", "专精特新", "标签")
TURNOVER = Condition("revenue_fen", "at_least", 2_000_000_000, "上年营业收入（分）")


def test_a_match_says_why_and_an_unknown_fact_is_neither_yes_nor_no():
    fits = rules.match((SMALL, NEW), {"scale": "small", "tags": ["专精特新", "规上工业"]})
    assert fits.holds is True
    assert str(fits.findings[1]) == "符合：标签具有专精特新（实为 专精特新、规上工业）"
    unknown = rules.match((SMALL, TURNOVER), {"scale": "small", "revenue_fen": None})
    assert unknown.holds is None
    assert str(unknown.findings[1]).startswith("待补：上年营业收入（分）不低于2000000000")
    assert rules.match((SMALL, TURNOVER), {"scale": "large", "revenue_fen": None}).holds is False
    assert rules.match((TURNOVER,), {"revenue_fen": 2_000_000_000}).holds is True


def test_a_benefit_is_a_sum_or_a_share_up_to_its_cap():
    assert rules.benefit_fen({"fixed_fen": 10_000_000}, {}) == 10_000_000
    share = {"of": "rd_fen", "share": "0.10", "cap_fen": 100_000_000}
    assert rules.benefit_fen(share, {"rd_fen": 500_000_000}) == 50_000_000
    assert rules.benefit_fen(share, {"rd_fen": 5_000_000_000}) == 100_000_000
    assert rules.benefit_fen(share, {"rd_fen": None}) is None


def test_of_one_matter_the_better_offer_counts_and_none_twice():
    offers = [
        Offer(1, "研发奖补", 50),
        Offer(2, "研发奖补", 80),
        Offer(3, "", 10),
        Offer(4, "研发奖补", None),
    ]
    assert rules.best_of_each_matter(offers) == {1: 2, 4: 2}


def test_without_an_application_the_way_is_three_steps_with_one_it_is_longer():
    assert rules.may_go("no_application", "confirmed", "public_notice") == ""
    assert rules.may_go("fast", "confirmed", "public_notice") == "快申快享须先申报、审核。"
    assert rules.may_go("no_application", "confirmed", "applied") == "免申即享不需要企业申报。"
    assert rules.may_go("fast", "matched", "paid") == "这一步不能从现在的状态走。"
    assert not any(rules.MATCH_MACHINE[state] for state in ("paid", "declined", "expired"))


def test_sixty_working_days_over_two_holidays():
    assert CLOCK.last_day(date(2026, 4, 1), Period(60, Unit.WORK_DAY)) == date(2026, 6, 30)


VALUES = {
    "level": st.sampled_from(["I", "II", "III", "IV"]),
    "category": st.sampled_from(["land", "finance", "arrears"]),
    "length": st.integers(1, 5),
    "grade": st.integers(0, 3),
    "outcome": st.sampled_from(["solved", "partly", "explained", "nothing"]),
    "reached": st.booleans(),
    "resolved": st.booleans(),
    "score": st.integers(0, 6),
}
TestAppealHistories = histories(MACHINE, VALUES).TestCase
TestAppealHistories.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
