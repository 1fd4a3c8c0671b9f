"""Supervision orders: sent, signed, answered, checked by another; a colour only rises and the worst one stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from luodi.dispatch import actions
from luodi.dispatch.models import Order
from luodi.dispatch.orders import MACHINE, colour_due, is_talk_due, shown
from luodi.kernel.action import Refused
from luodi.kernel.models import Unit
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.cases.record import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(city) -> Order:
    lead = Unit.objects.get(key="chengguan")
    return actions.issue_order(city["ducha"], "平台上线滞后", "应于上半年上线。", lead, "blue")


def test_an_order_runs_from_sending_to_closing(city, order):
    assert (order.state, order.level, order.lead.key) == ("issued", "blue", "chengguan")
    assert order.due_on > timezone.localdate()
    order = cases.take(city["chengguan"], order, "sign", {})
    order = cases.take(city["chengguan"], order, "answer", {"outcome": "done", "reply": "已上线。"})
    order = cases.take(city["ducha"], order, "verify", {"words": "现场属实。"})
    assert not order.is_open
    assert first_broken_step(order.steps.order_by("number")) is None


def test_a_false_answer_goes_back_and_the_clock_never_stopped(city, order):
    due = order.due_on
    order = cases.take(city["chengguan"], order, "sign", {})
    order = cases.take(city["chengguan"], order, "answer", {"outcome": "done", "reply": "已上线。"})
    order = cases.take(city["ducha"], order, "fail", {"reason": "现场未见。"})
    assert (order.state, order.round, order.due_on) == ("signed", 2, due)


def test_a_repaired_red_shows_as_repaired_not_green(city, order):
    order = cases.take(city["chengguan"], order, "sign", {})
    order = cases.take(city["ducha"], order, "raise", {"level": "red", "reason": "逾期未动。"})
    order = cases.take(city["chengguan"], order, "answer", {"outcome": "done", "reply": "已上线。"})
    order = cases.take(city["ducha"], order, "verify", {"words": "属实。"})
    assert order.worst == "red"
    assert shown(order.level, order.worst, True) == "已办结，曾到红色（告诫）"


def test_a_colour_never_falls(city, order):
    order = cases.take(city["ducha"], order, "raise", {"level": "orange", "reason": "逾期。"})
    with pytest.raises((Refused, NotAllowed), match="升色"):
        cases.take(city["ducha"], order, "raise", {"level": "blue", "reason": "放宽。"})


def test_one_matter_has_one_open_order(city, plan_line):
    lead = Unit.objects.get(key="zhujian")
    actions.issue_order(city["ducha"], "停车位滞后", "说明原因。", lead, "blue", line=plan_line)
    with pytest.raises(Refused, match="不重复"):
        actions.issue_order(city["ducha"], "停车位滞后", "再说一次。", lead, "blue", line=plan_line)


def test_an_order_may_begin_at_a_higher_colour_with_its_shorter_time(city):
    lead = Unit.objects.get(key="chengguan")
    blue = actions.issue_order(city["ducha"], "甲", "事。", lead, "blue")
    red = actions.issue_order(city["ducha"], "乙", "事。", lead, "red")
    assert red.due_on < blue.due_on


def test_a_liaison_issues_no_order(city):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.issue_order(city["fagai"], "甲", "事。", Unit.objects.get(key="chengguan"), "blue")


@pytest.mark.parametrize(
    ("colour", "is_late", "must", "asked"),
    [("blue", True, True, "orange"), ("orange", True, True, "red"), ("red", True, True, ""), ("blue", False, True, ""), ("blue", True, False, "")],
)  # fmt: skip
def test_what_is_late_should_rise_by_one_colour(colour, is_late, must, asked):
    assert colour_due(colour, is_late, must) == asked


def test_three_red_orders_call_for_a_talk():
    assert is_talk_due(3, 3) and not is_talk_due(2, 3) and not is_talk_due(9, None)


def test_an_overdue_order_is_an_exception_of_the_week(city, order):
    from luodi.dispatch.week import week_of

    Order.objects.filter(pk=order.pk).update(
        due_at=timezone.now() - timedelta(days=2), due_on=timezone.localdate() - timedelta(days=2)
    )
    (item,) = [item for item in week_of(timezone.localdate()).items if item.source == "order"]
    assert "已逾期 2 天" in item.sentence and item.owner.key == "chengguan"


def test_every_state_leads_on():
    assert all(MACHINE.moves_from(state) for state in MACHINE.open_states)
