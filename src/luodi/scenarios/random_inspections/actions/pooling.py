"""From the libraries to what is frozen: the pool, the inspectors, the terms. Reads the database, writes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from luodi.kernel.action import Refused
from luodi.kernel.rulesets import Ruleset
from luodi.scenarios.random_inspections.models import Conflict, Inspector, Seat, SpotCheck, Subject, Task
from luodi.scenarios.random_inspections.rules import draw
from luodi.scenarios.random_inspections.rules.quotas import (
    Quota,
    fault_of_ratio,
    is_spent,
    parts,
    read_quotas,
    share_percent,
)
from luodi.shapes.registers.models import Enterprise

NAMED = 5
VERIFIER = Path(draw.__file__).with_name("verify_draw.py")


@dataclass(frozen=True, slots=True)
class Frozen:
    """Three canonical texts; how many firms were left out as no longer in business; how many of the pool will be drawn."""

    pool: str
    inspectors: str
    terms: str
    left_out: int
    will_be_drawn: int


@cache
def program_hash() -> str:
    """What is published of the verifier: SHA-256 of its source as it is shipped."""
    return draw.sha256(VERIFIER.read_text(encoding="utf-8"))


def freeze(task: Task, rules: Ruleset, on: date) -> Frozen:
    """The lists as of a day. Raises Refused with everything that makes them unfit for a draw."""
    quotas = read_quotas(rules["classes"])
    listed = _listed(task)
    left_out = listed.exclude(firm__status=Enterprise.Status.ACTIVE).count()
    subjects = list(listed.filter(firm__status=Enterprise.Status.ACTIVE).select_related("firm__division"))
    _graded(subjects)
    units = [task.lead, *task.partners.all()]
    items = list(task.items.select_related("unit"))
    if not items:
        raise Refused("任务还没有抽查事项。")
    pool = [draw.Subject(each.firm.uscc, each.credit_class, each.firm.division.code) for each in subjects]
    inspectors = _inspectors(task, [unit.pk for unit in units], on)
    skills = {unit.key: frozenset(item.skill for item in items if item.unit_id == unit.pk and item.skill) for unit in units}  # fmt: skip
    terms = draw.Terms(
        ratios=_ratios(task, quotas, {each.credit_class for each in pool}),
        must=tuple(unit.key for unit in units),
        last_day=task.ends_on.isoformat(),
        program=program_hash(),
        cap=rules["load_cap"],
        crew=max(rules["crew"], len(units)),
        by=("class", "region") if task.by_region else ("class",),
        skills={unit: found for unit, found in skills.items() if found},
        spent=_spent(task, subjects, items, quotas),
        weights={each.firm.uscc: each.tickets for each in subjects if each.tickets > 1},
    )
    try:
        texts = draw.pool_text(pool), draw.inspectors_text(inspectors), draw.canonical(terms.lines)
    except draw.DrawFault as fault:
        raise Refused(str(fault)) from fault
    will_be_drawn = len(draw.select(pool, terms, ""))  # how many does not hang on the seed
    _enough_drawn(task, will_be_drawn, len(pool), rules["least_share"])
    _enough_inspectors(pool, inspectors, terms, will_be_drawn)
    return Frozen(*texts, left_out, will_be_drawn)


def tag_of(inspector: Inspector) -> str:
    """Stands for an inspector in published lists. Who holds the certificate can be told; nobody can find it from the tag."""
    return draw.sha256(f"{inspector.salt}|{inspector.cert_no}")[:16]


def visits_this_year(year: int, firms: Collection[int] | None = None) -> QuerySet[SpotCheck]:
    """Checks that count against a firm's cap: drawn or after a lead, made or under way, not terminated."""
    rows = SpotCheck.objects.filter(received_on__year=year).exclude(state="void")
    return rows if firms is None else rows.filter(firm__in=firms)


def _listed(task: Task) -> QuerySet[Subject]:
    place = Q(firm__division=task.division) | Q(firm__division__parent=task.division)
    rows = Subject.objects.filter(place, is_listed=True)
    return rows.filter(firm__industry__in=task.industries) if task.industries else rows


def _graded(subjects: Iterable[Subject]) -> None:
    """Whoever has no class can't be drawn, and leaving a firm out silently would steer the draw."""
    lacking = [each.firm.name for each in subjects if not each.credit_class]
    if lacking:
        more = f"等 {len(lacking)} 户" if len(lacking) > NAMED else ""
        raise Refused(f"信用风险类别待补，不能冻结：{'、'.join(lacking[:NAMED])}{more}。")


