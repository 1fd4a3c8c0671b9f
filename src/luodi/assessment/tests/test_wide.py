"""A million at once and one at a time are the same, to the last digit."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.assessment.schemes import (
    Adjustment,
    Band,
    Entry,
    Event,
    Given,
    Grade,
    Indicator,
    Scheme,
    Veto,
    score,
)
from luodi.assessment.schemes.wide import NotWide, Source, question, quotient

GRADES = (
    Grade("A", until=D(25)),
    Grade("B", until=D(70)),
    Grade("C", until=D("95.5")),
    Grade("D", until=D(100)),
)
SCHEME = Scheme(
    "多种方法", False,
    (
        Indicator("tax", "税", D(30), "ratio", target=D("24.097"), most=D("1.5"), missing="mean"),
        Indicator("energy", "能", D("20.5"), "ratio", target=D("2.694"), missing="deduct", penalty=D(3)),
        Indicator("rd", "研", D(15), "efficacy", floor=D(20), missing="mean"),
        Indicator("post", "桩", D("14.5"), "efficacy", floor=D(60), low=D("1.5"), high=D("9.25"), most=D("1.2"), better="down"),
        Indicator("band", "段", D(10), "bands", missing="full"),
        Indicator("reach", "达", D(10), "reached", target=D("3.5")),
        Indicator("count", "数", D(0), "each", step=D("-0.25"), least=D(-2), missing="zero"),
    ),
    bands=(Band("band", D(5), D(10)), Band("band", D("2.5"), D(6)), Band("band", None, D(1))), grades=GRADES,
    adjustments=(Adjustment("plus", "加", D("0.3"), most=D(1)),), vetoes=(Veto("bad", "事故", "grade", "D"), Veto("new", "新", "managed", "B")),
    most=D(110), missing_most=D(60), fewest=2,
)  # fmt: skip
KEYS = [each.key for each in SCHEME.indicators]

values = st.one_of(st.none(), st.integers(-50_000, 2_000_000))
member = st.tuples(
    st.lists(values, min_size=len(KEYS), max_size=len(KEYS)), st.sampled_from(["甲", "乙"]), st.sampled_from(["C26", "C31"]),
    st.integers(0, 5), st.sampled_from(["", "", "", "bad", "new"]),
)  # fmt: skip


def wide(scheme, members):
    """`members`: key to (values scaled by 10⁴, group, peers, extra in points, settled grade, is out)."""
    columns = ", ".join(f"v{n} BIGINT" for n in range(len(scheme.indicators)))
    store = duckdb.connect()
    store.execute(
        f"CREATE TABLE t (k TEXT, g TEXT, p TEXT, extra BIGINT, settled TEXT, is_out BOOLEAN, {columns})"
    )
    store.executemany(f"INSERT INTO t VALUES ({', '.join('?' * (6 + len(scheme.indicators)))})", members)
    source = Source(
        "t",
        "k",
        {each.key: f"v{n}" for n, each in enumerate(scheme.indicators)},
        "g",
        "p",
        "extra",
        "settled",
        "is_out",
    )
    found = store.execute(question(scheme, source)).fetchall()
    width = len(scheme.indicators)
    return {row[0]: (row[2 : 2 + width], *row[2 + width :]) for row in found}


def one_by_one(scheme, entries):
    return {
        each.entry.key: (
            tuple(int(item.points.scaleb(4)) for item in each.items), int(each.score.scaleb(2)), each.rank, each.of, each.grade,
        )
        for each in score(scheme, entries)
    }  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(member, min_size=1, max_size=25))
def test_the_same_as_one_by_one(members):
    entries, rows = [], []
    for number, (numbers, group, peers, plus, event) in enumerate(members):
        known = {
            key: Given(None if v is None else D(v).scaleb(-4)) for key, v in zip(KEYS, numbers, strict=True)
        }
        events = ([Event("plus", D(plus))] if plus else []) + ([Event(event)] if event else [])
        entries.append(Entry(f"{number:03}", "", group, peers, known, tuple(events)))
        extra = int(min(D("0.3") * plus, D(1)).scaleb(4))
        rows.append(
            (
                f"{number:03}",
                group,
                peers,
                extra,
                {"bad": "D", "new": "B"}.get(event),
                event == "new",
                *numbers,
            )
        )
    assert wide(SCHEME, rows) == one_by_one(SCHEME, entries)


def test_a_quotient_is_rounded_half_up_once():
    store = duckdb.connect()
    sql = quotient("a", "b", Fraction(10**4, 10**6))
    ask = f"SELECT {sql} FROM (VALUES (3000000000::BIGINT, 1000::BIGINT), (-5, 1000), (50, 1), (5, 0), (NULL, 1)) t(a, b)"
    assert [row[0] for row in store.execute(ask).fetchall()] == [30000, 0, 1, None, None]


@pytest.mark.parametrize("method", ["rank", "zscore"])
def test_methods_that_need_everybody_are_refused(method):
    with pytest.raises(NotWide, match="只能逐个计算"):
        question(Scheme("x", False, (Indicator("x", "位次", D(100), method),)), Source("t", "k", {"x": "v"}))
