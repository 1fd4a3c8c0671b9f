"""Parameters that a document sets, asked for by key and day.

    lights = ruleset("dispatch.lights", on=cutoff, division=county)
    lights["yellow"]           # Decimal("10")
    result.ruleset = lights.id # every stored result names the version it used

Asking with a past day answers what held then; `ruleset_by_id` answers exactly what a stored result used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.kernel.models import Division, RulesetVersion
from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.declaration import Declared
from luodi.kernel.rulesets.shape import values_of

UNVERIFIED = "未核实"

__all__ = ["UNVERIFIED", "NoRuleset", "Ruleset", "ruleset", "ruleset_by_id"]


class NoRuleset(LookupError):
    """No version is in force; the message is a sentence for the person who waits for the result."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The parameters in force. `id` is the version that a stored result names."""

    id: int
    key: str
    title: str
    scope: str
    document: str
    source: str
    verified: bool
    valid_from: date
    valid_until: date | None
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def called(self) -> str:
        """How a page names it: the title with its document, and whether anybody checked it against that document."""
        return f"{self.title}（{self.document}）" + ("" if self.verified else f"［{UNVERIFIED}］")


def ruleset(key: str, *, on: date, division: Division | None = None) -> Ruleset:
    """The version in force on a day. A division's own goes before that of a division above it, that before the general.

    Of several that hold, the one in force latest counts, and of those of one day the one approved last.
    Raises NoRuleset.
    """
    about = _declared(key)
    above = _divisions_above(division)
    in_force = (
        RulesetVersion.objects.on(on)
        .filter(key=key, state=RulesetVersion.State.APPROVED)
        .select_related("division")
    )
    nearness = {pk: near for near, pk in enumerate([None, *reversed(above)])}
    fitting = [version for version in in_force if version.division_id in nearness]
    if not fitting:
        where = f"{division}" if division else "本地区"
        raise NoRuleset(f"{where}在 {on} 没有已施行的“{about.title}”，请先在“规则参数”中录入并批准。")
    best = max(fitting, key=lambda version: (nearness[version.division_id], version.valid_from, version.pk))
    return _value(about, best)


def ruleset_by_id(pk: int) -> Ruleset:
    """The very version that a stored result names, whatever has been approved since."""
    version = RulesetVersion.objects.select_related("division").get(pk=pk)
    return _value(_declared(version.key), version)


def _value(about: Declared, version: RulesetVersion) -> Ruleset:
    return Ruleset(
        id=version.pk,
        key=version.key,
        title=about.title,
        scope=version.scope,
        document=version.document,
        source=version.source,
        verified=version.verified,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        values=values_of(about.shape, version.content),
    )


def _declared(key: str) -> Declared:
    try:
        return declaration.declared()[key]
    except KeyError:
        raise NoRuleset(f"没有“{key}”这组规则参数。") from None


def _divisions_above(division: Division | None) -> list[int]:
    """The division and those above it, nearest first."""
    chain = []
    while division is not None:
        chain.append(division.pk)
        division = division.parent
    return chain
