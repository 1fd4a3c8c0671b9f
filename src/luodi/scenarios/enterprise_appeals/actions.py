"""The only writers of policies and matches. Appeals are written by the engine of cases (`luodi.shapes.cases.actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import Period, Unit, YearWithoutCalendar
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.enterprise_appeals import rules
from luodi.scenarios.enterprise_appeals.models import Clause, Match, Policy
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.desk import changed

DELIVERY = "enterprise_appeals.delivery"
State = Match.State


def issues(person: Any, thing: Any = None) -> bool:
    """Liaisons of the unit that issued the policy."""
    policy = getattr(getattr(thing, "clause", thing), "policy", thing)
    return (
        is_liaison(person)
        and (getattr(policy, "issuer_id", None) or next(iter(person.unit_ids))) in person.unit_ids
    )


@action("enterprise_appeals.keep_policy", may=issues)
def keep_policy(by: Person, policy: Policy, values: dict[str, Any]) -> Policy:
    return changed(policy, values)


@action("enterprise_appeals.keep_clause", may=issues)
def keep_clause(by: Person, clause: Clause, values: dict[str, Any]) -> Clause:
    if (
        clause.pk
        and clause.matches.exclude(state=State.MATCHED).exists()
        and {"conditions", "formula"} & set(values)
    ):
        raise Refused("已有企业按这一条办理，条件和标准不能再改；请另立条款。")
    return changed(clause, values)


@action("enterprise_appeals.match", may=issues)
def match_clause(by: Person, clause: Clause, on: date | None = None) -> int:
    """Test every active firm; a firm that fits and has no match yet gets one, with its reasons. Returns how many are new.

    Run again it changes nothing. Of two clauses of one matter the better one is kept (从优不重复).
    """
    today = on or timezone.localdate()
    if not rules.is_window_open(clause.opens_on, clause.shuts_on, today):
        raise Refused("这一条不在兑现窗口内。")
    tests = clause.tests
    have = set(clause.matches.values_list("firm", flat=True))
    new = []
    for firm in (
        Enterprise.objects.filter(status=Enterprise.Status.ACTIVE)
        .exclude(pk__in=have)
        .select_related("division")
    ):
        facts = firm.facts
        result = rules.match(tests, facts)
        fen = rules.benefit_fen(clause.formula, facts)
        if result.holds and not _has_better(clause, firm, fen):
            new.append(
                Match(
                    clause=clause,
                    firm=firm,
                    findings=[str(each) for each in result.findings],
                    fen=fen,
                    matched_on=today,
                )
            )
    Match.objects.bulk_create(new)
    return len(new)


@action("enterprise_appeals.step", may=issues)
def step(
    by: Person, match: Match, to: str, values: Mapping[str, Any] | None = None, on: date | None = None
) -> Match:
    """Move a match on. `values`: reason for 不兑现, approved_fen for 核定, paid_fen for 拨付."""
    match = Match.objects.select_for_update().select_related("clause", "firm").get(pk=match.pk)
    if said := rules.may_go(match.clause.track, match.state, to):
        raise Refused(said)
    today, given = on or timezone.localdate(), dict(values or {})
    if to == State.DECLINED and not given.get("reason"):
        raise Refused("不兑现请写明理由。")
    if to == State.APPROVED:
        fen = given.get("approved_fen") or match.fen
        if fen is None:
            raise Refused("测算金额待补，核定时请填写金额。")
        _within_budget(match.clause, fen)
        match.approved_fen, match.approved_on = fen, today
    if to == State.PAID:
        match.paid_fen, match.paid_on = given.get("paid_fen") or match.approved_fen, today
        if match.paid_fen > match.approved_fen:
            raise Refused("拨付金额不能超过核定金额。")
    if to in {State.NOTIFIED, State.CONFIRMED}:
        setattr(match, f"{to}_on", today)
    if to == State.APPLIED:
        match.due_on = _pay_by(today)
    match.state, match.reason = to, str(given.get("reason") or match.reason)
    match.save()
    return match


def alerts(on: date) -> list[str]:
    """Sentences on budgets nearly used, firms not told, and approved money not paid, by the ruleset of delivery."""
    lines = ruleset(DELIVERY, on=on)
    clock = clock_in_force(on=on)
    said = []
    for clause in Clause.objects.exclude(budget_fen=None):
        share = rules.used_share(_spent(clause), clause.budget_fen)
        if share is not None and share > lines["budget_share"]:
            said.append(f"{clause.code} {clause.title}：预算已用 {share:.0%}")
    for state, dated, limit, words in (
        (State.MATCHED, "matched_on", "notify_days", "已匹配未告知"),
        (State.APPROVED, "approved_on", "pay_days", "已核定未拨付"),
    ):
        since = clock.latest_day_before(on, Period(lines[limit], Unit.WORK_DAY))
        late = Match.objects.filter(state=state, **{f"{dated}__lt": since}).count()
        if late:
            said.append(f"{words}超过 {lines[limit]} 个工作日：{late} 户")
    return said


def _has_better(clause: Clause, firm: Enterprise, fen: int | None) -> bool:
    """Whether another clause of the same matter gives this firm at least as much already; a worse one not yet told gives way."""
    if not clause.matter:
        return False
    others = Match.objects.filter(firm=firm, clause__matter=clause.matter).exclude(
        state__in=(State.DECLINED, State.EXPIRED)
    )
    for other in others:
        offers = [
            rules.Offer(other.clause_id, clause.matter, other.fen),
            rules.Offer(clause.pk, clause.matter, fen),
        ]
        if clause.pk in rules.best_of_each_matter(offers) or other.state != State.MATCHED:
            return True
        other.state, other.reason = State.DECLINED, f"同一事项从优不重复，改按{clause.code}"
        other.save(update_fields=["state", "reason"])
    return False


def _within_budget(clause: Clause, fen: int) -> None:
    if clause.budget_fen is not None and _spent(clause) + fen > clause.budget_fen:
        raise Refused("超出这一条的预算，不能核定；请先调整预算。")


def _spent(clause: Clause) -> int:
    return clause.matches.aggregate(sum=Sum("approved_fen"))["sum"] or 0


def _pay_by(applied_on: date) -> date | None:
    """快申快享 is paid within the ruleset's working days; None while the calendar of that year is not known."""
    days = ruleset(DELIVERY, on=applied_on)["fast_days"]
    try:
        return clock_in_force(on=applied_on).last_day(applied_on, Period(days, Unit.WORK_DAY))
    except YearWithoutCalendar:
        return None
