"""From entries to results: points of every indicator, missing data, adjustments, vetoes, totals; then ranks and grades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from luodi.assessment.schemes.methods import Peers, Points, peers_of, plain, points_of, rounded
from luodi.assessment.schemes.ranking import placed
from luodi.assessment.schemes.scheme import (
    ZERO,
    Entry,
    Event,
    Indicator,
    Item,
    Scheme,
    Scored,
)


def score(scheme: Scheme, entries: Iterable[Entry]) -> list[Scored]:
    """Every entry's result, the best first within its group, groups in the order of their names.

    Deterministic: entries of one score stand in the order of their keys.
    """
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.group if scheme.by_group else ""].append(entry)
    return [
        scored
        for _, members in sorted(groups.items())
        for scored in placed(scheme, [_totalled(scheme, *each) for each in _with_items(scheme, members)])
    ]


def _with_items(scheme: Scheme, members: Sequence[Entry]) -> list[tuple[Entry, list[Item]]]:
    """Points of known values first: what a missing one gets may be the mean of the others."""
    items: dict[str, dict[str, Item]] = {entry.key: {} for entry in members}
    for indicator in scheme.indicators:
        own = [entry for entry in members if indicator.is_for(entry.group)]
        known = {entry.key: value for entry in own if (value := _value(indicator, entry)) is not None}
        peers = peers_of(list(known.values()), scheme.winsor_from, scheme.winsor_share)
        bands = scheme.bands_of(indicator.key)
        for entry in own:
            if entry.key in known:
                given = entry.values[indicator.key]
                got = points_of(indicator, known[entry.key], given.target, bands, peers)
                items[entry.key][indicator.key] = _item(scheme, indicator, known[entry.key], got)
        means = _Means(own, {key: items[key][indicator.key].points for key in known}, scheme.point_places)
        for entry in own:
            if entry.key not in known:
                items[entry.key][indicator.key] = _missing(scheme, indicator, entry, means)
    return [
        (entry, [items[entry.key][each.key] for each in scheme.indicators if each.is_for(entry.group)])
        for entry in members
    ]


def _value(indicator: Indicator, entry: Entry) -> Decimal | None:
    given = entry.values.get(indicator.key)
    return None if given is None or given.value is None else rounded(given.value, indicator.places)


def _item(scheme: Scheme, indicator: Indicator, value: Decimal | None, got: Points) -> Item:
    points = rounded(got.points, scheme.point_places)
    words = got.words if got.words.endswith("满分") else f"{got.words} = {plain(points)}"
    return Item(indicator.key, indicator.title, value, points, indicator.weight, words, got.flag)


@dataclass(frozen=True, slots=True)
class _Means:
    """Mean points of an indicator: among those of one kind, else in the whole group."""

    members: Sequence[Entry]
    points: Mapping[str, Decimal]
    places: int

    def for_entry(self, entry: Entry) -> tuple[Decimal | None, str]:
        same = [
            self.points[each.key]
            for each in self.members
            if each.peers == entry.peers and each.key in self.points
        ]
        found, who = (same, entry.peers or "同组") if same else (list(self.points.values()), "全组")
        if not found:
            return None, ""
        return rounded(
            sum(map(Fraction, found), Fraction(0)) / len(found), self.places
        ), f"{who} {len(found)} 个的平均分"


def _missing(scheme: Scheme, indicator: Indicator, entry: Entry, means: _Means) -> Item:
    rule, points, words = indicator.missing, ZERO, "缺数，记零分"
    if rule == "mean":
        mean, who = means.for_entry(entry)
        points, words = (
            (mean, f"缺数，取{who} {plain(mean)}")
            if mean is not None
            else (ZERO, "缺数，同类也没有数，记零分")
        )
    elif rule == "last":
        last = entry.last_points.get(indicator.key)
        if last is None:
            words = "缺数，上期也没有得分，记零分"
        else:
            points = rounded(Fraction(last) * Fraction(scheme.last_factor), scheme.point_places)
            words = f"缺数，上期得分 {plain(last)} × {plain(scheme.last_factor)} = {plain(points)}"
    elif rule == "full":
        points, words = rounded(indicator.weight, scheme.point_places), "缺数，按规定得满分"
    elif rule == "deduct":
        points, words = (
            -rounded(indicator.penalty, scheme.point_places),
            f"应有而缺数，倒扣 {plain(indicator.penalty)}",
        )
    elif rule == "skip":
        words = "缺数，权重摊给其余指标"
    return Item(indicator.key, indicator.title, None, points, indicator.weight, words, "缺数")


@dataclass(frozen=True, slots=True)
class Totalled:
    """A result before ranks: with what vetoes say, and why it can't be ranked."""

    entry: Entry
    items: tuple[Item, ...]
    extras: tuple[Item, ...]
    score: Decimal
    words: str
    why_unranked: str
    grade: str
    decided: str


