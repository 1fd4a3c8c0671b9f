"""Series as other offices read them: SDMX-ML 2.1 (generic data), SDMX-ML 3.0 (structure-specific), SDMX-CSV 2.0.

One structure LUODI:MEASURES(1.0): dimensions FREQ, INDICATOR, REF_AREA, TIME_PERIOD; the measure OBS_VALUE; attributes
OBS_STATUS (A normal, P provisional, M missing) and UNIT_MEASURE. An indicator's code is S and its number here, since
codes have to be ASCII; its title and unit stand in the code list. Missing observations carry no value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Literal

from lxml import etree

from luodi.measures.models import Series, Value

Version = Literal["2.1", "3.0"]
AGENCY, FLOW, EDITION = "LUODI", "MEASURES", "1.0"
DIMENSIONS = ("FREQ", "INDICATOR", "REF_AREA")
FREQUENCIES = {"month": ("M", "按月"), "quarter": ("Q", "按季"), "year": ("A", "按年")}
STATUSES = (("A", "正常"), ("P", "初步"), ("M", "缺失"))
_BASE = "http://www.sdmx.org/resources/sdmxml/schemas"
_XML = "http://www.w3.org/XML/1998/namespace"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def code_of(series: Series) -> str:
    return f"S{series.pk}"


def period_code(period: date, every: str) -> str:
    if every == "year":
        return f"{period.year}"
    return f"{period.year}-Q{(period.month + 2) // 3}" if every == "quarter" else f"{period:%Y-%m}"


def structure(series: Sequence[Series], values: Iterable[Value], version: Version) -> bytes:
    """The data structure with its code lists: what a client needs to read the data."""
    names = _Names(version)
    root = names.root("Structure", ("structure",))
    _header(root, names)
    body = names.add(root, "message", "Structures")
    lists = {
        "CL_FREQ": [FREQUENCIES[every] for every in sorted({each.period for each in series})],
        "CL_INDICATOR": [(code_of(each), f"{each.title}（{each.unit}，{each.get_span_display()}）") for each in series],
        "CL_AREA": sorted({(value.division.code, value.division.name) for value in values}),
        "CL_STATUS": list(STATUSES),
    }  # fmt: skip
    old = version == "2.1"
    parts = {name: names.add(body, "structure", name) for name in _ORDER[version]}
    for name, codes in lists.items():
        held = names.add(
            parts["Codelists"], "structure", "Codelist", id=name, agencyID=AGENCY, version=EDITION
        )
        names.name(held, name)
        for code, title in codes:
            names.name(names.add(held, "structure", "Code", id=code), title)
    scheme = names.add(
        parts["Concepts" if old else "ConceptSchemes"], "structure", "ConceptScheme", id="CONCEPTS", agencyID=AGENCY, version=EDITION
    )  # fmt: skip
    names.name(scheme, "概念")
    for concept in (*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"):
        names.name(names.add(scheme, "structure", "Concept", id=concept), concept)
    _data_structure(parts["DataStructures"], names)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def data(values: Sequence[Value], version: Version) -> bytes:
    """Current values of the city's divisions (without units), grouped by series and division."""
    names = _Names(version)
    old = version == "2.1"
    root = names.root(
        "GenericData" if old else "StructureSpecificData", ("generic",) if old else ("structurespecific",)
    )
    header = _header(root, names)
    about = names.add(header, "message", "Structure", structureID=FLOW, dimensionAtObservation="TIME_PERIOD")
    if not old:
        about.set(
            "namespace", f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={AGENCY}:{FLOW}({EDITION})"
        )
    _reference(
        names.add(about, "common", "Structure"), "datastructure", "DataStructure", FLOW, version, names
    )
    block = names.add(root, "message", "DataSet", action="Replace")
    if old:
        block.set("structureRef", FLOW)
    else:
        block.set(names.tag("structurespecific", "structureRef"), FLOW)
    ordered = sorted(values, key=lambda value: (value.series_id, value.division.code, value.period))
    for (series, division), group in groupby(ordered, key=lambda value: (value.series, value.division)):
        key = {"FREQ": FREQUENCIES[series.period][0], "INDICATOR": code_of(series), "REF_AREA": division.code}
        (_generic if old else _specific)(block, key, list(group), names)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def table(values: Sequence[Value]) -> bytes:
    """SDMX-CSV 2.0: one observation a row."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(
        [
            "STRUCTURE",
            "STRUCTURE_ID",
            "ACTION",
            *DIMENSIONS,
            "TIME_PERIOD",
            "OBS_VALUE",
            "OBS_STATUS",
            "UNIT_MEASURE",
        ]
    )
    for value in values:
        key = [FREQUENCIES[value.series.period][0], code_of(value.series), value.division.code]
        shown = "" if value.value is None else plain_number(value)
        rows.writerow(
            ["datastructure", f"{AGENCY}:{FLOW}({EDITION})", "R", *key, _when(value), shown, _status(value), value.series.unit]
        )  # fmt: skip
    return out.getvalue().encode("utf-8")


def plain_number(value: Value) -> str:
    """All the digits that are kept, without padding and without an exponent."""
    assert value.value is not None
    words = f"{value.value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _when(value: Value) -> str:
    return period_code(value.period, value.series.period)


def _status(value: Value) -> str:
    if value.value is None:
        return "M"
    return "P" if value.status == Value.Status.PROVISIONAL else "A"


class _Names:
    """Namespaces of one version of SDMX-ML, and elements made in them."""

    def __init__(self, version: Version) -> None:
        base = f"{_BASE}/v{version.replace('.', '_')}"
        self.version = version
        self.spaces = {
            "message": f"{base}/message",
            "common": f"{base}/common",
            "structure": f"{base}/structure",
            "generic": f"{base}/data/generic",
            "structurespecific": f"{base}/data/structurespecific",
        }

    def tag(self, space: str, name: str) -> str:
        return f"{{{self.spaces[space]}}}{name}"

    def root(self, name: str, spaces: Sequence[str]) -> etree._Element:
        used = {space: self.spaces[space] for space in ("message", "common", *spaces)}
        return etree.Element(self.tag("message", name), nsmap={**used, "xsi": _XSI})

    def add(
        self, parent: etree._Element, space: str, name: str, text: str | None = None, **told: str
    ) -> etree._Element:
        made = etree.SubElement(parent, self.tag(space, name), told)
        made.text = text
        return made

    def name(self, parent: etree._Element, text: str) -> None:
        self.add(parent, "common", "Name", text).set(f"{{{_XML}}}lang", "zh")


_ORDER = {
    "2.1": ("Codelists", "Concepts", "DataStructures"),
    "3.0": ("Codelists", "ConceptSchemes", "DataStructures"),
}  # the order that each schema asks for


def _header(root: etree._Element, names: _Names) -> etree._Element:
    header = names.add(root, "message", "Header")
    names.add(header, "message", "ID", FLOW)
    names.add(header, "message", "Test", "false")
    names.add(header, "message", "Prepared", datetime.now(UTC).isoformat(timespec="seconds"))
    names.add(header, "message", "Sender", id=AGENCY)
    return header


def _reference(
    parent: etree._Element, package: str, kind: str, ident: str, version: str, names: _Names, item: str = ""
) -> None:
    """2.1 refers by attributes, 3.0 by URN as the element's text."""
    if names.version == "2.1":
        told = {"agencyID": AGENCY, "id": item or ident, "class": kind, "package": package}
        told |= (
            {"maintainableParentID": ident, "maintainableParentVersion": EDITION}
            if item
            else {"version": EDITION}
        )
        etree.SubElement(parent, "Ref", told)
        return
    parent.text = f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={AGENCY}:{ident}({EDITION})" + (
        f".{item}" if item else ""
    )


