"""What a photo of a case has against it. Doubts are shown to whoever checks; only a missing or a re-used one refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

TAKEN_WITHIN = timedelta(hours=24)
FAR_METRES = 500


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as it is known: its bytes' hash, when and how far away it was taken (None: the photo does not say)."""

    sha256: str
    taken_at: datetime | None
    away_m: int | None
    added_at: datetime


def doubts(shot: Shot, reported_at: datetime) -> list[str]:
    """Sentences for the person who checks; none of them a verdict."""
    said = []
    if shot.taken_at is not None and reported_at - shot.taken_at > TAKEN_WITHIN:
        hours = int((reported_at - shot.taken_at) / timedelta(hours=1))
        said.append(f"照片拍摄于上报前 {hours} 小时，超过 24 小时。")
    if shot.away_m is not None and shot.away_m > FAR_METRES:
        said.append(f"拍摄地点距上报位置约 {shot.away_m} 米，超过 {FAR_METRES} 米。")
    return said


def after_photo_fault(shots: Iterable[Shot], since: datetime, used: frozenset[str]) -> str:
    """Why a feedback can't be given: no photo since it was sent out, or only ones that stood for something before."""
    later = [shot for shot in shots if shot.added_at >= since]
    if not later:
        return "处置反馈须附处置后的照片：先上传照片，再反馈。"
    if all(shot.sha256 in used for shot in later):
        return "这张照片已经用过，不能作为处置后的照片；请现场重新拍摄。"
    return ""
