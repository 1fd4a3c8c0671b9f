"""A scheme over a million members as one question to DuckDB: whole numbers all the way, the same to the bit as `score`.

Values come as whole numbers of their last decimal place, points are whole numbers of theirs, every quotient is rounded
half up once. A figure too large for 64 bits is an error of the engine, never a wrong result. Methods that need every
member beside every other (位次, 标准分) and data of last time are not wide: `NotWide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luodi.assessment.schemes.methods import rounded
from luodi.assessment.schemes.scheme import Indicator, Scheme


class NotWide(ValueError):
    """The scheme has a part that only the engine for single members knows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where members stand: a table (or a question in brackets) and, in SQL, what its columns mean.

    `values` give each indicator as a whole number of its last place, null where unknown; `extra` the points of all
    adjustments in the scheme's last place of points; `grade` a grade that is settled already; `unranked` who has none.
    """

    table: str
    key: str
    values: Mapping[str, str]
    group: str = "''"
    peers: str = "''"
    extra: str = "0"
    grade: str = "NULL"
    unranked: str = "FALSE"


def quotient(top: str, below: str, factor: Fraction) -> str:
    """`top` over `below` (whole numbers) times a factor, rounded half up to a whole number; null where it can't be known."""
    divided = half_up(f"({top}) * {factor.numerator}::BIGINT", f"(({below}) * {factor.denominator}::BIGINT)")
    return f"CASE WHEN ({below}) > 0 THEN {divided} END"


def half_up(top: str, below: str) -> str:
    """`below` is positive. Away from zero at the half, as by hand."""
    return f"(sign({top})::BIGINT * ((2 * abs({top}) + {below}) // (2 * {below})))"


def question(scheme: Scheme, source: Source) -> str:
    """SQL that answers key, grp, points of every indicator (`p_`), score, rank, of and grade."""
    _refuse_unfit(scheme)
    own = scheme.indicators
    values = ", ".join(f"{source.values[each.key]} AS v_{each.key}" for each in own)
    ends = [
        each
        for each in own
        if each.method in {"efficacy", "minmax"} and (each.low is None or each.high is None)
    ]
    means = [each for each in own if each.missing == "mean"]
    parts = [
        f"""members AS (SELECT {source.key} AS key, {source.group if scheme.by_group else "''"} AS grp, {source.peers} AS peers,
            CAST({source.extra} AS BIGINT) AS extra, {source.grade} AS settled, {source.unranked} AS is_out, {values} FROM {source.table})"""
    ]
    if ends:
        edges = ", ".join(
            f"min(v_{each.key}) AS low_{each.key}, max(v_{each.key}) AS high_{each.key}" for each in ends
        )
        parts.append(f"ends AS (SELECT grp, {edges} FROM members GROUP BY grp)")
    points = ", ".join(f"{_points(scheme, each)} AS p_{each.key}" for each in own)
    joined = "members JOIN ends USING (grp)" if ends else "members"
    parts.append(f"pointed AS (SELECT key, grp, peers, extra, settled, is_out, {points} FROM {joined})")
    filled = "pointed"
    if means:
        for name, by in (("alike", "grp, peers"), ("whole", "grp")):
            mean = ", ".join(f"{_mean(each)} AS {name}_{each.key}" for each in means)
            parts.append(f"{name} AS (SELECT {by}, {mean} FROM pointed GROUP BY {by})")
        filled = "pointed JOIN alike USING (grp, peers) JOIN whole USING (grp)"
    every = ", ".join(f"{_filled(scheme, each)} AS p_{each.key}" for each in own)
    parts.append(
        f"filled AS (SELECT key, grp, extra, settled, {_is_out(scheme)} AS is_out, {every} FROM {filled})"
    )
    parts.append(f"scored AS (SELECT *, {_score(scheme)} AS score FROM filled)")
    parts.append(
        """placed AS (SELECT *, rank() OVER (PARTITION BY grp, is_out ORDER BY score DESC) AS place,
            sum((NOT is_out)::INT) OVER (PARTITION BY grp)::BIGINT AS of FROM scored)"""
    )
    ranked = f"CASE WHEN NOT is_out AND of >= {scheme.fewest} THEN place END"
    parts.append(f"ranked AS (SELECT * EXCLUDE (place), {ranked} AS rank FROM placed)")
    shown = ", ".join(f"p_{each.key}" for each in own)
    return (
        "WITH "
        + ",\n".join(parts)
        + f"\nSELECT key, grp, {shown}, score, rank, of, {_grade(scheme)} AS grade FROM ranked"
    )


def _refuse_unfit(scheme: Scheme) -> None:
    for each in scheme.indicators:
        if each.method in {"rank", "zscore", "interval"} or each.missing in {"last", "skip"} or each.group:
            raise NotWide(f"“{each.title}”的计分或缺数办法只能逐个计算。")
        if each.method == "ratio" and (each.better == "down" or each.target is None):
            raise NotWide(f"“{each.title}”越低越好或没有统一的目标，只能逐个计算。")
    if scheme.combine != "sum" or scheme.winsor_from is not None:
        raise NotWide("几何平均和去极值只能逐个计算。")


