"""The frozen pool in a table: of every stratum how many stand in it, how many were to be drawn, how many were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from luodi.scenarios.random_inspections.models import Task
from luodi.scenarios.random_inspections.rules import draw
from luodi.scenarios.random_inspections.rules.quotas import share_percent


@dataclass(frozen=True, slots=True)
class Stratum:
    """`percent` is the ratio set; `drawn` None before the draw."""

    credit_class: str
    pool: int
    spent: int
    percent: Decimal
    drawn: int | None

    @property
    def share(self) -> Decimal | None:
        return None if self.drawn is None else share_percent(self.drawn, self.pool - self.spent)


def strata_of(task: Task) -> list[Stratum]:
    """By credit class, over all regions."""
    if not task.pool:
        return []
    subjects, terms = draw.read_pool(task.pool), draw.read_terms(task.terms)
    classes = {each.uscc: each.credit_class for each in subjects}
    pool = Counter(classes.values())
    spent = Counter(classes[uscc] for uscc in terms.spent if uscc in classes)
    drawn = Counter(classes[line.split("|")[0]] for line in task.result.splitlines())
    return [
        Stratum(name, pool[name], spent[name], Decimal(terms.ratios[name]) / 100, drawn[name] if task.drawn_at else None)
        for name in sorted(pool)
    ]  # fmt: skip
