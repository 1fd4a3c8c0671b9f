"""The lines in force on a day (ruleset `projects.lines`), asked once and handed to the pure rules."""

from __future__ import annotations

from datetime import date

from luodi.kernel.action import Refused
from luodi.kernel.rulesets import NoRuleset, Ruleset, ruleset

KEY = "projects.lines"


def lines_on(day: date) -> Ruleset:
    """Raises Refused with a sentence where the city has none for that day."""
    try:
        return ruleset(KEY, on=day)
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing
