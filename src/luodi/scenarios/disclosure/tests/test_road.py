"""An application from the window to its end: clocks, codes, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luodi.kernel.action import Refused
from luodi.scenarios.disclosure.tests.conftest import ANSWER, MONDAY

pytestmark = pytest.mark.django_db
DESK = "zhengwu"


def test_the_clock_runs_from_receipt(bring):
    assert bring().due_on == date(2026, 10, 16)


def test_answered_served_and_closed(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "answer", ANSWER, 10))
    assert (case.state, case.answered_late, case.answered_on) == ("answered", False, date(2026, 9, 24))
    case = go(
        case,
        (DESK, "serve", {"served_on": date(2026, 9, 25), "service": "mail"}, 12),
        (DESK, "close", {}, 13),
    )
    assert case.state == "closed" and not case.is_open


def test_late_is_late(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "answer", ANSWER, 40))
    assert case.answered_late is True


def test_an_online_application_counts_from_its_confirmation(bring, go):
    case = bring(channel="online")
    with pytest.raises(Refused, match="确认收到之日"):
        go(case, (DESK, "accept", {}, 1))
    case = go(case, (DESK, "confirm", {"words": "电话确认。"}, 2))
    assert case.confirmed_on == date(2026, 9, 16)
    assert case.due_on == date(2026, 10, 20)
    with pytest.raises(Refused, match="已经确认"):
        go(case, (DESK, "confirm", {"words": "再确认一次。"}, 3))


def test_at_the_window_there_is_nothing_to_confirm(bring, go):
    with pytest.raises(Refused, match="不用确认"):
        go(bring(), (DESK, "confirm", {"words": "电话确认。"}, 1))


def test_completing_starts_the_time_anew_and_is_asked_once(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "ask_correction", {"words": "请写明文件名称。"}, 3))
    case = go(case, (None, "correct", {"words": "名称是批复。"}, 8))
    assert case.state == "handling" and case.due_on > date(2026, 10, 16)
    with pytest.raises(Refused, match="只告知一次"):
        go(case, (DESK, "ask_correction", {"words": "再补。"}, 9))


def test_asking_to_complete_is_itself_due_in_seven_working_days(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1))
    with pytest.raises(Refused, match="告知补正应在"):
        go(case, (DESK, "ask_correction", {"words": "请补。"}, 16))


def test_who_does_not_complete_gives_up_but_not_before_the_time(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "ask_correction", {"words": "请补。"}, 2))
    with pytest.raises(Refused, match="届满前"):
        go(case, (DESK, "abandon", {"words": "没有回音。"}, 5))
    case = go(case, (DESK, "abandon", {"words": "没有回音。"}, 40))
    assert case.state == "abandoned"


def test_the_time_of_asking_third_parties_is_not_counted(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1))
    before = case.due_on
    case = go(case, (DESK, "consult", {"third": "云川城投", "reason": "征求第三方意见"}, 2))
    assert case.is_paused
    case = go(case, (DESK, "consulted", {"opinion": "object"}, 16))
    assert not case.is_paused and case.due_on > before


def test_only_the_lawful_reasons_stop_the_clock(bring, go):
    with pytest.raises(Refused):
        go(bring(), (DESK, "accept", {}, 1), (DESK, "consult", {"third": "甲", "reason": "工作忙"}, 2))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"outcome": "refused"}, "依据哪一条"),
        ({"outcome": "disclosed", "exemption": "secret"}, "只有不予公开"),
        ({"outcome": "not_ours"}, "负责的机关"),
        ({"outcome": "later"}, "答复类型"),
    ],
)
def test_an_answer_keeps_to_the_codes(bring, go, values, said):
    case = go(bring(), (DESK, "accept", {}, 1))
    with pytest.raises(Refused, match=said):
        go(case, (DESK, "answer", {**ANSWER, **values}, 5))


def test_an_extension_is_granted_by_another_person_and_once(bring, go, city):
    from luodi.kernel.models import Unit

    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "send", {"lead": Unit.objects.get(key="zhujian")}, 2))
    case = go(case, ("zhujian", "ask_extension", {"reason": "档案量大", "length": 20}, 5))
    case = go(case, ("yian", "grant_extension", {"reason": "同意", "length": 20}, 6))
    assert case.due_on == date(2026, 11, 13)


def test_overturned_it_is_answered_anew_and_counted(bring, go):
    case = go(bring(), (DESK, "accept", {}, 1), (DESK, "answer", ANSWER, 5))
    case = go(
        case,
        (DESK, "serve", {"served_on": MONDAY.date() + timedelta(days=5), "service": "mail"}, 6),
        (DESK, "close", {}, 7),
    )
    case = go(case, (DESK, "overturn", {"review": "reconsideration", "reason": "撤销，责令重新答复。"}, 60))
    assert (case.state, case.round, case.is_open) == ("handling", 2, True)
    assert case.overturned_on is not None


def test_a_citizen_applies_without_signing_in(bring):
    case = bring(by=None, channel="online")
    assert case.state == "received" and case.home.name.endswith("人民政府办公室")


def test_only_the_office_registers(bring):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        bring(by="fagai")
