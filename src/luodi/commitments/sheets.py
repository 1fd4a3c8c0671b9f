"""The ledger as forms, and an edited sheet back into the ledger: planned first, then applied whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.commitments import actions
from luodi.commitments.facts import Facts, facts_of
from luodi.commitments.intake import Units
from luodi.commitments.ledger import Ledger, Numbered, ledger_of
from luodi.commitments.models import Document, Target
from luodi.kernel import audit
from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.reading.forms import BLANK, KINDS, SUGGESTION_NOTE, FormHead, FormLine, target_in_words
from luodi.reading.forms.from_report import subject_of
from luodi.reading.forms.wording import PERIODS
from luodi.reading.forms.xlsx_reader import SheetRow, faults, read_xlsx
from luodi.reading.sources import Refusal

NO_FACTS = Facts()
FIGURE = r"(-?[0-9]+(?:\.[0-9]+)?)"


def form_head(
    document: Document, lines: Iterable[FormLine], cut_off: date | None = None, quarter: int | None = None
) -> FormHead:
    """What stands above the form; the remark on suggestions only where a unit is still a suggestion."""
    return FormHead(
        subject_of(document.title, document.division_name or None, document.year),
        division=document.division_name or None,
        year=document.year,
        cut_off=cut_off,
        quarter=quarter,
        note=SUGGESTION_NOTE
        if any(line.suggested or BLANK in "".join(line.targets) for line in lines)
        else "",
    )


def form_lines(ledger: Ledger, cut_off: date | None = None) -> list[FormLine]:
    """The ledger as forms print it, with what units have said of it by the cut-off day."""
    facts = facts_of((row.line for row in ledger.lines), cut_off)
    return [_form_line(row, facts.get(row.line.pk, Facts())) for row in ledger.lines]


def _form_line(row: Numbered, facts: Facts = NO_FACTS) -> FormLine:
    line = row.line
    lead = row.leads[0] if row.leads else None
    return FormLine(
        number=row.number,
        text=line.text,
        kind=line.kind,
        part=str(row.part or ""),
        section=" ".join(map(str, row.sections)),
        targets=tuple(target_in_words(target) for target in line.targets.all()),
        lead=lead.name if lead else None,
        support=tuple(unit.name for unit in row.supports),
        suggested=bool(lead and not lead.accepted),
        confidence=lead.score if lead else None,
        why=lead.why if lead else "",
        deadline=line.deadline.isoformat() if line.deadline else PERIODS.get(line.horizon),  # type: ignore[call-overload]
        state=line.get_state_display(),
        work=facts.work,
        progress=facts.progress,
        problems=facts.problems,
        next_steps=facts.next_steps,
        leader=facts.receipt.leader if facts.receipt else "",
        office=facts.receipt.office if facts.receipt else "",
        handler=facts.receipt.handler if facts.receipt else "",
        sentence=line.source,
        id=str(line.pk),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a sheet would change: its row, the line, the field in words, and both values."""

    row: int
    number: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edited sheet would do. With problems nothing is applied."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    absent: int


def plan(document: Document, content: bytes) -> Plan:
    """Read a sheet against the ledger as it stands; writes nothing."""
    return _Import(document, _rows(content)).plan()


def apply(by: Person, document: Document, content: bytes) -> Plan:
    """Apply a sheet, all or nothing; delivered again it changes nothing. Raises Refused when it has problems."""
    with audit.together():
        work = _Import(document, _rows(content))
        planned = work.plan()
        if planned.problems:
            raise Refused(f"表中有 {len(planned.problems)} 处问题，没有导入任何内容：{planned.problems[0]}")
        work.apply(by)
    return planned


def _rows(content: bytes) -> list[SheetRow]:
    try:
        return read_xlsx(content)
    except Refusal as refusal:
        raise Refused(f"这个文件{refusal}。") from refusal


