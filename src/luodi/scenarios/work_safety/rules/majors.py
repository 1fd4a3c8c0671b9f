"""Major dangers 重大事故隐患: the level at which one is listed, and when repeated penalties may end in closure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any


def listing_level(potential_deaths: int | None, rows: Sequence[Mapping[str, Any]]) -> str:
    """The level of 挂牌 by how many could die; "" while nobody has said how many."""
    if potential_deaths is None:
        return ""
    reached = [row for row in rows if potential_deaths >= row["floor"]]
    return str(max(reached, key=lambda row: row["floor"])["level"]) if reached else ""


def closure_ground(penalties: Iterable[date], has_major: bool, on: date, rows: Mapping[str, Any]) -> str:
    """Why closure may be asked of the local government (安全生产法第一百一十三条), or "". A person decides."""
    if not has_major:
        return ""
    days = [day for day in penalties if day <= on]
    half = sum(1 for day in days if on - day < timedelta(days=180))
    year = sum(1 for day in days if on - day < timedelta(days=365))
    if half >= rows["closure_180"]:
        return (
            f"存在重大事故隐患，180 日内受到 {half} 次行政处罚，可提请予以关闭（安全生产法第一百一十三条）。"
        )
    if year >= rows["closure_365"]:
        return f"存在重大事故隐患，一年内受到 {year} 次行政处罚，可提请予以关闭（安全生产法第一百一十三条）。"
    return ""
