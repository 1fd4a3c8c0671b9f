"""A task force breaks its work into grains, each with one owner, one day, one proof; and nothing else closes one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.engines import engine
from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.scenarios.task_forces import actions, demo, rules
from luodi.scenarios.task_forces.due import due_from
from luodi.scenarios.task_forces.measures import MEASURES
from luodi.scenarios.task_forces.models import Task, TaskForce, WeekNote
from luodi.scenarios.task_forces.pages import DESKS
from luodi.scenarios.task_forces.rules import Grain
from luodi.scenarios.task_forces.tests.conftest import TODAY, picture
from luodi.workbench import importing
from luodi.workbench.inbox import answered

DAY = date(2026, 11, 20)


# rules


def test_what_makes_a_grain():
    assert rules.grain_faults(False, True, DAY) == []
    assert rules.grain_faults(False, False, None) == [
        "每一粒任务要有一个责任人。",
        "每一粒任务要有一个时限。",
    ]
    assert "不是最小颗粒" in rules.grain_faults(True, True, DAY)[0]


def test_one_proof_closes_a_grain_and_no_other_number():
    def said(proofs, on=DAY, done=None):
        return rules.finish_faults(Grain(1, "甲", True, DAY, done, proofs), False, on, TODAY)

    assert said(1) == []
    assert "没有佐证" in said(0)[0]
    assert "只认一份佐证，现有 2 份" in said(2)[0]
    assert "今天之后" in said(1, TODAY + timedelta(days=1))[0]
    assert "已于 2026-11-19 完成" in said(1, done=date(2026, 11, 19))[0]


@pytest.mark.parametrize(
    ("due", "done", "light"),
    [
        (DAY, DAY, "done"), (DAY, TODAY, "done_late"), (date(2026, 11, 23), None, "late"), (TODAY, None, "soon"), (date(2026, 12, 1), None, "soon"),
        (date(2026, 12, 2), None, "calm"), (None, None, "unknown"),
    ],
)  # fmt: skip
def test_lights(due, done, light):
    assert rules.light(due, done, TODAY) == light


def test_a_task_force_is_measured_by_what_was_due():
    grains = [
        Grain(1, "甲", True, DAY, DAY),
        Grain(2, "乙", True, DAY, TODAY),
        Grain(3, "丙", True, DAY, None),
        Grain(4, "丁", True, date(2026, 12, 9), None),
    ]
    found = rules.standing(grains, TODAY)
    assert (found.grains, found.done, found.due, found.in_time, found.late) == (4, 2, 3, 1, 1)
    assert (found.rate, round(found.in_time_rate, 1)) == (50, Decimal("33.3"))
    assert rules.standing([], TODAY).rate is None


def test_numbers_and_loops():
    assert rules.numbered([(1, None), (2, 1), (3, 1), (4, None), (5, 3)]) == {
        1: ("1", 0),
        2: ("1.1", 1),
        3: ("1.2", 1),
        5: ("1.2.1", 2),
        4: ("2", 0),
    }
    assert rules.would_loop(1, 3, {1: None, 2: 1, 3: 2})
    assert not rules.would_loop(3, 1, {1: None, 2: 1, 3: 2})
    assert rules.week_of(date(2026, 11, 22)) == date(2026, 11, 16)


# actions


@pytest.mark.django_db
def test_only_those_who_run_it_add_tasks(people, force):
    told = {"force": force, "title": "用电增容", "owner": people["fagai"], "due_on": DAY}
    with pytest.raises(Refused, match="不归你管"):
        actions.keep_task(people["qingwu"], Task(), told)
    with pytest.raises(Refused, match="要有一个责任人"):
        actions.keep_task(people["gongxin"], Task(), {**told, "owner": None})
    task = actions.keep_task(people["gongye"], Task(), told)
    assert (task.unit.key, task.first_due_on, task.is_grain) == ("fagai", DAY, True)
    with pytest.raises(PermissionDenied):
        actions.keep_force(people["gongxin"], force, {"goal": "改一改"})


@pytest.mark.django_db
def test_what_is_broken_up_is_owed_by_nobody_itself(people, force, grain):
    part = actions.keep_task(
        people["gongxin"],
        Task(),
        {"force": force, "parent": grain, "title": "签征迁协议", "owner": people["songpi"], "due_on": DAY},
    )
    grain.refresh_from_db()
    assert (grain.is_grain, grain.owner, grain.due_on) == (False, None, None)
    with pytest.raises(Refused, match="自己的下级"):
        actions.keep_task(people["gongxin"], grain, {"parent": part})
    evidence.attach(people["songpi"], part, "协议.png", picture())
    with pytest.raises(Refused, match="不是最小颗粒"):
        actions.finish(people["gongxin"], grain, TODAY, "已办")


@pytest.mark.django_db
def test_a_grain_is_finished_by_its_owner_with_its_proof(people, grain):
    with pytest.raises(Refused, match="没有佐证不能完成"):
        actions.finish(people["songpi"], grain, DAY, "交付 120 亩")
    with pytest.raises(PermissionDenied):
        actions.finish(people["qingwu"], grain, DAY, "不是我的")
    evidence.attach(people["songpi"], grain, "交付单.png", picture())
    with pytest.raises(Refused, match="写明结果"):
        actions.finish(people["songpi"], grain, DAY, " ")
    done = actions.finish(people["songpi"], grain, DAY, "交付 120 亩")
    assert (done.done_on, done.result) == (DAY, "交付 120 亩")
    with pytest.raises(Refused, match="已完成，不能再改"):
        actions.keep_task(people["gongxin"], done, {"due_on": TODAY})


@pytest.mark.django_db
def test_a_task_force_is_dissolved_when_nothing_is_open(people, force, grain):
    with pytest.raises(Refused, match="还有 1 粒"):
        actions.keep_force(people["fagai"], force, {"dissolved_on": TODAY, "outcome": "完成"})
    force.refresh_from_db()
    evidence.attach(people["songpi"], grain, "交付单.png", picture())
    actions.finish(people["songpi"], grain, DAY, "已交付")
    with pytest.raises(Refused, match="写明结果"):
        actions.keep_force(people["fagai"], force, {"dissolved_on": TODAY})
    force.refresh_from_db()
    actions.keep_force(people["fagai"], force, {"dissolved_on": TODAY, "outcome": "全部完成"})
    with pytest.raises(Refused, match="专班已撤销"):
        actions.keep_task(
            people["gongxin"],
            Task(),
            {"force": force, "title": "再来", "owner": people["songpi"], "due_on": TODAY},
        )


@pytest.mark.django_db
def test_a_week_has_one_note(people, force):
    note = actions.keep_note(
        people["gongxin"], WeekNote(), {"force": force, "week": date(2026, 11, 20), "done": "交付净地"}
    )
    assert (note.week, note.by) == (date(2026, 11, 16), people["gongxin"])
    with pytest.raises(Refused, match="还没有到"):
        actions.keep_note(
            people["gongxin"], WeekNote(), {"force": force, "week": date(2026, 12, 20), "done": "预写"}
        )
    with pytest.raises(Refused):
        actions.keep_note(
            people["gongxin"], WeekNote(), {"force": force, "week": date(2026, 11, 18), "done": "又一份"}
        )


@pytest.mark.django_db
def test_ones_own_grains_are_in_the_inbox(people, grain):
    (due,) = answered(due_from(people["songpi"], TODAY))
    assert (due.about, due.by, due.is_late(TODAY)) == ("净地交付", DAY, True)
    assert answered(due_from(people["gongxin"], TODAY)) == []


@pytest.mark.django_db
def test_a_breakdown_comes_in_by_a_sheet(people, force):
    desk = next(each for each in DESKS if each.code == "task-force-grains")
    sheet = [
        ["专班", "任务", "责任人", "时限"],
        ["铝材专班（演示）", "规划许可", "连成链", "2026-12-01"],
        ["铝材专班（演示）", "施工许可", "松常青", "2026-12-10"],
    ]
    assert importing.apply(desk, people["gongxin"], sheet).problems == []
    assert importing.plan(desk, people["gongxin"], sheet).unchanged == 2
    wrong = importing.plan(
        desk, people["gongxin"], [sheet[0], ["铝材专班（演示）", "环评", "没有这个人", "十二月"]]
    )
    assert len(wrong.problems) == 2


# measures, pages, demo


@pytest.mark.django_db
def test_measures(people, force, grain):
    actions.keep_task(
        people["gongxin"],
        Task(),
        {"force": force, "title": "用电", "owner": people["fagai"], "due_on": date(2026, 11, 10)},
    )
    evidence.attach(people["songpi"], grain, "交付单.png", picture())
    actions.finish(people["songpi"], grain, DAY, "已交付")
    parents, city = dict(Division.objects.values_list("pk", "parent_id")), force.division_id

    def number(key):
        measure = next(each for each in MEASURES if each.key == key)
        with engine() as counting:
            found = counted(measure, counting, parents, date(2026, 11, 30))
        return next(
            each.value
            for each in found
            if (each.division, each.owner, each.period) == (city, None, date(2026, 11, 1))
        )

    assert (number("task_forces_formed"), number("task_forces_grains")) == (1, 2)
    assert (number("task_forces_done"), number("task_forces_in_time")) == (Decimal("50.00"), Decimal("50.00"))


@pytest.mark.django_db
def test_the_year_of_eight_task_forces_and_its_pages(client, people, django_assert_max_num_queries):
    demo.load()
    demo.load()
    assert TaskForce.objects.count() == 8
    assert Task.objects.filter(is_grain=True, owner=None).count() == 0
    assert Task.objects.filter(is_grain=True, done_on=None, due_on__lt=TODAY).exists()
    client.force_login(people["ducha"])
    force = TaskForce.objects.first()
    for address in (
        "/task_forces/",
        f"/task_forces/{force.pk}/",
        *(f"/work/{desk.code}/" for desk in DESKS),
        "/work/task-force-grains/board",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_a_grain_is_closed_on_its_page(client, people, grain):
    client.force_login(people["songpi"])
    address = f"/task_forces/grains/{grain.pk}/finish"
    refused = client.post(address, {"on": "2026-11-20", "result": "已交付"})
    assert refused.status_code == 422
    assert "净地交付：没有佐证不能完成" in refused.content.decode()
    done = client.post(
        address, {"on": "2026-11-20", "result": "已交付", "file": SimpleUploadedFile("交付单.png", picture())}
    )
    assert done.status_code == 302
    assert "按期完成：已交付" in client.get(f"/task_forces/{grain.force_id}/").content.decode()
