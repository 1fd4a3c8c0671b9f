"""The only writers of targets, signings, pilots, their investment and honours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Run
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison, is_supervision
from luodi.scenarios.county_performance.models import Honour, Signing, Town, TownInvestment, YearTarget
from luodi.scenarios.county_performance.scenario import SCENARIO
from luodi.workbench.desk import changed

YEARLY, QUARTERLY = "county_yearly", "county_quarterly"
WATCH, AWARDS = "county_performance.watch", "county_performance.awards"


def organises(person: Any, _subject: Any = None) -> bool:
    return is_supervision(person) or (
        is_liaison(person) and any(post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts)
    )


def signs(person: Any, signing: Any = None) -> bool:
    """Liaisons of the unit that answers for the indicator."""
    return is_liaison(person) and getattr(signing, "unit_id", None) in person.unit_ids


def builds(person: Any, thing: Any = None) -> bool:
    """Liaisons of the county, and those who organise."""
    town = getattr(thing, "town", thing) if getattr(thing, "town_id", 1) else None
    division = getattr(town, "division_id", None)
    own = {post.unit.division_id for post in person.current_posts}
    return organises(person) or (is_liaison(person) and (division is None or division in own))


@action("county_performance.keep_target", may=organises)
def keep_target(by: Person, target: YearTarget, values: dict[str, Any]) -> YearTarget:
    """A county's own target; it must name an indicator of the scheme, whose title it takes."""
    key, year = values.get("indicator", target.indicator), values.get("year", target.year)
    known = {
        each.key: each
        for each in scheme_kind(YEARLY).scheme(date(year or timezone.localdate().year, 1, 1)).indicators
    }
    if key not in known:
        raise Refused("考核办法里没有代号为“{key}”的指标；可用：{names}。", key=key, names="、".join(known))
    if Run.objects.filter(code=YEARLY, period__year=year, state__in=("final", "published")).exists():
        raise Refused("{year}年已经定案，目标不能再改。", year=year)
    return changed(
        target, {**values, "title": known[key].title, "unit": values.get("unit") or known[key].unit}
    )


@action("county_performance.keep_signing", may=organises)
def keep_signing(by: Person, signing: Signing, values: dict[str, Any]) -> Signing:
    """Which unit answers for an indicator of a year."""
    return changed(signing, values)


@action("county_performance.sign", may=signs)
def sign(by: Person, signing: Signing) -> Signing:
    """The unit has looked at all counties' figures: from here on the indicator may be scored."""
    if signing.signed_at:
        raise Refused("“{title}”已经签认。", title=signing.title)
    return changed(signing, {"by": by, "signed_at": timezone.now()})


@action("county_performance.keep_town", may=organises)
def keep_town(by: Person, town: Town, values: dict[str, Any]) -> Town:
    return changed(town, values)


@action("county_performance.keep_investment", may=builds)
def keep_investment(by: Person, row: TownInvestment, values: dict[str, Any]) -> TownInvestment:
    return changed(row, values)


@action("county_performance.keep_honour", may=organises)
def keep_honour(by: Person, honour: Honour, values: dict[str, Any]) -> Honour:
    return changed(honour, values)