def _totalled(scheme: Scheme, entry: Entry, items: list[Item]) -> Totalled:
    extras = tuple(_adjusted(scheme, entry))
    total, words = _sum(scheme, entry, items, extras)
    why, grade, decided = "", "", ""
    for veto in scheme.vetoes:
        event = next((each for each in entry.events if each.key == veto.key), None)
        if event is None:
            continue
        said = f"{veto.title}{f'（{event.says}）' if event.says else ''}"
        if veto.effect == "zero":
            total, decided = rounded(0, scheme.places), f"一票否决：{said}，总分记零"
        elif veto.effect == "out":
            why, decided = f"{said}，不参加排名", f"一票否决：{said}，不参加排名"
        elif veto.effect == "managed":
            why, grade, decided = f"{said}，不评档", veto.grade, f"{said}，不评档，按 {veto.grade} 档管理"
        elif not grade or _worse(scheme, veto.grade, grade):
            grade, decided = veto.grade, f"{said}，直接定为 {veto.grade} 档"
    if not why and (said := _too_little_known(scheme, entry, items)):
        why = said
    return Totalled(entry, tuple(items), extras, total, words, why, grade, decided)


def _worse(scheme: Scheme, one: str, other: str) -> bool:
    order = [grade.grade for grade in scheme.grades]
    return order.index(one) > order.index(other)


def _adjusted(scheme: Scheme, entry: Entry) -> Iterable[Item]:
    by_key: dict[str, list[Event]] = defaultdict(list)
    for event in entry.events:
        by_key[event.key].append(event)
    for rule in scheme.adjustments:
        if not (events := by_key.get(rule.key)):
            continue
        count = sum((event.count for event in events), ZERO)
        points, words = count * rule.each, f"{plain(count)} × {plain(rule.each)}"
        if rule.most is not None and points > rule.most:
            points, words = rule.most, f"{words} = {plain(points)}，最多 {plain(rule.most)}"
        elif rule.least is not None and points < rule.least:
            points, words = rule.least, f"{words} = {plain(points)}，最少 {plain(rule.least)}"
        else:
            words = f"{words} = {plain(points)}"
        why = "；".join(event.says for event in events if event.says)
        yield Item(
            rule.key,
            rule.title,
            count,
            rounded(points, scheme.point_places),
            ZERO,
            words + (f"（{why}）" if why else ""),
        )


def _sum(scheme: Scheme, entry: Entry, items: Sequence[Item], extras: Sequence[Item]) -> tuple[Decimal, str]:
    missing = {each.key: each.missing for each in scheme.for_group(entry.group)}
    kept = [item for item in items if not (item.value is None and missing[item.key] == "skip")]
    left_out = sum((item.weight for item in items if item not in kept), ZERO)
    points = [plain(item.points) for item in kept]
    if scheme.combine == "geometric":
        total, words = _geometric(scheme, kept), f"{plain(scheme.full)} × 各指标得分率按权重的几何平均"
    else:
        total = sum((Fraction(item.points) for item in kept), Fraction(0))
        words = " + ".join(points).replace("+ -", "− ") or "0"
        if left_out and left_out < scheme.full:
            total = total * Fraction(scheme.full) / Fraction(scheme.full - left_out)
            words = f"（{words}） × {plain(scheme.full)} ÷ {plain(scheme.full - left_out)}"
    total += Fraction(scheme.start) + sum((Fraction(item.points) for item in extras), Fraction(0))
    if scheme.start:
        words = f"{plain(scheme.start)} + {words}" if items else plain(scheme.start)
    for item in extras:
        words += f" {'−' if item.points < 0 else '+'} {plain(abs(item.points))}"
    for edge, is_over in ((scheme.most, True), (scheme.least, False)):
        if edge is not None and (total > edge if is_over else total < edge):
            total, words = Fraction(edge), f"{words}，{'最高' if is_over else '最低'} {plain(edge)}"
    found = rounded(total, scheme.places)
    return found, f"{words} = {found:f}"


def _geometric(scheme: Scheme, items: Sequence[Item]) -> Fraction:
    """full × ∏ (points ÷ weight) ^ (weight ÷ sum of weights); nothing once any share is nothing."""
    weighed = [item for item in items if item.weight > 0]
    if not weighed or any(item.points <= 0 for item in weighed):
        return Fraction(0)
    whole = sum((item.weight for item in weighed), ZERO)
    with localcontext() as context:
        context.prec = 40
        logs = sum(((item.points / item.weight).ln() * item.weight / whole for item in weighed), ZERO)
        return Fraction(scheme.full * logs.exp())


def _too_little_known(scheme: Scheme, entry: Entry, items: Sequence[Item]) -> str:
    if scheme.missing_most is None:
        return ""
    whole = sum((item.weight for item in items), ZERO)
    missing = sum((item.weight for item in items if item.value is None), ZERO)
    if whole and missing * 100 > whole * scheme.missing_most:
        return f"缺数指标的权重 {plain(missing)} ÷ {plain(whole)} 超过 {plain(scheme.missing_most)}%，不排名"
    return ""


__all__ = ["Peers", "Totalled", "score"]
