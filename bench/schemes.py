"""A scheme over a million enterprises (亩均): exact whole numbers beside the same arithmetic in floating point.

Ours and the limit ask the same DuckDB for the same: ratios, points with caps, the mean of the trade for missing emission,
totals, ranks and grades, kept as a table. The peer is pandas over the columns in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from bench import field
from bench.runner import Row, exponent, in_turn

FULL = 1_000_000
PERIOD = date(2025, 1, 1)
CHECKED = 2_000
"""Of so many firms every figure is computed one by one as well, and has to be the same."""
GOAL = "at most 2x DuckDB; the same to the bit as one by one"

FLOATING = """
CREATE OR REPLACE TABLE bare AS
WITH pointed AS (
  SELECT enterprise_id, trade,
    greatest(0, least(45, tax_fen / 1e6 / land_mu::DOUBLE / 24.097 * 30)) AS p_tax,
    greatest(0, least(30, added_fen / 1e6 / land_mu::DOUBLE / 136.16 * 20)) AS p_added,
    coalesce(greatest(0, least(30, added_fen / 1e6 / energy_tce::DOUBLE / 2.694 * 20)), -3) AS p_energy,
    greatest(0, least(15, added_fen / 1e6 / emission_t::DOUBLE / 4929.81 * 10)) AS p_emission,
    greatest(0, least(15, added_fen / 1e6 / employees / 18.14 * 10)) AS p_labour,
    greatest(0, least(15, rd_fen / revenue_fen / 0.0302 * 10)) AS p_rd,
    CASE WHEN is_first_above THEN 3 ELSE 0 END AS extra,
    CASE WHEN exemption <> '' OR 2025 - year(began_on) < 2 THEN 'B' END AS settled
  FROM land_productivity_yearrecord WHERE year = 2025 AND scale = 'large' AND exemption <> 'closed'
), means AS (SELECT trade, avg(p_emission) AS mean FROM pointed GROUP BY trade),
scored AS (
  SELECT * REPLACE (coalesce(p_emission, mean) AS p_emission),
    round(p_tax + p_added + p_energy + coalesce(p_emission, mean) + p_labour + p_rd + extra, 2) AS score, settled IS NOT NULL AS is_out
  FROM pointed JOIN means USING (trade)
), placed AS (
  SELECT *, rank() OVER (PARTITION BY is_out ORDER BY score DESC) AS place, sum((NOT is_out)::INT) OVER () AS of FROM scored
)
SELECT enterprise_id, p_tax, p_added, p_energy, p_emission, p_labour, p_rd, score, CASE WHEN NOT is_out THEN place END AS rank, of,
  coalesce(settled, CASE WHEN place <= of * 0.25 THEN 'A' WHEN place <= of * 0.7 THEN 'B' WHEN place <= of * 0.95 THEN 'C' ELSE 'D' END) AS grade
