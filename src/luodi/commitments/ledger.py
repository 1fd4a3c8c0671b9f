"""The ledger of one document as pages, exports and counters need it: ordered, numbered, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from luodi.commitments.models import Assignment, Commitment, Document, Passage
from luodi.reading.forms.numbering import places
from luodi.reading.model import Heading

# Below this a suggested lead unit is worth a person's look; shown as "low confidence", never acted on.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with its number in the ledger ("2.1-03") and the headings it stands under."""

    number: str
    line: Commitment
    part: Passage | None
    sections: tuple[Passage, ...]

    @property
    def heading(self) -> str:
        return " ".join(str(passage) for passage in (self.part, *self.sections) if passage)

    @property
    def is_draft(self) -> bool:
        return self.line.state == Commitment.State.DRAFT

    @property
    def has_suggestions(self) -> bool:
        return any(not unit.accepted and unit.unit_id for unit in self.line.assignments.all())

    @property
    def leads(self) -> list[Assignment]:
        return _shown(self.line, Assignment.Role.LEAD)

    @property
    def supports(self) -> list[Assignment]:
        return _shown(self.line, Assignment.Role.SUPPORT)

    @property
    def todo(self) -> list[str]:
        """What still needs a person: keys of `Todo`."""
        needs = []
        if any(target.is_blank for target in self.line.targets.all()):
            needs.append("blank")
        accepted = [unit for unit in self.leads if unit.accepted]
        if not accepted and not any((unit.score or 0) >= SURE and unit.unit_id for unit in self.leads):
            needs.append("unsure" if self.leads else "unowned")
        return needs


@dataclass(slots=True)
class Todo:
    """How many lines still need a person, by reason."""

    blank: int = 0
    unsure: int = 0
    unowned: int = 0
    draft: int = 0

    @property
    def total(self) -> int:
        return self.blank + self.unsure + self.unowned


@dataclass(slots=True)
class Ledger:
    """The lines of one document, with what the page says above them."""

    document: Document
    lines: list[Numbered] = field(default_factory=list)

    @property
    def part_list(self) -> list[Passage]:
        """The parts that have lines, in the order of the document."""
        return list({row.part.pk: row.part for row in self.lines if row.part}.values())

    @property
    def parts(self) -> int:
        return len(self.part_list)

    @property
    def targets(self) -> int:
        return sum(len(row.line.targets.all()) for row in self.lines)

    @property
    def projects(self) -> int:
        return sum(len(row.line.projects.all()) for row in self.lines)

    @property
    def unit_names(self) -> list[str]:
        """Every unit that a line shows, in the order of the units' list."""
        return sorted({unit.name for row in self.lines for unit in (*row.leads, *row.supports)})

    @property
    def todo(self) -> Todo:
        todo = Todo()
        for row in self.lines:
            for need in row.todo:
                setattr(todo, need, getattr(todo, need) + 1)
            todo.draft += row.line.state == Commitment.State.DRAFT
        return todo


def ledger_of(
    document: Document, lines: Iterable[Commitment] | None = None, *, with_projects: bool = True
) -> Ledger:
    """The whole ledger in five queries; `lines` limits what is returned, never how it is numbered."""
    passages = {str(passage.pk): passage for passage in document.passages.all()}
    headings = [
        Heading(key, each.level, each.number, each.title, each.start, each.end, _key(each.parent_id))
        for key, each in passages.items()
    ]
    wanted = None if lines is None else {line.pk for line in lines}
    owners = Prefetch("assignments", Assignment.objects.select_related("unit"))
    fetched = ("targets", *(("projects",) if with_projects else ()), owners)
    rows = list(document.commitments.prefetch_related(*fetched).order_by("start", "id"))
    ledger = Ledger(document)
    for line, place in zip(rows, places(headings, [_key(line.passage_id) for line in rows]), strict=True):
        if wanted is None or line.pk in wanted:
            part = passages[place.part.id] if place.part else None
            sections = tuple(passages[section.id] for section in place.sections)
            ledger.lines.append(Numbered(place.number, line, part, sections))
    return ledger


def _key(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def _shown(line: Commitment, role: str) -> list[Assignment]:
    """Accepted units; while there are none, the suggestions."""
    units = [unit for unit in line.assignments.all() if unit.role == role]
    return [unit for unit in units if unit.accepted] or units
