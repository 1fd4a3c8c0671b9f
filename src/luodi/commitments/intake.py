"""A document comes in: kept once under its hash, read in a job, and turned into lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from luodi.commitments.models import Assignment, Commitment, Document, NamedProject, Passage, Target
from luodi.commitments.permission import edits_ledger
from luodi.kernel import audit, files, jobs
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Division, Person, Unit
from luodi.reading.model import Report
from luodi.reading.reader import read_text
from luodi.reading.sources import Refusal, load
from luodi.reading.units import Roster


@action("commitments.deliver", may=edits_ledger)
def deliver(by: Person, name: str, content: bytes) -> tuple[Document, bool]:
    """Take in a document and queue its reading; the same bytes again give the document that is here already."""
    if not content:
        raise Refused(f"“{name}”是空文件，没有可读的内容。")
    if len(content) > settings.LUODI_UPLOAD_BYTES:
        raise Refused(f"“{name}”超过 {settings.LUODI_UPLOAD_BYTES // 2**20} MB 的上限。")
    file, _ = files.store(by, name, content)
    document, is_new = Document.objects.get_or_create(file=file, defaults={"title": name[-200:], "by": by})
    if is_new or (document.read_at is None and document.job and document.job.is_over):
        document.job = jobs.start(by, read_document, f"读取 {name}", document=document.pk)
        document.save(update_fields=["job"])
    return document, is_new


def deliver_text(by: Person, text: str) -> tuple[Document, bool]:
    """Take in pasted text as a UTF-8 file named after its first line."""
    lines = text.strip().splitlines()
    if not lines:
        raise Refused("没有粘贴任何文字。")
    return deliver(by, f"{lines[0].strip()[:40]}.txt", text.encode())


@jobs.job
def read_document(progress: jobs.Progress, by: Person, document: int) -> dict[str, Any]:
    """Read a delivered document into lines; a document read before keeps what people made of it."""
    row = Document.objects.select_related("file").get(pk=document)
    if row.read_at:
        return {"document": row.pk}
    progress(1, 20, "打开文件")
    try:
        loaded = load(
            files.content_of(row.file),
            name=row.file.name,
            on_page=lambda done, total: progress(done, 2 * (total or done), f"识别第 {done} 页文字"),
        )
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    progress(4, 10, "识别章节、任务、指标和项目")
    report = read_text(loaded.text, source=row.file.name, encoding=loaded.encoding, roster=city_roster())
    progress(7, 10, f"写入台账：{len(report.commitments)} 项任务")
    with transaction.atomic():
        keep(row, report)
        audit.record(by, "commitments.read", row, {"lines": len(report.commitments)})
    return {"document": row.pk}


def city_roster() -> Roster | None:
    """The city's own list of units, for suggestions; None where no unit has been entered yet."""
    units = Unit.objects.on(date.today())
    rows = [(unit.name, "、".join(unit.short_names), "", unit.duties) for unit in units]
    return Roster.of(rows) if rows else None


def keep(document: Document, report: Report) -> None:
    """Write what the reader found, in a handful of statements."""
    found = report.to_dict()
    found.pop("text")
    document.title = (report.title or document.title)[:200]
    document.year, document.encoding, document.text = report.year, report.encoding, report.text
    document.division = _division_of(document.title, report)
    document.division_name = report.division.name if report.division else str(document.division or "")
    document.report, document.read_at = found, timezone.now()
    document.save()

    passages: dict[str | None, Passage] = {}
    for heading in report.headings:
        passages[heading.id] = Passage.objects.create(
            document=document, parent=passages.get(heading.parent), level=heading.level, number=heading.number,
            title=heading.title[:200], start=heading.start, end=heading.end,
        )  # fmt: skip
    lines = Commitment.objects.bulk_create(
        Commitment(
            document=document, passage=passages.get(read.heading), start=read.start, end=read.end, source=read.text,
            text=read.text, kind=read.kind, horizon=read.horizon, verbs=list(read.verbs),
            places=[{"code": place.code, "name": place.name} for place in read.places],
            deadline=date.fromisoformat(read.deadline) if read.deadline else None,
        )
        for read in report.commitments
    )  # fmt: skip
    targets = {target.id: target for target in report.targets}
    projects = {project.id: project for project in report.projects}
    units = Units()
    pairs = list(zip(lines, report.commitments, strict=True))
    Target.objects.bulk_create(target_row(line, targets[key]) for line, read in pairs for key in read.targets)
    NamedProject.objects.bulk_create(
        NamedProject(
            commitment=line, start=projects[key].start, end=projects[key].end, name=projects[key].name[:200],
            stage=projects[key].stage,
        )
        for line, read in pairs
        for key in read.projects
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(
            commitment=line, unit=units.get(unit.name), name=units.called(unit.name), role=unit.role,
            score=unit.score, why=unit.why[:300],
        )
        for line, read in pairs
        for unit in read.units
    )  # fmt: skip


def _division_of(title: str, report: Report) -> Division | None:
    """The division in the city's own list: by the code that the reader found, else by the name in the title."""
    if report.division:
        return Division.objects.filter(code=report.division.code).first()
    named = [division for division in Division.objects.on(date.today()) if division.name in title]
    return max(named, key=lambda division: len(division.name), default=None)


def target_row(line: Commitment, read: Any) -> Target:
    """A target as read, as a row of its line; `read` has the fields of `reading.model.Target`."""
    return Target(
        commitment=line, start=read.start, end=read.end, quote=read.quote, indicator=read.indicator[:200],
        number=read.number[:40], value=_decimal(read.value), value_high=_decimal(read.value_high),
        unit=read.unit[:30], comparator=read.comparator, change=read.change, ambition=read.ambition,
        horizon=read.horizon[:10],
    )  # fmt: skip


class Units:
    """The city's units by any of their names, looked up once."""

    def __init__(self) -> None:
        self._by_name: dict[str, Unit] = {}
        for unit in Unit.objects.on(date.today()):
            for name in (unit.name, *unit.short_names):
                self._by_name.setdefault(name, unit)

    def get(self, name: str) -> Unit | None:
        return self._by_name.get(name.strip())

    def called(self, name: str) -> str:
        """The name to print for a unit; a name that is not in the list stays as it is."""
        unit = self.get(name)
        return unit.called if unit else name


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
