"""What is done about an old case, step by step; every step stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_leader
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.petitions.actions.roles import checks, keeps_ledger, works_on
from luodi.scenarios.petitions.models import Backlog, BacklogStep
from luodi.scenarios.petitions.rules import BACKLOG_LIMITS
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.workbench.desk import changed


@action("petitions.keep_backlog", may=keeps_ledger)
def keep_backlog(by: Person, backlog: Backlog, values: dict[str, Any]) -> Backlog:
    """Enter an old case, or put right how it was entered. One leader answers for each 一案一领导."""
    leader = values.get("leader")
    if leader is not None and not is_leader(leader):
        raise Refused(f"包案的应是市领导，{leader.name}不是。")
    first_on = values.get("first_on", backlog.first_on)
    assigned_on = values.get("assigned_on", backlog.assigned_on)
    if first_on and assigned_on and first_on > assigned_on:
        raise Refused("首次信访不能晚于列入台账的日期。")
    if backlog.pk and not backlog.is_open:
        raise Refused("已销账的积案不能再改。")
    return changed(backlog, values)


@action("petitions.report_backlog", may=works_on)
def report(by: Person, backlog: Backlog, words: str, on: date | None = None) -> BacklogStep:
    """Write down what was done: a meeting, a visit, a payment."""
    if not backlog.is_open:
        raise Refused("已销账的积案不再记进展。")
    return _step(by, backlog, "report", words, on)


@action("petitions.agree_backlog", may=works_on)
def agree(by: Person, backlog: Backlog, plan: str, on: date | None = None) -> Backlog:
    backlog = _locked(backlog, "agree")
    if not plan.strip():
        raise Refused("请写明达成的化解方案。")
    backlog.plan, backlog.agreed_on, backlog.state = plan.strip(), _day(on), rules.AGREED
    return _kept(by, backlog, "agree", plan, on)


@action("petitions.settle_backlog", may=works_on)
def settle(by: Person, backlog: Backlog, values: Mapping[str, Any], on: date | None = None) -> Backlog:
    """Write down that it was done: `way`, `words`, and for a pledge `witness` and `is_free`. The watch begins."""
    backlog = _locked(backlog, "settle")
    way, words = values.get("way"), str(values.get("words") or "").strip()
    if way not in dict(rules.WAYS) or not words:
        raise Refused("请写明化解方式和落实情况。")
    if way == rules.PLEDGED and not (values.get("witness") and values.get("is_free") is True):
        raise Refused("息诉息访承诺须出于自愿：请填写见证人，并确认自愿签订。")
    if way == rules.FINAL and (backlog.petition is None or not backlog.petition.rechecked_on):
        raise Refused("依法终结的，须关联已经复核的信访事项。")
    backlog.way, backlog.settled_on, backlog.settled_by, backlog.state = way, _day(on), by, rules.SETTLED
    backlog.witness, backlog.is_free = str(values.get("witness") or ""), values.get("is_free")
    return _kept(by, backlog, "settle", words, on)


@action("petitions.verify_backlog", may=checks)
def verify(by: Person, backlog: Backlog, words: str, on: date | None = None) -> Backlog:
    """Somebody else went and looked."""
    backlog = _locked(backlog, "verify")
    if not words.strip():
        raise Refused("请写明核验方式和结果。")
    if _day(on) < backlog.settled_on:
        raise Refused("核验不能早于落实。")
    backlog.verified_on, backlog.verified_by, backlog.state = _day(on), by, rules.VERIFIED
    return _kept(by, backlog, "verify", words, on)


@action("petitions.close_backlog", may=keeps_ledger)
def close(by: Person, backlog: Backlog, on: date | None = None) -> Backlog:
    """Strike it off the ledger 销账, when all three conditions hold."""
    backlog = _locked(backlog, "close")
    if said := rules.may_close(backlog.facts(), _day(on), quiet_days(_day(on))):
        raise Refused(f"还不能销账：{said}。")
    backlog.closed_on, backlog.state = _day(on), rules.CLOSED
    return _kept(by, backlog, "close", f"化解方式：{backlog.get_way_display()}", on)


@action("petitions.reopen_backlog", may=keeps_ledger)
def reopen(by: Person, backlog: Backlog, reason: str, on: date | None = None) -> Backlog:
    """It was not over after all: what had been settled counts no longer."""
    backlog = _locked(backlog, "reopen")
    if not reason.strip():
        raise Refused("请写明恢复攻坚的理由。")
    backlog.state, backlog.way, backlog.witness, backlog.is_free = rules.OPEN, "", "", None
    for name in ("agreed_on", "settled_on", "settled_by", "verified_on", "verified_by", "closed_on"):
        setattr(backlog, name, None)
    return _kept(by, backlog, "reopen", reason, on)


def quiet_days(on: date) -> int:
    return int(ruleset(BACKLOG_LIMITS, on=on)["quiet_days"])


def _locked(backlog: Backlog, step: str) -> Backlog:
    """The case as it is now, when this step may follow."""
    fresh = Backlog.objects.select_for_update().get(pk=backlog.pk)
    if step not in rules.STEPS[fresh.state]:
        raise Refused(f"现在是“{fresh.get_state_display()}”，不能{rules.TITLES[step]}。")
    return fresh


def _kept(by: Person, backlog: Backlog, what: str, words: str, on: date | None) -> Backlog:
    backlog.save()
    _step(by, backlog, what, words, on)
    return backlog


def _step(by: Person, backlog: Backlog, what: str, words: str, on: date | None) -> BacklogStep:
    if not words.strip():
        raise Refused("请写明内容。")
    day = _day(on)
    if day > timezone.localdate():
        raise Refused("日期不能晚于今天。")
    step = BacklogStep.objects.create(backlog=backlog, on=day, what=what, words=words.strip(), by=by)
    latest = max(day, backlog.last_step_on or day)
    Backlog.objects.filter(pk=backlog.pk).update(last_step_on=latest)
    backlog.last_step_on = latest
    return step


def _day(on: date | None) -> date:
    return on or timezone.localdate()
