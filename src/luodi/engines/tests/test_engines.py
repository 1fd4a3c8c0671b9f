"""One body of tests for every engine: the same question has the same answer, to the bit, wherever it is counted."""

import importlib.util
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import ibis
import pytest
from django.apps import apps

from luodi.engines import engine
from luodi.engines.columns import Columns
from luodi.engines.exact import day, scaled, total, unscaled
from luodi.engines.tables import column_at, columns_of, joined, table_of
from luodi.kernel.models import Division
from luodi.measures.models import Series, Value

pytestmark = pytest.mark.django_db

HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
ENGINES = [
    "database",
    "columns",
    pytest.param(
        "spark", marks=pytest.mark.skipif(not HAS_SPARK, reason="needs the extra [cluster] and Java")
    ),
]
LABELS = ["measures.Value", "measures.Series", "kernel.Division"]


@pytest.fixture
def months(city):
    """Two counties report ten fen a thousand times: a sum that binary fractions get wrong."""
    series = Series.objects.create(key="invested", title="完成投资", unit="万元", origin="published")
    counties = Division.objects.filter(code__in=["990102", "990121"]).order_by("code")
    Value.objects.bulk_create(
        Value(
            series=series, division=county, period=date(2020 + n // 12, n % 12 + 1, 1), value=Decimal("0.1"),
            cut_off=datetime(2026, 1, 31, 15 + n % 2, 59, tzinfo=UTC), by=city["tongji"], changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for county in counties
        for n in range(1000)
        if n // 12 < 90
    )  # fmt: skip
    return counties


@pytest.mark.parametrize("name", ENGINES)
def test_the_same_sums_to_the_bit(name, months):
    rows = joined("measures.Value", ["division"])
    recent = rows.filter(rows.period >= date(2021, 1, 1), rows.is_current)
    by = recent.group_by(code=recent.division__code, year=recent.period.year())
    with engine(name) as counting:
        counting.refresh(LABELS)
        sums = by.aggregate(count=ibis._.count(), total=total(recent.value, counting.has_decimals))
        answer = counting.answer(sums)
    amounts = [unscaled(row[3], table_of("measures.Value").value) for row in answer]
    assert answer[0][:3] == ("990102", 2021, 12)
    assert amounts[0] == Decimal("1.2")
    assert len(answer) == 2 * 83
    assert sum(amounts) == Decimal("197.6")
    assert sum(row[2] for row in answer) == 2 * 988


@pytest.mark.parametrize("name", ENGINES)
def test_a_moment_counts_on_its_day_in_china(name, months):
    """23:59 of 31 January in Beijing is January; sixteen o'clock UTC is February there already."""
    rows = table_of("measures.Value")
    moments = rows.group_by(on=day(rows.cut_off)).aggregate(count=rows.count())
    with engine(name) as counting:
        counting.refresh(LABELS)
        assert counting.answer(moments) == [(date(2026, 1, 31), 1000), (date(2026, 2, 1), 1000)]


@pytest.mark.parametrize("name", ENGINES)
def test_rows_without_a_link_stay_and_say_so(name, city):
    rows = joined("kernel.Division", ["parent"])
    top = rows.filter(rows.parent__code.isnull()).select(rows.code)
    with engine(name) as counting:
        counting.refresh(LABELS)
        assert counting.answer(top) == [
            (code,) for code in sorted(Division.objects.filter(parent=None).values_list("code", flat=True))
        ]


def test_the_copy_follows_what_was_added_changed_and_deleted(months):
    counted = table_of("measures.Value").aggregate(
        count=ibis._.count(), total=scaled(table_of("measures.Value").value).sum()
    )
    with engine("columns") as copy:
        copy.refresh(["measures.Value"])
        assert copy.answer(counted) == [(2000, 200_000_000)]
        first, second = Value.objects.order_by("pk")[:2]
        first.value = Decimal("5.1")
        first.save()
        second.delete()
        copy.refresh(["measures.Value"])
        assert copy.answer(counted) == [(1999, 204_900_000)]


def test_only_changed_rows_are_read_again(months, django_assert_num_queries):
    with engine("columns") as copy:
        copy.refresh(["measures.Value"])
        with django_assert_num_queries(2) as seen:
            copy.refresh(["measures.Value"])
    assert "changed_at" in seen.captured_queries[0]["sql"].partition("WHERE")[2]


def test_a_copy_of_an_earlier_release_is_made_anew(months):
    with engine("columns") as copy:
        copy.refresh(["measures.Value"])
        copy.store.execute("UPDATE luodi_marks SET shape = 'another'")
        copy.store.execute("DELETE FROM measures_value")
        copy.refresh(["measures.Value"])
        assert copy.answer(table_of("measures.Value").aggregate(count=ibis._.count())) == [(2000,)]


def test_the_copy_never_fetches_an_extension(home):
    with Columns() as copy:
        settings = copy.store.execute(
            "SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'"
        ).fetchall()
    assert settings == [("false",), ("false",)]


def test_fractions_that_do_not_add_up_exactly_are_refused():
    score = table_of("measures.Binding").score
    with pytest.raises(TypeError, match="only whole numbers and decimals"):
        scaled(score)


def test_a_path_names_its_column():
    assert column_at("measures.Value", "series__key") == "series__key"
    assert column_at("measures.Value", "owner__division") == "owner__division_id"


def test_no_link_loses_its_column():
    """Also one to a row that extends a parent's, whose key is a link itself."""
    links = [
        (model._meta.label, field.column)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.is_relation
    ]
    assert [each for each in links if each[1] not in columns_of(apps.get_model(each[0]))] == []
