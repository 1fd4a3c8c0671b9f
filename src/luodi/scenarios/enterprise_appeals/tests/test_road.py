"""A firm's appeal from the first word to the rating, and a policy from match to money, through the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Unit
from luodi.scenarios.enterprise_appeals.actions import alerts, match_clause, step
from luodi.scenarios.enterprise_appeals.models import Clause, Match, Policy
from luodi.scenarios.enterprise_appeals.pages import APPEALS
from luodi.shapes.cases import actions
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.cases.clocks import Light
from luodi.shapes.cases.duplicates import duplicates_of
from luodi.shapes.cases.models import Assignment, Case, Reminder, Step
from luodi.shapes.cases.permission import seen_by
from luodi.shapes.registers.models import Enterprise

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 14, 9, 30, tzinfo=CHINA)


def appeal(firm, by=None, at=MONDAY, **more):
    values = {
        "title": "扩建厂房缺用地指标", "body": "二期厂房需要三十亩工业用地，报件三个月没有回音。", "category": "land", "firm": firm,
        "channel": "platform", "reporter_name": "陈厂长", "reporter_phone": "13800001234", **more,
    }  # fmt: skip
    return actions.bring(by, APPEALS, values, at)


def go(case, *moves):
    """Each move: (person, name, values, days after Monday)."""
    for by, name, values, days in moves:
        case = actions.take(by, case, name, values, MONDAY + timedelta(days=days))
    return case


def at_work(city, firm, **more):
    return go(
        appeal(firm, **more),
        (city["xingzheng"], "triage", {"level": "II", "category": more.get("category", "land")}, 0),
        (city["xingzheng"], "accept", {}, 0),
        (city["xingzheng"], "dispatch", {"lead": Unit.objects.get(key="gongxin"), "co": [Unit.objects.get(key="caizheng")]}, 0),
        (city["gongxin"], "contact", {"words": "当天通话", "channel": "phone"}, 0),
    )  # fmt: skip


def test_from_the_first_word_to_the_rating(city, firm):
    case = at_work(city, firm)
    assert case.due_on == date(2026, 9, 22)
    assert case.ruleset.key == "enterprise_appeals.limits"
    case = go(
        case,
        (city["caizheng"], "co_reply", {"words": "资金已列入预算"}, 1),
        (city["gongxin"], "reply", {"outcome": "solved", "reply": "指标已落实"}, 4),
        (
            city["xingzheng"],
            "call_back",
            {"channel": "phone", "reached": True, "resolved": True, "score": 5},
            5,
        ),
        (city["xingzheng"], "close", {}, 6),
    )
    assert (case.state, case.outcome, case.score, case.is_resolved) == ("closed", "solved", 5, True)
    assert (case.was_late, case.closed_on) == (False, date(2026, 9, 20))
    assert case.light_at(MONDAY + timedelta(days=90)) is Light.DONE
    assert first_broken_step(case.steps.order_by("number")) is None
    assert [assignment.state for assignment in case.assignments.all()] == ["signed", "answered"]


def test_a_changed_step_breaks_its_seal_and_history_is_not_rewritten(city, firm):
    case = at_work(city, firm)
    with pytest.raises(TypeError):
        Step.objects.filter(case=case.pk).update(move="reject")
    step_ = case.steps.get(number=4)
    step_.filled = {"lead": "shichang"}
    step_.save()
    assert first_broken_step(case.steps.order_by("number")).startswith("第 4 步与封印不符")


def test_a_case_that_was_answered_late_is_late_for_good(city, firm):
    case = go(
        at_work(city, firm), (city["gongxin"], "reply", {"outcome": "explained", "reply": "需等规划"}, 12)
    )
    assert case.was_late is True
    case = go(
        case,
        (
            city["xingzheng"],
            "call_back",
            {"channel": "phone", "reached": True, "resolved": False, "score": 2},
            13,
        ),
        (city["xingzheng"], "redo", {"reason": "没解决", "level": "III"}, 14),
    )
    assert (case.round, case.level, case.outcome, case.score) == (2, "III", "", None)
    assert case.due_on == date(2026, 10, 10), "fifteen working days from the same start"


def test_only_registered_firms_in_business_bring_an_appeal(city, firm):
    firm.status = Enterprise.Status.REVOKED
    firm.save()
    with pytest.raises(Refused, match="已吊销，不能提出诉求"):
        appeal(firm)
    with pytest.raises(Refused, match="请填写企业"):
        appeal(None)
    assert not Case.objects.exists()


def test_one_works_only_at_the_own_share(city, firm):
    case = at_work(city, firm)
    with pytest.raises(PermissionDenied):
        go(case, (city["fagai"], "reply", {"outcome": "solved", "reply": "不是我的"}, 1))
    with pytest.raises(PermissionDenied):
        go(case, (city["xingzheng"], "reply", {"outcome": "solved", "reply": "代答"}, 1))
    with pytest.raises(Refused, match="现在是“办理中”，不能办结"):
        go(case, (city["xingzheng"], "close", {}, 1))


def test_arrears_are_sealed_and_do_not_exist_for_the_debtor(city, firm):
    case = appeal(firm, category="arrears", debtor=Unit.objects.get(key="zhujian"))
    go(case, (city["xingzheng"], "triage", {"level": "III", "category": "arrears"}, 0), (city["xingzheng"], "accept", {}, 0))  # fmt: skip
    with pytest.raises(Refused, match="反映的就是云川市住房和城乡建设局，不能交给它办理"):
        go(case, (city["xingzheng"], "dispatch", {"lead": Unit.objects.get(key="zhujian")}, 0))
    case.refresh_from_db()
    assert case.is_sealed
    assert case.contact_shown == "已保密"
    rows = Case.objects.all()
    assert not seen_by(city["zhujian"], rows).exists()
    assert seen_by(city["xingzheng"], rows).exists()
    assert seen_by(city["ducha"], rows).exists()
    with pytest.raises(PermissionDenied):
        actions.take(city["zhujian"], case, "contact", {"words": "别告了", "channel": "phone"})


def test_an_extension_is_asked_in_time_and_decided_by_another_person(city, firm):
    case = at_work(city, firm)
    case = go(case, (city["gongxin"], "ask_extension", {"reason": "等省厅批复", "length": 5}, 2))
    assert case.pending == "extension"
    case = go(case, (city["xingzheng"], "grant_extension", {"length": 5, "reason": "属实"}, 3))
    assert case.due_on == date(2026, 9, 30)
    with pytest.raises(Refused, match="延期以 1 次为限"):
        go(case, (city["gongxin"], "ask_extension", {"reason": "还要等", "length": 5}, 4))


def test_an_extension_after_the_end_is_refused_and_nothing_is_written(city, firm):
    case = go(at_work(city, firm), (city["gongxin"], "ask_extension", {"reason": "等批复", "length": 5}, 7))
    steps = case.steps.count()
    with pytest.raises(Refused, match="期限已于 2026-09-22 届满"):
        go(case, (city["xingzheng"], "grant_extension", {"length": 5, "reason": "晚了"}, 10))
    case.refresh_from_db()
    assert (case.steps.count(), case.due_on, case.pending) == (steps, date(2026, 9, 22), "extension")


def test_the_same_firm_with_the_same_matter_is_proposed_and_joined_by_a_person(city, firm):
    first, again = (
        appeal(firm),
        appeal(firm, at=MONDAY + timedelta(days=30), body="二期厂房三十亩工业用地报件没有回音"),
    )
    ((other, likeness),) = duplicates_of(again)
    assert other.pk == first.pk
    assert likeness.reasons[0] == "同一诉求人、同类事项"
    merged = go(again, (city["xingzheng"], "merge", {"into": first.number, "reason": "同一用地"}, 31))
    assert (merged.state, merged.parent_id) == ("merged", first.pk)
    with pytest.raises(Refused, match="只能并入另一件未办结"):
        go(first, (city["xingzheng"], "merge", {"into": again.number, "reason": "绕圈"}, 31))


def test_two_matters_in_one_letter_get_their_own_clocks(city, firm):
    case = appeal(firm)
    (part,) = actions.split(
        city["xingzheng"], case, [{"title": "贷款贴息未到账", "category": "finance"}], "两件事", MONDAY
    )
    assert (part.split_from_id, part.firm, part.state, part.category) == (
        case.pk,
        firm,
        "submitted",
        "finance",
    )
    assert case.steps.last().move == "split"


def test_reminders_come_at_each_turn_once_and_daily_when_overdue(city, firm):
    case = at_work(city, firm)
    for day in (0, 2, 5, 5, 7, 9, 9, 10):
        actions.send_reminders(None, MONDAY + timedelta(days=day, hours=3))
    told = list(Reminder.objects.order_by("id").values_list("light", "on"))
    assert [light for light, _ in told] == ["soon", "urgent", "over", "over"]
    assert Reminder.objects.filter(unit__key="gongxin").count() == 4
    assert case.assignments.filter(state__in=Assignment.LIVE).count() == 2


def test_a_year_whose_holidays_nobody_entered_leaves_the_due_day_open(city, firm):
    start = datetime(2026, 12, 21, 9, tzinfo=CHINA)
    case = appeal(firm, at=start)
    for name, values in (("triage", {"level": "IV", "category": "land"}), ("accept", {})):
        case = actions.take(city["xingzheng"], case, name, values, start)
    assert case.due_on is None
    assert "2027 年的节假日安排尚未录入" in case.clock_fault
    assert actions.reckon_again(None, start) == 0


def clause(**more):
    policy, _ = Policy.objects.get_or_create(
        doc_no="云政办发〔2026〕8号", defaults={"title": "支持专精特新若干措施", "issuer": Unit.objects.get(key="gongxin"), "issued_on": date(2026, 3, 2)}
    )  # fmt: skip
    row = Clause(**{
        "policy": policy, "code": "YC-8-1", "title": "研发奖补", "matter": "研发奖补", "track": "no_application",
        "conditions": [{"fact": "scale", "sign": "in", "value": ["small", "micro"], "title": "规模"},
                       {"fact": "tags", "sign": "has", "value": "专精特新", "title": "标签"}],
        "formula": {"of": "rd_fen", "share": "0.1", "cap_fen": 100_000_000}, "budget_fen": 60_000_000, **more,
    })  # fmt: skip
    row.full_clean()
    row.save()
    return row


def test_a_policy_reaches_the_firm_without_its_asking(city, firm):
    row, by = clause(), city["gongxin"]
    assert match_clause(by, row, date(2026, 9, 1)) == 1
    assert match_clause(by, row, date(2026, 9, 2)) == 0
    match = Match.objects.get()
    assert match.fen == 50_000_000
    assert match.why == [
        "符合：规模属于small、micro（实为 small）",
        "符合：标签具有专精特新（实为 专精特新）",
    ]
    assert alerts(date(2026, 9, 14)) == ["已匹配未告知超过 7 个工作日：1 户"]
    for to in ("notified", "confirmed", "public_notice", "approved"):
        match = step(by, match, to, on=date(2026, 9, 15))
    assert alerts(date(2026, 10, 20)) == ["已核定未拨付超过 15 个工作日：1 户"]
    with pytest.raises(Refused, match="不能超过核定金额"):
        step(by, match, "paid", {"paid_fen": 50_000_001})
    assert step(by, match, "paid", on=date(2026, 10, 21)).paid_fen == 50_000_000


def test_the_same_matter_is_not_paid_twice(city, firm):
    match_clause(city["gongxin"], clause(), date(2026, 9, 1))
    better = clause(code="YC-9-1", formula={"fixed_fen": 80_000_000}, budget_fen=None)
    assert match_clause(city["gongxin"], better, date(2026, 9, 2)) == 1
    kept = dict(Match.objects.values_list("clause__code", "state"))
    assert kept == {"YC-8-1": "declined", "YC-9-1": "matched"}
    worse = clause(code="YC-9-2", formula={"fixed_fen": 10}, budget_fen=None)
    assert match_clause(city["gongxin"], worse, date(2026, 9, 3)) == 0


def test_a_budget_is_not_overspent_and_the_slow_way_is_not_skipped(city, firm):
    row = clause(track="fast", budget_fen=40_000_000)
    match_clause(city["gongxin"], row, date(2026, 4, 1))
    match = Match.objects.get()
    for to in ("notified", "confirmed"):
        match = step(city["gongxin"], match, to, on=date(2026, 4, 1))
    with pytest.raises(Refused, match="须先申报、审核"):
        step(city["gongxin"], match, "public_notice")
    for to in ("applied", "reviewed", "public_notice"):
        match = step(city["gongxin"], match, to, on=date(2026, 4, 1))
    assert match.due_on == date(2026, 6, 30)
    with pytest.raises(Refused, match="超出这一条的预算"):
        step(city["gongxin"], match, "approved")
