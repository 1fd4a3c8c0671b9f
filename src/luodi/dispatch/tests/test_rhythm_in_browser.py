"""The evening before the meeting, in a real browser, at a desk and on a phone: from the overview to a settled problem, a
sealed ballot, a bulletin, and a report whose figures are checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.dispatch import actions
from luodi.dispatch.models import Ballot, Judge, Resolution

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_the_overview_to_a_settled_problem(wide, city, plan_line, sit):
    officer = sit(city["ducha"], wide)
    officer.visit("/dispatch/", "week")
    officer.page.goto("/overview/")
    officer.look("overview")
    officer.page.goto("/dispatch/")
    row = officer.page.locator("tr", has_text=plan_line.text)
    row.locator("summary").click()
    form = row.locator("form")
    officer.fill(form, due_on=(timezone.localdate() + timedelta(days=7)).isoformat(), words="限期建成")
    officer.send(form.locator("button.go"))
    settled = Resolution.objects.get()
    assert settled.line == plan_line and settled.leader == city["chengjian"]
    officer.look("settled")

    bureau = sit(city["zhujian"], wide)
    bureau.visit(settled.get_absolute_url(), "resolution")
    form = bureau.page.locator("form[action$='/finish']")
    bureau.fill(form, result="已建成 6100 个")
    bureau.send(form.locator("button"))
    settled.refresh_from_db()
    assert settled.done_on == timezone.localdate()

    leader = sit(city["chengjian"], wide)
    leader.visit(f"/dispatch/leaders/{city['chengjian'].pk}/", "leader")
    officer.visit("/dispatch/starts/", "starts")
    officer.page.goto("/dispatch/bulletin/")
    assert "重点工作推进情况通报" in officer.page.content()


@pytest.mark.parametrize("wide", WIDTHS)
def test_a_ballot_is_sealed_on_the_phone(wide, city, project, sit):
    judges = [Judge(person=city[login]) for login in ("changwu", "gongye", "sannong", "minsheng")]
    visit = actions.plan_visit(city["ducha"], "四季度观摩", date(2026, 10, 1), [project], judges)
    actions.open_visit(city["ducha"], visit)
    stop = visit.stops.get()
    judge = sit(city["changwu"], wide)
    judge.visit(visit.get_absolute_url(), "visit")
    judge.page.goto(f"/dispatch/stops/{stop.pk}/")
    form = judge.page.locator("form[action$='/score']")
    judge.fill(form, progress="25", quality="26", service="17", site="18")
    judge.look("ballot")
    judge.send(form.locator("button.go"))
    assert Ballot.objects.get().scores is None
    assert "已密封" in judge.page.content()


@pytest.mark.parametrize("wide", WIDTHS)
def test_a_text_is_checked_figure_by_figure(wide, city, plan_line, sit):
    officer = sit(city["ducha"], wide)
    officer.page.goto("/drafts/")
    officer.look("drafts")
    form = officer.page.locator("form.checking")
    officer.fill(form, text="新增停车位6000个，今年目标是新增停车位6000个以上。")
    officer.send(form.locator("button.go"))
    officer.look("checked")
    assert officer.page.locator(".figure").count() == 2
