"""A trial over very many members: which grades would change into which, asked of the columnar copy in one question."""

from __future__ import annotations

from datetime import date

from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Scheme
from luodi.assessment.schemes.wide import NotWide, question
from luodi.engines.columns import Columns
from luodi.kernel.action import Refused


def transitions(kind: SchemeKind, period: date, old: Scheme, new: Scheme) -> list[tuple[str, str, int]]:
    """Grade under the old scheme, grade under the new one, how many; without marks, which are noted by hand.

    Raises Refused for a scheme that can only be computed one by one.
    """
    assert kind.wide is not None
    try:
        before, after = (question(each, kind.wide(period, each)) for each in (old, new))
    except NotWide as unfit:
        raise Refused(str(unfit)) from unfit
    ask = f"SELECT a.grade, b.grade, count(*) FROM ({before}) a JOIN ({after}) b USING (key) GROUP BY ALL ORDER BY ALL"
    with Columns() as copy:
        copy.refresh(kind.wide_labels)
        return copy.store.execute(ask).fetchall()
