"""The year's tables: shares by hand, units, and what a year without figures says."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from luodi.engines import engine
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.measures.declare import declared
from luodi.scenarios.proposals import demo
from luodi.scenarios.proposals.models import Proposal
from luodi.scenarios.proposals.rules import Item, is_broken, noted_too_often, table
from luodi.shapes.cases.chain import first_broken_step

ITEMS = (
    Item("deputies", "市住建局", "A", "satisfied", False, True, True),
    Item("deputies", "市住建局", "B", "basic", False, True, True),
    Item("deputies", "市住建局", "D", "no", True, False, True),
    Item("committee", "市城管局", "", "", None, False, False),
)


def test_shares_are_those_one_reckons_by_hand():
    whole, deputies, committee, housing, _streets = table(ITEMS)
    assert (whole.count, whole.answered, whole.answer_rate) == (4, 3, Decimal("75.0"))
    assert (whole.in_time, whole.talked, whole.solved_or_planned, whole.content) == (
        Decimal("66.7"), Decimal("66.7"), Decimal("66.7"), Decimal("66.7"),
    )  # fmt: skip
    assert deputies.count == 3 and housing.title == "市住建局"
    assert (committee.answer_rate, committee.in_time) == (Decimal("0.0"), None)


def test_more_than_a_tenth_of_class_d_is_pointed_out():
    whole, *_ = table(ITEMS)
    assert noted_too_often(whole)
    assert not noted_too_often(table(ITEMS[:2])[0])


def test_a_promise_is_broken_when_its_day_has_passed():
    assert is_broken(date(2026, 9, 30), None, date(2026, 10, 1))
    assert not is_broken(date(2026, 9, 30), date(2026, 9, 30), date(2026, 12, 1))


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_its_numbers_are_counted(city):
    demo.load()
    demo.load()
    assert Proposal.objects.count() == demo.HOW_MANY
    assert {"closed", "handling", "sent"} <= set(Proposal.objects.values_list("state", flat=True))
    assert all(first_broken_step(case.steps.order_by("number")) is None for case in Proposal.objects.all())
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    home = Division.objects.get(parent=None).pk
    with engine() as counting:
        found = counted(declared()["proposals_answered"], counting, parents, date(2026, 2, 28))
    february = next(each for each in found if each.division == home and each.period == date(2026, 2, 1))
    answered = Proposal.objects.filter(answered_on__isnull=False).count()
    assert (february.numerator, february.denominator) == (answered, demo.HOW_MANY)


@pytest.mark.django_db
def test_the_page_asks_little_and_leaves_as_a_sheet(client, city, django_assert_max_num_queries):
    demo.load()
    client.force_login(city["yian"])
    client.get("/proposals/years/2026/")
    with django_assert_max_num_queries(12):
        page = client.get("/proposals/years/2026/").content.decode()
    assert "答复承诺的兑现" in page
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(client.get("/proposals/years/2026/?form=xlsx").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1][0] == "合计" and rows[1][1] == demo.HOW_MANY


@pytest.mark.django_db
def test_answers_made_public_are_read_by_anyone_and_others_are_not(client, city):
    demo.load()
    page = client.get("/proposals/answers/").content.decode()
    public = Proposal.objects.filter(is_open_answer=True, answered_on__isnull=False)
    hidden = Proposal.objects.filter(is_open_answer=False).first()
    assert public.first().title in page and hidden.title not in page
