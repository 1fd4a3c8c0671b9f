"""Holiday notices as a ruleset: how an entered notice becomes an entry of the table that `kernel.clock` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from luodi.kernel.clock import calendar_of
from luodi.kernel.rulesets.shape import Misfit

HOLIDAYS = "clock.holidays"


def entry_of(content: Mapping[str, Any], document: str, year: int, *, verified: bool) -> dict[str, Any]:
    """A year's notice in the form of data/holidays.yaml; `content` as kept by the shape of the ruleset."""
    return {
        "year": year,
        "document": document,
        "title": content["title"],
        "issued_on": date.fromisoformat(content["issued_on"]),
        "verified": verified,
        "days": [
            {
                "name": row["name"],
                "rest": [date.fromisoformat(row["first"]), date.fromisoformat(row["last"])],
                "work": [date.fromisoformat(day) for day in row["work"]],
            }
            for row in content["days"]
        ],
    }


def check_arrangement(
    content: Mapping[str, Any], document: str, valid_from: date, valid_until: date | None
) -> None:
    """Raises Misfit for a notice that can't be true, or that is not dated as the one calendar year it arranges."""
    year = valid_from.year
    if (valid_from, valid_until) != (date(year, 1, 1), date(year + 1, 1, 1)):
        raise Misfit(
            "放假安排按年录入：施行应为 {year}-01-01，废止应为 {after}-01-01。", year=year, after=year + 1
        )
    try:
        calendar_of([entry_of(content, document, year, verified=False)])
    except ValueError as error:
        raise Misfit(str(error)) from error
    for row in content["days"]:
        for day in (row["first"], row["last"], *row["work"]):
            # A year's first holiday may begin in the old year (2018-12-30 by the notice of 2019).
            if not f"{year - 1}-12-01" <= day <= f"{year}-12-31":
                raise Misfit("{name}的 {day} 不在 {year} 年。", name=row["name"], day=day, year=year)


def content_of(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Notices of one year in the form of data/holidays.yaml, as the content that a form starts from; empty for none."""
    entries = list(entries)
    if not entries:
        return {}
    return {
        "title": entries[0]["title"],
        "issued_on": entries[0]["issued_on"].isoformat(),
        "days": [
            {
                "name": row["name"],
                "first": row["rest"][0].isoformat(),
                "last": row["rest"][1].isoformat(),
                "work": [day.isoformat() for day in row.get("work", [])],
            }
            for entry in entries
            for row in entry["days"]
        ],
    }
