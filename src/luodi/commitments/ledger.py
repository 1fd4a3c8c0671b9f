"""The ledger of one document as pages, exports and counters need it: ordered, numbered, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from luodi.commitments.models import Assignment, Commitment, Document, Passage

# Below this a suggested lead unit is worth a person's look; shown as "low confidence", never acted on.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with its number in the ledger ("2.1-03") and the headings it stands under."""

    number: str
    line: Commitment
    part: Passage | None
    section: Passage | None

    @property
    def heading(self) -> str:
        return " ".join(str(passage) for passage in (self.part, self.section) if passage)

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


def ledger_of(document: Document, lines: Iterable[Commitment] | None = None) -> Ledger:
    """The whole ledger in five queries; `lines` limits what is returned, never how it is numbered."""
    passages = {passage.pk: passage for passage in document.passages.all()}
    prefixes = _prefixes(passages)
    wanted = None if lines is None else {line.pk for line in lines}
    counts: dict[str, int] = {}
    ledger = Ledger(document)
    rows = document.commitments.prefetch_related("targets", "projects", "assignments__unit")
    for line in rows.order_by("start", "id"):
        prefix = prefixes.get(line.passage_id, "0")
        counts[prefix] = counts.get(prefix, 0) + 1
        if wanted is None or line.pk in wanted:
            chain = _chain(passages, line.passage_id)
            ledger.lines.append(
                Numbered(
                    number=f"{prefix}-{counts[prefix]:02d}",
                    line=line,
                    part=chain[0] if chain else None,
                    section=chain[-1] if len(chain) > 1 else None,
                )
            )
    return ledger


def _chain(passages: dict[int, Passage], pk: int | None) -> list[Passage]:
    """A passage and those above it, outermost first."""
    chain: list[Passage] = []
    while pk is not None:
        chain.insert(0, passages[pk])
        pk = passages[pk].parent_id
    return chain


def _prefixes(passages: dict[int, Passage]) -> dict[int | None, str]:
    """ "2.1" for the first section of the second part: counted, so that any style of marker numbers well."""
    counts: dict[int | None, int] = {}
    prefixes: dict[int | None, str] = {}
    for passage in sorted(passages.values(), key=lambda passage: passage.start):
        counts[passage.parent_id] = counts.get(passage.parent_id, 0) + 1
        above = prefixes.get(passage.parent_id)
        prefixes[passage.pk] = (
            f"{above}.{counts[passage.parent_id]}" if above else str(counts[passage.parent_id])
        )
    return prefixes


def _shown(line: Commitment, role: str) -> list[Assignment]:
    """Accepted units; while there are none, the suggestions."""
    units = [unit for unit in line.assignments.all() if unit.role == role]
    return [unit for unit in units if unit.accepted] or units
