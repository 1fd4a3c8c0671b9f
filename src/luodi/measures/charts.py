"""The trend of a series as one SVG, drawn here: known numbers, the target line, the fan of what is to be expected. No script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luodi.measures.forecast import Step
from luodi.measures.periods import in_words, index_of

SIZE = (760, 250)
CARD_SIZE = (380, 190)
"""In a card a quarter of a page wide: drawn smaller, not scaled down, so its words stay legible."""
LEFT, RIGHT, TOP, BOTTOM = 56, 84, 16, 26
LABEL = 13


@dataclass(frozen=True, slots=True)
class Point:
    period: date
    value: float | None
    is_provisional: bool = False


def trend(
    points: Sequence[Point],
    every: str,
    unit: str,
    goal: float | None = None,
    steps: Sequence[Step] = (),
    is_cumulative: bool = False,
    size: tuple[int, int] = SIZE,
) -> SafeString:
    """Oldest first, `size` in units of a text's pixel. A missing number breaks the line, and so does the turn of the year where numbers begin anew then;
    a provisional number is a hollow dot."""
    known = [point for point in points if point.value is not None]
    if not known:
        return mark_safe("")
    pen = _Pen(known, goal, steps, size)
    last = known[-1]
    said = _("%(n)d 期数值，最近 %(when)s 为 %(value)s%(unit)s") % {
        "n": len(known), "when": in_words(last.period, every), "value": figure(last.value), "unit": unit,
    }  # fmt: skip
    out = [f'<svg class="trend" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-label="{escape(said)}">']
    out += pen.scale(unit)
    if steps:
        out += pen.fan(last, steps)
    labels = (
        [
            (pen.y(steps[-1].high), "tick", figure(steps[-1].high)),
            (pen.y(steps[-1].low), "tick", figure(steps[-1].low)),
        ]
        if steps
        else []
    )
    if goal is not None:
        y = pen.y(goal)
        out.append(f'<line class="goal" x1="{LEFT}" y1="{y:.1f}" x2="{pen.right}" y2="{y:.1f}"/>')
        labels.append((y, "goal", f"{_('目标')} {figure(goal)}"))
    out += pen.line(points, is_cumulative)
    if not steps:
        labels.append((pen.y(last.value), "last", figure(last.value)))
    out += beside(labels, pen.right + 7)
    out.append("</svg>")
    return mark_safe("".join(out))


def figure(value: float | None) -> str:
    if value is None:
        return _("待补")
    words = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if words in {"-0", ""} else words


def beside(labels: Sequence[tuple[float, str, str]], x: int) -> list[str]:
    """Figures at the right edge, each beside its height, moved apart where they would cover one another."""
    out, free = [], 0.0
    for y, kind, words in sorted(labels):
        at = max(y + 4, free)
        free = at + LABEL
        out.append(f'<text class="{kind}" x="{x}" y="{at:.1f}">{escape(words)}</text>')
    return out


class _Pen:
    def __init__(
        self, known: Sequence[Point], goal: float | None, steps: Sequence[Step], size: tuple[int, int]
    ) -> None:
        self.right, self.foot = size[0] - RIGHT, size[1] - BOTTOM
        values = [point.value for point in known] + [each for s in steps for each in (s.low, s.high)]
        values += [goal] if goal is not None else []
        low, high = min(values), max(values)
        # from zero where that wastes no more than half of the height: amounts are compared by their length
        self.low = 0.0 if 0 <= low < (high - low) * 1.5 else low - (high - low) * 0.1 - (high == low)
        self.high = high + (high - self.low) * 0.06 + (high == self.low)
        self.first = index_of(known[0].period)
        self.last = max(
            index_of(known[-1].period), index_of(steps[-1].period) if steps else 0, self.first + 1
        )

    def x(self, period: date) -> float:
        return LEFT + (index_of(period) - self.first) / (self.last - self.first) * (self.right - LEFT)

    def y(self, value: float | None) -> float:
        assert value is not None
        return TOP + (self.high - value) / (self.high - self.low) * (self.foot - TOP)

    def scale(self, unit: str) -> list[str]:
        out = []
        for value in ticks(self.low, self.high):
            y = self.y(value)
            out.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{self.right}" y2="{y:.1f}"/>')
            out.append(
                f'<text class="tick" text-anchor="end" x="{LEFT - 7}" y="{y + 4:.1f}">{figure(value)}</text>'
            )
        out.append(f'<text class="tick" text-anchor="end" x="{LEFT - 7}" y="{TOP}">{escape(unit)}</text>')
        short = self.last - self.first <= 15
        for month in range(self.first, self.last + 1):
            if month % (3 if short else 12):
                continue
            when = date(month // 12, month % 12 + 1, 1)
            x = self.x(when)
            name = f"{when.year}年" if month % 12 == 0 else f"{when.month}月"
            out.append(f'<line class="year" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{self.foot}"/>')
            out.append(
                f'<text class="tick" text-anchor="middle" x="{x:.1f}" y="{self.foot + 18}">{name}</text>'
            )
        return out

    def fan(self, last: Point, steps: Sequence[Step]) -> list[str]:
        """Each year by itself: what cumulates begins anew in January."""
        out, run = [], [(last.period, last.value, last.value, last.value)]
        for step in steps:
            if step.period.year != run[-1][0].year:
                run = []
            run.append((step.period, step.low, step.middle, step.high))
        upper = [f"{self.x(p):.1f},{self.y(high):.1f}" for p, _low, _mid, high in run]
        lower = [f"{self.x(p):.1f},{self.y(low):.1f}" for p, low, _mid, _high in reversed(run)]
        middle = [f"{self.x(p):.1f},{self.y(mid):.1f}" for p, _low, mid, _high in run]
        out.append(f'<polygon class="fan" points="{" ".join((*upper, *lower))}"/>')
        out.append(f'<polyline class="middle" points="{" ".join(middle)}"/>')
        return out

    def line(self, points: Sequence[Point], is_cumulative: bool) -> list[str]:
        out: list[str] = []
        run: list[str] = []
        dots: list[str] = []
        for point in [*points, Point(date.max.replace(day=1), None)]:
            if point.value is None or (is_cumulative and point.period.month == 1):
                if len(run) > 1:
                    out.append(f'<polyline class="known" points="{" ".join(run)}"/>')
                run = []
            if point.value is None:
                continue
            x, y = self.x(point.period), self.y(point.value)
            run.append(f"{x:.1f},{y:.1f}")
            kind = "dot soft" if point.is_provisional else "dot"
            title = f"{point.period:%Y-%m} {figure(point.value)}"
            dots.append(
                f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"><title>{title}</title></circle>'
            )
        return out + dots


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round figures between two values, about as many as wanted."""
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough), power * 10)
    first = -(-low // step) * step
    return [round(first + n * step, 9) for n in range(int((high - first) // step) + 1)]
