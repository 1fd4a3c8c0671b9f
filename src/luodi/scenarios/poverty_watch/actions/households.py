"""A household from its first clue: who lives there, what was reckoned, and by whom the clue was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.personal import reveals
from luodi.kernel.rulesets import NoRuleset, Ruleset, ruleset
from luodi.scenarios.poverty_watch.actions.roles import handles, works_on
from luodi.scenarios.poverty_watch.models import Assessment, Clue, Household, HouseholdStep, Member
from luodi.scenarios.poverty_watch.rules import LINE, STANDING, judging, standing, words
from luodi.scenarios.poverty_watch.rules.clues import holds_no_numbers
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.shapes.cases.permission import working_units
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.desk import changed

reveal = reveals("poverty_watch.reveal", "personal", may=works_on)
"""Everything personal of a household in one text, with a reason that stays in the log."""


@action("poverty_watch.enrol", may=handles)
def enrol(by: Person, clue: Clue, values: Mapping[str, Any]) -> Household:
    """Register the household that a clue is about: `head_name`, `phone` (Private), `citizen_id` (CitizenId) of the head,
    `village`, `population`, and what is known beside. A household known before is taken up again."""
    if clue.household_id is not None:
        raise Refused("这条线索已经登记了农户。")
    given = dict(values)
    name, number, phone = given.pop("head_name"), given.pop("citizen_id"), given.pop("phone", Private(""))
    if not name.text.strip():
        raise Refused("请填写户主姓名。")
    known = Member.objects.filter(citizen_index=number.text, left_on=None).select_related("household").first()
    if known is not None:
        return _again(by, clue, known.household)
    given.setdefault("cause", clue.category)
    unit = clue.lead_id or next(iter(working_units(by)), clue.home_id)
    household = Household(
        number=f"NH{clue.number[2:]}", unit_id=unit, head_name=name.text.strip(), phone=phone.text
    )
    changed(household, given)
    Member.objects.create(
        household=household, name=name.text.strip(), citizen_id=number.text, relation="head"
    )
    _attach(clue, household)
    step(by, household, "member", "登记农户和户主")
    return household


@action("poverty_watch.edit_household", may=works_on)
def edit(by: Person, household: Household, values: dict[str, Any]) -> Household:
    """Put right what is registered. Names and numbers are not changed in lists."""
    if household.forgotten_on:
        raise Refused("个人信息已经删除，档案不再改动。")
    if (values.get("special", household.special)) and not values.get("special_note", household.special_note):
        raise Refused("有公职人员、企业主或大额资产的，请写明情况说明。")
    if said := holds_no_numbers(
        f"{values.get('special_note') or ''} {values.get('helper') or ''} {values.get('helper_post') or ''}"
    ):
        raise Refused(said)
    return changed(household, values)


@action("poverty_watch.add_member", may=works_on)
def add_member(by: Person, household: Household, values: Mapping[str, Any]) -> Member:
    """`name` (Private), `citizen_id` (CitizenId), `relation`."""
    name, number = values["name"], values["citizen_id"]
    if not name.text.strip():
        raise Refused("请填写姓名。")
    other = Member.objects.filter(citizen_index=number.text, left_on=None).select_related("household").first()
    if other is not None:
        raise Refused(f"这个身份证号已登记在 {other.household.number} 户，同一人不能在两户。")
    if values.get("relation") not in dict(words.RELATIONS) or values["relation"] == "head":
        raise Refused("请选择与户主的关系，户主只有一人。")
    member = Member.objects.create(
        household=household, name=name.text.strip(), citizen_id=number.text, relation=values["relation"]
    )
    living = household.members.filter(left_on=None).count()
    if living > household.population:
        Household.objects.filter(pk=household.pk).update(population=living)
    step(by, household, "member", f"登记成员，共 {living} 人")
    return member


@action("poverty_watch.member_left", may=lambda by, member: works_on(by, member.household))
def member_left(by: Person, member: Member, why: str, on: date) -> Member:
    """A member died, moved or married away: counted no more from that day."""
    if why not in dict(words.LEAVINGS):
        raise Refused("请选择减少原因。")
    if on > timezone.localdate() or member.left_on:
        raise Refused("成员减少的日期不能晚于今天，也不能重复登记。")
    member.left_on, member.left_why = on, why
    member.save(update_fields=["left_on", "left_why"])
    household = member.household
    if household.population <= 1:
        raise Refused("家庭人口不能为 0；整户消亡的，请退回线索说明。")
    household.population -= 1
    household.save(update_fields=["population"])
    step(by, household, "left", dict(words.LEAVINGS)[why], on)
    return member


@action("poverty_watch.assess", may=works_on)
def assess(by: Person, household: Household, values: Mapping[str, Any], on: date | None = None) -> Assessment:
    """Reckon income and judge: the rule suggests, `kind` is what people decided; `why` where they differ."""
    day = on or timezone.localdate()
    line = line_on(day)
    since, until = judging.window(day, judging.KEPT if household.is_on_list else judging.NEW)
    row = Assessment(
        household=household, on=day, since=since, until=until, population=household.population, by=by
    )
    for name, value in values.items():
        setattr(row, name, value if value is not None or name not in {"kind", "why"} else "")
    if any((getattr(row, f"{each}_fen") or 0) < 0 for each in ("wages", "property", "transfer", "spent")):
        raise Refused("工资、财产、转移性收入和支出不能是负数；只有生产经营可以亏损。")
    row.per_capita_fen = judging.per_capita_fen(row.income, row.population)
    if line is not None:
        row.line_fen, row.ruleset_id = int(line["line_yuan"]) * 100, line.id
    found = judge(row, household)
    row.suggested, row.reasons = found.kind, [*found.reasons, *(f"还缺：{each}" for each in found.missing)]
    if row.kind and found.missing:
        raise Refused(f"还缺{'、'.join(found.missing)}，不能判断类别；先存事实，类别留空。")
    if row.kind != row.suggested and not row.why.strip() and not found.missing:
        raise Refused(f"规则提示“{found.title or '不符合三类对象'}”，你的判断不同，请写明理由。")
    if said := holds_no_numbers(row.why):
        raise Refused(said)
    row.save()
    step(
        by,
        household,
        "assess",
        f"人均 {row.per_capita_fen / 100:.0f} 元；{row.get_kind_display() or '不属于三类对象'}"
        if row.per_capita_fen is not None
        else "事实待补",
        day,
    )
    return row


def judge(row: Assessment, household: Household) -> judging.Judgement:
    return judging.judge(judging.Facts(
        row.per_capita_fen, row.line_fen, household.was_poor, row.guarantees, row.is_burdened, row.can_cope, row.is_in_hardship,
    ))  # fmt: skip


def line_on(day: date) -> Ruleset | None:
    """The line in force; None where nobody has entered one."""
    try:
        return ruleset(LINE, on=day)
    except NoRuleset:
        return None


def follow(clue: Clue, event: Event) -> None:
    """What a step of the clue means for its household. Called inside the step; raises NotAllowed."""
    needing = {"visit", "match", "meet", "post", "approve"}
    if event.move in needing and clue.household_id is None:
        raise NotAllowed("还没有登记农户：先在本页“登记农户”，再记这一步。")
    if clue.household_id is None:
        return
    newest = clue.household.assessments.select_related("ruleset").order_by("on", "pk").last()
    if event.move in {"match", "meet", "approve"} and (newest is None or newest.on < clue.received_on):
        raise NotAllowed("还没有核算收入和核实三保障：先在农户页记“核算判断”。")
    on = timezone.localtime(event.at).date()
    if event.move == "approve":
        _list(clue, newest, event, on)
    if event.move in {"reject", "refuse"} and clue.household.state == standing.CHECKING:
        clue.household.state, clue.household.rejected_on = standing.REJECTED, on
        clue.household.save(update_fields=["state", "rejected_on"])
        _step_of(
            event, clue.household, "reject", dict(words.REFUSALS).get(str(event.filled["refusal"]), ""), on
        )


def _list(clue: Clue, newest: Assessment, event: Event, on: date) -> None:
    household = clue.household
    if not newest.kind:
        raise NotAllowed("核算判断不属于三类对象，不能纳入；请用“审定不予纳入”。")
    if newest.line_year != on.year:
        raise NotAllowed(
            f"核算用的是 {newest.line_year} 年的监测线，{on.year} 年的还没有录入或没有重新核算。"
        )
    if household.special and not household.special_note:
        raise NotAllowed("这户有公职人员、企业主或大额资产，须先写明情况说明。")
    limits = ruleset(STANDING, on=on)
    is_again = household.times > 0
    household.state, household.kind, household.cause = (
        standing.LISTED,
        newest.kind,
        clue.category or household.cause,
    )
    household.listed_on, household.times = household.listed_on if is_again else on, household.times + 1
    household.relisted_on = on if is_again else None
    household.help_due_on, household.helped_on = on + timedelta(days=limits["help_days"]), None
    household.cleared_on = household.watch_until = household.proposed_on = household.confirmed_on = None
    household.proposed_by = household.confirmed_by = household.cleared_by = None
    household.save()
    _step_of(event, household, "relist" if is_again else "list", household.get_kind_display(), on)


def _again(by: Person, clue: Clue, household: Household) -> Household:
    if household.is_on_list or household.state == standing.CHECKING:
        raise Refused(
            f"这户已登记为 {household.number}（{household.get_state_display()}），不重复登记；请在该户上办理。"
        )
    if household.state == standing.REJECTED:
        household.state, household.rejected_on = standing.CHECKING, None
        household.save(update_fields=["state", "rejected_on"])
    _attach(clue, household)
    step(by, household, "member", f"新的线索 {clue.number}")
    return household


def _attach(clue: Clue, household: Household) -> None:
    Clue.objects.filter(pk=clue.pk).update(household=household)
    clue.household = household


def step(
    by: Person | None, household: Household, what: str, said: str, on: date | None = None
) -> HouseholdStep:
    """Write a step down. Raises Refused for numbers of a person in its words, and for a day to come."""
    if wrong := holds_no_numbers(said):
        raise Refused(wrong)
    if on is not None and on > timezone.localdate():
        raise Refused("日期不能晚于今天。")
    return HouseholdStep.objects.create(
        household=household, on=on or timezone.localdate(), what=what, words=said.strip(), by=by
    )


def _step_of(event: Event, household: Household, what: str, said: str, on: date) -> None:
    HouseholdStep.objects.create(
        household=household, on=on, what=what, words=said, by=Person.objects.filter(login=event.by).first()
    )
