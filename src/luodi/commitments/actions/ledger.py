"""Wording, figures and units of lines. Each change is recorded and, until the line is issued, can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from luodi.commitments import life
from luodi.commitments.history import edit, undo
from luodi.commitments.intake import Units, target_row
from luodi.commitments.models import Assignment, Commitment, Document, Edit, Passage, Receipt, Target
from luodi.commitments.permission import edits_ledger
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.spoken import listed
from luodi.reading.reader import read_text

Role = Assignment.Role
PUNCTUATION = "，。；、：！？ \u3000\n"


@action("commitments.reword", may=edits_ledger)
def reword(by: Person, line: Commitment, text: str) -> Commitment:
    """Change the working text; the sentence of the document stays beside it."""
    text = text.strip()
    if not text:
        raise Refused("任务内容不能为空；不要这一项请用“删除”。")
    with edit(line.document, by, f"改写任务：{text[:40]}", [line]):
        line.text = text
        line.save(update_fields=["text"])
    return line


@action("commitments.change_kind", may=edits_ledger)
def change_kind(by: Person, line: Commitment, kind: str) -> Commitment:
    if kind not in Commitment.Kind.values:
        raise Refused(
            "没有“{kind}”这种类型，可用：{kinds}。", kind=kind, kinds=listed(Commitment.Kind.labels)
        )
    with edit(line.document, by, f"改类型为{Commitment.Kind(kind).label}", [line]):
        line.kind = kind
        line.save(update_fields=["kind"])
    return line


@action("commitments.set_deadline", may=edits_ledger)
def set_deadline(by: Person, line: Commitment, deadline: date | None) -> Commitment:
    with edit(line.document, by, f"时限改为 {deadline or '全年'}", [line]):
        line.deadline = deadline
        line.save(update_fields=["deadline"])
    return line


@action("commitments.confirm", may=edits_ledger)
def confirm(by: Person, line: Commitment, confirmed: bool = True) -> Commitment:
    """A person stands for this line as it is now (or takes that back)."""
    life.expect(line, "confirm" if confirmed else "unconfirm")
    with edit(line.document, by, "确认任务" if confirmed else "退回待确认", [line]):
        line.state = Commitment.State.CONFIRMED if confirmed else Commitment.State.DRAFT
        line.save(update_fields=["state"])
    return line


@action("commitments.fill_blank", may=edits_ledger)
def fill_blank(
    by: Person,
    line: Commitment,
    target: Target,
    value: Decimal | None,
    source: str,
    value_high: Decimal | None = None,
) -> Commitment:
    """Give a masked figure its value, with the source it comes from; no value puts the mask back."""
    if target.commitment_id != line.pk:
        raise Refused("这个目标不属于这项任务。")
    if value is not None and not source.strip():
        raise Refused("请写明数字的依据（文号、会议或提供单位）。")
    if value_high is not None and value is not None and value_high < value:
        raise Refused("区间的上限小于下限。")
    with edit(
        line.document,
        by,
        f"补数：{target.indicator[:40]} {'' if value is None else value}{target.unit}",
        [line],
    ):
        target.value, target.value_high = value, value_high
        target.filled_from = source.strip()[:200] if value is not None else ""
        target.save(update_fields=["value", "value_high", "filled_from"])
    return line


@action("commitments.assign", may=edits_ledger)
def assign(by: Person, line: Commitment, leads: Sequence[str], supports: Sequence[str] = ()) -> Commitment:
    """Set who leads and who supports, by the units' names; this replaces suggestions and earlier choices."""
    if len(leads) > 1:
        raise Refused("牵头单位只能有一个，其余请作为配合单位：{names}。", names=listed(leads))
    names = [*leads, *supports]
    units = Units()
    unknown = [name for name in names if units.get(name) is None]
    if unknown:
        raise Refused("单位名录里没有：{names}。", names=listed(unknown))
    called = [units.called(name) for name in names]
    if doubled := {name for name in called if called.count(name) > 1}:
        raise Refused("同一单位不能重复承担一项任务：{names}。", names=listed(sorted(doubled)))
    with edit(line.document, by, f"责任单位：{'、'.join(names) or '未定'}", [line]):
        known = {row.name: row for row in line.assignments.all()}
        line.assignments.all().delete()
        for name in names:
            unit = units.get(name)
            old = known.get(unit.called)
            Assignment.objects.create(
                commitment=line, unit=unit, name=unit.called, role=Role.LEAD if name in leads else Role.SUPPORT,
                accepted=True, score=old.score if old else None, why=old.why if old else "",
            )  # fmt: skip
        send_receipts(line)
    return line


