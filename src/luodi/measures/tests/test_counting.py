"""Counting the nodes that county governments promised: rolled up, cumulated, explained, and restated when facts change."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from luodi.commitments.models import Commitment, Document, Node
from luodi.engines import engine
from luodi.kernel.models import Division, StoredFile
from luodi.measures import actions
from luodi.measures.counting import counted, formula, window
from luodi.measures.declare import Measure, Tally
from luodi.measures.models import Value

pytestmark = pytest.mark.django_db

HOME = "commitment__document__division"
DUE = Tally("commitments.Node", dated="due_on", division=HOME, says="到期")
REACHED = Tally(
    "commitments.Node", dated="due_on", division=HOME, says="按期达到",
    where=lambda row: (row.reached_on.notnull(), row.reached_on <= row.due_on),
)  # fmt: skip
IN_TIME = Measure("nodes_in_time", "节点按期达到率", "%", REACHED, DUE, times=100)
COUNT = Measure("nodes_reached", "达到的节点", "个", REACHED)
JUNE = date(2026, 6, 15)


@pytest.fixture
def nodes(city):
    """Two counties; 松陂 is late once, 澄岚 has nothing before April."""
    by = city["ducha"]
    for code, days in (
        ("990121", [(date(2026, 2, 20), date(2026, 2, 18)), (date(2026, 5, 31), date(2026, 6, 2))]),
        ("990102", [(date(2026, 4, 30), date(2026, 4, 30)), (date(2026, 6, 30), None)]),
    ):
        file = StoredFile.objects.create(sha256=code.ljust(64, "0"), name="a.txt", size=1, by=by)
        document = Document.objects.create(
            title=code, division=Division.objects.get(code=code), file=file, by=by, text="开工"
        )
        line = Commitment.objects.create(
            document=document, start=0, end=2, source="开工", text="开工", kind="action"
        )
        for due, reached in days:
            Node.objects.create(commitment=line, due_on=due, reached_on=reached, shows="主体封顶", by=by)
    return by


def numbers(measure, until=JUNE, name="database"):
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    codes = dict(Division.objects.values_list("pk", "code"))
    with engine(name) as counting:
        return {(codes[n.division], n.period.month): n for n in counted(measure, counting, parents, until)}


def test_a_county_counts_for_itself_and_for_its_city(nodes):
    found = {key: int(each.value) for key, each in numbers(COUNT).items()}
    assert [found["990121", month] for month in (2, 3, 4, 5, 6)] == [1, 1, 1, 1, 1]
    assert [found["990102", month] for month in (2, 3, 4, 5, 6)] == [0, 0, 1, 1, 1]
    assert [found["990100", month] for month in (2, 3, 4, 5, 6)] == [1, 1, 2, 2, 2]
    assert ("990100", 1) not in found  # before the first record nothing is known


def test_a_zero_denominator_gives_no_number_but_a_reason(nodes):
    march = numbers(IN_TIME)["990102", 3]
    assert (march.value, march.denominator) == (None, 0)
    assert march.why_null == "分母为 0：2026-03 止没有“季度节点 件数[到期]”的记录，无法计算。"
    may = numbers(IN_TIME)["990121", 5]
    assert (may.numerator, may.denominator, may.value, may.records) == (1, 2, Decimal("50.00"), 3)


def test_spans(nodes):
    from dataclasses import replace

    own = numbers(replace(COUNT, span="period"))
    assert [int(own["990100", month].value) for month in (2, 3, 4)] == [1, 0, 1]
    quarters = numbers(replace(COUNT, period="quarter"))
    assert {month for _, month in quarters} == {1, 4}
    assert int(quarters["990100", 4].value) == 2
    stock = numbers(replace(COUNT, span="ever"), until=date(2027, 1, 5))
    assert int(stock["990100", 1].value) == 2  # January of the next year, all so far


def test_every_engine_counts_the_same(nodes):
    assert numbers(IN_TIME, name="columns") == numbers(IN_TIME)


def test_numbers_are_kept_with_what_they_came_from(nodes, city):
    by = city["tongji"]
    series = actions.series_of(by, IN_TIME)
    with engine() as counting:
        first = actions.count(by, series, IN_TIME, counting, JUNE)
        again = actions.count(by, series, IN_TIME, counting, JUNE)
    assert first.new == 15
    assert (again.new, again.restated, again.unchanged) == (0, 0, 15)
    may = Value.objects.get(series=series, division__code="990121", period=date(2026, 5, 1))
    assert may.lineage["formula"] == "季度节点 件数[按期达到] ÷ 季度节点 件数[到期] × 100（年初累计）"
    assert may.lineage["tables"] == ["commitments.Node", "commitments.Commitment", "commitments.Document"]
    assert may.lineage["records"] == 3
    assert may.status == Value.Status.FINAL
    assert (
        Value.objects.get(division__code="990100", period=date(2026, 6, 1)).status == Value.Status.PROVISIONAL
    )


def test_a_fact_corrected_later_restates_the_number_and_keeps_the_old_one(nodes, city):
    by = city["tongji"]
    series = actions.series_of(by, IN_TIME)
    with engine() as counting:
        actions.count(by, series, IN_TIME, counting, JUNE)
        Node.objects.filter(due_on=date(2026, 5, 31)).update(reached_on=date(2026, 5, 30))
        written = actions.count(by, series, IN_TIME, counting, JUNE)
    assert written.restated == 4  # 松陂 and the city, May and June
    history = Value.objects.filter(series=series, division__code="990121", period=date(2026, 5, 1))
    assert [(each.revision, each.is_current, int(each.value)) for each in history] == [
        (2, True, 100),
        (1, False, 50),
    ]


def test_a_liaison_does_not_set_numbers(nodes, city):
    with pytest.raises(PermissionDenied):
        actions.series_of(city["fagai"], COUNT)


def test_formula_and_window_say_which_records_count():
    assert formula(COUNT) == "季度节点 件数[按期达到]（年初累计）"
    assert window("year", "month", date(2026, 5, 1)) == (date(2026, 1, 1), date(2026, 5, 31))
    assert window("period", "quarter", date(2026, 4, 1)) == (date(2026, 4, 1), date(2026, 6, 30))
    assert window("ever", "month", date(2026, 5, 1)) == (None, date(2026, 5, 31))
