"""A whole text checked against what is known of a plan's year: its review, its plan for the next year, or a progress report."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from luodi.drafting.figures import Checked, Known, Verdict, check, figures_of
from luodi.drafting.known import Knowledge
from luodi.reading.model import Report

_PROGRESS = re.compile("进展|执行情况|完成情况|落实情况|通报")


@dataclass(frozen=True, slots=True)
class Finding:
    """Every figure of a text with its verdict, in the order of the text."""

    report: Report
    checked: tuple[Checked, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        found = Counter(each.verdict for each in self.checked)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def agrees(self) -> bool:
        """Nothing differs and nothing is unknown."""
        return all(each.verdict == Verdict.AGREES for each in self.checked)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; offsets are code points into the text."""
        return {
            "schema": "luodi.verified/1",
            "source": self.report.source,
            "title": self.report.title,
            "counts": {verdict.value: number for verdict, number in self.counts.items()},
            "figures": [
                {
                    "start": each.said.start, "end": each.said.end, "quote": each.said.quote, "indicator": each.said.indicator,
                    "verdict": each.verdict.value, "why": each.why,
                    "known": None if each.known is None else {
                        "indicator": each.known.indicator, "value": str(each.known.value), "unit": each.known.unit,
                        "is_growth": each.known.is_growth, "source": each.known.source,
                    },
                }
                for each in self.checked
            ],
        }  # fmt: skip


def check_report(report: Report, knowledge: Knowledge, ahead: list[Known] | None = None) -> Finding:
    """`ahead` are the promises of the year after the plan, for a report that also plans it.

    A report on progress tells results all through, whatever year its date would make it plan for.
    """
    if _PROGRESS.search(report.title or ""):
        said = figures_of(report.text, report.headings, places=knowledge.places)
    else:
        said = figures_of(report.text, report.headings, report.horizons, knowledge.places, report.year)
    return Finding(report, tuple(check(said, [*knowledge.figures, *(ahead or ())])))
