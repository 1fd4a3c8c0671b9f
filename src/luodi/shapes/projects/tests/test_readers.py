"""What dispatch reads: exceptions of the week, the start list of a month, a leader's projects, progress of a division."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.kernel.models import Division, Unit
from luodi.shapes.projects import actions
from luodi.shapes.projects.exceptions import exceptions, problems
from luodi.shapes.projects.models import Milestone, Project
from luodi.shapes.projects.readers import (
    in_charge,
    in_rhythm,
    paces,
    progress,
    progress_by,
    progress_of,
    projects_of,
    starts_of_month,
)
from luodi.shapes.projects.tests.conftest import TODAY, WAN, in_hand
from luodi.shapes.registers.models import Enterprise

pytestmark = pytest.mark.django_db


def codes(on=TODAY):
    return [(each.code, each.severity) for each in exceptions(on)]


def report(roads, road, month, wan, **more):
    return actions.report(
        roads["fagai"], road, date(2026, month, 1), {"ytd_fen": wan * WAN, "progress": "路基", **more}
    )


@pytest.fixture
def paced(roads, started):
    """6,000 万元 planned, 2,000 done to the end of October: 33.3 %, 50 points behind; in statistics since April."""
    actions.set_plan(roads["fagai"], started, 2026, 6_000 * WAN)
    Project.objects.filter(pk=started.pk).update(stat_entered_on=date(2026, 4, 20))
    report(roads, started, 6, 1_500)
    report(roads, started, 10, 2_000)
    started.refresh_from_db()
    return started


def test_behind_is_said_with_its_arithmetic(roads, paced):
    (found,) = exceptions(TODAY)
    assert (found.code, found.owner, found.due_on) == (
        "behind",
        Unit.objects.get(key="jiaotong"),
        date(2026, 10, 1),
    )
    assert found.sentence == "10 月底完成年度计划的 33.3%，低于序时 50.0 个百分点。"
    report(roads, paced, 11, 5_400)
    assert exceptions(TODAY) == [], "what is made up is gone"


def test_a_start_that_is_late_turns_red_after_fifteen_days(roads, ready):
    assert codes(date(2026, 3, 20)) == []
    assert codes(date(2026, 4, 4)) == [("start", "yellow")]
    assert codes(date(2026, 4, 5)) == [("start", "red")]


def test_a_started_project_is_late_for_statistics_after_a_month(roads, started):
    def entry(on):
        return [each.severity for each in exceptions(on) if each.code == "entry"]

    assert entry(date(2026, 4, 20)) == []
    assert entry(date(2026, 4, 21)) == ["yellow"]
    assert entry(date(2026, 5, 21)) == ["red"]


def test_a_missing_report_is_an_exception_after_its_day(roads, started):
    def missing(on):
        return [each.sentence for each in exceptions(on) if each.code == "report"]

    assert missing(date(2026, 4, 10)) == []
    assert missing(date(2026, 4, 11)) == ["3 月月报还没有报。"]


def test_milestones_problems_promises_and_doubts(roads, paced):
    by = roads["fagai"]
    report(roads, paced, 11, 5_400)
    actions.keep_milestone(
        by, Milestone(), {"project": paced, "title": "路基贯通", "due_on": date(2026, 11, 20)}
    )
    actions.keep_paper(
        by, paced.papers.get(kind="construction"), {"state": "promised", "promised_until": date(2026, 12, 1)}
    )
    problem = actions.raise_problem(by, paced, {"words": "电杆未迁", "owner": Unit.objects.get(key="songpi"), "due_on": date(2026, 11, 10), "raised_on": date(2026, 10, 20)})  # fmt: skip
    assert sorted(codes()) == [("milestone", "yellow"), ("paper", "yellow"), ("problem", "red")]
    found = next(each for each in exceptions(TODAY) if each.code == "problem")
    assert (found.level, found.subject, found.owner.key) == (2, problem, "songpi")
    (waiting,) = problems(TODAY)
    assert (waiting.standing.missed, waiting.standing.level, waiting.standing.days_late) == (3, 2, 14)
    report_again = actions.report(
        by, paced, date(2026, 11, 1), {"ytd_fen": 5_400 * WAN, "stat_fen": 3_000 * WAN}, "补统计数"
    )
    assert [each.subject for each in exceptions(TODAY) if each.code == "doubt"] == [report_again]


def test_the_whole_flow_has_its_working_days(roads, road):
    """Approved on 2 March 2026: 120 working days end on 21 August."""
    papers = {paper.kind: paper for paper in road.papers.all()}
    actions.keep_paper(
        roads["fagai"], papers["approval"], {"state": "obtained", "issued_on": date(2026, 3, 2)}
    )

    def said(on):
        return [each.sentence for each in exceptions(on) if each.code == "paper"]

    end = date(2026, 8, 21)
    assert said(end) == []
    assert said(date(2026, 8, 22)) == [
        "2026-03-02 立项，全流程 120 个工作日已于 2026-08-21 到期，施工许可还没有取得。"
    ]
    actions.keep_paper(
        roads["fagai"], papers["construction"], {"state": "obtained", "issued_on": date(2026, 8, 1)}
    )
    assert not any("全流程" in sentence for sentence in said(date(2026, 8, 27)))


def test_a_paper_without_a_word_on_it_runs_out_by_the_ruleset(roads, road):
    paper = road.papers.get(kind="construction")
    actions.keep_paper(roads["fagai"], paper, {"state": "obtained", "issued_on": date(2026, 8, 1)})
    assert paper.valid_until == date(2026, 11, 1)
    (found,) = [each for each in exceptions(TODAY) if each.code == "paper"]
    assert (found.severity, found.sentence) == ("red", "“建筑工程施工许可证”有效期至 2026-11-01，已过期。")
    land = road.papers.get(kind="land")
    actions.keep_paper(roads["fagai"], land, {"state": "obtained", "issued_on": date(2026, 8, 1)})
    assert land.valid_until is None, "nothing is known of land"


def test_two_small_projects_of_one_firm_on_one_parcel(roads, road):
    firm = Enterprise.objects.create(uscc="91350100M000100Y43", name="云川演示路桥公司")
    for number, name in ((2, "一期（演示）"), (3, "二期（演示）")):
        Project.objects.create(
            kind="roads",
            number=f"XD2026-{number:03}",
            name=name,
            division=road.division,
            owner=firm,
            parcel="D-1",
            total_fen=400 * WAN,
        )
    said = [each.sentence for each in exceptions(TODAY) if each.code == "doubt"]
    assert len(said) == 2
    assert "“二期（演示）”同一法人、同一地块，各自不足 500 万元" in said[0]


def test_the_months_start_list(roads, ready):
    (line,) = starts_of_month(date(2026, 3, 1), date(2026, 3, 10))
    assert (line.state, line.due_on, line.is_carried) == ("ahead", date(2026, 3, 20), False)
    assert starts_of_month(date(2026, 3, 1), date(2026, 3, 31))[0].state == "owed"
    given = {"reason": "land", "words": "净地未交", "new_on": date(2026, 5, 8)}
    actions.explain_start(roads["fagai"], ready, date(2026, 3, 1), given)
    assert starts_of_month(date(2026, 3, 1), date(2026, 3, 31))[0].state == "excused"
    assert starts_of_month(date(2026, 4, 1), date(2026, 4, 30)) == [], "it was put off to May"
    (may,) = starts_of_month(date(2026, 5, 1), date(2026, 6, 1))
    assert (may.state, may.due_on, may.is_carried) == ("owed", date(2026, 5, 8), False)
    (june,) = starts_of_month(date(2026, 6, 1), date(2026, 6, 20))
    assert (june.state, june.is_carried) == ("owed", True)


def test_a_start_on_the_list_shows_its_evidence(started):
    (line,) = starts_of_month(date(2026, 3, 1), date(2026, 3, 31))
    assert (line.state, line.photos, line.start.get_works_display()) == (
        "started",
        1,
        "永久性工程正式破土开槽",
    )
    assert starts_of_month(date(2026, 4, 1), TODAY) == []


def test_a_leader_and_the_projects(roads, ready):
    assert list(projects_of(roads["chengjian"], TODAY)) == [ready]
    assert list(projects_of(roads["gongye"], TODAY)) == []
    actions.charge(
        roads["fagai"],
        ready,
        "leader",
        "",
        date(2026, 6, 1),
        unit=Unit.objects.get(key="zhengfuban"),
        person=roads["gongye"],
    )
    assert list(projects_of(roads["chengjian"], date(2026, 5, 31))) == [ready]
    assert list(projects_of(roads["chengjian"], date(2026, 6, 1))) == []
    row = in_rhythm().get()
    assert in_charge(row, "leader", TODAY).person == roads["gongye"]
    assert [line.title for line in progress_by("leader", TODAY)] == ["项有成"]


def test_progress_of_a_division_and_of_the_city(roads, paced):
    line = progress_of(Division.objects.get(code="990121"), date(2026, 10, 31))
    assert (line.count, line.plan_fen, line.done_fen) == (1, 6_000 * WAN, 2_000 * WAN)
    assert round(line.gap, 1) == Decimal("-50.0")
    assert (line.start_planned, line.start_made, line.start_rate) == (1, 1, 100)
    assert (line.entry_owed, line.entry_made, line.unreported) == (1, 1, 0)
    assert progress_of(Division.objects.get(code="990122"), date(2026, 10, 31)).rate is None
    july = progress(date(2026, 7, 31))
    assert (july.done_fen, july.unreported) == (1_500 * WAN, 1), "what was not known in July does not count"
    assert [line.title for line in progress_by("division", date(2026, 10, 31))] == ["松陂"]


def test_a_changed_plan_gives_both_rates(roads, paced):
    change = actions.ask_change(roads["fagai"], paced, "year_plan", str(4_000 * WAN), "征迁推迟", 2026)
    actions.decide_change(roads["changwu"], change, approve=True)
    pace = paces([paced], TODAY)[paced.pk]
    assert (pace.rate, round(pace.rate_of_first_plan, 1)) == (50, Decimal("33.3"))
    assert "（按年初计划 33.3%）" in exceptions(TODAY)[0].sentence


def test_questions_do_not_grow_with_projects(roads, paced, django_assert_max_num_queries):
    in_hand(roads["fagai"], paced, "entry")
    for number in range(2, 12):
        Project.objects.create(
            kind="roads",
            number=f"XD2026-{number:03}",
            name=f"县道 {number}（演示）",
            division=paced.division,
            start_due_on=date(2026, 5, 1),
        )
    with django_assert_max_num_queries(9):
        assert len(exceptions(TODAY)) == 11
    with django_assert_max_num_queries(6):
        progress_by("division", TODAY)
    with django_assert_max_num_queries(5):
        assert len(starts_of_month(date(2026, 11, 1), TODAY)) == 10
