"""Eight task forces of the demonstration city 云川市, each with its tree of tasks; synthetic."""

from __future__ import annotations

import io
from datetime import date, timedelta
from random import Random

from django.db import transaction
from PIL import Image

from luodi.kernel import evidence
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.task_forces.models import Task, TaskForce, WeekNote
from luodi.scenarios.task_forces.rules import week_of
from luodi.shapes.projects.models import Project

TODAY = date(2026, 11, 20)
# name, project it is about, head, lead, members, whose people owe the grains
FORCES = (
    ("轻合金产业园二期专班", "经开区轻合金产业园二期", "gongye", "gongxin", ("jingkai", "songpi", "fagai"), ("gongxin", "jingkai", "songpi")),
    ("磷酸铁锂正极材料专班", "磷酸铁锂正极材料二期", "gongye", "gongxin", ("gaoxin", "fagai", "xingzheng"), ("gongxin", "gaoxin", "xingzheng")),
    ("云禾快线前期专班", "云禾快线", "chengjian", "fagai", ("hefeng", "caizheng"), ("fagai", "hefeng", "caizheng")),
    ("白渡公铁联运专班", "白渡公铁联运物流园", "chengjian", "shangwu", ("baidushi", "fagai"), ("shangwu", "baidushi", "fagai")),
    ("大数据中心专班", "政务和公安大数据中心", "changwu", "shuju", ("xingzheng",), ("shuju", "xingzheng")),
    ("老旧小区和管网专班", "老旧供水管网更新", "chengjian", "zhujian", ("chenglan", "chaoling"), ("zhujian", "chenglan", "chaoling")),
    ("高山农业专班", "禾丰蓝莓精深加工", "sannong", "nongye", ("hefeng", "qingwu"), ("nongye", "hefeng", "qingwu")),
    ("全域旅游专班", "青坞茶马古道沉浸式体验", "minsheng", "shangwu", ("qingwu",), ("shangwu", "qingwu")),
)  # fmt: skip
STAGES = (
    ("要素保障", ("地块净地交付", "用电增容批复", "环境容量指标确认")),
    ("前期手续", ("规划许可取得", "施工许可取得", "节能审查意见取得")),
    ("现场推进", ("施工队伍进场", "主体施工过半", "设备订货合同签订")),
    ("配套服务", ("道路管网接到红线", "用工招聘专场")),
)


@transaction.atomic
def load() -> None:
    """Eight task forces. Does nothing where there are some already."""
    if TaskForce.objects.exists():
        return
    chance = Random(20260401)
    people = {person.login: person for person in Person.objects.all()}
    units = {unit.key: unit for unit in Unit.objects.all()}
    city = Division.objects.get(parent=None)
    for number, (name, about, head, lead, members, owners) in enumerate(FORCES, start=1):
        project = Project.objects.filter(name__startswith=about).first()
        force = TaskForce.objects.create(
            number=f"ZB2026-{number}", name=f"{name}（演示）", goal=f"推动{about}按节点完成年度任务", division=city, project=project,
            head=people[head], lead=units[lead], document=f"演示政办函〔2026〕{number}号", formed_on=date(2026, 2, 10) + timedelta(days=number * 9), ends_on=date(2026, 12, 31),
        )  # fmt: skip
        force.members.set([units[key] for key in members])
        _tree(force, owners, people, units, chance)
        for back in range(3):
            WeekNote.objects.create(force=force, week=week_of(TODAY) - timedelta(days=7 * (back + (number % 3 == 0))), done="完成到期颗粒任务，其余按时限推进。", stuck="净地交付需属地加快" if chance.random() < 0.4 else "", following="紧盯下周到期的任务。", by=people[lead])  # fmt: skip


def _tree(
    force: TaskForce,
    owners: tuple[str, ...],
    people: dict[str, Person],
    units: dict[str, Unit],
    chance: Random,
) -> None:
    order = 0
    for heading, leaves in STAGES:
        order += 1
        parent = Task.objects.create(force=force, title=heading, is_grain=False, order=order)
        for leaf in leaves:
            order += 1
            login = owners[order % len(owners)]
            due = date(2026, 4, 20) + timedelta(days=order * 17 + chance.randrange(10))
            done = (
                due + timedelta(days=chance.choice([-12, -6, -3, -1, 5]))
                if due < TODAY and chance.random() < 0.85
                else None
            )
            task = Task.objects.create(
                force=force, parent=parent, title=leaf, owner=people[login], unit=units[login], due_on=due, first_due_on=due, order=order,
                done_on=done if done and done <= TODAY else None, result="已办结" if done and done <= TODAY else "",
            )  # fmt: skip
            if task.done_on and task.done_on > date(2026, 9, 20):
                evidence.attach(
                    people[login],
                    task,
                    f"{task.title}-{task.pk}.png",
                    _proof(chance),
                    f"{task.title} 佐证（绘制的演示图）",
                )


def _proof(chance: Random) -> bytes:
    image, out = Image.new("RGB", (60, 40), tuple(chance.randrange(256) for _ in range(3))), io.BytesIO()
    for _ in range(6):
        image.paste(
            tuple(chance.randrange(256) for _ in range(3)),
            (chance.randrange(50), chance.randrange(30), 58, 38),
        )
    image.save(out, "PNG")
    return out.getvalue()
