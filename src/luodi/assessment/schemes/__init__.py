"""One engine for any scheme of assessment 考核: values in, scores with their arithmetic out. Pure, exact, no Django."""

from luodi.assessment.schemes.scheme import (
    Adjustment,
    Band,
    Entry,
    Event,
    Given,
    Grade,
    Indicator,
    Item,
    Scheme,
    Scored,
    Veto,
    faults,
    scheme_of,
)
from luodi.assessment.schemes.scoring import score

__all__ = [
    "Adjustment",
    "Band",
    "Entry",
    "Event",
    "Given",
    "Grade",
    "Indicator",
    "Item",
    "Scheme",
    "Scored",
    "Veto",
    "faults",
    "scheme_of",
    "score",
]
