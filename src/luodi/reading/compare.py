"""Promise against result: last year's targets beside what this year's report says was achieved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luodi.reading.likeness import Name, is_flow, likeness, normal
from luodi.reading.model import Achievement, Report, Span, Target
from luodi.reading.sentences import sentences
from luodi.reading.verdicts import Verdict, judge, to_base

ENOUGH = 0.8
"""Likeness of names from which a result is taken to speak of the target; chosen for precision on real pairs."""
_MENTIONED = 6
"""Fewest characters of a name that show a mention without figures."""
_FIVE_YEARS = re.compile(
    "(?<!连续)五年(?!规划|行动|计划)|[三四]年来|“十[一二三四五]五”(?:期间|时期|以来)|本届政府(?:任期|以来|成立)"
)
_ONE_YEAR = re.compile(r"20\d\d年|一年|全年|今年|去年")
_NOT_A_YEAR = re.compile(r"年均|累计|前三季度|上半年|[一二三]季度|1-\d+月|前\d+个?月")
_OPENING = 30
"""Characters of a paragraph, and twice as many of a heading, that tell which years it is about."""
_REACHED = re.compile("(?:提高|提升|上升|增加|增长|下降|降低|扩大|达)(?:到|至)")
_DONE = re.compile(
    "全面完成|圆满完成|超额完成|顺利完成|如期完成|全部完成|任务完成|提前完成|控制在目标|达到目标|全覆盖"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A target of last year with what was found for it; spans point into the two reports' texts."""

    target: Target
    verdict: Verdict
    score: float
    why: str
    promised: Span
    achievement: Achievement | None = None
    told: Span | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`matches` follow the order of last year's targets."""

    last: Report
    this: Report
    matches: tuple[Match, ...]

    def counts(self) -> dict[Verdict, int]:
        return dict(Counter(match.verdict for match in self.matches))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with both sentences written out."""
        return {
            "schema": "luodi.comparison/1",
            "last": {"source": self.last.source, "title": self.last.title, "year": self.last.year},
            "this": {"source": self.this.source, "title": self.this.title, "year": self.this.year},
            "counts": self.counts(),
            "matches": [
                {
                    "target": match.target._asdict(),
                    "verdict": match.verdict,
                    "score": round(match.score, 3),
                    "why": match.why,
                    "promised": _sentence(self.last, match.promised),
                    "achievement": match.achievement._asdict() if match.achievement else None,
                    "told": _sentence(self.this, match.told) if match.told else None,
                }
                for match in self.matches
            ],
        }


def compare(last: Report, this: Report) -> Comparison:
    """Match the targets due in `last.year` with the review part of `this`, each result used for one target.

    Targets of several years count when they name that year. A target without a result of the same name is looked
    for in words; what isn't found at all is `not_mentioned`.
    """
    due = [target for target in last.targets if _is_due(target, last.year)]
    found = _assign(last, due, this)
    review = _review_sentences(this)
    return Comparison(last, this, tuple(_match(last, target, found, this, review) for target in due))


def _is_due(target: Target, year: int | None) -> bool:
    return target.horizon == "year" or (year is not None and target.horizon[:4] == str(year))


def _assign(last: Report, due: list[Target], this: Report) -> dict[str, tuple[Achievement, float]]:
    """The result for each target by id: best pairs first, each result once, but shared by targets of one name."""
    results = [
        (place, result, name)
        for place, (result, name) in enumerate(zip(this.achievements, _names(this.achievements), strict=True))
        if not _is_of_other_period(this.text, result)
    ]
    names = dict(zip((target.id for target in due), _names(due), strict=True))
    pairs = sorted(
        (
            (_is_comparable(target, result), alike, -place, target, result)
            for target in due
            for place, result, name in results
            if (alike := likeness(names[target.id], name)) >= ENOUGH
            and _counts_alike(last.text, target, this.text, result)
        ),
        key=lambda pair: pair[:3],
        reverse=True,
    )
    found: dict[str, tuple[Achievement, float]] = {}
    takers: dict[str, Name] = {}
    for _, alike, _, target, result in pairs:
        if target.id in found or takers.get(result.id, names[target.id]) != names[target.id]:
            continue
        found[target.id] = result, alike
        takers[result.id] = names[target.id]
    return found


def _names(found: Sequence[Target | Achievement]) -> list[Name]:
    """Normal names; of "城乡居民收入分别增长7%和8%" the first is the townspeople's, the second the villagers'."""
    names: list[Name] = []
    for at, one in enumerate(found):
        shares = [
            other for other in found[max(0, at - 1) : at + 2] if other is not one and _is_twin(one, other)
        ]
        if "城乡居民" in one.indicator and len(shares) == 1:
            town = at + 1 < len(found) and found[at + 1] is shares[0]
            names.append(normal(one.indicator.replace("城乡居民", "城镇居民" if town else "农村居民")))
        else:
            names.append(normal(one.indicator))
    return names


def _is_twin(one: Target | Achievement, other: Target | Achievement) -> bool:
    return (one.start, one.indicator, one.change) == (other.start, other.indicator, other.change)


def _is_comparable(target: Target, result: Achievement) -> bool:
    return target.change == result.change and to_base(1, target.unit)[1] == to_base(1, result.unit)[1]


def _counts_alike(last: str, target: Target, this: str, result: Achievement) -> bool:
    """Not what was added this year beside all there are."""
    if target.change == "growth" or target.unit.endswith(("元", "%", "％", "‰")):
        return True
    wanted, told = is_flow(_from_clause(last, target)), is_flow(_from_clause(this, result))
    return wanted is None or told is None or wanted == told


def _from_clause(text: str, one: Target | Achievement) -> str:
    """The clause up to the end of the quote: in "新增A 3家、B 5家" 新增 is said of both."""
    opens = max(text.rfind(mark, 0, one.start) for mark in "，。；\n") + 1
    return text[opens : one.end]


def _is_of_other_period(text: str, result: Achievement) -> bool:
    """Whether the result is of five years or of some months, by its sentence, its paragraph's opening, or its heading.

    A level that was reached in five years stands at the end of the last one too.
    """
    if result.change == "level" and _REACHED.search(result.quote):
        return False
    sentence = _around(text, result.start, result.end)
    said = text[sentence.start : result.end]
    if _NOT_A_YEAR.search(said) or _is_of_five_years(said):
        return True
    line = text.rfind("\n", 0, result.start) + 1
    opening = text[line : min(line + _OPENING, sentence.end)]
    if _is_of_five_years(opening):
        return True
    return not _ONE_YEAR.search(opening) and _is_of_five_years(_heading_over(text, line))


def _is_of_five_years(words: str) -> bool:
    return _FIVE_YEARS.search(words) is not None and _ONE_YEAR.search(words) is None


def _heading_over(text: str, line: int) -> str:
    """The nearest line above that is short and no sentence."""
    while line > 0:
        above = text.rfind("\n", 0, line - 1) + 1
        words = text[above : line - 1].strip()
        if words and len(words) <= 2 * _OPENING and not words.endswith(("。", "；", "！", "：")):
            return words
        line = above
    return ""


def _match(
    last: Report,
    target: Target,
    found: dict[str, tuple[Achievement, float]],
    this: Report,
    review: list[tuple[Span, str]],
) -> Match:
    promised = _around(last.text, target.start, target.end)
    if target.id in found:
        result, alike = found[target.id]
        verdict, why = judge(target, result)
        return Match(
            target, verdict, alike, why, promised, result, _around(this.text, result.start, result.end)
        )
    core = normal(target.indicator).core
    for span, sentence in review if len(core) >= _MENTIONED else ():
        clause = next((part for part in re.split("[，；：]", sentence) if core in part), None)
        if clause:
            if _DONE.search(clause):
                return Match(
                    target,
                    "reached",
                    0.5,
                    f"回顾中说“{target.indicator}”已完成，没有数字",
                    promised,
                    None,
                    span,
                )
            return Match(
                target,
                "unclear",
                0.5,
                f"回顾中提到“{target.indicator}”，没有可比的数字",
                promised,
                None,
                span,
            )
    return Match(target, "not_mentioned", 0.0, f"回顾中没有找到“{target.indicator}”", promised)


def _review_sentences(report: Report) -> list[tuple[Span, str]]:
    return [
        (sentence, normal(sentence.of(report.text)).text)
        for horizon in report.horizons
        if horizon.label == "review"
        for sentence in sentences(report.text, Span(horizon.start, horizon.end), report.headings)
    ]


def _around(text: str, start: int, end: int) -> Span:
    """The sentence around `start:end`."""
    opens = max(text.rfind(mark, 0, start) for mark in "。！？；;\n") + 1
    closes = min((at for mark in "。！？；;\n" if (at := text.find(mark, end)) >= 0), default=len(text) - 1)
    return Span(opens, closes if text[closes : closes + 1] == "\n" else closes + 1)


def _sentence(report: Report, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(report.text).strip()}
