"""Official forms of key projects as Excel, CSV and Word: filled from the records, never typed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.reading.forms import MEDIA_TYPES
from luodi.scenarios.key_projects.models import Fund
from luodi.scenarios.key_projects.pages import look
from luodi.scenarios.key_projects.rules import FEN_PER_YI
from luodi.scenarios.key_projects.scenario import SCENARIO
from luodi.shapes.projects.models import MonthReport, Problem
from luodi.shapes.projects.readers import progress_by, starts_of_month
from luodi.workbench.desk import Column
from luodi.workbench.exporting import write
from luodi.workbench.kinds import Day, Money, Number, Text, Whole

WAN, LONG, SHARE = Money("万元"), Text(long=True), Number("%")


class Line:
    """A row of a form: cells by the names of its columns."""

    def __init__(self, **cells: Any) -> None:
        vars(self).update(cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: its title, its columns, and its rows at a month's end."""

    title: str
    columns: tuple[Column, ...]
    lines: Callable[[date], Iterable[Line]]


def progress_lines(month: date) -> Iterable[Line]:
    """项目推进情况表, one line a project."""
    own = look.own_rules(month)
    found = look.looks(month, look.city_rule(month, None, own), own)
    pks = [each.project.pk for each in found]
    reports = {
        row.project_id: row
        for row in MonthReport.objects.filter(project__in=pks, is_current=True, month=month)
    }
    problems: dict[int, list[str]] = {}
    for row in Problem.objects.filter(project__in=pks, solved_on=None).select_related("owner"):
        problems.setdefault(row.project_id, []).append(f"{row.words}（{row.owner.called}，{row.due_on}前）")
    for at, each in enumerate(sorted(found, key=lambda each: each.project.number), start=1):
        report, project = reports.get(each.project.pk), each.project
        yield Line(
            at=at, name=project.name, content=project.content, total=project.total_fen, plan=each.pace.plan_fen,
            month=report.month_fen if report else None, done=each.pace.done_fen, rate=one_place(each.pace.rate),
            light=each.light.light.label, progress=report.progress if report else None, problems="；".join(problems.get(project.pk, [])),
            next=report.next_steps if report else None, lead=project.lead.called if project.lead else None,
            leader=each.leader.name if each.leader else None,
        )  # fmt: skip


def start_lines(month: date) -> Iterable[Line]:
    """月开工清单."""
    for at, each in enumerate(starts_of_month(month, timezone.localdate(), kind=SCENARIO.code), start=1):
        project, start, delay = each.project, each.start, each.delay
        yield Line(
            at=at, name=project.name, division=project.division.short_name, total=project.total_fen, due=each.due_on,
            state=each.label, started=project.started_on, works=start.get_works_display() if start else None, photos=each.photos,
            reason=delay.get_reason_display() if delay else None, words=delay.words if delay else None, new=delay.new_on if delay else None,
            lead=project.lead.called if project.lead else None,
        )  # fmt: skip


def division_lines(month: date) -> Iterable[Line]:
    """各区县投资进度表."""
    for at, each in enumerate(progress_by("division", month, kind=SCENARIO.code), start=1):
        yield Line(
            at=at, division=each.title, count=each.count, plan=yi(each.plan_fen), done=yi(each.done_fen), rate=one_place(each.rate),
            gap=one_place(each.gap), due=each.start_planned, started=each.start_made, start_rate=one_place(each.start_rate),
            entry_rate=one_place(each.entry_rate), problems=each.problems_open, unreported=each.unreported,
        )  # fmt: skip


def fund_lines(month: date) -> Iterable[Line]:
    """中央预算内投资项目月调度表: start, investment, payment."""
    rows = list(
        Fund.objects.filter(source=Fund.Source.CENTRAL).select_related("project__division", "project__lead")
    )
    done = dict(
        MonthReport.objects.filter(
            project__in=[row.project_id for row in rows], is_current=True, month=month
        ).values_list("project", "ytd_fen")
    )
    for at, row in enumerate(rows, start=1):
        share = None if not row.granted_fen else row.paid_fen * 100 / row.granted_fen
        yield Line(
            at=at, name=row.project.name, doc=row.doc_no, asked=row.asked_fen, granted=row.granted_fen, started=row.project.started_on,
            done=done.get(row.project_id), paid=row.paid_fen, share=one_place(share), lead=row.project.lead.called if row.project.lead else None,
        )  # fmt: skip


