"""The draw step by step: freeze, commit by two offices, wait for the public event, reveal, draw. Nothing can be done twice."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_supervision
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.scenarios.random_inspections.actions import pooling, sending
from luodi.scenarios.random_inspections.models import Inspector, Plan, Seat, SpotCheck, Task
from luodi.scenarios.random_inspections.rules import draw as rules
from luodi.scenarios.random_inspections.rules.checks import QUOTAS
from luodi.shapes.cases.permission import working_units

OPERATOR, DISCIPLINE = "operator", "discipline"
SIDES = {OPERATOR: "经办部门", DISCIPLINE: "监督部门"}
State = Task.State


def side_of(person: Any, task: Task | None) -> str:
    """For whom a person speaks at a draw: the lead unit, or the supervision office; "" for neither."""
    if task is None:
        return ""
    if task.lead_id in working_units(person):
        return OPERATOR
    is_other = is_supervision(person) and task.lead_id not in person.unit_ids
    return DISCIPLINE if is_other else ""


def takes_part(person: Any, task: Task | None) -> bool:
    return side_of(person, task) != ""


def operates(person: Any, task: Task | None) -> bool:
    return side_of(person, task) == OPERATOR


@action("random_inspections.freeze", may=operates)
def freeze(by: Person, task: Task, event: str, event_at: datetime, at: datetime | None = None) -> Task:
    """Freeze pool, inspectors and terms, and announce the public event whose outcome will be part of the seed."""
    task, now = _held(task, State.PLANNED), at or timezone.now()
    if task.plan.state != Plan.State.APPROVED:
        raise Refused("年度计划还没有批准公示，不能抽取。")
    if not event.strip():
        raise Refused("请写明以哪个公开事件的结果开奖，例如“当日 15:00 上证指数收盘点位”。")
    if event_at <= now:
        raise Refused("公开事件须在冻结之后发生，请选以后的时间。")
    if timezone.localtime(event_at).date() > task.ends_on:
        raise Refused("公开事件不能晚于检查截止日。")
    on = timezone.localtime(now).date()
    try:
        quotas = ruleset(QUOTAS, on=on, division=task.division)
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing
    found = pooling.freeze(task, quotas, on)
    task.pool, task.inspectors, task.terms, task.left_out = (
        found.pool,
        found.inspectors,
        found.terms,
        found.left_out,
    )
    task.ruleset_id, task.event, task.event_at = quotas.id, event.strip()[:120], event_at
    task.frozen_at, task.state = now, State.FROZEN
    task.save()
    return task


@action("random_inspections.commit", may=takes_part)
def commit(by: Person, task: Task, at: datetime | None = None) -> Task:
    """Commit a random number for one's side: only its hash is kept, `nonce_once` is shown this once to be written down."""
    return keep_commitment(by, task, secrets.token_hex(32), at or timezone.now())


def keep_commitment(by: Person, task: Task, nonce: str, now: datetime) -> Task:
    """The commitment to a number. Not an action of its own: an audit log would write the number down before its time."""
    task, side = _held(task, State.FROZEN), side_of(by, task)
    if getattr(task, f"{side}_sha"):
        raise Refused(f"{SIDES[side]}已经承诺过了。")
    _before_the_event(task, now)
    setattr(task, side, by)
    setattr(task, f"{side}_sha", rules.commitment(nonce))
    if task.operator_sha and task.discipline_sha:
        if task.operator_id == task.discipline_id:
            raise Refused("经办和监督须是两个人。")
        task.committed_at, task.state = now, State.COMMITTED
    task.save()
    task.nonce_once = nonce
    return task


