"""The only writers of parcels, yearly figures, outcomes and low-use land."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luodi.assessment.models import Result, Run
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_leader, is_liaison, is_supervision
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.land_productivity import rules
from luodi.scenarios.land_productivity.models import LowUseLand, Outcome, Parcel, Succession, YearRecord
from luodi.scenarios.land_productivity.scenario import SCENARIO
from luodi.workbench.desk import changed

POLICIES, SCOPE = "land_productivity.policies", "land_productivity.rules"
SUPPLIERS = {
    "land": "自然资源",
    "tax": "财政",
    "power": "发展改革",
    "emission": "生态环境",
    "statistics": "统计",
}
"""Functions of the units that bring each sheet: tax comes by way of finance, power by way of development and reform."""


def organises(person: Any, _subject: Any = None) -> bool:
    """The lead unit, the zones' committees and the supervision office."""
    return is_supervision(person) or (
        is_liaison(person)
        and any(
            post.unit.name.endswith(SCENARIO.lead) or post.unit.function == "园区管理"
            for post in person.current_posts
        )
    )


def supplies(sheet: str) -> Any:
    """Who may fill a department's columns: its liaisons, and those who organise."""

    def check(person: Any, _subject: Any = None) -> bool:
        own = any(post.unit.function == SUPPLIERS[sheet] for post in person.current_posts)
        return organises(person) or (own and (is_liaison(person) or _counts(person)))

    return check


def _counts(person: Any) -> bool:
    return any(post.role == "statistician" for post in person.current_posts)


@action("land_productivity.keep_parcel", may=supplies("land"))
def keep_parcel(by: Person, parcel: Parcel, values: dict[str, Any]) -> Parcel:
    return changed(parcel, values)


def _keep(record: YearRecord, values: dict[str, Any]) -> YearRecord:
    year = values.get("year", record.year)
    if year is not None:
        values = {**values, "year_end": date(year, 12, 31), "evaluated_from": date(year + 1, 1, 1)}
    if record.pk is None:
        firm = values.get("enterprise")
        if firm is not None:
            values.setdefault("division", firm.division)
            values.setdefault("scale", "large" if firm.is_above_scale else "small")
    if (
        record.pk
        and Run.objects.filter(
            code__in=("land_large", "land_small"), period__year=record.year, state__in=("final", "published")
        ).exists()
    ):
        raise Refused("{year}年已经定案，数据不能再改；有误请走异议更正。", year=record.year)
    for name in ("division", "scale"):
        if values.get(name, "") is None:
            values.pop(name)
    return changed(record, values)


@action("land_productivity.keep_record", may=organises)
def keep_record(by: Person, record: YearRecord, values: dict[str, Any]) -> YearRecord:
    return _keep(record, values)


@action("land_productivity.keep_tax", may=supplies("tax"))
def keep_tax(by: Person, record: YearRecord, values: dict[str, Any]) -> YearRecord:
    return _keep(record, values)


@action("land_productivity.keep_power", may=supplies("power"))
def keep_power(by: Person, record: YearRecord, values: dict[str, Any]) -> YearRecord:
    return _keep(record, values)


@action("land_productivity.keep_emission", may=supplies("emission"))
def keep_emission(by: Person, record: YearRecord, values: dict[str, Any]) -> YearRecord:
    return _keep(record, values)


@action("land_productivity.keep_statistics", may=supplies("statistics"))
def keep_statistics(by: Person, record: YearRecord, values: dict[str, Any]) -> YearRecord:
    return _keep(record, values)


@action("land_productivity.sum_land", may=supplies("land"))
def sum_land(by: Person, record: YearRecord) -> YearRecord:
    """Take the land of a firm's year from its parcels: owned and rented, less what is sublet, over all zones."""
    used = [
        each for each in Parcel.objects.filter(enterprise=record.enterprise_id) if each.counts_in(record.year)
    ]
    land = rules.land_of(used)
    if land is None:
        raise Refused("{enterprise}没有登记工业用地，请先导入用地表。", enterprise=record.enterprise)
    return _keep(record, {"land_mu": land})


@action("land_productivity.confirm", may=organises)
def confirm(by: Person, record: YearRecord) -> YearRecord:
    """The firm has seen and confirmed its figures."""
    if record.lacks:
        raise Refused(
            "{enterprise}还缺：{names}，不能确认。",
            enterprise=record.enterprise,
            names="、".join(record.lacks),
        )
    return _keep(record, {"confirmed_on": timezone.localdate()})


@action("land_productivity.keep_succession", may=organises)
def keep_succession(by: Person, succession: Succession, values: dict[str, Any]) -> Succession:
    return changed(succession, values)


@action("land_productivity.carry_out", may=lambda by, _year: organises(by))
def carry_out(by: Person, year: int, on: date | None = None) -> int:
    """From the sealed runs of a year: each firm's grade, its D years in a row, and what policy follows. Returns how many.

    Run again it brings the same; what has been carried out stays as it is.
    """
    runs = list(
        Run.objects.filter(
            code__in=("land_large", "land_small"), period__year=year, state__in=("final", "published")
        )
    )
    if not runs:
        raise Refused("{year}年的评价还没有定案。", year=year)
    day = on or timezone.localdate()
    table = ruleset(POLICIES, on=day)["policies"]
    records = {
        each.enterprise.uscc: each
        for each in YearRecord.objects.filter(year=year).select_related("enterprise")
    }
    history = grades_of([each.enterprise_id for each in records.values()])
    graded = Result.objects.filter(run__in=runs, key__in=records).exclude(grade="")
    rows = [
        _outcome(records[each.key], each, history[records[each.key].enterprise_id], table, day)
        for each in graded
    ]
    Outcome.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["year", "enterprise"], update_fields=list(_FOLLOWS), batch_size=500
    )  # fmt: skip
    YearRecord.objects.filter(
        year=year, graded_on=None, enterprise__in=Outcome.objects.filter(year=year).values("enterprise")
    ).update(graded_on=day)
    return len(rows)