def one_place(value: Any) -> Any:
    return None if value is None else round(Decimal(value), 1)


def yi(fen: int) -> Any:
    return round(fen / FEN_PER_YI, 2)


AT = Column("at", "序号", Whole())
SHEETS: Mapping[str, Sheet] = {
    "progress": Sheet(
        "重点项目推进情况表",
        (
            AT, Column("name", "项目名称", Text(), width=20), Column("content", "建设内容", LONG, width=26), Column("total", "总投资", WAN),
            Column("plan", "年度计划投资", WAN), Column("month", "本月完成", WAN), Column("done", "累计完成", WAN), Column("rate", "占年度计划", SHARE),
            Column("light", "亮灯", Text()), Column("progress", "形象进度", LONG, width=24), Column("problems", "需协调问题", LONG, width=24, none="无"),
            Column("next", "下月计划", LONG, width=18), Column("lead", "责任单位", Text(), width=10), Column("leader", "包抓领导", Text()),
        ),
        progress_lines,
    ),
    "starts": Sheet(
        "月开工清单",
        (
            AT, Column("name", "项目名称", Text(), width=22), Column("division", "所在地", Text()), Column("total", "总投资", WAN), Column("due", "计划开工", Day()),
            Column("state", "情况", Text()), Column("started", "实际开工", Day(), none="—"), Column("works", "开工内容", Text(), none="—"), Column("photos", "照片", Whole("张")),
            Column("reason", "未开工原因", Text(), none="—"), Column("words", "说明", LONG, none="—", width=20), Column("new", "新的开工日期", Day(), none="—"), Column("lead", "责任单位", Text()),
        ),
        start_lines,
    ),
    "divisions": Sheet(
        "各区县投资进度表",
        (
            AT, Column("division", "区县", Text()), Column("count", "项目", Whole("个")), Column("plan", "年度计划", Number("亿元")), Column("done", "累计完成", Number("亿元")),
            Column("rate", "完成率", SHARE), Column("gap", "比序时", Number("个百分点")), Column("due", "应开工", Whole("个")), Column("started", "已开工", Whole("个")),
            Column("start_rate", "开工率", SHARE), Column("entry_rate", "入统率", SHARE), Column("problems", "未解决问题", Whole("个")), Column("unreported", "未报月报", Whole("个")),
        ),
        division_lines,
    ),
    "funds": Sheet(
        "中央预算内投资项目月调度表",
        (
            AT, Column("name", "项目名称", Text(), width=22), Column("doc", "下达文号", Text(), width=16, none="未下达"), Column("asked", "申报", WAN), Column("granted", "下达", WAN, none="未下达"),
            Column("started", "开工", Day(), none="未开工"), Column("done", "累计完成投资", WAN), Column("paid", "已拨付", WAN), Column("share", "拨付率", SHARE, none="—"), Column("lead", "责任单位", Text()),
        ),
        fund_lines,
    ),
}  # fmt: skip


@require_safe
def sheet(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """A form of a month as a file."""
    if not is_staff_of_the_city(request.user) or name not in SHEETS or format not in ("xlsx", "csv", "docx"):
        raise Http404
    month, form = look.month_asked(request), SHEETS[name]
    now = timezone.localtime()
    about = f"{month.year}年{month.month}月底　{now:%Y-%m-%d %H:%M} 导出　{request.user.name}"
    data = write(
        format, f"{month.year}年{month.month}月{form.title}", about, form.columns, form.lines(month), now
    )
    answer = HttpResponse(data, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(f'{form.title}{month:%Y-%m}.{format}')}"
    )
    return answer
