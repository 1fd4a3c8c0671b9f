"""The lines in force on a day (ruleset `projects.lines`), asked once and handed to the pure rules."""

from __future__ import annotations

from datetime import date

from luodi.kernel.action import Refused
from luodi.kernel.rulesets import NoRuleset, Ruleset, ruleset

KEY, VALIDITY = "projects.lines", "projects.validity"


def lines_on(day: date) -> Ruleset:
    """Raises Refused with a sentence where the city has none for that day."""
    try:
        return ruleset(KEY, on=day)
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing


def months_valid(kind: str, day: date) -> int | None:
    """For how many months a paper of this kind holds that was issued on a day; None where nothing is known."""
    try:
        rows = ruleset(VALIDITY, on=day)["papers"]
    except NoRuleset:
        return None
    return next((row["months"] for row in rows if row["kind"] == kind), None)
