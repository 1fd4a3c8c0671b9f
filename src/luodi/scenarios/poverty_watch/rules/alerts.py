"""规模性返贫: when what happens to single households begins to happen to a village or from one cause. Counts, never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Alert:
    """`level` is red or yellow; `said` a sentence with the numbers that it rests on."""

    level: str
    place: str
    said: str


def of_village(
    place: str, listed: int, before: int, households: int | None, most: Decimal, rise: Decimal
) -> Alert | None:
    """Listed households of a village against its households, now and a month ago; shares in percent."""
    if not households:
        return None
    share, earlier = Decimal(100 * listed) / households, Decimal(100 * before) / households
    if share > most:
        return Alert("red", place, f"监测户占全村 {share:.1f}%，超过 {most}%")
    if share - earlier >= rise:
        return Alert(
            "red", place, f"一个月内监测户占比上升 {share - earlier:.1f} 个百分点，达到 {rise} 个百分点"
        )
    return None


def of_causes(
    place: str, causes: Iterable[str], titles: Mapping[str, str], most: Decimal, least: int
) -> list[Alert]:
    """One cause that makes up so much of the new ones; too few to tell anything below `least`."""
    counts = Counter(causes)
    total = sum(counts.values())
    if total < least:
        return []
    return [
        Alert("yellow", place, f"新增 {total} 户里“{titles[cause]}”{count} 户，占 {100 * count / total:.0f}%")
        for cause, count in counts.most_common()
        if Decimal(100 * count) / total >= most
    ]


def suppressed(count: int, least: int) -> int | None:
    """A cell of a public table; None where so few stand behind it that they could be known. Nobody is nobody: 0 stays."""
    return None if 0 < count < least else count


def suppressed_row(counts: list[int], least: int) -> list[int | None]:
    """A row whose sum is told beside it: where one cell is hidden, the next smallest is, too, so that it can't be reckoned."""
    cells: list[int | None] = [suppressed(count, least) for count in counts]
    if cells.count(None) == 1:
        rest = [
            (count, place) for place, count in enumerate(counts) if cells[place] is not None and count > 0
        ]
        if rest:
            cells[min(rest)[1]] = None
    return cells
