"""Imports and bulk actions too long for a request: jobs with a bar and a page of results, all rows or none.

A job that was killed wrote nothing and is taken up again; one that had written is known by its result, which is kept in
the same transaction as the rows, so it is never done twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from luodi.kernel import files
from luodi.kernel.action import Refused
from luodi.kernel.jobs import Progress, job
from luodi.kernel.models import Job, Person, StoredFile
from luodi.workbench import importing, sheets
from luodi.workbench.asking import Asked
from luodi.workbench.desk import Bulk, Desk
from luodi.workbench.finding import desk_for
from luodi.workbench.importing import Plan
from luodi.workbench.writing import Step, all_or_none, call

IN_REQUEST = 2000
"""Rows that a request still does by itself."""
MOST_ROWS = 300_000
SHOWN = 200
"""So many problems and changed rows are kept for the page of results."""


@job
def check_sheet(progress: Progress, by: Person, desk: str, file: str) -> dict[str, Any]:
    """What a long sheet would change, and its problems; writes nothing."""
    found = desk_for(by, desk)
    told = {"new": 0, "changed": 0, "unchanged": 0, "count": 0, "problems": [], "rows": []}
    for part in _parts(progress, by, found, file, "正在核对"):
        told["new"] += len(part.new)
        told["changed"] += len(part.changed)
        told["unchanged"] += part.unchanged
        told["count"] += len(part.problems)
        told["problems"] = [*told["problems"], *part.problems][:SHOWN]
        told["rows"] = [*told["rows"], *map(_said, part.rows[: SHOWN - len(told["rows"])])]
    return told


@job
def write_sheet(progress: Progress, by: Person, desk: str, file: str) -> dict[str, Any]:
    """Write a long sheet, all of it or nothing."""
    if progress.job.result:
        return progress.job.result  # written by a worker that died before it could say so
    found = desk_for(by, desk)
    told = {"new": 0, "changed": 0, "unchanged": 0, "written": True}

    def steps() -> Iterator[Step]:
        for part in _parts(progress, by, found, file, "正在写入，全部写完才生效"):
            if part.problems:
                raise Refused("\n".join(part.problems[:8]))
            told["new"] += len(part.new)
            told["changed"] += len(part.changed)
            told["unchanged"] += part.unchanged
            yield from importing.steps_of(found, by, part.rows)

    return _all(progress.job, found, by, steps(), told)


@job
def act_on_rows(
    progress: Progress, by: Person, desk: str, action: str, query: dict[str, str], values: dict[str, str]
) -> dict[str, Any]:
    """A bulk action over all rows that a filter finds, all of them or none."""
    if progress.job.result:
        return progress.job.result
    found = desk_for(by, desk)
    wanted = bulk_of(found, action)
    if wanted is None:
        raise Refused("这个批量操作已经没有了。")
    keys = list(Asked(found, by, query).sure_rows().values_list("pk", flat=True))
    more = (
        ({name: found.column(name).reader()(values.get(name, "")) for name in wanted.asks},)
        if wanted.asks
        else ()
    )
    told = {"done": len(keys), "title": wanted.title, "written": True}

    def steps() -> Iterator[Step]:
        left, at = iter(keys), 0
        while some := list(islice(left, importing.PART)):
            at += len(some)
            progress(at, len(keys), "正在处理，全部办完才生效")
            for row in found.seen_by(by).filter(pk__in=some):
                yield Step(name_of(found, row), call(wanted.action, by, row, *more))

    return _all(progress.job, found, by, steps(), told)


def is_long(name: str, data: bytes) -> bool:
    """Whether a sheet has more rows than a request does by itself. Raises `Refused` for more than a job does."""
    count = sum(1 for _ in islice(sheets.rows_of(name, data), MOST_ROWS + 2))
    if count > MOST_ROWS + 1:
        raise Refused(f"表里超过 {MOST_ROWS} 行，请分几次导入。")
    return count > IN_REQUEST


def name_of(desk: Desk, row: Any) -> str:
    """What a person knows a row by."""
    return "、".join(desk.column(name).show(row) for name in desk.key) if desk.key else str(row)


def bulk_of(desk: Desk, name: str) -> Bulk | None:
    return next((each for each in desk.bulk if each.name == name), None)


def _parts(progress: Progress, by: Person, desk: Desk, digest: str, doing: str) -> Iterator[Plan]:
    file = StoredFile.objects.get(sha256=digest)
    data = files.content_of(file)
    total, done = max(1, data.count(b"\n")), 0
    for part in importing.parts(desk, by, sheets.rows_of(file.name, data)):
        yield part
        done += importing.PART
        progress(min(done, total), total, doing)


def _all(row: Job, desk: Desk, by: Person, steps: Iterable[Step], told: dict[str, Any]) -> dict[str, Any]:
    """Take all steps and keep the result beside the rows; refused with the first problems otherwise."""

    def keep() -> None:
        row.result = told
        row.save(update_fields=["result"])

    if problems := all_or_none(desk, by, steps, keep):
        more = f"\n……共 {len(problems)} 处" if len(problems) > 5 else ""
        raise Refused("全部没有写入：\n" + "\n".join(problems[:5]) + more)
    return told


def _said(each: importing.RowPlan) -> dict[str, Any]:
    """A row of the plan as the page of results shows it."""
    cells = [[one.column.title, one.old, one.new] for one in each.differences]
    return {"number": each.number, "label": each.label, "is_new": each.row is None, "cells": cells}
