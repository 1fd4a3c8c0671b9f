"""A run as a workbook, a Word table or CSV: rank, change, points by indicator, and what they were computed from."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from luodi.assessment.keeping import scheme_of_run
from luodi.assessment.kinds import SchemeKind
from luodi.assessment.models import Result, Run
from luodi.assessment.schemes import Scheme
from luodi.kernel import audit
from luodi.workbench.desk import Column
from luodi.workbench.exporting import write
from luodi.workbench.kinds import Number, Text, Whole

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def answer(request: HttpRequest, run: Run, kind: SchemeKind, form: str) -> HttpResponse:
    """The file, with who took it away on record."""
    scheme, title = scheme_of_run(run), f"{kind.when(run.period)}{kind.title}结果"
    rows = [_plain(row, scheme) for row in run.results.select_related("division")]
    now = timezone.localtime()
    about = "\n".join(
        (
            f"办法：{scheme.name}{'' if scheme.verified else '［未核实］'}",
            f"{run.get_state_display()}，第 {run.version} 版，数据截止 {timezone.localtime(run.cut_off):%Y-%m-%d %H:%M}",
            f"指纹 {run.hash}",
            f"{request.user.name} 于 {now:%Y-%m-%d %H:%M} 导出",
        )
    )
    content = write(form, title, about, columns(scheme, kind, with_values=form != "docx"), rows, now)
    audit.record(request.user, "assessment.export", run, {"form": form, "rows": len(rows)})
    out = HttpResponse(content, content_type=FORMATS[form])
    out["Content-Disposition"] = content_disposition_header(True, f"{title}.{form}") or ""
    return out


def columns(scheme: Scheme, kind: SchemeKind, *, with_values: bool) -> list[Column]:
    """Of a paper the points only: values would not fit on it."""
    found = [
        Column("rank", "位次", Whole(), none="不排名"),
        Column("name", kind.called, Text(), width=14),
        Column("key", "代码", Text(), width=10),
        Column("group", "组别", Text(), none="—"),
        Column("division", "区划", Text(), none="—"),
        Column("score", "得分", Number(), width=6),
        Column("grade", "档次", Text(), none="—"),
        Column("last_rank", "上期位次", Whole(), none="—"),
        Column("rose", "升降", Whole(), none="—"),
    ]
    if not with_values:
        found = [each for each in found if each.name not in {"key", "last_rank"}]
    for each in scheme.columns():
        if with_values:
            found.append(Column(f"value_{each.key}", each.title, Number(each.unit)))
        found.append(Column(f"points_{each.key}", f"{each.title}得分", Number()))
    return [
        *found,
        Column("extra", "加减分", Number(), none="—"),
        Column("said", "说明", Text(long=True), none="—", width=14),
    ]


def _plain(row: Result, scheme: Scheme) -> Any:
    extra = sum((Decimal(item["points"]) for item in row.extras), Decimal(0)) if row.extras else None
    out = SimpleNamespace(
        rank=row.rank, name=row.name, key=row.key, group=row.group, division=row.division.name if row.division else "",
        score=row.score.normalize(), grade=row.grade, last_rank=row.last_rank, rose=row.rose, extra=extra,
        said="；".join(filter(None, (row.decided, row.why_unranked))),
    )  # fmt: skip
    points = row.points
    for each in scheme.indicators:
        item = points.get(each.key)
        setattr(
            out, f"value_{each.key}", Decimal(item["value"]) if item and item["value"] is not None else None
        )
        setattr(out, f"points_{each.key}", Decimal(item["points"]) if item else None)
    return out
