"""A proposal from its registration to its closing, wide and on a phone."""

from __future__ import annotations

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.proposals.models import Proposal
from luodi.shapes.cases.tests.seat import take

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_from_registration_to_closing(wide, city, sit):
    office = sit(city["yian"], wide)
    office.page.goto("/cases/proposals/new")
    form = office.page.locator("main form").first
    office.fill(
        form, category="city", body_of="deputies", session="六届一次会议", makers="言如山", title="增建停车楼的建议", body="停车难。"
    )  # fmt: skip
    form.locator("button.go").click()
    office.page.wait_for_load_state()
    case = Proposal.objects.get()
    take(office, case, "assign", lead="市住房城乡建设局", level="normal")
    bureau = sit(city["zhujian"], wide)
    take(bureau, case, "sign")
    take(bureau, case, "talk", way="visit", words="当面商量")
    take(
        bureau, case, "answer", outcome="B", reply="列入明年计划", promise="建成停车楼", keep_by="2027-06-30"
    )
    bureau.look("unit")
    take(office, case, "feedback", content="satisfied")
    take(office, case, "close")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.grade) == ("closed", "B", "satisfied")
    office.page.goto(f"/proposals/years/{case.received_on.year}/")
    assert "建成停车楼" in office.page.content()
    office.look("year")
