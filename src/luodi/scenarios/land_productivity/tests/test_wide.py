"""The columnar question gives every firm of the demonstration what the engine gives it one by one."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.assessment.kinds import scheme_kind
from luodi.assessment.schemes import score
from luodi.assessment.schemes.wide import question
from luodi.engines.columns import Columns
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.land_productivity import demo
from luodi.scenarios.land_productivity.models import YearRecord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["land_large", "land_small"])
def test_the_same_to_the_bit(city, code):
    load_seeds()
    demo.load()
    kind, period = scheme_kind(code), date(2025, 1, 1)
    scheme = kind.scheme(period)
    with Columns() as copy:
        copy.refresh(kind.wide_labels)
        found = copy.store.execute(question(scheme, kind.wide(period, scheme))).fetchall()
    keys = dict(YearRecord.objects.values_list("enterprise", "enterprise__uscc"))
    width = len(scheme.indicators)
    wide = {keys[row[0]]: (*row[2 : 2 + width], *row[2 + width :]) for row in found}
    single = {
        each.entry.key: (
            *(int(item.points.scaleb(4)) for item in each.items), int(each.score.scaleb(2)), each.rank, each.of, each.grade,
        )
        for each in score(scheme, kind.gather(period, scheme))
    }  # fmt: skip
    assert wide == single and len(wide) > 50
