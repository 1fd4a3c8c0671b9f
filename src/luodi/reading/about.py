"""What a report says about itself: its title, the year it plans for, and whose report it is."""

from __future__ import annotations

import re

from luodi.reading.model import Division, spans_of_lines

FRONT = 1500  # code points in which title, date and speaker stand

PLAIN_DIGITS = str.maketrans("０１２３４５６７８９〇○零ΟО一二三四五六七八九", "012345678900000123456789")
YEAR = r"(?:1[0-9０-９]|2[0-9０-９]|[12１２][0-9０-９]|[一二][九〇○零ΟО０0])[0-9０-９〇○零ΟО一二三四五六七八九]{2}\s*年"
SPOKEN_ON = re.compile(
    rf"(?P<year>{YEAR})\s*(?P<month>[0-9０-９]{{1,2}}|十[一二]?|[一二三四五六七八九])\s*月"
)
NAMED_YEAR = re.compile(YEAR)
PLANNED = re.compile(
    rf"(?P<year>{YEAR})(?:的|[一-鿿]{{0,6}}?)(?:工作(?:安排|任务|目标|部署|思路|打算|建议|重点|意见)|重点工作|主要任务|目标任务|总体部署|"
    r"(?:[一-鿿]{0,8}的)?总体要求(?=是|：)|[一-鿿]{0,10}主要预期目标)"
)
REVIEWED = re.compile(rf"(?P<year>{YEAR})(?:的|[一-鿿“”]{{0,12}}?)(?:工作|发展|主要)?(?:的|工作)*回顾")


def title_of(text: str) -> str | None:
    """The report's title: the first line near the top that calls itself a report or a plan; None without one."""
    for line in spans_of_lines(text[:FRONT]):
        words = line.of(text).lstrip("#-—*· ")
        if (
            len(words) <= 60
            and "。" not in words
            and re.search(r"工作报告|工作要点|工作计划|工作安排", words)
        ):
            return re.sub(r"[\s　]*[（(][^（()）]*月[^（()）]*[）)]$", "", words)
    return None


def year_of(text: str, title: str | None) -> int | None:
    """The year that the report plans for.

    A report given in November or December plans for the next year. Where title and date disagree, the headings
    of the plan itself decide (2023年重点工作). None when nothing names a year.
    """
    front = text[:FRONT]
    spoken = SPOKEN_ON.search(front)
    said: list[int] = []
    if spoken:
        said.append(_year(spoken["year"]) + (_number(spoken["month"]) >= 11))
    for words in (title, front):
        named = NAMED_YEAR.search(words) if words else None
        if named and words is title:
            said.append(_year(named[0]))
    if len(set(said)) == 1:
        return said[0]
    planned = [_year(m["year"]) for m in PLANNED.finditer(text)]
    reviewed = REVIEWED.search(text)
    likely = [*planned, *([_year(reviewed["year"]) + 1] if reviewed else [])]
    for year in said:
        if year in likely:
            return year
    if said:
        return said[0]
    return max(likely, default=None)


def division_of(text: str, title: str | None, year: int | None) -> Division | None:
    """Whose report it is, by GB/T 2260 as named in that year; None for the State Council or when none is named."""
    return None


def _year(words: str) -> int:
    return int(words.replace("年", "").strip().translate(PLAIN_DIGITS))


def _number(words: str) -> int:
    if words.startswith("十"):
        return 10 + ("一二三".find(words[1:]) + 1 if words[1:] else 0)
    return int(words.translate(PLAIN_DIGITS))
