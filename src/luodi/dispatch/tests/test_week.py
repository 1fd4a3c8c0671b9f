"""The week: exceptions only, each leaves with an owner and a date, missed dates count."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from docx import Document as Word

from luodi.dispatch import actions, packs
from luodi.dispatch.models import Meeting, Resolution
from luodi.dispatch.papers import written
from luodi.dispatch.week import open_resolutions, week_of
from luodi.kernel.action import Refused
from luodi.kernel.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_late_line_comes_to_the_leader_who_answers_for_its_unit(city, plan_line, today):
    week = week_of(today)
    (item,) = week.of(city["chengjian"])
    assert (item.source, item.owner.key, item.severity) == ("line", "zhujian", "yellow")
    assert "已过 3 天" in item.sentence


def test_what_goes_well_is_not_spoken_about(city, plan_line, today):
    plan_line.deadline = today + timedelta(days=30)
    plan_line.save()
    assert week_of(today).items == []


def settled(city, today, days=7) -> Resolution:
    (item,) = week_of(today).items
    return actions.settle(
        city["ducha"], item, Unit.objects.get(key="zhujian"), today + timedelta(days=days), "限期建成。"
    )


def test_an_item_leaves_with_owner_and_date_and_is_not_settled_twice(city, plan_line, today):
    settled(city, today)
    (item,) = week_of(today).items
    assert item.settled[0].owner.key == "zhujian"
    with pytest.raises(Refused, match="已有议定事项"):
        actions.settle(city["ducha"], item, Unit.objects.get(key="zhujian"), today, "再定一次。")


@pytest.mark.parametrize(
    ("owner", "due", "words"),
    [(None, 7, "做"), ("zhujian", None, "做"), ("zhujian", 7, " "), ("zhujian", -1, "做")],
)
def test_without_owner_date_or_words_nothing_is_settled(city, plan_line, today, owner, due, words):
    (item,) = week_of(today).items
    unit = Unit.objects.get(key=owner) if owner else None
    day = None if due is None else today + timedelta(days=due)
    with pytest.raises(Refused):
        actions.settle(city["ducha"], item, unit, day, words)


def test_missed_twice_it_goes_up_a_level(city, plan_line, today):
    row = settled(city, today, days=1)
    (before,) = open_resolutions(today)
    (after,) = open_resolutions(today + timedelta(days=9))
    assert (before.standing.missed, before.standing.level) == (0, 1)
    assert after.standing.missed == 2 and after.standing.level == 2
    assert packs.how(after) == "逾期 8 天，误期 2 次，提至包抓领导"
    assert row.promised == [today + timedelta(days=1)]


def test_the_owner_puts_off_with_a_reason_and_finishes(city, plan_line, today):
    row = settled(city, today)
    with pytest.raises(Refused, match="晚于"):
        actions.put_off(city["zhujian"], row, today + timedelta(days=7), "雨季停工。")
    row = actions.put_off(city["zhujian"], row, today + timedelta(days=20), "雨季停工。")
    assert len(row.promised) == 2
    row = actions.finish(city["zhujian"], row, today, "已建成 6100 个。")
    assert row.done_on == today and open_resolutions(today) == []


def test_another_unit_does_not_answer(city, plan_line, today):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.finish(city["fagai"], settled(city, today), today, "代为办结。")


def test_a_held_meeting_keeps_what_it_saw(city, plan_line, today):
    meeting = actions.call_meeting(
        city["ducha"], Meeting.Kind.WEEKLY, timezone.now(), "一会议室", city["changwu"]
    )
    actions.hold_meeting(city["ducha"], meeting, week_of(today), "逐项定责。")
    plan_line.deadline = today + timedelta(days=99)
    plan_line.save()
    meeting.refresh_from_db()
    assert [each["title"] for each in meeting.items] == [plan_line.text]
    with pytest.raises(Refused, match="已召开"):
        actions.cancel_meeting(city["ducha"], meeting)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_pack_is_a_paper_that_can_be_read_again(city, plan_line, today, form):
    from luodi.reading.sources import load

    paper = packs.pack_of(week_of(today), [city["chengjian"]])
    text = load(written(paper, form, timezone.now()), name=f"a.{form}").text
    plain = "".join(text.split())
    assert "重点工作周调度材料" in plain and "程更新" in plain and "已过3天" in plain


def test_minutes_list_what_was_settled(city, plan_line, today):
    meeting = actions.call_meeting(city["ducha"], Meeting.Kind.WEEKLY, timezone.now())
    (item,) = week_of(today).items
    actions.settle(city["ducha"], item, Unit.objects.get(key="zhujian"), today, "限期建成。", meeting)
    actions.hold_meeting(city["ducha"], meeting, week_of(today), "")
    paper = packs.minutes_of(meeting, meeting.resolutions.all())
    word = Word(io.BytesIO(written(paper, "docx", timezone.now())))
    assert "限期建成。" in [cell.text for row in word.tables[0].rows for cell in row.cells]
