"""A new case from a form, at the desk or from outside: words, place by the phone's own position, photos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from luodi.kernel import evidence
from luodi.kernel.models import Person
from luodi.shapes.cases import actions
from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.cases.permission import the_public
from luodi.shapes.cases.record import CALLED
from luodi.workbench.kinds import Choice, DivisionLink, Kind, Link, Text, kind_of

MOST_PHOTOS = 6


def asked_for(request: HttpRequest, kind: CaseKind, *, at_desk: bool = False) -> Form:
    """The form as it was sent; on a first visit, with what the address fills in (?item=…): a guide leads to a filled form.

    Who brings it is never taken from an address: those are kept in logs.
    """
    if request.method == "POST":
        return Form(kind, request.POST, request.FILES, at_desk=at_desk)
    filled = {name: value for name, value in request.GET.items() if not name.startswith("reporter_")}
    return Form(kind, filled, request.FILES, at_desk=at_desk)


class Form:
    """The fields that a kind asks for, what was typed, and what is wrong with it. A link is typed by its exact code or name."""

    def __init__(self, kind: CaseKind, typed: Any, files: Any, *, at_desk: bool = False) -> None:
        self.kind, self.typed, self.files, self.at_desk = kind, typed, files, at_desk
        self.errors: dict[str, str] = {}
        self.refusal = ""
        self.values: dict[str, Any] = {}

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors or self.refusal)

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name, "title": self._title(name), "control": kind.control, "options": kind.options,
                "is_needed": name in self.kind.needs, "value": self.typed.get(name, ""), "error": self.errors.get(name, ""), "is_exact": isinstance(kind, Typed),
            }
            for name, kind in self._kinds().items()
        ]  # fmt: skip

    def is_read(self) -> bool:
        """Read every field; False when one is wrong. Blank ones are left out."""
        for name, kind in {**self._kinds(), "lon": Text(), "lat": Text()}.items():
            cell = str(self.typed.get(name, "")).strip()
            try:
                value = float(cell) if name in {"lon", "lat"} and cell else kind.reader()(cell)
            except ValueError as error:
                self.errors[name] = f"{error}。"
                continue
            if value not in (None, ""):
                self.values[name] = value
            elif name in self.kind.needs:
                self.errors[name] = "请填写。"
        if len(self.files.getlist("photo") if self.files else []) > MOST_PHOTOS:
            self.errors["photo"] = f"最多 {MOST_PHOTOS} 张照片。"
        return not self.errors

    def bring(self, by: Person | None) -> Any:
        """The new case with its photos, all or nothing. Raises Refused."""
        with transaction.atomic():
            outside = {} if self.at_desk else {"channel": self.kind.public_channel}
            case = actions.bring(by, self.kind, self.values | outside)
            for photo in self.files.getlist("photo") if self.files else ():
                evidence.attach(by or the_public(), case, photo.name, photo.read(), "来件照片")
        return case

    def _kinds(self) -> dict[str, Kind]:
        own = {
            name: _exact(self._kind(name))
            for name in (
                *self.kind.needs,
                *self.kind.offers,
                *(self.kind.desk_offers if self.at_desk else ()),
            )
            if name not in {"title", "body", "category"}
        }
        return {
            "category": Choice(choices=self.kind.categories),
            **own,
            "title": Text(),
            "body": Text(long=True),
            "address": Text(),
            "division": _exact(DivisionLink()),
            "reporter_name": Text(),
            "reporter_phone": Text(),
        }

    def _kind(self, name: str) -> Kind:
        if name == "channel":
            return Choice(choices=self.kind.channels)
        return (
            self.kind.asks[name][1]
            if name in self.kind.asks
            else kind_of(self.kind.model._meta.get_field(name))
        )

    def _title(self, name: str) -> str:
        return str(self.kind.model._meta.get_field(name).verbose_name)


def split_fields(kind: CaseKind) -> list[dict[str, Any]]:
    """What a part that is split off asks for; the rest it takes from its case."""
    title = kind.model._meta.get_field
    return [
        {
            "name": name,
            "title": str(title(name).verbose_name),
            "control": control,
            "options": options,
            "is_needed": True,
        }
        for name, control, options in (
            ("title", "text", []),
            ("body", "area", []),
            ("category", "select", kind.categories),
        )
    ] + [{"name": "reason", "title": CALLED["reason"], "control": "text", "is_needed": True}]


def _exact(kind: Kind) -> Kind:
    """A link is typed, not chosen from a list: outsiders never see the register."""
    return Typed(link=kind) if isinstance(kind, Link) else kind


@dataclass(frozen=True, slots=True)
class Typed(Kind):
    """A link that asks for one row by what a person types: its whole name or its code."""

    link: Link = None  # type: ignore[assignment]

    def read(self, cell: str) -> Any:
        fields = {name: self.link.model._meta.get_field(name) for name in self.link.by}
        for name in (name for name, field in fields.items() if field.get_internal_type() == "CharField"):
            found = list(self.link.offered().filter(**{name: cell})[:2])
            if len(found) == 1:
                return found[0]
        raise ValueError(f"名录里没有“{cell}”，请写全称或代码")
