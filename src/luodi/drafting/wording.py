"""A known figure in a clause of the genre, in words that the reader reads back as the same figure. Pure.

Whoever drafts a report has to be able to check it: a clause that is read differently is not written.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luodi.drafting.figures import Known, Verdict, check, figures_of, in_words, rounded
from luodi.measures.judging import Standing

TAILS = {
    Standing.MET: "，完成年度目标",
    Standing.SHORT: "，没有完成年度目标",
    Standing.STRETCH_SHORT: "，没有达到力争目标",
}
_AMOUNT = ("{name}{figure}", "{name}达到{figure}", "{name}累计{figure}", "{name}为{figure}")
_GROWTH = ("{name}增长{figure}", "{name}同比增长{figure}", "{name}增幅为{figure}")
_FALL = ("{name}下降{figure}", "{name}同比下降{figure}", "{name}降幅为{figure}")


def clause_of(known: Known) -> str | None:
    """A clause that says the figure; None where none would be read back."""
    return next((clause for clause in _worded(known) if reads_back(f"{clause}。", [known])), None)


def _worded(known: Known) -> Iterator[str]:
    value = rounded(known.value, 2)
    forms: tuple[str, ...] = ((known.verb + _AMOUNT[0]), *_AMOUNT) if known.verb else _AMOUNT
    if known.is_growth:
        forms, value = (_FALL, -value) if value < 0 else (_GROWTH, value)
    elif known.unit in {"%", "％"}:
        forms = (*_AMOUNT[1:], _AMOUNT[0])
    name = known.indicator if known.place in known.indicator else f"{known.place}{known.indicator}"
    for form in forms:
        yield form.format(name=name, figure=in_words(Decimal(value), known.unit))


def reads_back(text: str, known: list[Known]) -> bool:
    """The text says these figures, each of them, and no other."""
    said = figures_of(text, places=tuple({each.place for each in known if each.place}))
    found = list(check(said, known))
    return all(each.verdict == Verdict.AGREES for each in found) and len(found) == len(known)
