"""Dangers from being found to their end through the database, registers with their refusals, accidents as they are counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division, Unit
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Accident, Danger, Inspection, RiskPoint, SelfCheck
from luodi.scenarios.work_safety.pages import DANGERS
from luodi.scenarios.work_safety.tests.conftest import MONDAY, photo
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.chain import first_broken_step

pytestmark = pytest.mark.django_db


def found(by, firm, at=MONDAY, **more):
    values = {
        "title": "消防通道堆放杂物",
        "body": "一号车间",
        "category": "fire",
        "firm": firm,
        "channel": "inspection",
        **more,
    }
    return cases.bring(by, DANGERS, values, at)


def go(danger, *moves):
    """Each move: (person, name, values, days after Monday)."""
    for by, name, values, days in moves:
        danger = cases.take(by, danger, name, values, MONDAY + timedelta(days=days))
    return danger


def general(city, firm, **more):
    return go(
        found(city["yingji2"], firm, **more),
        (city["yingji"], "grade", {"level": "general", "category": "fire"}, 0),
        (
            city["yingji"],
            "assign",
            {"lead": Unit.objects.get(key="baidushi"), "fix_by": date(2026, 9, 24)},
            0,
        ),
        (city["baidushi"], "plan", {"words": "清理"}, 1),
    )


PLAN = {
    "fix_measures": "加装监测",
    "fix_funds": 50_000_000,
    "fix_person": "矿长",
    "fix_plan": "撤人预案",
    "told": True,
}


def listed(city, firm, **more):
    return go(
        found(city["yingji2"], firm, title="通风系统不可靠", category="coal", **more),
        (city["yingji"], "grade", {"level": "major", "category": "coal", "rule": "coal-3"}, 0),
        (
            city["yingji"],
            "list",
            {
                "lead": Unit.objects.get(key="fagai"),
                "notice_no": "云安督1号",
                "potential": 12,
                "fix_by": date(2026, 11, 13),
            },
            1,
        ),
    )


def mended(city, danger, days, by="fagai"):
    evidence.attach(city[by], danger, "after.jpg", photo(), "整改后")
    return go(danger, (city[by], "self_accept", {"words": "整改完毕"}, days))


def test_a_general_danger_is_mended_in_time_and_looked_at_by_another(city, workshop):
    danger = general(city, workshop)
    assert (danger.due_on, danger.division, danger.fix_days) == (date(2026, 9, 24), workshop.division, 10)
    with pytest.raises(Refused, match="须附整改后的照片"):
        go(danger, (city["baidushi"], "self_accept", {"words": "好了"}, 3))
    danger = mended(city, danger, 3, "baidushi")
    assert danger.mending_days == 3
    with pytest.raises(PermissionDenied):
        go(danger, (city["baidushi"], "recheck_pass", {"words": "自己看"}, 4))
    danger = go(danger, (city["yingji"], "recheck_pass", {"words": "合格"}, 4))
    assert (danger.state, danger.outcome, danger.was_late) == ("closed", "mended", False)
    assert first_broken_step(danger.steps.order_by("number")) is None


def test_a_last_day_stands_though_it_is_a_holiday(city, workshop):
    danger = go(found(city["yingji2"], workshop, at=datetime(2026, 9, 21, 9, tzinfo=CHINA)))
    at = datetime(2026, 9, 21, 10, tzinfo=CHINA)
    danger = cases.take(city["yingji"], danger, "grade", {"level": "general", "category": "fire"}, at)
    danger = cases.take(
        city["yingji"],
        danger,
        "assign",
        {"lead": Unit.objects.get(key="baidushi"), "fix_by": date(2026, 10, 2)},
        at,
    )
    danger = cases.take(city["baidushi"], danger, "plan", {"words": "清理"}, at)
    assert danger.due_on == date(2026, 10, 2), "a danger does not wait for the holiday to be over"


def test_deadlines_that_can_not_be(city, workshop):
    danger = go(
        found(city["yingji2"], workshop),
        (city["yingji"], "grade", {"level": "general", "category": "fire"}, 0),
    )
    unit = Unit.objects.get(key="baidushi")
    with pytest.raises(Refused, match="整改期限应晚于今天"):
        go(danger, (city["yingji"], "assign", {"lead": unit, "fix_by": date(2026, 9, 14)}, 0))
    with pytest.raises(Refused, match="整改期限最长 15 日，应不晚于 2026-09-29"):
        go(danger, (city["yingji"], "assign", {"lead": unit, "fix_by": date(2026, 9, 30)}, 0))


def test_a_major_danger_rests_on_a_criterion_of_its_sector(city, mine):
    danger = found(city["yingji2"], mine, category="coal")
    with pytest.raises(Refused, match="须写明判定标准的哪一条"):
        go(danger, (city["yingji"], "grade", {"level": "major", "category": "coal"}, 0))
    with pytest.raises(Refused, match="不属于所选的行业领域"):
        go(danger, (city["yingji"], "grade", {"level": "major", "category": "coal", "rule": "gas-1"}, 0))
    with pytest.raises(Refused, match="不能按一般隐患办"):
        graded = go(
            danger, (city["yingji"], "grade", {"level": "major", "category": "coal", "rule": "coal-3"}, 0)
        )
        go(
            graded,
            (
                city["yingji"],
                "assign",
                {"lead": Unit.objects.get(key="fagai"), "fix_by": date(2026, 9, 20)},
                0,
            ),
        )


def test_listed_supervision_from_the_notice_to_striking_off(city, mine):
    danger = listed(city, mine)
    assert (danger.listing, danger.listed_on, danger.due_on) == (
        "二级",
        date(2026, 9, 15),
        date(2026, 11, 13),
    )
    for missing in PLAN:
        with pytest.raises(Refused, match="还缺"):
            go(
                danger,
                (
                    city["fagai"],
                    "plan_major",
                    {name: value for name, value in PLAN.items() if name != missing},
                    5,
                ),
            )
    with pytest.raises(Refused, match="须向从业人员通报"):
        go(danger, (city["fagai"], "plan_major", {**PLAN, "told": False}, 5))
    danger = go(danger, (city["fagai"], "plan_major", PLAN, 5))
    assert [name for name, words in danger.five if not words] == []
    assert danger.five[1] == ("资金", "50 万元")
    assert danger.state_due_at == datetime(2026, 12, 22, tzinfo=CHINA), (
        "a report every quarter: the 19th is a Saturday"
    )
    danger = mended(city, danger, 40)
    with pytest.raises(Refused, match="重大事故隐患须挂牌督办"):
        go(danger, (city["yingji"], "recheck_pass", {"words": "行"}, 41))
    danger = go(danger, (city["yingji"], "accept_pass", {"experts": "三名专家", "words": "合格"}, 45))
    assert (danger.state, danger.was_late) == ("accepted", False)
    with pytest.raises(Refused, match="还没有向社会公布"):
        go(danger, (city["yingji"], "strike_off", {"notice": "公告1号"}, 46))


def test_acceptance_is_due_ten_days_after_it_was_asked_for(city, mine):
    danger = mended(
        city,
        go(
            listed(city, mine),
            (city["yingji"], "announce", {"words": "网站"}, 2),
            (city["fagai"], "plan_major", PLAN, 5),
        ),
        40,
    )
    assert danger.state_due_at.astimezone(CHINA).date() == date(2026, 11, 4), (
        "the tenth day after 2026-10-24 ends then"
    )
    danger = go(
        danger,
        (city["yingji"], "accept_pass", {"experts": "三名专家", "words": "合格"}, 45),
        (city["yingji"], "strike_off", {"notice": "公告1号"}, 46),
    )
    assert (danger.state, danger.outcome, danger.struck_on) == (
        "struck_off",
        "struck_off",
        date(2026, 10, 30),
    )


def test_who_was_told_to_stop_starts_again_only_when_allowed(city, mine):
    danger = go(
        listed(city, mine),
        (city["yingji"], "announce", {"words": "网站"}, 2),
        (city["yingji"], "stop", {"reason": "不能保证安全", "basis": "安全生产法第七十条"}, 3),
        (city["fagai"], "plan_major", PLAN, 5),
    )
    danger = go(
        mended(city, danger, 20), (city["yingji"], "accept_pass", {"experts": "专家", "words": "合格"}, 22)
    )
    with pytest.raises(Refused, match="先同意恢复生产再核销"):
        go(danger, (city["yingji"], "strike_off", {"notice": "公告"}, 23))
    danger = go(
        danger,
        (city["yingji"], "allow_restart", {"words": "同意"}, 23),
        (city["yingji"], "strike_off", {"notice": "公告"}, 23),
    )
    assert danger.state == "struck_off"


def test_power_is_cut_a_day_after_the_notice(city, mine):
    danger = go(listed(city, mine))
    with pytest.raises(Refused, match="须提前通知企业"):
        go(danger, (city["yingji"], "cut_power", {"words": "停"}, 2))
    danger = go(danger, (city["yingji"], "warn_power", {"reason": "拒不停产", "basis": "第七十条"}, 2))
    with pytest.raises(Refused, match="须提前 24 小时通知，最早在 2026-09-17 09:00"):
        go(danger, (city["yingji"], "cut_power", {"words": "停"}, 2.9))
    assert go(danger, (city["yingji"], "cut_power", {"words": "停"}, 3)).state == "planning"


def test_a_licence_is_suspended_only_after_the_deadline_and_it_is_extended_once(city, workshop):
    danger = general(city, workshop)
    with pytest.raises(Refused, match="还没有超过整改期限"):
        go(danger, (city["yingji"], "suspend_licence", {"reason": "拖延", "basis": "条例"}, 5))
    danger = go(
        danger,
        (city["baidushi"], "ask_extension", {"reason": "缺件", "length": 5}, 5),
        (city["yingji"], "grant_extension", {"length": 5, "reason": "属实"}, 6),
    )
    assert danger.due_on == date(2026, 9, 29)
    with pytest.raises(Refused, match="延期以 1 次为限"):
        go(danger, (city["baidushi"], "ask_extension", {"reason": "还缺", "length": 5}, 7))
    assert actions.mark_overdue(None, MONDAY + timedelta(days=14)) == 0
    assert actions.mark_overdue(None, MONDAY + timedelta(days=17)) == 1
    danger = go(danger, (city["yingji"], "suspend_licence", {"reason": "逾期", "basis": "条例"}, 17))
    assert danger.overdue_on == date(2026, 9, 29)


def test_the_same_photo_does_not_prove_twice(city, workshop):
    same = photo()
    first, second = general(city, workshop), general(city, workshop)
    evidence.attach(city["baidushi"], first, "a.jpg", same, "整改后")
    go(first, (city["baidushi"], "self_accept", {"words": "好了"}, 3))
    evidence.attach(city["baidushi"], second, "a.jpg", same, "整改后")
    with pytest.raises(Refused, match="已经用过"):
        go(second, (city["baidushi"], "self_accept", {"words": "好了"}, 3))
    failed = go(first, (city["yingji"], "fail", {"reason": "没改完"}, 4))
    with pytest.raises(Refused, match="已经用过"):
        go(failed, (city["baidushi"], "self_accept", {"words": "好了"}, 5))


def test_who_reports_a_danger_is_named_to_no_handler(city, workshop):
    danger = found(None, workshop, channel="report", reporter_name="工人甲", reporter_phone="13800001111")
    assert danger.is_sealed
    assert danger.contact_shown == "已保密"


def test_a_general_one_turns_out_to_be_major(city, mine):
    danger = go(
        found(city["yingji2"], mine, category="coal"),
        (city["yingji"], "grade", {"level": "general", "category": "coal"}, 0),
        (city["yingji"], "assign", {"lead": Unit.objects.get(key="fagai"), "fix_by": date(2026, 9, 20)}, 0),
        (city["yingji"], "regrade", {"level": "major", "rule": "coal-2", "reason": "瓦斯超限"}, 1),
    )
    assert (danger.state, danger.level, danger.rule) == ("graded", "major", "coal-2")


def risk(city, firm, **more):
    values = {
        "code": "FX-1", "firm": firm, "name": "瓦斯积聚", "sector": "coal", "method": "lec", "likely": Decimal(3), "exposed": Decimal(6), "grave": Decimal(40),
        "assessed_on": date(2026, 9, 1), **more,
    }  # fmt: skip
    return actions.keep_risk(city["yingji"], RiskPoint(), values)


def test_a_risk_point_has_its_colour_and_its_days_by_rule(city, mine):
    row = risk(city, mine)
    assert (row.score, row.level, row.control) == (Decimal(720), "red", "企业")
    assert (row.reassess_on, row.next_check_on) == (date(2027, 9, 1), date(2026, 9, 2))
    row = actions.keep_risk(city["yingji"], row, {"likely": Decimal(1), "residual_likely": Decimal("0.5")})
    assert (row.level, row.residual_level) == ("orange", "yellow")
    with pytest.raises(Refused, match="剩余风险 720 大于固有风险 240"):
        actions.keep_risk(city["yingji"], row, {"residual_likely": Decimal(3)})
    with pytest.raises(Refused, match="L 只能取"):
        risk(city, mine, code="FX-2", likely=Decimal(4))
    with pytest.raises(PermissionDenied):
        actions.keep_risk(city["shenji"], RiskPoint.objects.get(), {"name": "x"})


def test_checks_move_on_and_missed_ones_are_noted_once(city, mine):
    row = risk(city, mine, likely=Decimal(1))  # orange: every week
    assert actions.note_missed(None, date(2026, 9, 8)) == 0
    assert actions.note_missed(None, date(2026, 9, 9)) == 1
    assert actions.note_missed(None, date(2026, 9, 9)) == 0
    check = actions.record_check(
        city["yingji"], row, {"is_sound": True, "by_name": "安全员"}, date(2026, 9, 10)
    )
    assert (check.due_on, check.is_missed, SelfCheck.objects.count()) == (date(2026, 9, 8), True, 1)
    row.refresh_from_db()
    assert row.next_check_on == date(2026, 9, 17)
    with pytest.raises(Refused, match="是否发现问题"):
        actions.record_check(city["yingji"], row, {"by_name": "安全员"}, date(2026, 9, 11))


def test_a_visit_takes_two_inspectors(city, workshop):
    values = {
        "number": "JC1",
        "firm": workshop,
        "on": date(2026, 9, 1),
        "sector": "trade",
        "inspectors": "甲、甲",
    }
    with pytest.raises(Refused, match="须两名以上检查人员"):
        actions.keep_inspection(city["yingji2"], Inspection(), values)
    with pytest.raises(Refused, match="要么都填，要么都不填"):
        actions.keep_inspection(
            city["yingji2"], Inspection(), {**values, "inspectors": "甲、乙", "penalty_no": "罚1号"}
        )
    row = actions.keep_inspection(city["yingji2"], Inspection(), {**values, "inspectors": "甲、乙"})
    assert row.unit.key == "yingji"
    danger = found(city["yingji2"], None, inspection=row)
    assert danger.firm == workshop
    with pytest.raises(PermissionDenied):
        actions.keep_inspection(city["baidushi"], row, {"words": "改"})


def test_an_inspection_of_another_firm_is_no_source(city, mine, workshop):
    row = risk(city, mine)
    with pytest.raises(Refused, match="不是云川岚光铸造有限公司的"):
        found(city["yingji2"], workshop, risk=row)
    with pytest.raises(Refused, match="请填写企业"):
        found(city["yingji2"], None)


def test_deaths_count_until_their_day(city, mine):
    values = {
        "number": "SG1", "name": "“9·1”煤矿事故", "division": Division.objects.get(code="990181"), "sector": "coal", "happened_on": date(2026, 9, 1), "deaths": None, "injured": 2,
    }  # fmt: skip
    row = actions.keep_accident(city["yingji"], Accident(), values, date(2026, 9, 2))
    assert row.class_title == "一般事故以上（死亡人数、直接经济损失待补）"
    row = actions.keep_accident(city["yingji"], row, {"deaths": 3}, date(2026, 9, 30))
    assert row.graded.least == "major"
    with pytest.raises(Refused, match="只计到 2026-10-01"):
        actions.keep_accident(city["yingji"], row, {"deaths": 4}, date(2026, 10, 2))
    assert actions.keep_accident(city["yingji"], row, {"cause": "瓦斯"}, date(2026, 10, 2)).deaths == 3
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.keep_accident(
            city["yingji"],
            Accident(),
            {**values, "number": "SG2", "happened_on": date(2026, 9, 9)},
            date(2026, 9, 8),
        )
    with pytest.raises(PermissionDenied):
        actions.keep_accident(city["baidushi"], row, {"deaths": 0})


def test_penalties_and_a_major_danger_ask_whether_to_close(city, mine):
    for number, on in enumerate((date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1))):
        actions.keep_inspection(
            city["yingji2"], Inspection(),
            {"number": f"JC{number}", "firm": mine, "on": on, "sector": "coal", "inspectors": "甲、乙", "is_sound": False, "penalty_no": f"罚{number}", "penalty_on": on},
        )  # fmt: skip
    assert actions.closure_ground(mine, date(2026, 7, 2)) == ""
    listed(city, mine)
    assert "180 日内受到 3 次" in actions.closure_ground(mine, date(2026, 7, 2))
    assert Danger.objects.count() == 1
