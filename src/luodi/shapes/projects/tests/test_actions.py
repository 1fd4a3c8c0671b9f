"""A road from an idea to traffic: gates, papers, the start, reports and corrections, problems, changes of the plan."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Unit
from luodi.shapes.projects import actions
from luodi.shapes.projects.chain import first_broken_step
from luodi.shapes.projects.models import MonthReport, PlanChange, Project, Step
from luodi.shapes.projects.tests.conftest import TODAY, WAN, in_hand, photo, triad

pytestmark = pytest.mark.django_db


def test_a_new_project_has_its_number_its_papers_and_its_first_step(road):
    assert (road.number, road.stage, road.kind) == ("XD2026-001", "lead", "roads")
    assert road.papers.count() == 24
    assert set(road.papers.filter(state="not_needed").values_list("kind", flat=True)) >= {
        "ore",
        "relics",
        "stability",
    }
    assert [step.to for step in road.steps.all()] == ["lead"]


def test_one_writes_only_projects_of_ones_own_unit_or_place(roads, road):
    actions.keep_project(roads["songpi"], road, {"content": "路基路面 12 公里"})
    with pytest.raises(PermissionDenied):
        actions.keep_project(roads["qingwu"], road, {"content": "别人的"})
    with pytest.raises(PermissionDenied):
        actions.keep_project(roads["shenji"], road, {"content": "审计只看"})
    mine = {
        "name": "不归我管（演示）",
        "division": Division.objects.get(code="990102"),
        "lead": Unit.objects.get(key="zhujian"),
    }
    with pytest.raises(Refused, match="都不是你的单位"):
        actions.keep_project(roads["qingwu"], Project(kind="roads"), mine)


def test_the_gates_one_after_another(roads, road):
    by = roads["fagai"]
    road = actions.advance(by, road, "reserve", TODAY)
    with pytest.raises(Refused) as shut:
        actions.advance(by, road, "prelim", TODAY)
    assert "“投资项目代码”还没有填写。" in str(shut.value)
    assert "还没有明确包抓领导" in str(shut.value)
    with pytest.raises(Refused, match="不能这样走"):
        actions.advance(by, road, "building", TODAY)
    actions.keep_project(by, road, {"code": "2601-000099-04-01-123456"})
    triad(by, road, roads)
    road = actions.advance(by, road, "prelim", TODAY)
    assert road.stage == "prelim"


def test_a_code_belongs_to_one_project_and_keeps_its_form(roads, road):
    with pytest.raises(Refused, match="不是年月"):
        actions.keep_project(roads["fagai"], road, {"code": "2613-000099-04-01-123456"})
    actions.keep_project(roads["fagai"], road, {"code": "26010000990401123456"})
    assert road.code == "2601-000099-04-01-123456"
    with pytest.raises(Refused, match="已被另一个项目使用"):
        actions.keep_project(
            roads["fagai"], Project(kind="roads"), {"name": "另一个（演示）", "division": road.division, "code": "2601-000099-04-01-123456"}
        )  # fmt: skip


def test_three_different_people_are_in_charge_and_a_change_keeps_who_was(roads, road):
    by = roads["fagai"]
    triad(by, road, roads)
    with pytest.raises(Refused, match="三个不同的人"):
        actions.charge(
            by,
            road,
            "division",
            "",
            date(2026, 6, 1),
            unit=Unit.objects.get(key="jiaotong"),
            person=roads["zhujian"],
        )
    actions.charge(
        by,
        road,
        "leader",
        "",
        date(2026, 6, 1),
        unit=Unit.objects.get(key="zhengfuban"),
        person=roads["gongye"],
    )
    was = road.charges.get(person=roads["chengjian"])
    assert was.valid_until == date(2026, 6, 1)
    with pytest.raises(Refused, match="不能更早"):
        actions.charge(
            by,
            road,
            "leader",
            "",
            date(2026, 5, 1),
            unit=Unit.objects.get(key="zhengfuban"),
            person=roads["sannong"],
        )


def test_papers_keep_their_rules(roads, road):
    by, paper = roads["fagai"], road.papers.get(kind="land")
    with pytest.raises(Refused, match="不能用承诺代替"):
        actions.keep_paper(by, paper, {"state": "promised", "promised_until": date(2026, 12, 1)})
    construction = road.papers.get(kind="construction")
    with pytest.raises(Refused, match="承诺办结的日期"):
        actions.keep_paper(by, construction, {"state": "promised"})
    with pytest.raises(Refused, match="核发日期"):
        actions.keep_paper(by, paper, {"state": "obtained"})
    with pytest.raises(Refused, match="写明理由"):
        actions.keep_paper(by, paper, {"state": "not_needed"})
    with pytest.raises(Refused, match="早于核发日期"):
        actions.keep_paper(
            by, paper, {"state": "obtained", "issued_on": date(2026, 3, 2), "valid_until": date(2026, 3, 1)}
        )


def test_a_start_has_its_evidence(roads, ready):
    by, given = roads["fagai"], {"works": "trench", "verifier": "陆畅行，交通局科长"}
    with pytest.raises(Refused, match="“平整场地”不算开工"):
        actions.start(by, ready, date(2026, 3, 20), {**given, "works": "levelling"}, [("a.jpg", photo())])
    with pytest.raises(Refused, match="要有现场照片"):
        actions.start(by, ready, date(2026, 3, 20), given, [])
    with pytest.raises(Refused, match="早于开工日期"):
        actions.start(
            by, ready, date(2026, 3, 20), given, [("a.jpg", photo(taken=datetime(2026, 3, 1, 9, 0)))]
        )
    road = actions.start(by, ready, date(2026, 3, 20), given, [("a.jpg", photo())])
    assert (road.stage, road.started_on) == ("started", date(2026, 3, 20))
    assert road.start.by == by


def test_the_same_photo_does_not_start_two_projects(roads, started, road):
    other = Project.objects.get(pk=started.pk)
    other.pk, other.number, other.code, other.stage, other.started_on = None, "XD2026-002", "", "prelim", None
    other.save()
    with pytest.raises(Refused, match="已经作为别的项目"):
        actions.start(
            roads["fagai"],
            other,
            date(2026, 3, 20),
            {"works": "pile", "verifier": "甲"},
            [("b.jpg", photo())],
        )
    other.refresh_from_db()
    assert other.stage == "prelim", "all or nothing"


def test_a_missing_paper_keeps_the_start_shut(roads, ready):
    actions.keep_paper(roads["fagai"], ready.papers.get(kind="eia"), {"state": "missing", "issued_on": None})
    with pytest.raises(Refused, match="“环境影响评价”还没有取得"):
        actions.start(
            roads["fagai"],
            ready,
            date(2026, 3, 20),
            {"works": "trench", "verifier": "甲"},
            [("a.jpg", photo())],
        )
    construction = ready.papers.get(kind="construction")
    actions.keep_paper(
        roads["fagai"], ready.papers.get(kind="eia"), {"state": "obtained", "issued_on": date(2026, 3, 1)}
    )
    actions.keep_paper(
        roads["fagai"], construction, {"state": "promised", "promised_until": date(2026, 12, 1)}
    )
    road = actions.start(
        roads["fagai"], ready, date(2026, 3, 20), {"works": "trench", "verifier": "甲"}, [("a.jpg", photo())]
    )
    assert road.stage == "started", "a promise counts for a time"


def test_reports_are_cumulative_and_corrections_keep_both_values(roads, started):
    by = roads["songpi"]
    march = actions.report(by, started, date(2026, 3, 31), {"ytd_fen": 300 * WAN, "progress": "清表"})
    april = actions.report(by, started, date(2026, 4, 1), {"ytd_fen": 800 * WAN, "progress": "路基"})
    assert (march.month_fen, april.month_fen) == (300 * WAN, 500 * WAN)
    again = actions.report(by, started, date(2026, 4, 1), {"ytd_fen": 800 * WAN, "progress": "路基"})
    assert again.pk == april.pk
    with pytest.raises(Refused, match="累计数不能回落"):
        actions.report(by, started, date(2026, 5, 1), {"ytd_fen": 700 * WAN})
    with pytest.raises(Refused, match="请写更正理由"):
        actions.report(by, started, date(2026, 3, 1), {"ytd_fen": 350 * WAN})
    actions.report(by, started, date(2026, 3, 1), {"ytd_fen": 350 * WAN}, why="漏报一笔设备款")
    rows = MonthReport.objects.filter(month=date(2026, 3, 1)).order_by("revision")
    assert [(row.ytd_fen, row.is_current) for row in rows] == [(300 * WAN, False), (350 * WAN, True)]
    april.refresh_from_db()
    assert april.month_fen == 450 * WAN
    assert rows[1].progress == "清表", "what a correction does not name stays"


def test_what_can_not_be_reported(roads, ready, started):
    by = roads["fagai"]
    with pytest.raises(Refused, match="还没有登记开工"):
        actions.report(by, started, date(2026, 2, 1), {"ytd_fen": 1})
    with pytest.raises(Refused, match="还没有到"):
        actions.report(by, started, date(2026, 12, 1), {"ytd_fen": 1})
    with pytest.raises(Refused, match="不能小于 0"):
        actions.report(by, started, date(2026, 4, 1), {"ytd_fen": 10, "loans_fen": -1})
    with pytest.raises(Refused, match="没有填写"):
        actions.report(by, started, date(2026, 4, 1), {"progress": "路基"})
    with pytest.raises(PermissionDenied):
        actions.report(roads["qingwu"], started, date(2026, 4, 1), {"ytd_fen": 1})


def test_a_slip_of_unit_is_asked_about(roads, started):
    from luodi.shapes.projects.actions.reporting import doubts

    actions.set_plan(roads["fagai"], started, 2026, 6_000 * WAN)
    actions.report(roads["fagai"], started, date(2026, 3, 1), {"ytd_fen": 300 * WAN})
    assert doubts(started, date(2026, 4, 1), 700 * WAN) == []
    said = doubts(started, date(2026, 4, 1), 8_000_000 * WAN)
    assert any("100 倍" in sentence for sentence in said)


def test_a_plan_is_set_once_and_changes_by_two_people(roads, started):
    by, second = roads["fagai"], roads["changwu"]
    plan = actions.set_plan(by, started, 2026, 6_000 * WAN, "完成路基")
    with pytest.raises(Refused, match="请走“计划调整”"):
        actions.set_plan(by, started, 2026, 5_000 * WAN)
    with pytest.raises(Refused, match="超过总投资"):
        actions.set_plan(by, started, 2027, 13_000 * WAN)
    change = actions.ask_change(by, started, "year_plan", str(5_000 * WAN), "征迁推迟", 2026)
    with pytest.raises(Refused, match="已有一项调整"):
        actions.ask_change(by, started, "year_plan", str(4_000 * WAN), "再减", 2026)
    with pytest.raises(Refused, match="不能批准或退回自己的"):
        actions.decide_change(by, change, approve=True)
    with pytest.raises(PermissionDenied):
        actions.decide_change(roads["songpi"], change, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanChange.objects.filter(pk=change.pk).update(decided_by=by)
    actions.decide_change(second, change, approve=True)
    plan.refresh_from_db()
    assert (plan.plan_fen, plan.first_fen) == (5_000 * WAN, 6_000 * WAN)
    change.refresh_from_db()
    assert (change.old_shown, change.new_shown) == ("6,000 万元", "5,000 万元")
    with pytest.raises(Refused, match="不能再办理"):
        actions.decide_change(second, change, approve=True)


def test_a_settled_date_moves_only_by_a_change(roads, started):
    by = roads["fagai"]
    with pytest.raises(Refused, match="计划竣工已经确定"):
        actions.keep_project(by, started, {"finish_due_on": date(2027, 9, 30)})
    with pytest.raises(Refused, match="早于计划开工"):
        actions.ask_change(by, started, "finish_due_on", "2026-01-01", "提前")
    with pytest.raises(Refused, match="不用再调"):
        actions.ask_change(by, started, "start_due_on", "2026-05-01", "改期")
    change = actions.ask_change(by, started, "finish_due_on", "2027-09-30", "雨季停工")
    declined = actions.decide_change(roads["changwu"], change, approve=False, opinion="抢回来")
    started.refresh_from_db()
    assert (declined.state, started.finish_due_on) == ("declined", date(2027, 6, 30))


def test_a_problem_keeps_every_date_it_was_promised_for(roads, started):
    problem = actions.raise_problem(
        roads["songpi"], started, {"words": "三户未签征迁协议", "owner": Unit.objects.get(key="songpi"), "due_on": date(2026, 10, 10), "reason": "clearance", "raised_on": date(2026, 9, 20)}
    )  # fmt: skip
    with pytest.raises(Refused, match="要晚于原来的"):
        actions.promise(roads["songpi"], problem, date(2026, 10, 9), "再谈")
    actions.promise(roads["songpi"], problem, date(2026, 11, 20), "两户已签")
    assert problem.promised == [date(2026, 10, 10), date(2026, 11, 20)]
    with pytest.raises(PermissionDenied):
        actions.solve(roads["qingwu"], problem, TODAY, "不是我的")
    actions.solve(roads["songpi"], problem, TODAY, "全部签完")
    with pytest.raises(Refused, match="已于"):
        actions.promise(roads["songpi"], problem, date(2026, 12, 1), "没完")
    with pytest.raises(Refused, match="一个牵头解决单位和一个期限"):
        actions.raise_problem(roads["ducha"], started, {"words": "没人管", "owner": None, "due_on": None})


def test_a_start_that_is_put_off_gives_reason_and_date(roads, ready):
    given = {"reason": "land", "words": "地块未交净地", "new_on": date(2026, 12, 10)}
    with pytest.raises(Refused, match="晚于 2026 年 12 月"):
        actions.explain_start(roads["fagai"], ready, date(2026, 12, 1), given)
    delay = actions.explain_start(roads["fagai"], ready, date(2026, 11, 5), given)
    assert delay.month == date(2026, 11, 1)


def test_into_statistics_only_with_the_papers(roads, started):
    by = roads["fagai"]
    with pytest.raises(Refused, match="缺少“建设内容说明”"):
        actions.enter_statistics(by, started, date(2026, 4, 20))
    in_hand(by, started, "entry")
    actions.keep_paper(
        by,
        started.papers.get(kind="legal_person_proof"),
        {"state": "obtained", "issued_on": date(2026, 4, 1)},
    )
    with pytest.raises(Refused, match="早于开工"):
        actions.enter_statistics(by, started, date(2026, 3, 1))
    assert actions.enter_statistics(by, started, date(2026, 4, 20)).stat_entered_on == date(2026, 4, 20)


def test_paused_and_taken_up_again_where_it_stood(roads, started):
    by = roads["fagai"]
    road = actions.advance(by, started, "building", date(2026, 5, 1))
    with pytest.raises(Refused, match="请写明事由"):
        actions.advance(by, road, "suspended", date(2026, 6, 1))
    road = actions.advance(by, road, "suspended", date(2026, 6, 1), "资金链断裂")
    road = actions.advance(by, road, "resume", date(2026, 8, 1), "新投资方进场")
    assert (road.stage, road.started_on) == ("building", date(2026, 3, 20))
    with pytest.raises(Refused, match="早于进入现在阶段"):
        actions.advance(by, road, "terminated", date(2026, 7, 1), "不干了")
    with pytest.raises(Refused, match="不能在今天之后"):
        actions.advance(by, road, "terminated", date(2027, 7, 1), "不干了")


def test_finished_with_its_acceptance_and_the_chain_holds(roads, started):
    by = roads["fagai"]
    with pytest.raises(Refused, match="竣工验收"):
        actions.advance(by, started, "completed", date(2026, 11, 1))
    in_hand(by, started, "completed")
    road = actions.advance(by, started, "completed", date(2026, 11, 1))
    assert road.finished_on == date(2026, 11, 1)
    assert first_broken_step(road.steps.order_by("number")) is None
    Step.objects.filter(project=road, number=3).update(reason="改过")
    assert "第 3 步" in first_broken_step(road.steps.order_by("number"))
    with pytest.raises(TypeError):
        road.steps.first().save()


def test_a_milestone_that_moves_says_why_and_keeps_its_first_day(roads, started):
    from luodi.shapes.projects.models import Milestone

    by = roads["fagai"]
    row = actions.keep_milestone(
        by, Milestone(), {"project": started, "title": "路基贯通", "due_on": date(2026, 9, 30)}
    )
    with pytest.raises(Refused, match="写明理由"):
        actions.keep_milestone(by, row, {"due_on": date(2026, 10, 31)})
    row.refresh_from_db()
    actions.keep_milestone(by, row, {"due_on": date(2026, 10, 31), "note": "雨季"})
    assert (row.first_due_on, row.due_on) == (date(2026, 9, 30), date(2026, 10, 31))
    with pytest.raises(Refused, match="今天之后"):
        actions.reach(by, row, date(2026, 12, 1))
    assert actions.reach(by, row, date(2026, 11, 2)).reached_on == date(2026, 11, 2)