FROM placed
"""


def rows(quick: bool) -> Iterator[Row]:
    """One row; the exponent is over a tenth and the whole."""
    import duckdb

    field.set_up()
    size = FULL // 10 if quick else FULL
    scheme, ask = _scheme()
    times = {}
    for firms in (size // 10, size):
        store = duckdb.connect()
        store.execute(_firms(firms))
        table = _in_pandas(store)
        contenders = {
            "ours": partial(store.execute, f"CREATE OR REPLACE TABLE ours AS {ask}"),
            "limit": partial(store.execute, FLOATING),
            "pandas": partial(_pandas, table),
        }
        times[firms] = in_turn(contenders)
    _check(store, scheme)
    growth = exponent(list(times), [each["ours"] for each in times.values()])
    yield Row(
        f"scheme over {size:,} enterprises", times[size], GOAL, note="亩均, six indicators", exponent=growth
    )


def _scheme() -> tuple[Any, str]:
    from luodi.assessment.kinds import scheme_kind
    from luodi.assessment.schemes.wide import question
    from luodi.kernel.rulesets.seeds import load_seeds

    load_seeds()
    kind = scheme_kind("land_large")
    scheme = kind.scheme(PERIOD)
    return scheme, question(scheme, kind.wide(PERIOD, scheme))


def _firms(size: int) -> str:
    """The columnar copy of so many yearly records; figures by a fixed hash, so that every run has the same firms."""
    return f"""
    CREATE TABLE land_productivity_yearrecord AS
    SELECT i AS enterprise_id, 2025 AS year, 'large' AS scale, (13 + i % 29)::TEXT AS trade, DATE '2010-01-01' + (hash(i) % 5840)::INT AS began_on,
      i % 97 = 0 AS is_first_above, CASE WHEN i % 53 = 0 THEN 'utility' ELSE '' END AS exemption,
      (500 + hash(i, 1) % 20000)::DECIMAL(12, 2) / 100 AS land_mu, (hash(i, 2) % 900000000)::BIGINT AS tax_fen,
      (100000000 + hash(i, 3) % 9000000000)::BIGINT AS added_fen, (500000000 + hash(i, 4) % 40000000000)::BIGINT AS revenue_fen,
      (hash(i, 5) % 900000000)::BIGINT AS rd_fen, (10 + hash(i, 6) % 900)::BIGINT AS employees,
      CASE WHEN i % 31 <> 0 THEN (100 + hash(i, 7) % 900000)::DECIMAL(14, 2) / 100 END AS energy_tce,
      CASE WHEN i % 7 <> 0 THEN (100 + hash(i, 8) % 90000)::DECIMAL(14, 4) / 10000 END AS emission_t, NULL::BIGINT AS tech_fen,
      NULL::DECIMAL(16, 2) AS power_kwh
    FROM range({size}) t(i)
    """


def _in_pandas(store: Any) -> Any:
    table = store.execute("SELECT * FROM land_productivity_yearrecord").df()
    for name in ("land_mu", "energy_tce", "emission_t"):
        table[name] = table[name].astype(float)
    return table


def _pandas(t: Any) -> Any:
    import numpy as np

    def clipped(values: Any, weight: float) -> Any:
        return (values * weight).clip(0, 1.5 * weight)

    out = t[["enterprise_id", "trade"]].copy()
    added = t["added_fen"] / 1e6
    out["p_tax"] = clipped(t["tax_fen"] / 1e6 / t["land_mu"] / 24.097, 30)
    out["p_added"] = clipped(added / t["land_mu"] / 136.16, 20)
    out["p_energy"] = clipped(added / t["energy_tce"] / 2.694, 20).fillna(-3)
    emission = clipped(added / t["emission_t"] / 4929.81, 10)
    out["p_emission"] = emission.fillna(emission.groupby(t["trade"]).transform("mean"))
    out["p_labour"] = clipped(added / t["employees"] / 18.14, 10)
    out["p_rd"] = clipped(t["rd_fen"] / t["revenue_fen"] / 0.0302, 10)
    parts = [name for name in out if name.startswith("p_")]
    out["score"] = (out[parts].sum(axis=1) + np.where(t["is_first_above"], 3, 0)).round(2)
    is_out = (t["exemption"] != "") | (2025 - t["began_on"].dt.year < 2)
    out["rank"] = out["score"].where(~is_out).rank(method="min", ascending=False)
    share = out["rank"] / (~is_out).sum()
    out["grade"] = np.select([is_out, share <= 0.25, share <= 0.7, share <= 0.95], ["B", "A", "B", "C"], "D")
    return out


def _check(store: Any, scheme: Any) -> None:
    """The first firms one by one give the same points; means and ranks need all and are tested apart (test_wide.py)."""
    from luodi.assessment.schemes import Entry, score
    from luodi.scenarios.land_productivity.rules import ratio_of

    names = [row[0] for row in store.execute("DESCRIBE land_productivity_yearrecord").fetchall()]
    found = store.execute(
        f"SELECT * FROM land_productivity_yearrecord ORDER BY enterprise_id LIMIT {CHECKED}"
    ).fetchall()
    entries = [
        Entry(
            str(each.enterprise_id),
            "",
            values={i.key: ratio_of(i.key, each, i.places) for i in scheme.indicators},
        )
        for each in (SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found)
    ]
    one = {
        each.entry.key: [int(item.points.scaleb(4)) for item in each.items if item.value is not None]
        for each in score(scheme, entries)
    }
    known = ", ".join(f"p_{each.key}" for each in scheme.indicators)
    for key, *points in store.execute(
        f"SELECT key, {known} FROM ours ORDER BY key LIMIT {CHECKED}"
    ).fetchall():
        entry = next(each for each in entries[key : key + 1])
        mine = [
            p
            for p, each in zip(points, scheme.indicators, strict=True)
            if entry.values[each.key].value is not None
        ]
        if mine != one[str(key)]:
            raise RuntimeError(f"firm {key}: {mine} at once, {one[str(key)]} one by one")
