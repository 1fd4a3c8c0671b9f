"""Everything that happened to a line, newest first, in one query over all its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from luodi.commitments.models import Commitment, Edit, Rating
from luodi.kernel import evidence


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` says which template line shows it, `extra` what that kind needs besides."""

    at: datetime
    kind: str
    pk: int
    who: str
    what: str
    note: str
    extra: str

    @property
    def extras(self) -> list[str]:
        return self.extra.split("|")


def timeline(line: Commitment) -> list[Event]:
    """Steps, evidence, checks, other sources, changes, later lines; reports and applications are pages of their own."""
    changes = Edit.objects.filter(touched__line=line.pk)
    later = Commitment.objects.filter(Q(earlier=line) | Q(same_as=line))
    rows = _rows("step", line.steps.all(), "by__name", "new", "note", "step").union(
        _rows("evidence", evidence.of(line), "by__name", "title", "file__name", "is_public"),
        _rows("check", line.checks.all(), "by__name", "findings", "place", "kind", "holds"),
        _rows(
            "source",
            line.sources.all(),
            "by__name",
            "title",
            "quote",
            "kind",
            "reference",
            at="commitment__document__created_at",
        ),
        _rows("edit", changes, "by__name", "what", "", "undone"),
        _rows("later", later, "", "text", "document__title", "state", at="document__created_at"),
        _rows("rating", line.ratings.filter(state=Rating.State.SHOWN), "", "words", "", "stars"),
        all=True,
    )
    return [Event(*row) for row in rows.order_by("-at_", "-pk_")]


def _rows(
    kind: str, rows: QuerySet[Any], who: str, what: str, note: str, *extra: str, at: str = "at"
) -> QuerySet[Any]:
    """One table in the common columns; texts are cast, since PostgreSQL joins only what has one type."""

    def text(name: str) -> Any:
        return (
            Coalesce(Cast(F(name), TextField()), Value(""), output_field=TextField())
            if name
            else Value("", TextField())
        )

    parts: list[Any] = []
    for name in extra:
        parts += [Value("|", TextField()), text(name)] if parts else [text(name)]
    joined = Concat(*parts, output_field=TextField()) if len(parts) > 1 else parts[0]
    return (
        rows.order_by()
        .annotate(
            at_=F(at), kind_=Value(kind, CharField()), pk_=F("pk"), who_=text(who), what_=text(what), note_=text(note),
            extra_=joined,
        )
        .values_list("at_", "kind_", "pk_", "who_", "what_", "note_", "extra_")
    )  # fmt: skip
