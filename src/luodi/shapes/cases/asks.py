"""What moves ask a person for: the kind of each value, and how it is read from a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.cases.machine import Effect, Move
from luodi.shapes.cases.record import CALLED
from luodi.workbench.kinds import Choice, Day, Kind, Text, UnitLink, Whole, YesNo

CHANNELS = (("phone", "电话"), ("visit", "上门"), ("online", "网上"), ("sms", "短信"))
SCORES = (("5", "5 非常满意"), ("4", "4 满意"), ("3", "3 基本满意"), ("2", "2 不满意"), ("1", "1 非常不满意"))

ASKS: Mapping[str, Kind] = {
    "reason": Text(long=True),
    "basis": Text(),
    "lead": UnitLink(),
    "outcome": Choice(),
    "reply": Text(long=True),
    "words": Text(long=True),
    "channel": Choice(choices=CHANNELS),
    "reached": YesNo(),
    "resolved": YesNo(),
    "score": Choice(choices=SCORES),
    "length": Whole(),
    "into": Text(),
    "grade": Choice(choices=(("1", "一级"), ("2", "二级"), ("3", "三级"))),
    "review_on": Day(),
    "condition": Text(long=True),
    "served_on": Day(),
}
_NUMBERS = {"score", "grade", "length"}


def kind_of_value(kind: CaseKind, name: str) -> Kind:
    """KeyError for a value that neither the engine nor the system knows."""
    own = {
        "outcome": Choice(choices=kind.outcomes),
        "level": Choice(choices=kind.levels),
        "category": Choice(choices=kind.categories),
    }
    if name in kind.asks:
        return kind.asks[name][1]
    return own[name] if name in own else ASKS[name]


def called(kind: CaseKind, name: str) -> str:
    return kind.asks[name][0] if name in kind.asks else CALLED[name]


def read(kind: CaseKind, move: Move, typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a move's form, and what is wrong in it by name. Supporting units are separated by 、."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in move.fields:
        cell = typed.get(name, "").strip()
        try:
            if name == "co":
                read_unit = UnitLink().reader()
                values[name] = [
                    read_unit(part) for part in cell.replace("，", "、").split("、") if part.strip()
                ]
            else:
                value = kind_of_value(kind, name).reader()(cell)
                values[name] = int(value) if name in _NUMBERS and value is not None else value
        except ValueError as error:
            errors[name] = f"{error}。"
        else:
            if name in move.needs and values[name] in (None, "", []):
                errors[name] = "请填写。"
    return {name: value for name, value in values.items() if value not in (None, "", [])}, errors


def form_of(
    kind: CaseKind, move: Move, given: Any, errors: Mapping[str, str], pauses: Sequence[str] = ()
) -> dict[str, Any]:
    """A move as a form: its fields with what was typed and what is wrong. `pauses` are the rule's reasons to stop."""
    fields = []
    for name in move.fields:
        shown = UnitLink() if name == "co" else kind_of_value(kind, name)
        if name == "reason" and move.effect is Effect.PAUSE and pauses:
            shown = Choice(choices=tuple((each, each) for each in pauses))
        fields.append(
            {
                "name": name, "title": called(kind, name), "control": "units" if name == "co" else shown.control, "is_needed": name in move.needs,
                "options": shown.options, "value": given.get(name, ""), "error": errors.get(name, ""),
            }
        )  # fmt: skip
    return {"move": move, "fields": fields, "refusal": errors.get("", "")}


def said(kind: CaseKind, name: str, value: Any, units: Mapping[str, str]) -> str:
    """A value of the history in words; `units` gives the names of units by key."""
    if name in {"lead", "co"}:
        keys = value if isinstance(value, list) else [value]
        return "、".join(units.get(key, key) for key in keys)
    if name in kind.asks or name in ASKS or name in {"level", "category"}:
        try:
            shown = kind_of_value(kind, name)
        except KeyError:
            return str(value)
        return shown.show(str(value) if name in _NUMBERS and isinstance(shown, Choice) else value)
    return str(value)