def grades_of(firms: Sequence[int]) -> dict[int, dict[int, str]]:
    """Grades by year of each firm; those of a firm that it took over fill the years before."""
    old_of = dict(Succession.objects.filter(new__in=firms).values_list("new", "old"))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for firm, year, grade in Outcome.objects.filter(enterprise__in={*firms, *old_of.values()}).values_list(
        "enterprise", "year", "grade"
    ):
        found[firm][year] = grade
    return {firm: {**found.get(old_of.get(firm, 0), {}), **found.get(firm, {})} for firm in firms}


_FOLLOWS = (
    "division",
    "scale",
    "grade",
    "score",
    "last_grade",
    "d_years",
    "surcharge_li",
    "policies",
    "decided_on",
)


def _outcome(record: YearRecord, result: Result, grades: Mapping[int, str], table: Any, day: date) -> Outcome:
    years = rules.d_years({**grades, record.year: result.grade}, record.year)
    policies = rules.policies_for(result.grade, years, table)
    power = next(
        (each["value"] for each in policies if each["kind"] == "power" and each["value"]), Decimal(0)
    )
    return Outcome(
        year=record.year, enterprise_id=record.enterprise_id, division_id=record.division_id, scale=record.scale,
        grade=result.grade, score=result.score, last_grade=grades.get(record.year - 1, ""), d_years=years,
        surcharge_li=int(power * 1000), policies=[words_of(each) for each in policies], decided_on=day,
    )  # fmt: skip


KINDS = {
    "power": "用电",
    "land": "用地",
    "energy": "用能",
    "credit": "信贷",
    "tax": "城镇土地使用税",
    "apply": "项目申报",
    "water": "用水",
}


def words_of(policy: Mapping[str, Any]) -> str:
    figure = f" {policy['value'].normalize():f} {policy['unit'] or ''}" if policy["value"] is not None else ""
    return f"{KINDS[policy['kind']]}：{policy['says']}{figure}".rstrip()


@action("land_productivity.carried_out", may=organises)
def carried_out(by: Person, outcome: Outcome) -> Outcome:
    """The policies of the grade are in force for the firm."""
    if outcome.carried_out_on:
        raise Refused("{enterprise}的政策已经落实。", enterprise=outcome.enterprise)
    return changed(outcome, {"carried_out_on": timezone.localdate()})


@action("land_productivity.keep_outcome", may=organises)
def keep_outcome(by: Person, outcome: Outcome, values: dict[str, Any]) -> Outcome:
    return changed(outcome, values)


def disposes(person: Any, land: Any = None) -> bool:
    """Those who organise, and liaisons of the unit that is to dispose of it."""
    return organises(person) or (is_liaison(person) and getattr(land, "lead_id", None) in person.unit_ids)


def accepts(person: Any, land: Any = None) -> bool:
    """Acceptance is by another unit than the one that disposed."""
    return (organises(person) or is_leader(person)) and getattr(land, "lead_id", None) not in person.unit_ids


@action("land_productivity.keep_low_use", may=disposes)
def keep_low_use(by: Person, land: LowUseLand, values: dict[str, Any]) -> LowUseLand:
    if land.pk and land.state == LowUseLand.State.ACCEPTED:
        raise Refused("已验收销号的低效用地不能再改。")
    return changed(land, values)


def _go(land: LowUseLand, to: str) -> None:
    if to not in rules.MOVES[land.state]:
        raise Refused(
            "{number}是{state}，不能转为{label}。",
            number=land.number,
            state=land.get_state_display(),
            label=LowUseLand.State(to).label,
        )


@action("land_productivity.plan", may=disposes)
def plan(by: Person, land: LowUseLand, values: dict[str, Any]) -> LowUseLand:
    """处置方案: the way, and until when."""
    _go(land, "planned")
    if not values.get("way") or not values.get("due_on"):
        raise Refused("定方案要写明处置方式和完成时限。")
    return changed(land, {**values, "state": "planned"})


@action("land_productivity.begin", may=disposes)
def begin(by: Person, land: LowUseLand) -> LowUseLand:
    _go(land, "working")
    return changed(land, {"state": "working"})


@action("land_productivity.accept", may=accepts)
def accept(by: Person, land: LowUseLand, values: dict[str, Any]) -> LowUseLand:
    """验收销号 with the area that was put to use and the result; the day defaults to today."""
    _go(land, "accepted")
    if not values.get("disposed_mu"):
        raise Refused("验收要填写处置面积。")
    if values["disposed_mu"] <= 0:
        raise Refused("处置面积应大于 0 亩。")
    day = values.get("accepted_on") or timezone.localdate()
    return changed(land, {**values, "accepted_on": day, "state": "accepted"})


@action("land_productivity.drop", may=accepts)
def drop(by: Person, land: LowUseLand, values: dict[str, Any]) -> LowUseLand:
    _go(land, "dropped")
    if not values.get("result"):
        raise Refused("撤销认定要写明理由。")
    return changed(land, {**values, "state": "dropped"})