def send_receipts(line: Commitment) -> None:
    """An issued line waits for the signature of each of its units, and of no other."""
    if not life.is_issued(line):
        return
    units = set(line.assignments.filter(accepted=True, unit__isnull=False).values_list("unit_id", flat=True))
    line.receipts.exclude(unit__in=units).delete()
    known = set(line.receipts.values_list("unit_id", flat=True))
    Receipt.objects.bulk_create(Receipt(commitment=line, unit_id=unit) for unit in sorted(units - known))


@action("commitments.accept", may=edits_ledger)
def accept_units(
    by: Person, document: Document, at_least: float, lines: Iterable[Commitment] | None = None
) -> int:
    """Accept every suggested unit of the city's list that scores `at_least`; returns how many lines changed."""
    suggested = Assignment.objects.filter(
        commitment__document=document, accepted=False, unit__isnull=False, score__gte=at_least
    )
    if lines is not None:
        suggested = suggested.filter(commitment__in=lines)
    # a lead is accepted only where none stands yet, and the best one only
    chosen: dict[int, list[Assignment]] = {}
    decided = set(
        Assignment.objects.filter(commitment__document=document, accepted=True, role=Role.LEAD).values_list(
            "commitment_id", flat=True
        )
    )
    for unit in suggested.order_by("commitment", "role", "-score", "id"):
        picked = chosen.setdefault(unit.commitment_id, [])
        has_lead = unit.commitment_id in decided or any(other.role == Role.LEAD for other in picked)
        if unit.role != Role.LEAD or not has_lead:
            picked.append(unit)
    touched = list(document.commitments.filter(pk__in=[pk for pk, units in chosen.items() if units]))
    with edit(document, by, f"采纳把握 {at_least:.2f} 以上的建议单位", touched):
        Assignment.objects.filter(pk__in=[unit.pk for units in chosen.values() for unit in units]).update(
            accepted=True
        )
    return len(touched)


@action("commitments.split", may=edits_ledger)
def split(by: Person, line: Commitment, at: int) -> Commitment:
    """Cut a line in two at an offset of the document; returns the new second line."""
    _not_issued(line)
    if not line.start < at < line.end:
        raise Refused("分割点不在这项任务的文字之内。")
    document = line.document
    first, second = document.text[line.start : at], document.text[at : line.end]
    if not first.strip(PUNCTUATION) or not second.strip(PUNCTUATION):
        raise Refused("分割后有一段没有文字。")
    with edit(document, by, f"拆分任务：{line.source[:40]}", [line]) as touched:
        new = Commitment.objects.get(pk=line.pk)
        new.pk, new.state = None, Commitment.State.DRAFT
        units = list(line.assignments.all())
        _span(line, line.start, at)
        _span(new, at, new.end)
        for part in (*line.targets.filter(start__gte=new.start), *line.projects.filter(start__gte=new.start)):
            part.commitment = new
            part.save(update_fields=["commitment"])
        for unit in units:
            unit.pk, unit.commitment = None, new
            unit.save()
        touched.append(new)
    return new


@action("commitments.merge", may=edits_ledger)
def merge(by: Person, line: Commitment, other: Commitment) -> Commitment:
    """Join two neighbouring lines of one document into the first."""
    _not_issued(line, other)
    line, other = sorted((line, other), key=lambda each: each.start)
    document = line.document
    if other.document_id != document.pk or other.pk == line.pk:
        raise Refused("只能合并同一份文件里的两项任务。")
    if document.commitments.filter(start__gte=line.end, end__lte=other.start).exclude(pk=other.pk).exists():
        raise Refused("两项任务之间还有别的任务，只能合并相邻的。")
    if "\n" in document.text[line.end : other.start].strip(" \u3000"):
        raise Refused("两项任务不在同一段，不能合并。")
    with edit(document, by, f"合并任务：{line.source[:20]} ＋ {other.source[:20]}", [line, other]):
        reworded = line.text != line.source or other.text != other.source
        text = f"{line.text.rstrip('，；。')}，{other.text}" if reworded else ""
        for part in (*other.targets.all(), *other.projects.all()):
            part.commitment = line
            part.save(update_fields=["commitment"])
        names = set(line.assignments.values_list("name", flat=True))
        other.assignments.exclude(name__in=names).update(commitment=line)
        end = other.end
        other.delete()
        _span(line, line.start, end, text)
    return line


