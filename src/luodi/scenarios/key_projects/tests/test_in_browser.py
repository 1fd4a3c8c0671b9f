"""Key projects in a real browser, at a desk and on a phone: nothing spills over, nothing is asked of another host; and one
project walks from its report to its solved problem."""

from __future__ import annotations

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.shapes.projects.models import MonthReport, Problem, Project

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_the_pages_fit(wide, year, sit):
    busy = Project.objects.filter(problems__isnull=False, stage="building").first()
    waiting = Project.objects.filter(stage="prelim").first()
    officer = sit(year["fagai"], wide)
    for title, address in {
        "overview": "/key_projects/", "funds": "/key_projects/funds", "events": "/key_projects/starts", "mine": "/projects/",
        "project": f"/projects/{waiting.pk}/", "money": f"/projects/{busy.pk}/money", "problems": f"/projects/{busy.pk}/problems",
        "report": f"/projects/{busy.pk}/report", "start": f"/projects/{waiting.pk}/start",
    }.items():  # fmt: skip
        officer.visit(address, title)
    for title, address in {
        "table": "/work/key-projects/",
        "map": "/work/key-projects/map",
        "board": "/work/key-projects/board",
    }.items():
        officer.visit(address, title)


def test_a_report_and_a_problem_on_a_phone(year, sit):
    project = Project.objects.filter(
        stage="building", reports__month="2026-10-01", division__code="990121"
    ).first()
    page = sit(year["songpi"], 390).page
    page.goto(f"/projects/{project.pk}/report?month=2026-11")
    last = MonthReport.objects.get(project=project, month="2026-10-01", is_current=True)
    page.get_by_label("本年累计完成投资").fill(str(last.ytd_fen // 1_000_000 + 120))
    assert "当月 120 万元" in page.locator("#pace-hint").inner_text()
    page.get_by_label("形象进度").fill("主体封顶")
    page.get_by_role("button", name="报送").click()
    page.wait_for_url(f"**/projects/{project.pk}/money")
    assert "主体封顶" in page.content()

    page.goto(f"/projects/{project.pk}/problems")
    page.get_by_text("提出问题").click()
    page.locator("#raise-words").fill("施工便道被堵")
    page.locator("#raise-reason").select_option("other")
    page.locator("#raise-owner").fill("松陂县")
    page.locator("#raise-due_on").fill("2026-12-05")
    page.get_by_role("button", name="提出").click()
    raised = Problem.objects.get(words="施工便道被堵")
    card = page.locator(f"#problem-{raised.pk}")
    card.get_by_text("已解决").click()
    card.get_by_label("解决情况").fill("便道已恢复")
    card.get_by_role("button", name="销号").click()
    page.wait_for_load_state()
    raised.refresh_from_db()
    assert raised.solution == "便道已恢复"
