"""Ways to look at a desk beside its table: board by state, month of a calendar, map of points."""

from __future__ import annotations

import calendar as calendar_rules
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from luodi.workbench.asking import Asked
from luodi.workbench.desk import Outline, title_of
from luodi.workbench.kinds import Choice

CARDS = 30
"""So many cards a state shows; the rest is counted and one click away in the table."""
ON_A_DAY = 5
MOST_POINTS = 5000
MAP_WIDTH, MAP_HEIGHT = 1000.0, 620.0


@dataclass(frozen=True, slots=True)
class Lane:
    """One state of the board."""

    value: str
    title: str
    lamp: str
    count: int
    rows: list[Any]


def board(asked: Asked) -> list[Lane]:
    """The rows by state, each lane with its whole count and its first cards: two queries."""
    name = asked.desk.board
    kind = asked.desk.column(name).kind
    assert isinstance(kind, Choice)
    counts = dict(asked.rows.order_by().values_list(name).annotate(n=Count("pk")))
    order = [
        F(path.removeprefix("-")).desc() if path.startswith("-") else F(path) for path in asked.desk.order
    ]
    place = Window(RowNumber(), partition_by=F(name), order_by=[*order, F("pk")])
    by_state = defaultdict(list)
    for row in asked.rows.annotate(place_in_lane=place).filter(place_in_lane__lte=CARDS):
        by_state[asked.desk.column(name).value(row)].append(row)
    return [
        Lane(str(value), str(title), kind.lamp(value), counts.get(value, 0), by_state[value])
        for value, title in kind.choices
        if value != ""
    ]


@dataclass(frozen=True, slots=True)
class DayBox:
    """A day of the month's sheet, with the first rows that fall on it."""

    day: date
    is_in_month: bool
    is_today: bool
    rows: list[Any]
    more: int


def month_of(asked: Asked, first: date, today: date) -> list[list[DayBox]]:
    """The weeks of a month, Monday first, with the rows of each day."""
    name = asked.desk.calendar
    weeks = calendar_rules.Calendar().monthdatescalendar(first.year, first.month)
    by_day = defaultdict(list)
    span = {f"{name}__gte": weeks[0][0], f"{name}__lte": weeks[-1][-1]}
    for row in asked.rows.filter(**span):
        by_day[asked.desk.column(name).value(row)].append(row)
    return [
        [
            DayBox(
                day,
                day.month == first.month,
                day == today,
                by_day[day][:ON_A_DAY],
                max(0, len(by_day[day]) - ON_A_DAY),
            )
            for day in week
        ]
        for week in weeks
    ]


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Point:
    address: str
    title: str
    x: float
    y: float
    lamp: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule with its label."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(slots=True)
class Map:
    """A drawing of `MAP_WIDTH` by `MAP_HEIGHT`: no tiles, so nothing is asked of another host."""

    points: list[Point] = field(default_factory=list)
    borders: list[tuple[str, str, float, float]] = field(default_factory=list)
    """Name, SVG points, and where the name stands."""
    lines: list[Line] = field(default_factory=list)
    unplaced: int = 0
    left_out: int = 0


def map_of(asked: Asked) -> Map:
    """The rows that have a place, on a plain ground: borders where the desk gives them, always a graticule."""
    assert asked.desk.place is not None
    lon, lat = asked.desk.place
    placed = asked.rows.filter(**{f"{lon}__isnull": False, f"{lat}__isnull": False})
    rows = list(placed[: MOST_POINTS + 1])
    total = asked.rows.count()
    drawn = Map(unplaced=total - (placed.count() if len(rows) > MOST_POINTS else len(rows)))
    drawn.left_out = total - drawn.unplaced - min(len(rows), MOST_POINTS)
    rows = rows[:MOST_POINTS]
    outlines = list(asked.desk.outlines())
    project = _projection([(float(getattr(row, lon)), float(getattr(row, lat))) for row in rows], outlines)
    if project is None:
        return drawn
    state = asked.desk.column(asked.desk.board) if asked.desk.board else None
    for row in rows:
        x, y = project(float(getattr(row, lon)), float(getattr(row, lat)))
        lamp = state.kind.lamp(state.value(row)) if state else ""
        drawn.points.append(
            Point(asked.desk.address(row), title_of(asked.desk, row), round(x, 1), round(y, 1), lamp)
        )
    for name, border in outlines:
        corners = [project(*corner) for corner in border]
        middle = [sum(axis) / len(corners) for axis in zip(*corners, strict=True)]
        drawn.borders.append((name, " ".join(f"{x:.1f},{y:.1f}" for x, y in corners), middle[0], middle[1]))
    drawn.lines = _graticule(project)
    return drawn


class _Projection:
    """Equirectangular about the middle latitude: true to scale over a city, good enough over a province."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north
        self.shrink = math.cos(math.radians((south + north) / 2))
        scale_x = MAP_WIDTH / ((east - west) * self.shrink)
        scale_y = MAP_HEIGHT / (north - south)
        self.scale = min(scale_x, scale_y)
        self.left = (MAP_WIDTH - (east - west) * self.shrink * self.scale) / 2
        self.top = (MAP_HEIGHT - (north - south) * self.scale) / 2

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            self.left + (lon - self.west) * self.shrink * self.scale,
            self.top + (self.north - lat) * self.scale,
        )


def _projection(points: Sequence[tuple[float, float]], outlines: Sequence[Outline]) -> _Projection | None:
    every = [*points, *(corner for _, border in outlines for corner in border)]
    if not every:
        return None
    lons, lats = [lon for lon, _ in every], [lat for _, lat in every]
    width, height = max(max(lons) - min(lons), 0.02), max(max(lats) - min(lats), 0.02)
    return _Projection(
        min(lons) - width * 0.06,
        min(lats) - height * 0.06,
        max(lons) + width * 0.06,
        max(lats) + height * 0.06,
    )


def _graticule(project: _Projection) -> list[Line]:
    step = next(
        step
        for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
        if (project.east - project.west) / step <= 8
    )
    lines = []
    for at in range(math.ceil(project.west / step), math.floor(project.east / step) + 1):
        x, _ = project(at * step, project.north)
        lines.append(Line(x, 0, x, MAP_HEIGHT, f"东经 {at * step:.2f}°"))
    for at in range(math.ceil(project.south / step), math.floor(project.north / step) + 1):
        _, y = project(project.west, at * step)
        lines.append(Line(0, y, MAP_WIDTH, y, f"北纬 {at * step:.2f}°"))
    return lines
