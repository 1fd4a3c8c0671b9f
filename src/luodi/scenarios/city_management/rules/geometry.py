"""Where a point lies, and whether grids tile their community. Plane geometry on degrees, exact enough at 100 m.

A border is a closed ring of (longitude, latitude), the first corner not repeated. Points on a border count as inside, so
that none falls between two neighbours; of two grids that share it the one with the smaller code takes the report.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

Corner = tuple[float, float]
Border = Sequence[Corner]

METRES_A_DEGREE = 111_195.0
TINY = 1e-12
GAP_SHARE = 0.005
"""Of a community's area that may be in no grid: survey noise, not a gap."""


def contains(border: Border, lon: float, lat: float) -> bool:
    """Even-odd rule; a point on the border is inside."""
    inside = False
    for (x1, y1), (x2, y2) in _edges(border):
        if _is_on(x1, y1, x2, y2, lon, lat):
            return True
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def area_m2(border: Border) -> float:
    """On the ground, about the ring's own middle latitude."""
    middle = sum(lat for _, lat in border) / len(border)
    east = METRES_A_DEGREE * math.cos(math.radians(middle))
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _edges(_near_zero(border)))
    return abs(twice) / 2 * east * METRES_A_DEGREE


def centre(border: Border) -> Corner:
    return sum(lon for lon, _ in border) / len(border), sum(lat for _, lat in border) / len(border)


def box(border: Border) -> tuple[float, float, float, float]:
    """West, south, east, north."""
    lons, lats = [lon for lon, _ in border], [lat for _, lat in border]
    return min(lons), min(lats), max(lons), max(lats)


def ring_fault(border: Border) -> str:
    """What is wrong with a single border, or ""."""
    if len(border) < 3:
        return "边界至少要有三个角点。"
    if any(not (73 <= lon <= 136 and 3 <= lat <= 54) for lon, lat in border):
        return "边界有角点在中国之外：坐标应为经度、纬度（CGCS2000 或 WGS-84）。"
    edges = list(_edges(border))
    if any(_cross(*one, *other) for one, other in combinations(edges, 2)):
        return "边界自己和自己相交。"
    return "边界没有面积。" if area_m2(border) < 1 else ""


def overlap(one: Border, other: Border) -> bool:
    """Whether two rings share ground; a shared border is none."""
    west, south, east, north = box(one)
    w, s, e, n = box(other)
    if w >= east or west >= e or s >= north or south >= n:
        return False
    if any(_cross(*a, *b) for a in _edges(one) for b in _edges(other)):
        return True
    return any(_strictly_inside(other, *point) for point in _samples(one)) or any(
        _strictly_inside(one, *point) for point in _samples(other)
    )


def tiling_faults(grids: Mapping[str, Border], parent: Border | None = None) -> list[str]:
    """Sentences on grids that overlap, lie outside their parent, or leave a gap in it."""
    said = [
        f"单元网格 {one} 与 {other} 重叠。"
        for (one, a), (other, b) in combinations(sorted(grids.items()), 2)
        if overlap(a, b)
    ]
    if parent is None:
        return said
    said += [
        f"单元网格 {code} 有一部分在上级范围之外。"
        for code, border in sorted(grids.items())
        if not all(contains(parent, *corner) for corner in border)
    ]
    gap = 1 - sum(map(area_m2, grids.values())) / area_m2(parent)
    if not said and gap > GAP_SHARE:
        said.append(f"单元网格没有铺满上级范围，还空着 {gap:.1%}。")
    return said


def ring_of(coordinates: Iterable[Sequence[float]]) -> list[Corner]:
    """A ring as GeoJSON writes it, without its repeated last corner."""
    ring = [(float(lon), float(lat)) for lon, lat, *_ in coordinates]
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _edges(border: Border) -> Iterable[tuple[Corner, Corner]]:
    return zip(border, [*border[1:], border[0]], strict=True)


def _near_zero(border: Border) -> list[Corner]:
    """Moved to the origin: differences of small numbers, not of large ones."""
    lon, lat = border[0]
    return [(x - lon, y - lat) for x, y in border]


def _side(x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> float:
    return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)


def _is_on(x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> bool:
    return (
        abs(_side(x1, y1, x2, y2, x, y)) <= TINY
        and min(x1, x2) - TINY <= x <= max(x1, x2) + TINY
        and min(y1, y2) - TINY <= y <= max(y1, y2) + TINY
    )


def _cross(a: Corner, b: Corner, c: Corner, d: Corner) -> bool:
    """Whether two edges cross within both; touching ends and common stretches do not count."""
    first, second = _side(*a, *b, *c), _side(*a, *b, *d)
    third, fourth = _side(*c, *d, *a), _side(*c, *d, *b)
    return min(map(abs, (first, second, third, fourth))) > TINY and first * second < 0 and third * fourth < 0


def _samples(border: Border) -> list[Corner]:
    """Points of the ring's own ground: its middle, and corners and edges moved inward by a hundredth and by a tenth."""
    x, y = centre(border)
    rim = [*border, *(((x1 + x2) / 2, (y1 + y2) / 2) for (x1, y1), (x2, y2) in _edges(border))]
    moved = [(lon + (x - lon) * share, lat + (y - lat) * share) for share in (0.01, 0.1) for lon, lat in rim]
    return [point for point in ((x, y), *moved) if _strictly_inside(border, *point)]


def _strictly_inside(border: Border, lon: float, lat: float) -> bool:
    on_edge = any(_is_on(*one, *other, lon, lat) for one, other in _edges(border))
    return not on_edge and contains(border, lon, lat)
