"""On the list: visited, helped, the risk gone by its gates and by three people, watched, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.poverty_watch.actions.households import line_on, step
from luodi.scenarios.poverty_watch.actions.roles import confirms, decides, helps, works_on
from luodi.scenarios.poverty_watch.models import Clue, Help, Household, Visit
from luodi.scenarios.poverty_watch.rules import STANDING, standing, words
from luodi.scenarios.poverty_watch.rules.clues import holds_no_numbers
from luodi.workbench.desk import changed


@action("poverty_watch.visit", may=works_on)
def visit(
    by: Person, household: Household, values: Mapping[str, Any], said: str, on: date | None = None
) -> Visit:
    """Write a visit down: facts may stay unknown; `said` is what was seen."""
    household = _locked(household, "visit")
    if not said.strip():
        raise Refused("请写明走访情况。")
    day = on or timezone.localdate()
    step(by, household, "visit", said, day)
    row = Visit.objects.create(household=household, on=day, by=by, **values)
    household.last_visit_on = max(day, household.last_visit_on or day)
    household.save(update_fields=["last_visit_on"])
    return row


@action("poverty_watch.help", may=works_on)
def add_help(by: Person, household: Household, values: Mapping[str, Any]) -> Help:
    """Give a measure that answers the cause 因户施策. The first one begins the help."""
    household = _locked(household, "help")
    given = dict(values)
    cause, kind = given.get("cause") or household.cause, given.get("kind")
    if kind not in dict(words.HELPS):
        raise Refused("请选择帮扶措施。")
    if said := words.fit_fault(cause, kind, str(given.get("why") or "")):
        raise Refused(said)
    started = given.get("started_on") or timezone.localdate()
    if household.listed_on and started < household.listed_on:
        raise Refused("帮扶开始不能早于纳入。")
    if said := holds_no_numbers(f"{given.get('what') or ''} {given.get('why') or ''}"):
        raise Refused(said)
    row = changed(
        Help(household=household),
        {**given, "cause": cause, "started_on": started, "unit": given.get("unit") or household.unit},
    )
    if household.state == standing.LISTED:
        household.state, household.helped_on = standing.HELPING, started
        household.save(update_fields=["state", "helped_on"])
    step(by, household, "help", str(row), started if started <= timezone.localdate() else None)
    return row


@action("poverty_watch.finish_help", may=helps)
def finish_help(by: Person, row: Help, effect: str, on: date | None = None) -> Help:
    row = Help.objects.select_for_update().select_related("household").get(pk=row.pk)
    if row.done_on:
        raise Refused("这项措施已经记过成效。")
    day = on or timezone.localdate()
    if not effect.strip() or day < row.started_on:
        raise Refused("请写明成效，日期不早于开始。")
    row.effect, row.done_on = effect.strip(), day
    step(by, row.household, "finish_help", f"{row.get_kind_display()}：{row.effect}", day)
    row.save(update_fields=["effect", "done_on"])
    return row


@action("poverty_watch.propose", may=works_on)
def propose(by: Person, household: Household, said: str, on: date | None = None) -> Household:
    """Say that the risk is gone: every gate has to hold."""
    household = _locked(household, "propose")
    day = on or timezone.localdate()
    if lacking := standing.may_clear(facts_of(household, day), day, _limits(day)["hold_months"]):
        raise Refused(f"还不能提出风险消除：{lacking}。")
    household.state, household.proposed_on, household.proposed_by = standing.PROPOSED, day, by
    return _kept(by, household, "propose", said or "各项条件都已满足", day)


@action("poverty_watch.confirm", may=confirms)
def confirm(by: Person, household: Household, said: str, on: date | None = None) -> Household:
    """Another person looked, the village met; the notice goes up."""
    household = _locked(household, "confirm")
    if not said.strip():
        raise Refused("请写明复核和村级评议情况。")
    day = on or timezone.localdate()
    if household.proposed_on and day < household.proposed_on:
        raise Refused("复核不能早于提出。")
    household.state, household.confirmed_on, household.confirmed_by = standing.NOTICE, day, by
    return _kept(by, household, "confirm", said, day)


@action("poverty_watch.clear", may=decides)
def clear(by: Person, household: Household, said: str, on: date | None = None) -> Household:
    """Decided by a third person when the notice is over and the gates still hold; the watch begins."""
    household = _locked(household, "clear")
    day = on or timezone.localdate()
    limits = _limits(day)
    assert household.confirmed_on is not None
    last = standing.notice_until(household.confirmed_on, limits["notice_days"])
    if day <= last:
        raise Refused(f"公示到 {last}，期满前不能审定。")
    if lacking := standing.may_clear(facts_of(household, day), day, limits["hold_months"]):
        raise Refused(f"还不能审定：{lacking}。")
    household.state, household.cleared_on, household.cleared_by = standing.CLEARED, day, by
    household.watch_until = standing.months_after(day, limits["watch_months"])
    return _kept(by, household, "clear", said or "公示无异议，审定风险消除", day)


@action("poverty_watch.send_back", may=works_on)
def send_back(by: Person, household: Household, said: str, on: date | None = None) -> Household:
    household = _locked(household, "return")
    if not said.strip():
        raise Refused("请写明退回的理由。")
    household.state = standing.HELPING
    household.proposed_on = household.confirmed_on = household.proposed_by = household.confirmed_by = None
    return _kept(by, household, "return", said, on)


@action("poverty_watch.relist", may=works_on)
def relist(by: Person, household: Household, said: str, on: date | None = None) -> Household:
    """The risk came back while the household was watched 重新纳入: at once helped again, by the kind it had."""
    household = _locked(household, "relist")
    if not said.strip():
        raise Refused("请写明重新纳入的理由。")
    day = on or timezone.localdate()
    household.state, household.relisted_on, household.times = standing.LISTED, day, household.times + 1
    household.help_due_on, household.helped_on = day + timedelta(days=_limits(day)["help_days"]), None
    household.cleared_on = household.watch_until = household.proposed_on = household.confirmed_on = None
    household.proposed_by = household.confirmed_by = household.cleared_by = None
    return _kept(by, household, "relist", said, day)


@action("poverty_watch.forget", may=lambda by, _now: by is None)
def forget_due(by: None, now: datetime) -> int:
    """Delete what is personal of every household whose purpose has ended: the watch is over, or so long ago not taken in.

    Names, numbers, phones, members and the words of steps go; counts, kinds and days stay. Returns how many."""
    today = timezone.localtime(now).date()
    before = today - timedelta(days=_limits(today)["rejected_days"])
    over = Q(state=standing.CLEARED, watch_until__lt=today) | Q(
        state=standing.REJECTED, rejected_on__lt=before
    )
    done = 0
    for household in Household.objects.select_for_update().filter(over, forgotten_on=None):
        forget(household, today)
        done += 1
    return done


def forget(household: Household, today: date) -> None:
    household.members.all().delete()
    household.steps.update(words="")
    household.assessments.update(why="")
    Clue.objects.filter(household=household).update(reporter_name="", reporter_phone="", reporter_key="")
    household.head_name = household.phone = household.special_note = ""
    household.has_no_labour = household.is_in_long_treatment = None
    household.forgotten_on = today
    household.save()


def facts_of(household: Household, day: date) -> standing.Facts:
    """Three queries: the newest visit, help since it was listed (unless it is at hand already), the line."""
    line = line_on(day)
    newest = household.visits.filter(on__lte=day).order_by("on", "pk").last()
    since = household.relisted_on or household.listed_on or day
    given = tuple(
        standing.Help(each.started_on, each.done_on)
        for each in household.helps.all()
        if each.started_on >= since
    )
    return standing.Facts(
        since, newest.fact() if newest else None, given, int(line["line_yuan"]) * 100 if line else None, line["year"] if line else None,
        household.has_no_labour, household.is_in_long_treatment,
    )  # fmt: skip


def _limits(day: date) -> Any:
    return ruleset(STANDING, on=day)


def _locked(household: Household, what: str) -> Household:
    fresh = Household.objects.select_for_update().get(pk=household.pk)
    if fresh.forgotten_on:
        raise Refused("这户的个人信息已经按期删除，不再办理；有新的线索请重新登记。")
    if what not in standing.STEPS[fresh.state]:
        raise Refused(f"现在是“{fresh.get_state_display()}”，不能{standing.TITLES[what]}。")
    return fresh


def _kept(by: Person, household: Household, what: str, said: str, on: date | None) -> Household:
    step(by, household, what, said, on)
    household.save()
    return household
