"""一单两库, and the plan of the year with its tasks."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Division, Person, Unit
from luodi.kernel.permission import is_liaison
from luodi.scenarios.random_inspections.models import (
    CheckItem,
    Conflict,
    Coverage,
    Inspector,
    Plan,
    Subject,
    Task,
)
from luodi.scenarios.random_inspections.scenario import SCENARIO
from luodi.shapes.cases.permission import working_units
from luodi.workbench.desk import changed


def keeps(person: Any, thing: Any = None) -> bool:
    """Liaisons for what belongs to their unit: an item, an inspector, a conflict of one, a task they lead."""
    if not is_liaison(person):
        return False
    owner = getattr(thing, "inspector", None) if isinstance(thing, Conflict) and thing.pk else thing
    unit = getattr(owner, "unit_id", None) or getattr(owner, "lead_id", None)
    return unit is None or unit in person.unit_ids


def runs_the_draws(person: Any, _thing: Any = None) -> bool:
    """Liaisons of a market regulator, who keep the library of subjects and draft the plan."""
    return is_liaison(person) and any(
        post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts if post.role == "liaison"
    )


@action("random_inspections.keep_item", may=keeps)
def keep_item(by: Person, item: CheckItem, values: dict[str, Any]) -> CheckItem:
    return _kept_by_its_unit(by, changed(item, values))


@action("random_inspections.keep_subject", may=runs_the_draws)
def keep_subject(by: Person, subject: Subject, values: dict[str, Any]) -> Subject:
    """A class carries the day on which it was given."""
    if "credit_class" in values and "graded_on" not in values:
        values = values | {"graded_on": timezone.localdate()}
    return changed(subject, values)


@action("random_inspections.keep_inspector", may=keeps)
def keep_inspector(by: Person, inspector: Inspector, values: dict[str, Any]) -> Inspector:
    given = dict(values)
    unit = given.get("unit") or (inspector.unit if inspector.unit_id else None)
    if unit is not None and not inspector.division_id:
        given.setdefault("division", unit.division)
    return _kept_by_its_unit(by, changed(inspector, given))


@action("random_inspections.keep_conflict", may=keeps)
def keep_conflict(by: Person, conflict: Conflict, values: dict[str, Any]) -> Conflict:
    row = changed(conflict, values)
    _own_unit(by, row.inspector.unit)
    return row


@action("random_inspections.keep_plan", may=runs_the_draws)
def keep_plan(by: Person, plan: Plan, values: dict[str, Any]) -> Plan:
    if plan.state == Plan.State.APPROVED:
        raise Refused("计划已批准公示，不能再改；调整的任务请作废后另立。")
    plan.by = plan.by or by
    return changed(plan, values)


@action("random_inspections.approve_plan", may=runs_the_draws)
def approve_plan(by: Person, plan: Plan) -> Plan:
    """Approval is by another person than the drafter, and makes the plan public. The divisions it covers are set down."""
    if plan.state == Plan.State.APPROVED:
        raise Refused("计划已经批准。")
    if plan.by_id == by.pk:
        raise Refused("计划是你拟订的，须由另一人批准。")
    if not plan.tasks.exists():
        raise Refused("计划里还没有抽查任务，不能批准。")
    plan.state, plan.approved_on, plan.approved_by = Plan.State.APPROVED, timezone.localdate(), by
    plan.save()
    covered = [plan.division, *Division.objects.filter(parent=plan.division, is_zone=False)]
    Coverage.objects.bulk_create(
        Coverage(plan=plan, division=division, planned_on=plan.approved_on) for division in covered
    )
    return plan


@action("random_inspections.keep_task", may=keeps)
def keep_task(by: Person, task: Task, values: dict[str, Any]) -> Task:
    """Scope and ratios of a task, until its lists are frozen. `item_codes` and `partner_names` are lists of words."""
    if task.state != Task.State.PLANNED:
        raise Refused("名单已经冻结，任务不能再改；确需调整的请作废后另立任务。")
    given = dict(values)
    codes, names = given.pop("item_codes", None), given.pop("partner_names", None)
    task = changed(task, given)
    _own_unit(by, task.lead)
    if codes is not None:
        task.items.set(_items(codes))
    if names is not None:
        task.partners.set(_units(names))
    units = {task.lead_id, *task.partners.values_list("pk", flat=True)}
    strange = task.items.exclude(unit__in=units).values_list("code", flat=True)
    if strange:
        raise Refused(f"事项 {'、'.join(strange)} 的实施部门没有参加这次抽查。")
    task.is_joint = len(units) > 1
    task.save(update_fields=["is_joint"])
    return task


def _items(codes: list[str]) -> list[CheckItem]:
    found = CheckItem.objects.filter(code__in=codes, is_in_force=True)
    if missing := set(codes) - {each.code for each in found}:
        raise Refused(f"抽查事项清单里没有现行的 {'、'.join(sorted(missing))}。")
    return list(found)


def _units(names: list[str]) -> list[Unit]:
    rows = list(Unit.objects.on(timezone.localdate()))
    found = []
    for name in names:
        fitting = [each for each in rows if name in {each.name, each.key, *each.short_names}]
        if len(fitting) != 1:
            raise Refused(f"单位名录里没有“{name}”。" if not fitting else f"“{name}”对应几个单位，请写全称。")
        found += fitting
    return found


def _kept_by_its_unit(by: Person, row: Any) -> Any:
    _own_unit(by, row.unit)
    return row


def _own_unit(by: Person, unit: Unit) -> None:
    if unit.pk not in working_units(by):
        raise Refused(f"{unit.called}的名录由该单位自己维护。")