@action("random_inspections.reveal", may=takes_part)
def reveal(by: Person, task: Task, nonce: str, saw: str, at: datetime | None = None) -> Task:
    """Give the committed number after the event, with the event's outcome as one saw it published."""
    task, now, side = _held(task, State.COMMITTED), at or timezone.now(), side_of(by, task)
    if now < task.event_at:
        raise Refused(
            f"公开事件 {timezone.localtime(task.event_at):%Y-%m-%d %H:%M} 才发生，不能提前公开随机数。"
        )
    given, outcome = nonce.strip().lower(), saw.strip()
    if rules.commitment(given) != getattr(task, f"{side}_sha"):
        raise Refused("随机数与当初的承诺不符，请核对抄录的 64 位数字和字母。")
    if not outcome or len(outcome) > 80:
        raise Refused("请照公布的样子填写公开事件的结果，80 字以内。")
    setattr(task, f"{side}_nonce", given)
    setattr(task, f"{side}_saw", outcome)
    task.save()
    return task


@action("random_inspections.draw", may=operates)
def draw(by: Person, task: Task, at: datetime | None = None) -> Task:
    """Draw, once both numbers are known and both offices saw the same outcome. Every drawn firm gets its check and crew
    (`sending`); what is drawn stands from this moment, however long the sending takes."""
    task, now = _held(task, State.COMMITTED), at or timezone.now()
    if not (task.operator_nonce and task.discipline_nonce):
        raise Refused("经办、监督两方都公开随机数后才能抽取。")
    if task.operator_saw != task.discipline_saw:
        raise Refused(
            f"两方填写的公开事件结果不一致：经办“{task.operator_saw}”，监督“{task.discipline_saw}”。"
        )
    texts = task.pool, task.inspectors, task.terms
    task.seed = rules.seed_of(*texts, task.operator_nonce, task.discipline_nonce, task.operator_saw)
    drawn = rules.draw(
        rules.read_pool(task.pool), rules.read_inspectors(task.inspectors), rules.read_terms(task.terms), task.seed
    )  # fmt: skip
    task.result, task.drawn_at, task.drawn_on = drawn.text, now, timezone.localtime(now).date()
    task.state = State.DRAWN
    task.save()
    sending.send_out(by, task)
    return task


@action("random_inspections.void", may=takes_part)
def void(by: Person, task: Task, reason: str) -> Task:
    """Give a task up before it is drawn. What was frozen and committed stays in public with the reason: nobody retries in the dark."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.state in {State.DRAWN, State.VOID}:
        raise Refused("已经抽取的任务不能作废。" if task.state == State.DRAWN else "任务已经作废。")
    if not reason.strip():
        raise Refused("作废请写明理由，理由会公开。")
    task.state, task.void_reason = State.VOID, reason.strip()[:200]
    task.save(update_fields=["state", "void_reason"])
    return task


def crew_of_successor(check: SpotCheck, gone: str) -> tuple[Inspector, str]:
    """Who takes a seat at a drawn check, and the tag: by the frozen lists, so that anyone can verify it. Raises Refused."""
    task = check.task
    seats = list(Seat.objects.filter(check_of__task=task).values_list("check_of", "tag", "state"))
    loads = Counter(tag for _check, tag, state in seats if state == Seat.State.SEATED)
    crew = [tag for of, tag, state in seats if of == check.pk and state == Seat.State.SEATED]
    before = [tag for of, tag, state in seats if of == check.pk and state == Seat.State.RECUSED]
    tag = rules.successor(
        check.firm.uscc, crew, gone, before, rules.read_inspectors(task.inspectors), loads,
        rules.read_terms(task.terms), task.seed,
    )  # fmt: skip
    if tag is None:
        raise Refused("冻结的名单里没有人可以接替；请说明情况终止检查。")
    return sending.by_tag(task)[tag], tag


def _held(task: Task, wanted: str) -> Task:
    """The task as it is now, locked, in the state that the step needs."""
    held = (
        Task.objects.select_for_update().select_related("plan", "lead__division", "division").get(pk=task.pk)
    )
    if held.state != wanted:
        raise Refused(f"任务现在是“{held.get_state_display()}”，不能办这一步。")
    return held


def _before_the_event(task: Task, now: datetime) -> None:
    if now >= task.event_at:
        raise Refused("公开事件已经发生，这次承诺不再有效；请作废后重新冻结。")