class _Import:
    def __init__(self, document: Document, rows: list[SheetRow]) -> None:
        self.rows = rows
        self.units = Units()
        self.lines = {str(row.line.pk): row for row in ledger_of(document).lines}

    def plan(self) -> Plan:
        problems = list(faults(self.rows))
        changes: list[Change] = []
        seen: dict[str, int] = {}
        for row in self.rows:
            key = row.line.id
            if key not in self.lines:
                problems.append(
                    f"第 {row.row} 行：标识“{key or '空'}”不在这份台账里；新增任务请在页面上选中原文添加，表里不要加行"
                )
                continue
            if key in seen:
                problems.append(f"第 {row.row} 行：与第 {seen[key]} 行标识相同（{key}）")
            seen[key] = row.row
            found, wrong = self._differences(row, self.lines[key])
            changes += found
            problems += wrong
        return Plan(tuple(changes), tuple(problems), len(self.lines.keys() - seen.keys()))

    def apply(self, by: Person) -> None:
        for row in self.rows:
            numbered = self.lines[row.line.id]
            line, new = numbered.line, row.line
            fields = {change.what for change in self._differences(row, numbered)[0]}
            if "工作任务" in fields:
                actions.reword(by, line, new.text)
            if "类别" in fields:
                actions.change_kind(by, line, new.kind)
            if "完成时限" in fields:
                actions.set_deadline(by, line, _day(new.deadline))
            if "责任单位" in fields:
                actions.assign(by, line, [new.lead] if new.lead else [], list(new.support))
            for target, value, high in _filled(numbered, new):
                actions.fill_blank(by, line, target, value, f"导入的台账第 {row.row} 行", high)

    def _differences(self, row: SheetRow, numbered: Numbered) -> tuple[list[Change], list[str]]:
        line, new, old = numbered.line, row.line, _form_line(numbered)
        changes: list[Change] = []
        problems: list[str] = []

        def differ(what: str, before: str, after: str) -> None:
            changes.append(Change(row.row, numbered.number, what, before, after))

        if "text" in row.given and new.text != line.text:
            differ("工作任务", line.text, new.text)
        if "kind" in row.given and new.kind != line.kind:
            differ("类别", KINDS[old.kind], KINDS[new.kind])
        if "deadline" in row.given and new.deadline != old.deadline:
            if new.deadline in PERIODS.values() or _day(new.deadline):
                differ("完成时限", old.deadline or "", new.deadline or "")
            else:
                problems.append(f"第 {row.row} 行：时限“{new.deadline}”请写成日期（2027-06-30）或“全年”")
        units = [name for name in (new.lead, *new.support) if name]
        unknown = [name for name in units if self.units.get(name) is None]
        settled = not new.suggested and bool(new.lead)
        if (new.lead, new.support) != (old.lead, old.support) or (settled and old.suggested):
            if unknown:
                problems.append(f"第 {row.row} 行：单位名录里没有{'、'.join(unknown)}")
            elif units or line.assignments.filter(accepted=True).exists():
                before = "、".join([old.lead or "待定", *old.support]) + ("（建议）" if old.suggested else "")
                differ("责任单位", before, "、".join(units) or "待定")
        for target, value, _high in _filled(numbered, new):
            differ("补数", f"{target.indicator} {BLANK}{target.unit}", f"{value}{target.unit}")
        return changes, problems


def _filled(numbered: Numbered, new: FormLine) -> list[tuple[Target, Decimal, Decimal | None]]:
    """Blanks of a line that the sheet's target cell gives a figure: the printed words, with ＿＿ replaced."""
    found = []
    for target in numbered.line.targets.all():
        if not target.is_blank:
            continue
        printed = re.escape(target_in_words(target)).replace(re.escape(BLANK), FIGURE)
        for cell in new.targets:
            if match := re.fullmatch(printed, cell.strip()):
                figures = [Decimal(figure) for figure in match.groups()]
                found.append((target, figures[0], figures[1] if len(figures) > 1 else None))
                break
    return found


def _day(printed: str | None) -> date | None:
    try:
        return date.fromisoformat(printed or "")
    except ValueError:
        return None
