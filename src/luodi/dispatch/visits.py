"""Scores of a quarterly visit 季观摩. Pure: ballots in, results out, every step shown.

A judge doesn't score projects of the own division. Of the totals of a stop the highest and the lowest are dropped (as many
as the score sheet says), the rest averaged; with too few ballots there is no score, and that is said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet: items by code with title and most points; how many are dropped at each end; fewest valid ballots."""

    items: Mapping[str, tuple[str, int]]
    drop: int
    fewest: int
    spread_limit: Decimal

    @property
    def most(self) -> int:
        return sum(most for _, most in self.items.values())


def sheet_of(values: Mapping[str, Any]) -> Sheet:
    """The sheet from the ruleset `dispatch.visits`."""
    items = {row["code"]: (row["title"], int(row["most"])) for row in values["items"]}
    return Sheet(items, int(values["drop"]), int(values["fewest"]), Decimal(str(values["spread_limit"])))


def faults(scores: Mapping[str, Any], sheet: Sheet) -> dict[str, str]:
    """What is wrong with a ballot, by item; empty when it is whole."""
    out = {}
    for code, (title, most) in sheet.items.items():
        points = scores.get(code)
        if points is None:
            out[code] = f"请给“{title}”打分。"
        elif not isinstance(points, int) or not 0 <= points <= most:
            out[code] = f"“{title}”应为 0 到 {most} 的整数。"
    return out


def sealed(scores: Mapping[str, int], salt: str) -> tuple[str, str]:
    """The words that are kept and their hash 封签. The salt keeps the few possible scores from being tried out."""
    words = json.dumps({"salt": salt, "scores": dict(sorted(scores.items()))}, sort_keys=True)
    return words, hashlib.sha256(words.encode()).hexdigest()


def opened(words: str, seal: str) -> dict[str, int]:
    """The scores again. Raises ValueError when they are not what was sealed."""
    if hashlib.sha256(words.encode()).hexdigest() != seal:
        raise ValueError("选票与封签不符，可能被改动过。")
    return dict(json.loads(words)["scores"])


@dataclass(frozen=True, slots=True)
class Result:
    """A stop's result. `score` None with `why` when it can't be given; `spread` is the standard deviation of all totals."""

    score: Decimal | None
    ballots: int
    dropped: tuple[int, ...]
    kept: tuple[int, ...]
    spread: Decimal | None
    is_wide: bool
    why: str


def result(ballots: Sequence[Mapping[str, int]], sheet: Sheet) -> Result:
    totals = sorted(sum(each.values()) for each in ballots)
    spread = _spread(totals)
    is_wide = spread is not None and spread > sheet.spread_limit
    if len(totals) < sheet.fewest or len(totals) <= 2 * sheet.drop:
        why = f"有效票 {len(totals)} 张，少于 {max(sheet.fewest, 2 * sheet.drop + 1)} 张，不出分。"
        return Result(None, len(totals), (), tuple(totals), spread, is_wide, why)
    kept = totals[sheet.drop : len(totals) - sheet.drop] if sheet.drop else totals
    dropped = (*totals[: sheet.drop], *totals[len(totals) - sheet.drop :]) if sheet.drop else ()
    score = _rounded(Decimal(sum(kept)) / len(kept))
    arithmetic = f"（{' + '.join(map(str, kept))}）÷ {len(kept)} = {score}"
    said = f"去掉 {'、'.join(map(str, dropped))}，" if dropped else ""
    return Result(score, len(totals), dropped, tuple(kept), spread, is_wide, f"{said}{arithmetic}")


def ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """The place of each, equal scores sharing one; None for what has no score."""
    known = [score for score in scores if score is not None]
    return [None if score is None else 1 + sum(other > score for other in known) for score in scores]


def _spread(totals: Sequence[int]) -> Decimal | None:
    if len(totals) < 2:
        return None
    mean = Decimal(sum(totals)) / len(totals)
    return _rounded((sum((total - mean) ** 2 for total in totals) / (len(totals) - 1)).sqrt())


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
