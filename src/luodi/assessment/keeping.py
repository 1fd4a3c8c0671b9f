"""Scored values to rows and back, and the fingerprint over a run. No writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from luodi.assessment.models import Mark, Objection, Result, Run
from luodi.assessment.schemes import Entry, Event, Given, Item, Scheme, Scored, scheme_of, score
from luodi.assessment.schemes.methods import plain
from luodi.kernel.models import Division
from luodi.kernel.rulesets import Ruleset, ruleset_by_id


def scheme_of_run(run: Run) -> Scheme:
    found = ruleset_by_id(run.ruleset_id)
    return scheme_of(found.document, found.verified, found.values)


def rows_of(scored: Iterable[Scored], run: Run, last: Mapping[str, Result]) -> list[Result]:
    """Unsaved rows of a run, with each one's place and score of last time."""
    places = {division.code: division.pk for division in Division.objects.all()}
    return [_row(each, run, last.get(each.entry.key), places) for each in scored]


def _row(each: Scored, run: Run, last: Result | None, places: Mapping[str, int]) -> Result:
    entry = each.entry
    return Result(
        run=run, key=entry.key, name=entry.name, group=entry.group, peers=entry.peers, address=entry.address,
        division_id=places.get(entry.division), score=each.score, rank=each.rank, of=each.of, grade=each.grade,
        last_rank=last.rank if last else None, last_score=last.score if last else None,
        words=each.words, why_unranked=each.why_unranked[:300], decided=each.decided[:300],
        values={key: _given_kept(given) for key, given in entry.values.items()},
        events=[{"key": event.key, "count": str(event.count), "says": event.says} for event in entry.events],
        items=[_item_kept(item) for item in each.items], extras=[_item_kept(item) for item in each.extras],
    )  # fmt: skip


def _given_kept(given: Given) -> dict[str, Any]:
    kept = {
        "value": _text(given.value),
        "target": _text(given.target),
        "says": given.says,
        "address": given.address,
    }
    return {
        name: value for name, value in (kept | {"was": _text(given.was)}).items() if value not in (None, "")
    }


def _item_kept(item: Item) -> dict[str, Any]:
    return {
        "key": item.key, "title": item.title, "value": _text(item.value), "points": _text(item.points),
        "weight": _text(item.weight), "words": item.words, "flag": item.flag,
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    """Without an exponent and without zeros that a column of the database padded it with."""
    return None if value is None else plain(value)


def entry_of(row: Result, last_points: Mapping[str, Decimal] | None = None) -> Entry:
    """The entry as it was scored; `last_points` are those of the run before, for missing data."""
    return Entry(
        key=row.key, name=row.name, group=row.group, peers=row.peers, address=row.address,
        division=row.division.code if row.division else "",
        values={key: _given_of(kept) for key, kept in row.values.items()},
        events=tuple(Event(kept["key"], Decimal(kept["count"]), kept["says"]) for kept in row.events),
        last_points=last_points or {},
    )  # fmt: skip


def _given_of(kept: Mapping[str, Any]) -> Given:
    figures = {
        name: Decimal(kept[name]) if kept.get(name) is not None else None
        for name in ("value", "target", "was")
    }
    return Given(says=kept.get("says", ""), address=kept.get("address", ""), **figures)  # type: ignore[arg-type]


def points_of(row: Result) -> dict[str, Decimal]:
    return {item["key"]: Decimal(item["points"]) for item in row.items}


def last_results(run: Run | None) -> dict[str, Result]:
    return {} if run is None else {row.key: row for row in run.results.select_related("division")}


def entries_of(run: Run, rows: Iterable[Result] | None = None) -> list[Entry]:
    """Everybody of a run as scored: what simulation and recomputation start from."""
    last = last_results(run.last)
    kept = run.results.select_related("division") if rows is None else rows
    return [entry_of(row, points_of(last[row.key]) if row.key in last else {}) for row in kept]


def with_marks(entries: Iterable[Entry], marks: Iterable[Mark]) -> list[Entry]:
    """Confirmed marks join what the scenario brought."""
    found: dict[str, list[Event]] = {}
    for mark in marks:
        found.setdefault(mark.key, []).append(Event(mark.rule, mark.count, mark.document))
    return [replace(entry, events=(*entry.events, *found.get(entry.key, ()))) for entry in entries]


def with_corrections(entries: Iterable[Entry], upheld: Iterable[Objection]) -> list[Entry]:
    """Entries with the figures that objections were upheld for; the first figure stays beside the new one."""
    found = {(each.result.key, each.indicator): each for each in upheld}
    out = []
    for entry in entries:
        values = dict(entry.values)
        for (key, indicator), each in found.items():
            if key == entry.key:
                before = values.get(indicator, Given(None))
                says = f"{before.says}；异议成立，由 {_text(before.value) or '待补'} 更正".lstrip("；")
                values[indicator] = replace(before, value=each.new, was=before.value, says=says)
        out.append(replace(entry, values=values))
    return out


def fingerprint(rules: Ruleset, run: Run, rows: Iterable[Result]) -> str:
    """SHA-256 over the scheme as it was in force, the inputs and the results."""
    told = {
        "scheme": [rules.key, rules.document, rules.valid_from.isoformat(), _plain(rules.values)],
        "period": run.period.isoformat(),
        "results": sorted(
            [row.key, row.name, row.group, row.values, row.events, row.items, row.extras, _canonical(row.score), row.rank, row.grade]
            for row in rows
        ),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _canonical(score: Decimal) -> str:
    return format(score.quantize(Decimal("0.0001")), "f")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in sorted(value.items())}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def recomputed(run: Run, rules: Ruleset) -> list[str]:
    """What comes out differently when the run is computed anew from what it keeps; nothing when it holds."""
    rows = {row.key: row for row in run.results.select_related("division")}
    found = []
    for each in score(
        scheme_of(rules.document, rules.verified, rules.values), entries_of(run, rows.values())
    ):
        row = rows[each.entry.key]
        if (row.score, row.rank, row.grade) != (each.score, each.rank, each.grade):
            found.append(
                f"{row.name}：存 {plain(row.score)} 分第 {row.rank} 位，复算 {plain(each.score)} 分第 {each.rank} 位"
            )
    if fingerprint(rules, run, rows.values()) != run.hash:
        found.append("指纹与保存的结果不符：结果在评分之后被改动过")
    return found