@action("commitments.respan", may=edits_ledger)
def respan(by: Person, line: Commitment, start: int, end: int) -> Commitment:
    """Move a line to other words of the document; its targets and projects follow the text."""
    _not_issued(line)
    start, end = _trimmed(line.document, start, end)
    _no_overlap(line.document, start, end, line)
    with edit(line.document, by, f"调整原文范围：{line.document.text[start:end][:40]}", [line]):
        _span(line, start, end)
        line.targets.exclude(start__gte=start, end__lte=end).delete()
        line.projects.exclude(start__gte=start, end__lte=end).delete()
        _read_parts(line)
    return line


@action("commitments.add", may=edits_ledger)
def add_line(by: Person, document: Document, start: int, end: int) -> Commitment:
    """Make a line of words that the reader passed over."""
    start, end = _trimmed(document, start, end)
    _no_overlap(document, start, end)
    words = document.text[start:end]
    with edit(document, by, f"增加任务：{words[:40]}", []) as touched:
        line = Commitment.objects.create(
            document=document, passage=_passage_at(document, start), start=start, end=end, source=words, text=words,
            kind=Commitment.Kind.ACTION,
        )  # fmt: skip
        _read_parts(line)
        if line.targets.exists():
            line.kind = Commitment.Kind.TARGET
            line.save(update_fields=["kind"])
        touched.append(line)
    return line


@action("commitments.drop", may=edits_ledger)
def drop_line(by: Person, line: Commitment) -> Document:
    """Take a line out of the ledger; the document keeps its words, and undo brings the line back."""
    _not_issued(line)
    document = line.document
    with edit(document, by, f"删除任务：{line.text[:40]}", [line]):
        line.delete()
    return document


@action("commitments.undo", may=edits_ledger)
def undo_edit(by: Person, entry: Edit) -> Edit:
    """Take one change back. What was issued stands: it is changed again, in the open, never taken back."""
    _not_issued(*Commitment.objects.filter(pk__in=entry.touched.values("line")))
    undo(entry)
    return entry


def _not_issued(*lines: Commitment) -> None:
    if any(life.is_issued(line) for line in lines):
        raise Refused(
            "已印发的任务不能拆分、合并、删除、改原文范围或撤销修改；请直接修改（列为印发后调整）、挂账或并入另一项。"
        )


def _span(line: Commitment, start: int, end: int, text: str = "") -> None:
    """Give a line its words; the working text follows them unless `text` is given."""
    start, end = _trimmed(line.document, start, end)
    line.start, line.end, line.source = start, end, line.document.text[start:end]
    line.text = text or line.source
    line.save()


def _trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    """A selection without the punctuation and white space at its edges; refuses what is no stretch of one line."""
    if not 0 <= start < end <= len(document.text):
        raise Refused("选中的范围不在文件之内。")
    words = document.text[start:end]
    inner = words.strip(PUNCTUATION)
    if len(inner) < 2:
        raise Refused("选中的文字太短。")
    if "\n" in inner:
        raise Refused("一项任务不能跨段，请只选一段里的文字。")
    start += len(words) - len(words.lstrip(PUNCTUATION))
    return start, start + len(inner)


def _no_overlap(document: Document, start: int, end: int, line: Commitment | None = None) -> None:
    others = document.commitments.filter(start__lt=end, end__gt=start)
    if line is not None:
        others = others.exclude(pk=line.pk)
    if other := others.first():
        raise Refused("选中的文字已属于另一项任务：{line}。", line=other.text[:40])


def _passage_at(document: Document, offset: int) -> Passage | None:
    return document.passages.filter(start__lte=offset).order_by("-start").first()


def _read_parts(line: Commitment) -> None:
    """Read the figures and projects of a line's words anew, keeping those it has."""
    document = line.document
    report = read_text(document.text, year=document.year)
    for target in report.targets:
        known = {"start": target.start, "end": target.end, "number": target.number}
        if (
            line.start <= target.start
            and target.end <= line.end
            and not line.targets.filter(**known).exists()
        ):
            target_row(line, target).save()
    for project in report.projects:
        if line.start <= project.start and project.end <= line.end:
            line.projects.get_or_create(
                start=project.start,
                end=project.end,
                defaults={"name": project.name[:200], "stage": project.stage},
            )