def _ratios(task: Task, quotas: Mapping[str, Quota], present: set[str]) -> dict[str, int]:
    """The task's own ratios, else the ruleset's usual ones, within the ruleset's bounds. Raises Refused."""
    found, faults = {}, []
    for name in sorted(present):
        percent = task.ratios[name] if task.ratios[name] is not None else quotas[name].usual
        if fault := fault_of_ratio(percent, quotas[name]):
            faults.append(fault)
        found[name] = parts(percent)
    if faults:
        raise Refused("".join(faults))
    return found


def _spent(
    task: Task, subjects: Iterable[Subject], items: Iterable[Any], quotas: Mapping[str, Quota]
) -> frozenset[str]:
    """Who has been visited as often this year as the class or one of the items allows."""
    by_firm: dict[int, list[list[str]]] = defaultdict(list)
    for firm, codes in visits_this_year(task.starts_on.year).values_list("firm", "items"):
        by_firm[firm].append(codes)
    spent = set()
    for subject in subjects:
        visits = by_firm.get(subject.firm_id, [])
        capped = [is_spent(len(visits), [quotas[subject.credit_class].most_a_year])]
        for item in items:
            capped.append(is_spent(sum(item.code in codes for codes in visits), [item.most_a_year]))
        if any(capped):
            spent.add(subject.firm.uscc)
    return frozenset(spent)


def _inspectors(task: Task, units: list[int], on: date) -> list[draw.Inspector]:
    """Inspectors of the units whose certificate holds today, each with the subjects barred to them."""
    rows = Inspector.objects.filter(unit__in=units, is_listed=True, valid_to__gte=on).select_related("unit")
    barred: dict[int, set[str]] = defaultdict(set)
    current = Conflict.objects.filter(Q(until=None) | Q(until__gte=task.starts_on), inspector__in=rows)
    for inspector, uscc in current.values_list("inspector", "firm__uscc"):
        barred[inspector].add(uscc)
    for inspector, uscc in _last_round(rows):
        barred[inspector].add(uscc)
    return [
        draw.Inspector(tag_of(each), each.unit.key, each.valid_to.isoformat(), frozenset(each.skills), frozenset(barred[each.pk]))
        for each in rows
    ]  # fmt: skip


def _last_round(inspectors: QuerySet[Inspector]) -> list[tuple[int, str]]:
    """Who checked a subject the last time it was checked: not the same people again."""
    newest: dict[str, int] = {}
    seats = (
        Seat.objects.filter(state=Seat.State.SEATED)
        .exclude(check_of__state="void")
        .order_by("check_of__received_at", "check_of")
        .values_list("inspector", "check_of__firm__uscc", "check_of")
    )
    rows = list(seats)
    for _inspector, uscc, check in rows:
        newest[uscc] = check
    known = set(inspectors.values_list("pk", flat=True))
    return [
        (inspector, uscc) for inspector, uscc, check in rows if newest[uscc] == check and inspector in known
    ]


def _enough_drawn(task: Task, drawn: int, pool: int, least: Any) -> None:
    share = share_percent(drawn, pool)
    if not task.industries and share is not None and share < least:
        raise Refused(f"不定向抽查的总体抽查面只有 {share}%，低于 {least}%；请提高比例。")


def _enough_inspectors(
    pool: list[draw.Subject], inspectors: list[draw.Inspector], terms: draw.Terms, drawn: int
) -> None:
    """Every subject can get a whole crew, and the caps leave room for all. Only subjects barred to someone need a look."""
    able = draw.ranking("", inspectors, terms, "")
    units = Counter(each.unit for each in able)
    for unit in terms.must:
        if units[unit] * terms.cap < drawn:
            raise Refused(
                f"{unit} 符合条件的检查人员只有 {units[unit]} 人，不够检查 {drawn} 户（每人最多 {terms.cap} 户）。"
            )
    if len(able) < terms.crew or len(able) * terms.cap < terms.crew * drawn:
        raise Refused(f"符合条件的检查人员只有 {len(able)} 人，不够派出 {drawn} 组（每组 {terms.crew} 人）。")
    for uscc in {uscc for each in inspectors for uscc in each.barred} & {each.uscc for each in pool}:
        left = draw.ranking(uscc, inspectors, terms, "")
        if len(left) < terms.crew or set(terms.must) - {each.unit for each in left}:
            raise Refused(f"{uscc} 须回避的人太多，剩下的检查人员派不出一组；请补充人员后再冻结。")