def _data_structure(parent: etree._Element, names: _Names) -> None:
    old = names.version == "2.1"
    held = names.add(parent, "structure", "DataStructure", id=FLOW, agencyID=AGENCY, version=EDITION)
    names.name(held, "落地指标")
    inside = names.add(held, "structure", "DataStructureComponents")

    def concept(at: etree._Element, name: str) -> None:
        _reference(
            names.add(at, "structure", "ConceptIdentity"),
            "conceptscheme",
            "Concept",
            "CONCEPTS",
            EDITION,
            names,
            name,
        )

    def listed(at: etree._Element, codes: str) -> None:
        form = names.add(at, "structure", "LocalRepresentation")
        _reference(names.add(form, "structure", "Enumeration"), "codelist", "Codelist", codes, EDITION, names)

    keys = names.add(inside, "structure", "DimensionList", id="DimensionDescriptor")
    for at, (name, codes) in enumerate(
        zip(DIMENSIONS, ("CL_FREQ", "CL_INDICATOR", "CL_AREA"), strict=True), 1
    ):
        made = names.add(keys, "structure", "Dimension", id=name, position=str(at))
        concept(made, name)
        listed(made, codes)
    time = names.add(
        keys, "structure", "TimeDimension", id="TIME_PERIOD", **({"position": "4"} if old else {})
    )
    concept(time, "TIME_PERIOD")
    form = names.add(time, "structure", "LocalRepresentation")
    names.add(form, "structure", "TextFormat", textType="ObservationalTimePeriod")
    told = names.add(inside, "structure", "AttributeList", id="AttributeDescriptor")
    for name in ("OBS_STATUS", "UNIT_MEASURE"):
        made = names.add(
            told,
            "structure",
            "Attribute",
            id=name,
            **({"assignmentStatus": "Mandatory"} if old else {"usage": "mandatory"}),
        )
        concept(made, name)
        if name == "OBS_STATUS":
            listed(made, "CL_STATUS")
        relation = names.add(made, "structure", "AttributeRelationship")
        if old:
            etree.SubElement(names.add(relation, "structure", "PrimaryMeasure"), "Ref", {"id": "OBS_VALUE"})
        else:
            names.add(relation, "structure", "Observation")
    measures = names.add(inside, "structure", "MeasureList", id="MeasureDescriptor")
    made = names.add(measures, "structure", "PrimaryMeasure" if old else "Measure", id="OBS_VALUE")
    concept(made, "OBS_VALUE")


def _generic(block: etree._Element, key: dict[str, str], values: Sequence[Value], names: _Names) -> None:
    series = names.add(block, "generic", "Series")
    held = names.add(series, "generic", "SeriesKey")
    for name, code in key.items():
        names.add(held, "generic", "Value", id=name, value=code)
    for value in values:
        seen = names.add(series, "generic", "Obs")
        names.add(seen, "generic", "ObsDimension", value=_when(value))
        if value.value is not None:
            names.add(seen, "generic", "ObsValue", value=plain_number(value))
        told = names.add(seen, "generic", "Attributes")
        names.add(told, "generic", "Value", id="OBS_STATUS", value=_status(value))
        names.add(told, "generic", "Value", id="UNIT_MEASURE", value=value.series.unit)


def _specific(block: etree._Element, key: dict[str, str], values: Sequence[Value], names: _Names) -> None:
    series = etree.SubElement(block, "Series", key)
    for value in values:
        told = {"TIME_PERIOD": _when(value)}
        if value.value is not None:
            told["OBS_VALUE"] = plain_number(value)
        etree.SubElement(
            series, "Obs", {**told, "OBS_STATUS": _status(value), "UNIT_MEASURE": value.series.unit}
        )
