"""The only writer of publications. Applications are written by the engine of cases."""

from __future__ import annotations

from typing import Any

from luodi.kernel.action import Refused, action
from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import ClockError, YearWithoutCalendar
from luodi.kernel.models import Person, Role
from luodi.kernel.permission import is_supervision
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.scenarios.disclosure import rules
from luodi.scenarios.disclosure.models import Publication
from luodi.workbench.desk import changed


def publishes(person: Any, row: Publication | None = None) -> bool:
    """A liaison of the unit that publishes; the supervision office for all."""
    units = {post.unit_id for post in person.current_posts if post.role == Role.LIAISON}
    return is_supervision(person) or (
        bool(units) if row is None or row.unit_id is None else row.unit_id in units
    )


@action("disclosure.keep_publication", may=publishes)
def keep_publication(by: Person, row: Publication, values: dict[str, Any]) -> Publication:
    """Keep a publication; the day it is due follows from the day it was made. Without that year's calendar it stays open."""
    row = changed(row, values)
    if not publishes(by, row):
        raise Refused("只能登记本单位公开的信息。")
    if row.published_on and row.published_on < row.formed_on:
        raise Refused(f"公开日期 {row.published_on} 早于形成日期 {row.formed_on}。")
    try:
        limit = rules.limit_of(ruleset(rules.PUBLISHING, on=row.formed_on).values)
        row.due_on = rules.publish_by(row.formed_on, limit, clock_in_force(on=row.formed_on))
    except (NoRuleset, ClockError, YearWithoutCalendar):
        row.due_on = None
    row.save(update_fields=["due_on"])
    return row