def _points(scheme: Scheme, each: Indicator) -> str:
    """Points of a known value as whole numbers, bounded; null where the value is."""
    scale, weight, value = 10**scheme.point_places, Fraction(each.weight), f"v_{each.key}"
    one = Fraction(1, 10**each.places)
    if each.method == "bands":
        cases = " ".join(
            f"WHEN {value} {'<=' if each.better == 'down' else '>='} {_edge(band.at_least, each)} THEN {_whole(scheme, band.points)}"
            if band.at_least is not None
            else f"WHEN TRUE THEN {_whole(scheme, band.points)}"
            for band in scheme.bands_of(each.key)
        )
        found = f"CASE {cases} ELSE 0 END"
    elif each.method == "reached":
        sign = "<=" if each.better == "down" else ">="
        found = f"CASE WHEN {value} {sign} {_edge(each.target, each)} THEN {_whole(scheme, each.weight)} ELSE 0 END"
    elif each.method in {"ratio", "each"}:
        step = weight / Fraction(each.target or 1) if each.method == "ratio" else Fraction(each.step or 0)
        found = _by(step * one * scale, value)
    else:
        found = _between(scheme, each, value)
    if each.most is not None:
        found = f"least({found}, {_whole(scheme, weight * Fraction(each.most))})"
    if each.least is not None:
        found = f"greatest({found}, {_whole(scheme, weight * Fraction(each.least))})"
    return f"CASE WHEN {value} IS NOT NULL THEN {found} END"


def _by(factor: Fraction, value: str) -> str:
    return half_up(f"{value} * {factor.numerator}::BIGINT", f"{factor.denominator}::BIGINT")


def _edge(edge: Decimal | None, each: Indicator) -> str:
    """A bound in the value's own last place; one between two values is met by neither."""
    exact = Fraction(edge or 0) * 10**each.places
    return (
        str(exact.numerator) if exact.denominator == 1 else f"{exact.numerator}::DOUBLE / {exact.denominator}"
    )


def _whole(scheme: Scheme, points: Decimal | Fraction) -> int:
    return int(rounded(points, scheme.point_places).scaleb(scheme.point_places))


def _between(scheme: Scheme, each: Indicator, value: str) -> str:
    """weight × [floor + (1 − floor) × (value − low) ÷ (high − low)], with set ends or those of the group."""
    unit, scale = 10**each.places, 10**scheme.point_places
    low = f"low_{each.key}" if each.low is None else str(_exact(each.low, unit, each))
    high = f"high_{each.key}" if each.high is None else str(_exact(each.high, unit, each))
    floor, weight = Fraction(each.floor) / 100, Fraction(each.weight)
    rise, base = weight * (1 - floor) * scale, weight * floor * scale
    part = f"({high} - {value})" if each.better == "down" else f"({value} - {low})"
    shared = rise.denominator * base.denominator
    top = f"({int(rise * shared)}::BIGINT * {part} + {int(base * shared)}::BIGINT * ({high} - {low}))"
    divided = half_up(top, f"({shared}::BIGINT * ({high} - {low}))")
    full = _whole(scheme, weight)
    capped = divided if each.most is not None else f"least({divided}, {full})"
    return f"CASE WHEN {high} > {low} THEN {capped} ELSE {full} END"


def _exact(bound: Decimal, unit: int, each: Indicator) -> int:
    exact = Fraction(bound) * unit
    if exact.denominator != 1:
        raise NotWide(f"“{each.title}”的上下限比数值的小数位多，只能逐个计算。")
    return exact.numerator


def _mean(each: Indicator) -> str:
    known = f"count(p_{each.key})"
    return f"CASE WHEN {known} > 0 THEN {half_up(f'sum(p_{each.key})::BIGINT', known)} END"


def _filled(scheme: Scheme, each: Indicator) -> str:
    instead = {
        "zero": "0",
        "full": str(_whole(scheme, each.weight)),
        "deduct": str(-_whole(scheme, each.penalty)),
        "mean": f"alike_{each.key}, whole_{each.key}, 0",
    }[each.missing]
    return f"coalesce(p_{each.key}, {instead})"


def _is_out(scheme: Scheme) -> str:
    """Not ranked: said so already, or too much of the weight is unknown."""
    if scheme.missing_most is None:
        return "is_out"
    weights = {each.key: int(rounded(each.weight).scaleb(4)) for each in scheme.indicators}
    missing = " + ".join(f"(p_{key} IS NULL)::BIGINT * {weight}" for key, weight in weights.items())
    most = Fraction(scheme.missing_most)
    whole = sum(weights.values()) * most.numerator
    return f"(is_out OR ({missing}) * {100 * most.denominator}::BIGINT > {whole}::BIGINT)"


def _score(scheme: Scheme) -> str:
    total = " + ".join(
        [f"p_{each.key}" for each in scheme.indicators] + ["extra", str(_whole(scheme, scheme.start))]
    )
    for edge, name in ((scheme.most, "least"), (scheme.least, "greatest")):
        if edge is not None:
            total = f"{name}({total}, {_whole(scheme, edge)})"
    return half_up(f"({total})", str(10 ** (scheme.point_places - scheme.places)))


def _grade(scheme: Scheme) -> str:
    cases = []
    for grade in scheme.grades:
        if grade.until is not None:
            until = Fraction(grade.until)
            cases.append(
                f"WHEN rank * {100 * until.denominator} <= {until.numerator} * of THEN '{grade.grade}'"
            )
        elif grade.at_least is not None:
            cases.append(
                f"WHEN score >= {int(rounded(grade.at_least, scheme.places).scaleb(scheme.places))} THEN '{grade.grade}'"
            )
        else:
            cases.append(f"WHEN TRUE THEN '{grade.grade}'")
    return f"coalesce(settled, CASE {' '.join(cases)} ELSE '' END)" if cases else "coalesce(settled, '')"
