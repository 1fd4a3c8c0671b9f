"""Where on the map: longitude and latitude with the system they are in, which is declared and never guessed.

    Place.of(108.95, 34.27)                         # CGCS2000, which for our purposes is WGS-84 (they differ by decimetres)
    Place.of(121.5315419, 31.1753040, System.GCJ_02).as_national()

A point from a street map of the internet is in GCJ-02, some hundred metres off; read as CGCS2000 it would lie in the next
street. Pure functions; degrees everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import cos, isfinite, pi, sin, sqrt

LONGITUDES = (73.0, 136.0)
LATITUDES = (3.0, 54.0)

# The ellipsoid of Krasovsky, which the offset of GCJ-02 is computed on.
_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323
_ROUNDS = 12
"""Each round of the way back shrinks the error many times over; after so many it is far below a millimetre."""


class System(StrEnum):
    """The coordinate systems that offices meet."""

    CGCS2000 = "CGCS2000"
    WGS_84 = "WGS-84"
    GCJ_02 = "GCJ-02"


class BadPlace(ValueError):
    """No point of the country; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point in China, in degrees."""

    longitude: float
    latitude: float
    system: System = System.CGCS2000

    def __post_init__(self) -> None:
        for title, value, (low, high) in (
            ("经度", self.longitude, LONGITUDES),
            ("纬度", self.latitude, LATITUDES),
        ):
            if not isfinite(value) or not low <= value <= high:
                swapped = "，经纬度可能写反了" if self._looks_swapped() else ""
                raise BadPlace(f"{title}应在 {low:g} 到 {high:g} 度之间，不是 {value:g}{swapped}。")

    @classmethod
    def of(cls, longitude: float, latitude: float, system: System | str = System.CGCS2000) -> Place:
        """Raises BadPlace also for a system that nobody here knows."""
        if system not in set(System):
            raise BadPlace(f"坐标系应为{'、'.join(System)}之一，不是“{system}”。")
        return cls(float(longitude), float(latitude), System(system))

    def as_national(self) -> Place:
        """The same point in CGCS2000, to which WGS-84 is equal for our purposes."""
        if self.system is not System.GCJ_02:
            return Place(self.longitude, self.latitude)
        longitude, latitude = self.longitude, self.latitude
        for _ in range(_ROUNDS):
            east, north = _offset(longitude, latitude)
            longitude, latitude = self.longitude - east, self.latitude - north
        return Place(longitude, latitude)

    def as_gcj_02(self) -> Place:
        """The point as street maps of the internet draw it."""
        if self.system is System.GCJ_02:
            return self
        east, north = _offset(self.longitude, self.latitude)
        return Place(self.longitude + east, self.latitude + north, System.GCJ_02)

    def _looks_swapped(self) -> bool:
        return (
            LONGITUDES[0] <= self.latitude <= LONGITUDES[1] and LATITUDES[0] <= self.longitude <= LATITUDES[1]
        )


def _offset(longitude: float, latitude: float) -> tuple[float, float]:
    """How far GCJ-02 moves a point, in degrees of longitude and latitude."""
    x, y = longitude - 105.0, latitude - 35.0
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
        + (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
        + (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi)) * 2.0 / 3.0
    )  # fmt: skip
    east = (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
        + (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
        + (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    )  # fmt: skip
    angle = latitude / 180.0 * pi
    flat = 1 - _ECCENTRICITY * sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (flat * sqrt(flat))
    return east * 180.0 / (_AXIS / sqrt(flat) * cos(angle) * pi), north * 180.0 / (meridian * pi)
