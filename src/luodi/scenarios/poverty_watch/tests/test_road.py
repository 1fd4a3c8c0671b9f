"""From a clue to the list, to help, to the risk gone by three people, to being forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.identifiers import CitizenId
from luodi.kernel.models import AuditEntry
from luodi.scenarios.poverty_watch.actions import helping, households
from luodi.scenarios.poverty_watch.models import Household, Member
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.scenarios.poverty_watch.tests.conftest import (
    COUNTY,
    HEAD,
    NUMBER,
    OFFICE,
    OTHER,
    PHONE,
    SOUND,
    WALK,
)

pytestmark = pytest.mark.django_db
SEEN = {
    "per_capita_fen": 1_200_000, "education": True, "medical": True, "housing": True, "water": True, "risk_gone": True, "new_risk": False, "spending_held": True,
}  # fmt: skip


def test_nine_steps_in_twelve_days_are_in_time(listed):
    household = listed()
    clue = household.clues.get()
    assert (clue.state, clue.decided_late, clue.outcome, clue.due_on) == (
        "listed",
        False,
        "listed",
        date(2026, 3, 17),
    )
    assert (household.state, household.kind, household.listed_on, household.help_due_on) == (
        "listed", "unstable", date(2026, 3, 14), date(2026, 3, 24),
    )  # fmt: skip


def test_the_village_notice_can_not_be_cut_short_and_an_objection_leads_back(city, sent, enrol, go):
    clue = sent()
    households.assess(city[COUNTY], enrol(clue), {**SOUND, "kind": "unstable"}, date(2026, 3, 4))
    clue = go(clue, *WALK[:5])
    with pytest.raises(Refused, match="届满前不能乡镇审核"):
        go(clue, (COUNTY, "town", {"objections": "no"}, 9))
    with pytest.raises(Refused, match="先用“公示有异议”"):
        go(clue, (COUNTY, "town", {"objections": "yes"}, 11))
    assert go(clue, (COUNTY, "object", {"reason": "有人反映收入有出入"}, 8)).state == "matched"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (((COUNTY, "visit", {"visitors": "两人", "words": "核查"}, 1),), "还没有登记农户"),
        (((COUNTY, "visit", {"visitors": "两人", "words": f"户主电话 {PHONE}"}, 1),), "不要写证件号码、电话"),
    ],
)
def test_no_step_without_a_household_and_none_with_a_number(sent, go, steps, said):
    with pytest.raises(Refused, match=said):
        go(sent(), *steps)


def test_a_meeting_without_a_majority_does_not_pass(city, sent, enrol, go):
    clue = sent()
    households.assess(city[COUNTY], enrol(clue), {**SOUND, "kind": "unstable"}, date(2026, 3, 4))
    clue = go(clue, *WALK[:3])
    with pytest.raises(Refused, match="没有过半数"):
        go(clue, (COUNTY, "meet", {"attended": 20, "agreed": 10}, 4))
    with pytest.raises(Refused, match="不能多于"):
        go(clue, (COUNTY, "meet", {"attended": 2, "agreed": 10}, 4))


def test_the_county_decides_by_another_person_and_not_without_a_reckoning(city, sent, enrol, go):
    clue = sent()
    household = enrol(clue)
    clue = go(clue, *WALK[:2])
    with pytest.raises(Refused, match="还没有核算收入"):
        go(clue, WALK[2])
    households.assess(city[COUNTY], household, {**SOUND, "kind": "unstable"}, date(2026, 3, 4))
    clue = go(clue, *WALK[2:6])
    with pytest.raises(PermissionDenied):
        go(clue, (COUNTY, "approve", {"basis": "符合"}, 12))


def test_nobody_lives_in_two_households_and_a_wrong_number_is_told_without_its_digits(
    city, bring, enrol, listed
):
    household = listed()
    with pytest.raises(Refused, match=f"已登记为 {household.number}"):
        enrol(bring(title="又一条线索"))
    with pytest.raises(Refused, match="同一人不能在两户"):
        other = enrol(bring(title="另一户"), number="440524188001010014")
        households.add_member(
            city[COUNTY],
            other,
            {"name": Private("郑二"), "citizen_id": CitizenId.parse(NUMBER), "relation": "child"},
        )


def test_income_alone_does_not_decide_and_the_judgement_is_explained(city, sent, enrol):
    household = enrol(sent())
    calm = {**SOUND, "medical": True, "is_burdened": False, "can_cope": True}
    with pytest.raises(Refused, match="不符合三类对象"):
        households.assess(city[COUNTY], household, {**calm, "kind": "unstable"}, date(2026, 3, 4))
    row = households.assess(city[COUNTY], household, SOUND | {"kind": "unstable"}, date(2026, 3, 4))
    assert (row.per_capita_fen, row.line_fen, row.since, row.until) == (
        500_000,
        850_000,
        date(2025, 3, 1),
        date(2026, 2, 28),
    )
    assert row.reasons[0] == "人均纯收入 5000 元，不高于监测线 8500 元"
    with pytest.raises(Refused, match="还缺饮水安全"):
        households.assess(city[COUNTY], household, {**SOUND, "water": None, "kind": "edge"}, date(2026, 3, 4))
    with pytest.raises(Refused, match="不能是负数"):
        households.assess(city[COUNTY], household, {**SOUND, "wages_fen": -1, "kind": ""}, date(2026, 3, 4))


@pytest.fixture
def helped(city, listed):
    household = listed()
    row = helping.add_help(
        city[COUNTY],
        household,
        {"kind": "health", "what": "医疗救助和家庭医生签约", "started_on": date(2026, 3, 16)},
    )
    helping.finish_help(city[COUNTY], row, "自付费用降到可承受范围", date(2026, 8, 1))
    household.refresh_from_db()
    return household


def test_help_answers_the_cause_or_says_why(city, listed):
    household = listed()
    with pytest.raises(Refused, match="不对应"):
        helping.add_help(city[COUNTY], household, {"kind": "loan", "what": "小额贷款"})
    with pytest.raises(Refused, match="不能早于纳入"):
        helping.add_help(
            city[COUNTY], household, {"kind": "health", "what": "救助", "started_on": date(2026, 3, 1)}
        )


def test_the_risk_is_gone_when_every_gate_holds_by_three_people(city, helped):
    helping.visit(city[COUNTY], helped, SEEN, "收入稳定", date(2026, 9, 1))
    with pytest.raises(Refused, match="稳定满 6 个月：自 2026-03-16 起，满到 2026-09-16"):
        helping.propose(city[COUNTY], helped, "", date(2026, 9, 15))
    proposed = helping.propose(city[COUNTY], helped, "", date(2026, 9, 16))
    with pytest.raises(PermissionDenied):
        helping.confirm(city[COUNTY], proposed, "复核属实", date(2026, 9, 18))
    noticed = helping.confirm(city[OFFICE], proposed, "入户复核，村民会议同意，已公示", date(2026, 9, 18))
    with pytest.raises(Refused, match="公示到 2026-09-23"):
        helping.clear(city[OTHER], noticed, "", date(2026, 9, 23))
    with pytest.raises(PermissionDenied):
        helping.clear(city[OFFICE], noticed, "", date(2026, 9, 24))
    cleared = helping.clear(city[OTHER], noticed, "", date(2026, 9, 24))
    assert (cleared.state, cleared.cleared_on, cleared.watch_until) == (
        "cleared",
        date(2026, 9, 24),
        date(2027, 9, 24),
    )
    again = helping.relist(city[COUNTY], cleared, "旧病复发", date(2026, 10, 8))
    assert (again.state, again.times, again.cleared_on) == ("listed", 2, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"has_no_labour": True}, "整户无劳动能力的不标注"), ({"is_in_long_treatment": True}, "有成员还在长期治疗"),
        ({"has_no_labour": None}, "还没有登记"),
    ],
)  # fmt: skip
def test_who_has_no_labour_is_only_watched(city, helped, change, said):
    Household.objects.filter(pk=helped.pk).update(**change)
    helping.visit(city[COUNTY], helped, SEEN, "收入稳定", date(2026, 9, 1))
    with pytest.raises(Refused, match=said):
        helping.propose(city[COUNTY], helped, "", date(2026, 9, 20))


def test_what_is_personal_is_deleted_when_the_watch_is_over(city, helped):
    helping.visit(city[COUNTY], helped, SEEN, "收入稳定", date(2026, 9, 1))
    row = helping.propose(city[COUNTY], helped, "", date(2026, 9, 16))
    row = helping.confirm(city[OFFICE], row, "复核属实", date(2026, 9, 18))
    helping.clear(city[OTHER], row, "", date(2026, 9, 24))
    assert helping.forget_due(None, datetime(2027, 9, 24, 2, tzinfo=CHINA)) == 0
    assert helping.forget_due(None, datetime(2027, 9, 25, 2, tzinfo=CHINA)) == 1
    helped.refresh_from_db()
    assert (helped.head_name, helped.phone, helped.population, helped.forgotten_on) == (
        "",
        "",
        3,
        date(2027, 9, 25),
    )
    assert not Member.objects.exists() and not helped.steps.exclude(words="").exists()
    with pytest.raises(Refused, match="已经按期删除"):
        helping.visit(city[COUNTY], helped, SEEN, "再走访")


def test_who_was_not_taken_in_is_forgotten_sooner(city, sent, enrol, go):
    clue = sent()
    enrol(clue)
    go(clue, WALK[0], (COUNTY, "reject", {"refusal": "no_risk", "reason": "费用已报销"}, 3))
    household = Household.objects.get()
    assert (household.state, household.rejected_on) == ("rejected", date(2026, 3, 5))
    assert helping.forget_due(None, datetime(2026, 9, 1, 2, tzinfo=CHINA) + timedelta(days=1)) == 1


def test_the_log_of_deeds_holds_no_name_and_no_number(city, listed):
    household = listed()
    households.add_member(
        city[COUNTY],
        household,
        {"name": Private("郑小满"), "citizen_id": CitizenId.parse("440524188001010014"), "relation": "child"},
    )
    assert households.reveal(city[COUNTY], household, "核对家庭成员").count(NUMBER) == 1
    told = str(list(AuditEntry.objects.values_list("action", "subject", "detail")))
    assert "核对家庭成员" in told and "poverty_watch.enrol" in told
    assert not [each for each in (HEAD, NUMBER, PHONE, "郑小满", "440524188001010014") if each in told]
    with pytest.raises(Refused, match="事由"):
        households.reveal(city[COUNTY], household, "看看")
    with pytest.raises(PermissionDenied):
        households.reveal(city["chenglan"], household, "核对家庭成员")
