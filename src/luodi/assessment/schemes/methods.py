"""The methods of scoring one value 计分方法. Each answers exact points (a fraction) and the arithmetic with its figures.

ratio     完成比例      value ÷ target × weight (less is better: target ÷ value × weight)
efficacy  功效系数      weight × [floor + (100 − floor) × (value − low) ÷ (high − low)] %
minmax    极差标准化    the same with a floor of 0; ends are the group's own least and greatest where none are set
bands     分段          the points of the first band that fits
rank      位次          the best all, each next `step` % less; without a step the last gets nothing
reached   达标得满分    all or nothing
interval  适度区间      all inside low..high, falling to nothing at a distance of `step` (the band's width)
zscore    标准分        (50 + 10 z) %, at least 0 and at most 100
each      按量计分      value × step
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from luodi.assessment.schemes.scheme import Band, Indicator

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Peers:
    """The known values of an indicator in one group, and what methods ask of them."""

    values: tuple[Decimal, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    """Least and greatest, extremes cut off where the scheme says so."""


@dataclass(frozen=True, slots=True)
class Points:
    points: Fraction
    words: str
    flag: str = ""


def peers_of(values: Sequence[Decimal], winsor_from: int | None, winsor_share: Decimal) -> Peers:
    """Once there are enough members, that share of them at both ends counts as the next one inward (去极值)."""
    if not values:
        return Peers(())
    ordered, cut = sorted(values), 0
    if winsor_from is not None and len(ordered) >= winsor_from:
        cut = int(len(ordered) * winsor_share / 100)
    return Peers(tuple(values), ordered[cut], ordered[-1 - cut])


def points_of(
    indicator: Indicator, value: Decimal, target: Decimal | None, bands: Sequence[Band], peers: Peers
) -> Points:
    """Points of a known value, bounded by the indicator's own limits. `target` is the member's own, if it has one."""
    if indicator.method == "bands":
        got = _bands(indicator, value, bands)
    elif indicator.method == "each":
        step = Fraction(indicator.step or 0)
        got = Points(Fraction(value) * step, f"{plain(value)} × {plain(indicator.step)}")
    else:
        got = _METHODS[indicator.method](indicator, value, target, peers)
    return _bounded(indicator, got)


def _bounded(indicator: Indicator, got: Points) -> Points:
    weight = Fraction(indicator.weight)
    if indicator.most is not None and got.points > (top := weight * Fraction(indicator.most)):
        said = f"{got.words} = {plain(rounded(got.points))}，封顶 {plain(indicator.most)} 倍权重"
        return Points(top, said, got.flag)
    if indicator.least is not None and got.points < (bottom := weight * Fraction(indicator.least)):
        said = f"{got.words} = {plain(rounded(got.points))}，最低 {plain(rounded(bottom))}"
        return Points(bottom, said, got.flag)
    return got


def _ratio(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    base = target if target is not None else indicator.target
    weight = Fraction(indicator.weight)
    if base is None or base <= 0:
        return Points(Fraction(0), "没有目标或目标不大于 0，不得分", "目标待补")
    if indicator.better == "down":
        if value <= 0:
            return Points(weight, f"{plain(value)} 不高于 0，得满分", "数值为 0 或负，请核对")
        words = f"{plain(base)} ÷ {plain(value)} × {plain(indicator.weight)}"
        return Points(Fraction(base) / Fraction(value) * weight, words)
    words = f"{plain(value)} ÷ {plain(base)} × {plain(indicator.weight)}"
    return Points(Fraction(value) / Fraction(base) * weight, words)


def _between(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    weight = Fraction(indicator.weight)
    low = indicator.low if indicator.low is not None else peers.low
    high = indicator.high if indicator.high is not None else peers.high
    if low is None or high is None or low >= high:
        return Points(weight, "同组数值都相同，得满分", "最大与最小相同，没有区分度")
    floor = Fraction(indicator.floor)
    is_down = indicator.better == "down"
    span = Fraction(high) - Fraction(low)
    place = (Fraction(high) - Fraction(value) if is_down else Fraction(value) - Fraction(low)) / span
    # observed ends hold everybody but those whose extremes were cut off; set ends are passed only where a cap allows it
    top = Fraction(indicator.most) if indicator.most is not None else Fraction(1)
    share = floor / 100 + (1 - floor / 100) * place
    words = f"（{plain(high)} − {plain(value)}）" if is_down else f"（{plain(value)} − {plain(low)}）"
    words += f" ÷ （{plain(high)} − {plain(low)}）"
    if floor:
        words = f"{plain(indicator.floor)}% + {plain(100 - indicator.floor)}% × {words}"
    words = f"{plain(indicator.weight)} × [{words}]"
    if share > top:
        return Points(weight * top, f"{words}，超过上端，得 {plain(rounded(weight * top))}")
    if indicator.low is None and share < floor / 100:
        return Points(weight * floor / 100, f"{words}，低于去极值后的下端，得底分")
    return Points(weight * share, words)


def _rank(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    better = sum(each < value if indicator.better == "down" else each > value for each in peers.values)
    n, weight = len(peers.values), Fraction(indicator.weight)
    if indicator.step is not None:
        share = HUNDRED - better * Fraction(indicator.step)
        words = (
            f"第 {better + 1} 位：{plain(indicator.weight)} × （100% − {better} × {plain(indicator.step)}%）"
        )
    elif n > 1:
        share = HUNDRED - better * HUNDRED / (n - 1)
        words = (
            f"第 {better + 1} 位（共 {n}）：{plain(indicator.weight)} × （100% − {better} × 100% ÷ {n - 1}）"
        )
    else:
        return Points(weight, "同组只有一个，得满分", "同组只有一个")
    return Points(weight * share / 100, words)


def _reached(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    base = target if target is not None else indicator.target
    if base is None:
        return Points(Fraction(0), "没有目标，不得分", "目标待补")
    is_reached = value <= base if indicator.better == "down" else value >= base
    sign = "≤" if indicator.better == "down" else "≥"
    words = (
        f"{plain(value)} {sign} {plain(base)}，达到"
        if is_reached
        else f"{plain(value)}，没有达到 {plain(base)}"
    )
    return Points(Fraction(indicator.weight) if is_reached else Fraction(0), words)


def _interval(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    assert indicator.low is not None and indicator.high is not None
    low, high, weight = indicator.low, indicator.high, Fraction(indicator.weight)
    if low <= value <= high:
        return Points(weight, f"{plain(value)} 在 {plain(low)}—{plain(high)} 之内，得满分")
    away = low - value if value < low else value - high
    fall = indicator.step if indicator.step is not None else high - low
    share = max(Fraction(0), 1 - Fraction(away) / Fraction(fall)) if fall else Fraction(0)
    return Points(
        weight * share,
        f"在区间外 {plain(away)}：{plain(indicator.weight)} × （1 − {plain(away)} ÷ {plain(fall)}）",
    )


def _zscore(indicator: Indicator, value: Decimal, target: Decimal | None, peers: Peers) -> Points:
    n, weight = len(peers.values), Fraction(indicator.weight)
    mean = sum(map(Fraction, peers.values), Fraction(0)) / n
    spread = sum(((Fraction(each) - mean) ** 2 for each in peers.values), Fraction(0)) / n
    if spread == 0:
        return Points(weight / 2, "同组数值都相同，得一半", "没有离散，没有区分度")
    deviation = _root(spread)
    z = (Fraction(value) - mean) / Fraction(deviation) * (-1 if indicator.better == "down" else 1)
    share = min(HUNDRED, max(Fraction(0), 50 + 10 * z))
    words = f"z = （{plain(value)} − {plain(rounded(mean))}） ÷ {plain(rounded(Fraction(deviation)))}，{plain(indicator.weight)} × （50 + 10z）%"
    return Points(weight * share / 100, words)


def _root(of: Fraction) -> Decimal:
    """To thirty digits, the same on every machine."""
    with localcontext() as context:
        context.prec = 30
        return (Decimal(of.numerator) / Decimal(of.denominator)).sqrt()


def _bands(indicator: Indicator, value: Decimal, bands: Sequence[Band]) -> Points:
    for band in bands:
        edge = band.at_least
        if edge is None or (value <= edge if indicator.better == "down" else value >= edge):
            sign = "≤" if indicator.better == "down" else "≥"
            words = f"{plain(value)}，其余档" if edge is None else f"{plain(value)} {sign} {plain(edge)}"
            return Points(Fraction(band.points), f"{words}，得 {plain(band.points)}")
    return Points(Fraction(0), f"{plain(value)}，不在所列各段")


_METHODS = {
    "ratio": _ratio,
    "efficacy": _between,
    "minmax": _between,
    "rank": _rank,
    "reached": _reached,
    "interval": _interval,
    "zscore": _zscore,
}


def rounded(exact: Fraction | Decimal, places: int = 4) -> Decimal:
    """Half up, away from zero, as by hand."""
    exact = Fraction(exact)
    scale = 10**places
    top, below = abs(exact.numerator) * scale, exact.denominator
    whole = (2 * top + below) // (2 * below)
    return Decimal(f"{'-' if exact < 0 and whole else ''}{whole}E-{places}")


def plain(value: Decimal | int | None) -> str:
    """A figure without padding zeros."""
    if value is None:
        return "待补"
    words = format(Decimal(value), "f")
    return (words.rstrip("0").rstrip(".") or "0") if "." in words else words
