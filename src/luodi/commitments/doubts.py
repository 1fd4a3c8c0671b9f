"""Contradictions of a report 矛盾: what does not fit together, said before it is sent and listed afterwards. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STALE_AFTER_DAYS = 45
"""A fact older than a month and a half is stale: one report was missed and the next is due."""
_DATES = re.compile(
    r"截至|截止|目前|累计至|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬)?|第?[一二三四]季度"
)
_MARKS = re.compile(r"[\s，。；、：,.;:！!（）()]+")


class Doubt(StrEnum):
    FULL_NOT_DONE = "full_not_done"
    DONE_NOT_FULL = "done_not_full"
    DONE_NO_EVIDENCE = "done_no_evidence"
    FALLING = "falling"
    UNCHANGED = "unchanged"
    EVIDENCE_USED = "evidence_used"


SENTENCES: dict[str, Promise] = {
    Doubt.FULL_NOT_DONE: _("完成比例填了 100%，但没有勾选“任务已完成”"),
    Doubt.DONE_NOT_FULL: _("勾选了“任务已完成”，但完成比例不到 100%"),
    Doubt.DONE_NO_EVIDENCE: _("报了完成，但没有任何佐证"),
    Doubt.FALLING: _("完成比例比上一期低"),
    Doubt.UNCHANGED: _("进展文字连续三期没有变化"),
    Doubt.EVIDENCE_USED: _("佐证文件在别的任务里用过"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says. `evidence` counts the files of the line."""

    facts: str
    percent: int | None = None
    is_done: bool = False
    evidence: int = 0
    reused: int = 0


def doubts(now: Said, earlier: Sequence[Said]) -> list[Doubt]:
    """What does not fit in `now`, given the reports before it, newest first."""
    found = []
    if now.percent == 100 and not now.is_done:
        found.append(Doubt.FULL_NOT_DONE)
    if now.is_done and now.percent is not None and now.percent < 100:
        found.append(Doubt.DONE_NOT_FULL)
    if now.is_done and not now.evidence:
        found.append(Doubt.DONE_NO_EVIDENCE)
    last = next((each.percent for each in earlier if each.percent is not None), None)
    if now.percent is not None and last is not None and now.percent < last:
        found.append(Doubt.FALLING)
    if len(earlier) >= 2 and len({gist(each.facts) for each in (now, *earlier[:2])}) == 1:
        found.append(Doubt.UNCHANGED)
    if now.reused:
        found.append(Doubt.EVIDENCE_USED)
    return found


def gist(facts: str) -> str:
    """The words without dates, spaces and punctuation: a report with only its month changed says nothing new."""
    return _MARKS.sub("", _DATES.sub("", facts))


def sentences(codes: Sequence[str]) -> list[str]:
    return [str(SENTENCES[code]) for code in codes if code in SENTENCES]


def is_stale(days_old: int | None) -> bool:
    return days_old is None or days_old > STALE_AFTER_DAYS
