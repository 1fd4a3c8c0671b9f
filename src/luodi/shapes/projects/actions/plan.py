"""The plan of a year, and its changes: asked by one person, decided by another, both values kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from luodi.kernel import approval
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.shapes.projects.life import wan
from luodi.shapes.projects.models import Milestone, PlanChange, Project, YearPlan
from luodi.shapes.projects.permission import decides, keeps, manages
from luodi.shapes.projects.rules import month_faults
from luodi.workbench.desk import changed

Item = PlanChange.Item


@action("projects.set_plan", may=manages)
def set_plan(
    by: Person, project: Project, year: int, plan_fen: int, goal: str = "", months: Sequence[int] = ()
) -> YearPlan:
    """下达 a year's plan, once, with its cumulated months where they are set. Afterwards it changes by `ask_change`."""
    if plan_fen < 0:
        raise Refused("年度计划不能小于 0。")
    if project.total_fen is not None and plan_fen > project.total_fen:
        raise Refused(
            "年度计划 {plan} 万元超过总投资 {total} 万元。", plan=wan(plan_fen), total=wan(project.total_fen)
        )
    if said := month_faults(months, plan_fen):
        raise Refused("".join(said))
    plan = YearPlan.objects.filter(project=project, year=year).first()
    if plan is not None and plan.plan_fen != plan_fen:
        raise Refused(
            "{year} 年计划已经下达（{plan} 万元），改动请走“计划调整”。", year=year, plan=wan(plan.plan_fen)
        )
    plan = plan or YearPlan(
        project=project, year=year, since=date(year, 1, 1), plan_fen=plan_fen, first_fen=plan_fen
    )
    plan.goal, plan.months = goal.strip() or plan.goal, list(months) or plan.months
    plan.save()
    return plan


@action("projects.ask_change", may=keeps)
def ask_change(
    by: Person, project: Project, item: str, new: str, reason: str, year: int | None = None
) -> PlanChange:
    """Ask for a change of one item: `new` is 分 as digits, or a day as 2026-09-30."""
    if item not in Item.values:
        raise Refused("这一项不能调整。")
    if not reason.strip():
        raise Refused("计划调整请写明理由。")
    value = _read(item, new)
    if said := _faults(project, item, value, year):
        raise Refused(said)
    old = _now(project, item, year)
    if str(value) == old:
        raise Refused("新值与现在的一样，没有什么要调整。")
    if waiting := project.changes.filter(item=item, state=PlanChange.State.WAITING).first():
        raise Refused("{item}已有一项调整在等审批。", item=waiting.get_item_display())
    return PlanChange.objects.create(
        project=project, item=item, year=year, old=old, new=str(value), reason=reason.strip()[:200], author=by
    )


@action("projects.decide_change", may=decides)
def decide_change(by: Person, change: PlanChange, approve: bool, opinion: str = "") -> PlanChange:
    """Approve, which writes the new value, or send back with an opinion. Never by whoever asked."""
    change = approval.waiting_for(by, change)
    if not approve:
        return approval.decline(by, change, opinion)
    _apply(change)
    return approval.approve(by, change, opinion)


def _read(item: str, new: str) -> Any:
    if item in (Item.YEAR_PLAN, Item.TOTAL):
        if not new.isdigit():
            raise Refused("金额应是不小于 0 的数。")
        return int(new)
    try:
        return date.fromisoformat(new)
    except ValueError:
        raise Refused("“{typed}”不是日期，请写成 2026-09-30。", typed=new) from None


def _now(project: Project, item: str, year: int | None) -> str:
    if item == Item.YEAR_PLAN:
        value: Any = project.plans.filter(year=year).values_list("plan_fen", flat=True).first()
    else:
        value = getattr(project, item)
    return "" if value is None else str(value)


def _faults(project: Project, item: str, value: Any, year: int | None) -> str:
    if item == Item.YEAR_PLAN:
        if year is None or not project.plans.filter(year=year).exists():
            return "这一年还没有下达计划，不用调整。"
        if project.total_fen is not None and value > project.total_fen:
            return f"年度计划 {wan(value)} 万元超过总投资 {wan(project.total_fen)} 万元。"
        return ""
    if item == Item.START and project.started_on:
        return f"已于 {project.started_on} 开工，计划开工不用再调。"
    other = {Item.START: project.finish_due_on, Item.FINISH: project.start_due_on}.get(Item(item))
    if item == Item.START and other and value > other:
        return f"计划开工 {value} 晚于计划竣工 {other}。"
    if item == Item.FINISH and other and value < other:
        return f"计划竣工 {value} 早于计划开工 {other}。"
    return ""


def _apply(change: PlanChange) -> None:
    project, value = change.project, _read(change.item, change.new)
    if said := _faults(project, change.item, value, change.year):
        raise Refused("现在不能再批准：{why}", why=said)
    if change.item == Item.YEAR_PLAN:
        project.plans.filter(year=change.year).update(plan_fen=value)
        return
    changed(project, {change.item: value})
    mark = {Item.START: "start", Item.FINISH: "finish", Item.OPERATE: "operate"}.get(Item(change.item))
    if mark:
        Milestone.objects.filter(project=project, mark=mark, reached_on=None).update(due_on=value)
