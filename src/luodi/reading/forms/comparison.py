"""Promise against result as a table for the terminal."""

from __future__ import annotations

from luodi.reading.compare import Comparison, Match
from luodi.reading.forms.terminal import Column, Page, print_table
from luodi.reading.forms.wording import NONE, target_in_words
from luodi.reading.model import Report, Span
from luodi.reading.verdicts import Verdict

VERDICTS: dict[Verdict, tuple[str, str]] = {
    "exceeded": ("超额", "green"),
    "reached": ("完成", "green"),
    "missed": ("未完成", "red"),
    "unclear": ("说不清", "yellow"),
    "not_mentioned": ("未提及", "yellow"),
}
"""Each verdict in one word, and its colour."""

AROUND = 40
"""Characters of a long sentence that are shown before and behind the figure."""


def print_comparison(page: Page, comparison: Comparison) -> None:
    """Last year's targets in the order of its report, with verdict and its score, both sentences, reason; then counts."""
    half = max(20, (page.width - 40) // 2)
    columns = (
        Column("结论", 6, marks=dict(VERDICTS.values())),
        Column("目标", 28),
        Column(_name(comparison.last, "上年报告"), half),
        Column(_name(comparison.this, "今年报告"), 0),
    )
    page.put("承诺与结果对照表", "bold", centred=True)
    print_table(page, columns, [_cells(comparison, match) for match in comparison.matches])
    page.put()
    counts = comparison.counts()
    told = "　".join(
        f"{word} {counts[verdict]}" for verdict, (word, _) in VERDICTS.items() if verdict in counts
    )
    page.put(f"共 {len(comparison.matches)} 个目标" + (f"：{told}" if told else ""), "bold")


def _cells(comparison: Comparison, match: Match) -> list[str]:
    promised = _excerpt(comparison.last, match.promised, Span(match.target.start, match.target.end))
    told = NONE
    if match.told is not None:
        result = match.achievement
        told = _excerpt(comparison.this, match.told, Span(result.start, result.end) if result else match.told)
    verdict = VERDICTS[match.verdict][0] + (f"\n{match.score:.2f}" if match.score else "")
    return [verdict, target_in_words(match.target), promised, f"{told}\n→ {match.why}"]


def _excerpt(report: Report, sentence: Span, figure: Span) -> str:
    """The sentence, cut to the surroundings of its figure when it is long."""
    start = max(sentence.start, figure.start - AROUND)
    end = min(sentence.end, figure.end + AROUND)
    before = "…" if start > sentence.start else ""
    behind = "…" if end < sentence.end else ""
    return before + report.text[start:end].strip() + behind


def _name(report: Report, usual: str) -> str:
    return f"{usual}（{report.year}年）" if report.year else usual
