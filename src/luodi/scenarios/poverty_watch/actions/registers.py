"""Warnings of departments, villages, and the ledger of linked funds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Unit
from luodi.kernel.rulesets import ruleset
from luodi.kernel.secrets import blind_index
from luodi.scenarios.poverty_watch.actions.households import enrol, step
from luodi.scenarios.poverty_watch.actions.roles import at_bureau, keeps_funds, warns
from luodi.scenarios.poverty_watch.models import Clue, Fund, Household, Member, Village, Warned
from luodi.scenarios.poverty_watch.rules import STANDING, standing, words
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.scenarios.poverty_watch.rules.warnings import Row, is_needed
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.kind import kinds
from luodi.workbench.desk import changed


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet: rows that led to a clue, that went to a household known already, that were not needed
    (below their threshold, nothing kept), and that had come before."""

    fresh: int = 0
    matched: int = 0
    unneeded: int = 0
    repeated: int = 0


@action("poverty_watch.take_warnings", may=warns)
def take_warnings(
    by: Person, unit: Unit, batch: str, rows: Sequence[Row], at: datetime | None = None
) -> Taken:
    """Match a department's warnings with households: all rows or none.

    A household on the list keeps the warning beside it; any other person becomes a clue with a household to verify. Rows
    that the duty does not need leave no trace.
    """
    if not batch.strip():
        raise Refused("请填写批次，例如“2026年11月医保”。")
    today = timezone.localdate()
    threshold = int(ruleset(STANDING, on=today)["medical_yuan"]) * 100
    villages = {(each.division.name, each.name): each for each in Village.objects.select_related("division")}
    by_town = {each.division.name: each for each in reversed(list(villages.values()))}
    needed = [row for row in rows if is_needed(row, threshold)]
    faults = [
        f"第 {row.line} 行“乡镇”“村”：名录里没有“{row.town}{row.village}”。"
        for row in needed
        if (row.town, row.village) not in villages and (row.village or row.town not in by_town)
    ]
    if faults:
        raise Refused("".join(faults[:20]))
    known = {
        member.citizen_index: member.household
        for member in Member.objects.filter(
            citizen_index__in=[row.citizen_id.text for row in needed], left_on=None
        ).select_related("household")
    }
    seen = set(Warned.objects.filter(mark__in=[_mark(row) for row in needed]).values_list("mark", flat=True))
    fresh = matched = repeated = 0
    for row in needed:
        if _mark(row) in seen:
            repeated += 1
            continue
        household = known.get(_index(row))
        clue = None
        if household is None or household.state in {standing.CLEARED, standing.REJECTED}:
            village = villages.get((row.town, row.village)) or by_town[row.town]
            clue, household = _clue(by, unit, row, village, at)
            known[_index(row)] = household
            fresh += 1
        else:
            matched += 1
        Warned.objects.create(
            batch=batch.strip(), unit=unit, cause=row.cause, on=row.on, amount_fen=row.amount_fen, mark=_mark(row), clue=clue, household=household
        )  # fmt: skip
        step(
            by,
            household,
            "warned",
            f"{unit.called}：{dict(words.CAUSES)[row.cause]}，{row.on}（{batch.strip()}）",
        )
    return Taken(fresh, matched, len(rows) - len(needed), repeated)


@action("poverty_watch.keep_village", may=at_bureau)
def keep_village(by: Person, village: Village, values: dict[str, Any]) -> Village:
    return changed(village, values)


@action("poverty_watch.keep_fund", may=keeps_funds)
def keep_fund(by: Person, fund: Fund, values: dict[str, Any]) -> Fund:
    """Enter a project, or how far it is paid. Sums out of scale are told: 元 and 万元 are mixed up easily."""
    allotted = values.get("allotted_fen", fund.allotted_fen) or 0
    paid = values.get("paid_fen", fund.paid_fen) or 0
    if paid > allotted:
        raise Refused(
            f"已支出 {paid / 1e6:.2f} 万元多于下达 {allotted / 1e6:.2f} 万元，请核对单位是元还是万元。"
        )
    if (
        fund.pk
        and fund.allotted_fen
        and "allotted_fen" in values
        and not fund.allotted_fen / 100 <= allotted <= fund.allotted_fen * 100
    ):
        raise Refused("下达资金与原来相差一百倍以上，请核对单位是元还是万元。")
    reported = values.get("reported_on", fund.reported_on)
    if reported and reported > timezone.localdate():
        raise Refused("支出截至日期不能晚于今天。")
    if paid and not reported:
        raise Refused("填写已支出的，请写明支出截至日期。")
    return changed(fund, values)


def _clue(by: Person, unit: Unit, row: Row, village: Village, at: datetime | None) -> tuple[Clue, Household]:
    title = dict(words.CAUSES)[row.cause]
    values = {
        "title": f"{village.division.name}{title}预警核实", "body": f"{unit.called}预警：{title}，{row.on}。", "category": row.cause,
        "channel": words.WARNING, "division": village.division, "amount_fen": row.amount_fen,
    }  # fmt: skip
    clue = cases.bring(by, kinds()["poverty_watch"], values, at)
    household = enrol(by, clue, {
        "head_name": Private(row.name), "citizen_id": row.citizen_id, "village": village, "population": 1, "cause": row.cause,
    })  # fmt: skip
    return clue, household


def _mark(row: Row) -> str:
    return blind_index(f"{row.citizen_id.text} {row.cause} {row.on}", "poverty_watch.warned")


def _index(row: Row) -> str:
    """As the index of `Member.citizen_id` keeps it."""
    return blind_index(row.citizen_id.text, "poverty_watch.member.citizen_id")
