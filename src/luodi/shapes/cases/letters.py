"""Papers that a case gives out 文书, as Word documents in the layout of official papers."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused
from luodi.kernel.models import Unit
from luodi.kernel.rulesets import ruleset_by_id
from luodi.reading.forms import paper
from luodi.reading.forms.wording import TODO
from luodi.shapes.cases.asks import said
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Record

_FIELD = re.compile(r"\{([a-z_]+)\}")


def letters_of(kind: CaseKind, record: Record) -> list[Letter]:
    """The papers that this history gives cause for."""
    return [letter for letter in kind.letters if any(record.made(*letter.after))]


def letter(kind: CaseKind, case: Any, record: Record, name: str, at: datetime) -> bytes:
    """The paper as .docx. What nobody knows yet stands in it as 待补, marked. Raises Refused for one without cause."""
    wanted = next((each for each in letters_of(kind, record) if each.name == name), None)
    if wanted is None:
        raise Refused("这件还没有办到出这份文书的一步。")
    fields = fields_of(kind, case, record, at) | _values_of(kind, record, wanted)
    lines = [_FIELD.sub(lambda found: fields[found[1]] or TODO, line) for line in wanted.lines]
    body = [paper.paragraph("Title", paper.words(wanted.title))]
    body += [
        paper.paragraph("Normal" if place == 0 else "Task", paper.words(line))
        for place, line in enumerate(lines)
    ]
    return paper.document(wanted.title, body, paper.UPRIGHT, created=at)


def _values_of(kind: CaseKind, record: Record, wanted: Letter) -> dict[str, str]:
    """What was given in the very step that the paper is about: a later answer does not change an earlier paper."""
    step = record.last(*wanted.after)
    units = dict(Unit.objects.values_list("key", "name"))
    return {name: said(kind, name, value, units) for name, value in step.filled.items()} if step else {}


def fields_of(kind: CaseKind, case: Any, record: Record, at: datetime) -> defaultdict[str, str]:
    """What a letter's braces stand for: columns of the case, and the newest values of its moves; "" for unknown."""
    units = dict(Unit.objects.values_list("key", "name"))
    fields: defaultdict[str, str] = defaultdict(str)
    for event in record.events:
        for name, value in event.filled.items():
            fields[name] = said(kind, name, value, units)
    fields |= {
        "number": case.number,
        "title": case.title,
        "body": case.body,
        "home": case.home.name,
        "lead": case.lead.name if case.lead else "",
        "received_on": _day(case.received_on),
        "due_on": _day(case.due_on),
        "today": _day(timezone.localtime(at).date()),
        "level": dict(kind.levels).get(case.level, ""),
        "category": dict(kind.categories).get(case.category, ""),
        "outcome": dict(kind.outcomes).get(case.outcome, ""),
        "ruleset": ruleset_by_id(case.ruleset_id).called if case.ruleset_id else "",
        "firm": str(getattr(case, "firm", None) or ""),
        "reporter": case.reporter_name,
    }
    return fields


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
