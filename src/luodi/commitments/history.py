"""Changes to lines, kept with the lines as they were before and after, so that any change can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from luodi.commitments.models import Assignment, Commitment, Document, Edit, EditedLine, NamedProject, Target
from luodi.kernel.action import Refused
from luodi.kernel.models import Person

PARTS: tuple[type[Model], ...] = (Target, NamedProject, Assignment)

Line = dict[str, Any]


@contextmanager
def edit(
    document: Document, by: Person, what: str, lines: Iterable[Commitment]
) -> Iterator[list[Commitment]]:
    """Record what happens to `lines` inside the block; lines made there are appended to the yielded list.

    A block that changes nothing leaves no record, so the same edit delivered twice is one edit.
    """
    touched = list(lines)
    before = snapshot(line.pk for line in touched)
    yield touched
    after = snapshot(line.pk for line in touched)
    if before != after:
        entry = Edit.objects.create(document=document, by=by, what=what[:200], before=before, after=after)
        EditedLine.objects.bulk_create(
            EditedLine(edit=entry, line=pk) for pk in sorted({line["id"] for line in (*before, *after)})
        )


def undo(entry: Edit) -> None:
    """Put the lines back as they were. Raises Refused when a later change stands on this one."""
    if entry.undone:
        raise Refused("这次修改已经撤销过了。")
    lines = list(entry.touched.values_list("line", flat=True))
    later = (
        Edit.objects.filter(pk__gt=entry.pk, undone=False, touched__line__in=lines)
        .select_related("by")
        .first()
    )
    if later:
        raise Refused(f"之后还有修改（{later.by}：{later.what}），请先撤销那一次。")
    kept = [line["id"] for line in entry.before]
    Commitment.objects.filter(pk__in=set(lines) - set(kept)).delete()
    for part in PARTS:
        part._default_manager.filter(commitment_id__in=kept).delete()
    restore(entry.before)
    entry.undone = True
    entry.save(update_fields=["undone"])


def snapshot(ids: Iterable[int | None]) -> list[Line]:
    """The lines with these ids and all their parts, as JSON values."""
    wanted = [pk for pk in ids if pk is not None]
    lines: dict[int, Line] = {
        row["id"]: row for row in Commitment.objects.filter(pk__in=wanted).order_by("pk").values()
    }
    for line in lines.values():
        line.update({part._meta.model_name: [] for part in PARTS})
    for part in PARTS:
        for row in part._default_manager.filter(commitment_id__in=lines).order_by("pk").values():
            lines[row["commitment_id"]][part._meta.model_name].append(row)
    return json.loads(json.dumps(list(lines.values()), cls=DjangoJSONEncoder))


def restore(lines: list[Line]) -> None:
    names = {part._meta.model_name for part in PARTS}
    Commitment.objects.bulk_create(
        (
            Commitment(
                **{key: _value(Commitment, key, value) for key, value in line.items() if key not in names}
            )
            for line in lines
        ),
        # in place, so that what points to a line (the line of the next year, other sources) still does
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[field.name for field in Commitment._meta.concrete_fields if not field.primary_key],
    )
    for part in PARTS:
        part._default_manager.bulk_create(
            part(**{key: _value(part, key, value) for key, value in row.items()})
            for line in lines
            for row in line[part._meta.model_name]
        )


def _value(model: type[Model], attname: str, value: Any) -> Any:
    """A JSON value as the field's own Python value (dates and decimals travel as strings)."""
    field = next(field for field in model._meta.concrete_fields if field.attname == attname)
    return value if field.is_relation or field.get_internal_type() == "JSONField" else field.to_python(value)
