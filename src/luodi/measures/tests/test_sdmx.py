"""What another office's client reads back is what was written: the `sdmx1` client, versions 2.1 and 3.0, and CSV."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from luodi.measures import sdmx as ours
from luodi.measures.importing import bring_in
from luodi.measures.models import Series, Value

sdmx = pytest.importorskip("sdmx", reason="needs the sdmx1 client of the development dependencies")
pytestmark = pytest.mark.django_db


@pytest.fixture
def values(city):
    rows = [
        "指标,区划,期,数值,单位,状态",
        "固定资产投资,云川市,2026-02,52.125,亿元,最终",
        "固定资产投资,云川市,2026-03,80,亿元,初步",
        "固定资产投资,松陂县,2026-02,9.7,亿元,最终",
    ]
    bring_in(city["tongji"], "投资.csv", "\n".join(rows).encode())
    bring_in(
        city["tongji"], "撤回.csv", "指标,区划,期,数值,单位\n固定资产投资,松陂县,2026-02,—,亿元".encode()
    )
    return list(Value.objects.filter(is_current=True).select_related("series", "division"))


@pytest.fixture
def series():
    return Series.objects.get()


def read_back(message):
    """Observations as {(area, period): (value, status)}."""
    found = {}
    for dataset in message.data:
        for seen in dataset.obs:
            key = {name: str(each.value) for name, each in seen.key.values.items()}
            status = seen.attached_attribute["OBS_STATUS"].value
            number = seen.value
            known = number not in (None, "") and str(number).lower() != "nan"
            found[key["REF_AREA"], key["TIME_PERIOD"]] = (
                Decimal(str(number)) if known else None,
                str(getattr(status, "id", status)),
            )
    return found


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_the_client_reads_our_data_by_our_structure(values, series, version):
    described = sdmx.read_sdmx(io.BytesIO(ours.structure([series], values, version)))
    dsd = described.structure["MEASURES"]
    assert [each.id for each in dsd.dimensions.components] == ["FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD"]
    assert {code.id for code in described.codelist["CL_AREA"]} == {"990100", "990121"}
    message = sdmx.read_sdmx(io.BytesIO(ours.data(values, version)), structure=dsd)
    assert read_back(message) == {
        ("990100", "2026-02"): (Decimal("52.125"), "A"),
        ("990100", "2026-03"): (Decimal(80), "P"),
        ("990121", "2026-02"): (None, "M"),
    }


def test_the_client_reads_our_csv(values, series):
    dsd = sdmx.read_sdmx(io.BytesIO(ours.structure([series], values, "3.0"))).structure["MEASURES"]
    content = ours.table(values)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert [row["OBS_VALUE"] for row in rows if row["OBS_STATUS"] == "M"] == [""]
    message = sdmx.read_sdmx(io.BytesIO(content), format="CSV", structure=dsd)
    assert read_back(message)["990100", "2026-02"] == (Decimal("52.125"), "A")


def test_periods_have_the_codes_of_their_frequency():
    july = date(2026, 7, 1)
    assert [ours.period_code(july, every) for every in ("month", "quarter", "year")] == [
        "2026-07",
        "2026-Q3",
        "2026",
    ]
