"""A proposal from handing out to its closing: talked over before it is answered, promises with a day, once more when it fails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from luodi.kernel.action import Refused
from luodi.kernel.models import Unit
from luodi.scenarios.proposals import actions

pytestmark = pytest.mark.django_db
TALK = ("zhujian", "talk", {"way": "visit", "words": "当面商量。"}, 20)
ANSWER = {"outcome": "A", "reply": "已建成。"}


def test_three_months_from_handing_out_and_six_for_hard_ones(handling):
    assert handling().due_on == date(2026, 5, 9)
    assert handling("hard").due_on == date(2026, 8, 10)  # the ninth is a Sunday


def test_no_answer_before_it_was_talked_over_in_person(handling, go):
    case = handling()
    with pytest.raises(Refused, match="当面商量"):
        go(case, ("zhujian", "answer", ANSWER, 30))
    case = go(case, ("zhujian", "talk", {"way": "phone", "words": "电话沟通。"}, 10))
    with pytest.raises(Refused, match="当面商量"):
        go(case, ("zhujian", "answer", ANSWER, 30))
    case = go(case, TALK, ("zhujian", "answer", ANSWER, 30))
    assert (case.state, case.outcome, case.was_talked_over, case.answered_late) == (
        "answered",
        "A",
        True,
        False,
    )


def test_a_class_b_answer_says_what_and_until_when(handling, go):
    case = go(handling(), TALK)
    with pytest.raises(Refused, match="何时兑现"):
        go(case, ("zhujian", "answer", {"outcome": "B", "reply": "已列入计划。"}, 30))
    with pytest.raises(Refused, match="只有 B 类"):
        go(case, ("zhujian", "answer", {**ANSWER, "promise": "建成"}, 30))
    case = go(
        case,
        (
            "zhujian",
            "answer",
            {"outcome": "B", "reply": "列入计划。", "promise": "建成停车楼", "keep_by": date(2026, 12, 31)},
            30,
        ),
    )
    assert case.keep_by == date(2026, 12, 31)


def test_given_back_in_time_and_once(bring, go):
    lead, other = Unit.objects.get(key="zhujian"), Unit.objects.get(key="chengguan")
    case = go(bring(), ("yian", "assign", {"lead": lead, "level": "normal"}, 0))
    with pytest.raises(Refused, match="期限"):
        go(case, ("zhujian", "give_back", {"reason": "不属本单位。"}, 30))
    case = go(
        case,
        ("zhujian", "give_back", {"reason": "不属本单位。"}, 3),
        ("yian", "assign", {"lead": other, "level": "normal"}, 4),
    )
    with pytest.raises(Refused, match="1 次为限"):
        go(case, ("chengguan", "give_back", {"reason": "也不属本单位。"}, 5))


def test_dissatisfied_it_is_handled_once_more(handling, go):
    case = go(
        handling(), TALK, ("zhujian", "answer", ANSWER, 30), ("yian", "feedback", {"content": "no"}, 40)
    )
    with pytest.raises(Refused, match="重新办理"):
        go(case, ("yian", "close", {}, 41))
    case = go(case, ("yian", "redo", {"reason": "没答到点上。"}, 41))
    assert (case.state, case.round, case.was_talked_over) == ("handling", 2, False)
    with pytest.raises(Refused, match="当面商量"):
        go(case, ("zhujian", "answer", ANSWER, 45))
    case = go(
        case, ("zhujian", "talk", {"way": "visit", "words": "上门。"}, 46), ("zhujian", "answer", ANSWER, 50)
    )
    case = go(case, ("yian", "feedback", {"content": "no"}, 55), ("yian", "close", {}, 56))
    assert case.state == "closed"


def test_content_it_is_not_handled_again(handling, go):
    case = go(
        handling(), TALK, ("zhujian", "answer", ANSWER, 30), ("yian", "feedback", {"content": "basic"}, 40)
    )
    with pytest.raises(Refused, match="不满意的"):
        go(case, ("yian", "redo", {"reason": "再办。"}, 41))


def test_without_feedback_it_closes_only_after_the_time(handling, go):
    case = go(handling(), TALK, ("zhujian", "answer", ANSWER, 30))
    with pytest.raises(Refused, match="届满前"):
        go(case, ("yian", "close_silent", {"words": "没有反馈。"}, 40))
    assert go(case, ("yian", "close_silent", {"words": "没有反馈。"}, 70)).state == "closed"


def test_a_promise_is_kept_with_words_after_the_answer(city, handling, go):
    case = go(
        handling(),
        TALK,
        (
            "zhujian",
            "answer",
            {"outcome": "B", "reply": "列入计划。", "promise": "建成停车楼", "keep_by": date(2026, 12, 31)},
            30,
        ),
    )
    today = timezone.localdate()
    with pytest.raises(PermissionDenied):
        actions.keep_promise(city["fagai"], case, today, "建成。")
    with pytest.raises(Refused, match="答复之后"):
        actions.keep_promise(city["zhujian"], case, case.answered_on - timedelta(days=1), "建成。")
    case = actions.keep_promise(city["zhujian"], case, today, "建成，车位 320 个。")
    assert case.kept_on == today and "车位 320 个" in case.promise
    with pytest.raises(Refused, match="已于"):
        actions.keep_promise(city["zhujian"], case, today, "再记一次。")


def test_only_the_office_registers(bring):
    with pytest.raises(PermissionDenied):
        bring(by="fagai")
