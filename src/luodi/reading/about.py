"""What a report says about itself: its title, the year it plans for, and whose report it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kernel.divisions import Division as Named
from luodi.kernel.divisions import divisions
from luodi.reading.model import Division, spans_of_lines

FRONT = 1500  # code points in which title, date and speaker stand

PLAIN_DIGITS = str.maketrans("０１２３４５６７８９〇○零ΟО一二三四五六七八九", "012345678900000123456789")
YEAR = r"[12１２一二][0-9０-９〇○零ΟО一二三四五六七八九]{3}\s*年"
SPOKEN_ON = re.compile(
    rf"(?P<year>{YEAR})\s*(?P<month>[0-9０-９]{{1,2}}|十[一二]?|[一二三四五六七八九])\s*月"
)
NAMED_YEAR = re.compile(YEAR)
PLANNED = re.compile(
    rf"(?P<year>{YEAR})(?:的|[一-鿿]{{0,6}}?)(?:工作(?:安排|任务|目标|部署|思路|打算|建议|重点|意见)|重点工作|主要任务|目标任务|总体部署|"
    r"(?:[一-鿿]{0,8}的)?总体要求(?=是|：)|[一-鿿]{0,10}主要预期目标)"
)
REVIEWED = re.compile(rf"(?P<year>{YEAR})(?:的|[一-鿿“”]{{0,12}}?)(?:工作|发展|主要)?(?:的|工作)*回顾")
CONGRESS = re.compile(r"第?[一二三四五六七八九十0-9]{1,4}届(?:人民代表大会|人大)")
SIGNATURE = re.compile(r"人民政府|政府工作报告|(?:代|副)?[市省县区州盟旗]长|(?:自治区)?主席")
KINDS = frozenset("省市区县州盟旗")
NATIONAL = re.compile(r"国务院|全国")


def title_of(text: str) -> str | None:
    """The report's title: the first line near the top that calls itself a report or a plan; None without one."""
    for line in spans_of_lines(text[:FRONT]):
        words = line.of(text).lstrip("#-—*· ")
        if (
            len(words) <= 60
            and "。" not in words
            and re.search(r"工作报告|工作要点|工作计划|工作安排|年(?:政府)?重点工作$", words)
        ):
            half = words[: len(words) // 2]
            words = half if half * 2 == words else words  # pages print it twice in one line
            return re.sub(r"[\s　]*[（(][^（()）]*月[^（()）]*[）)]$", "", words)
    return None


def year_of(text: str, title: str | None) -> int | None:
    """The year that the report plans for.

    A report given in November or December plans for the next year. Where title and date disagree, the headings
    of the plan itself decide (2023年重点工作). None when nothing names a year.
    """
    spoken, titled = SPOKEN_ON.search(text, 0, FRONT), NAMED_YEAR.search(title or "")
    said = [_year(titled[0])] if titled else []
    if spoken:
        said.insert(0, _year(spoken["year"]) + (_number(spoken["month"]) >= 11))
    if len(set(said)) == 1:
        return said[0]
    reviewed = REVIEWED.search(text)
    likely = {_year(planned["year"]) for planned in PLANNED.finditer(text)}
    likely |= {_year(reviewed["year"]) + 1} if reviewed else set()
    return next((year for year in said if year in likely), said[0] if said else max(likely, default=None))


def division_of(text: str, title: str | None, year: int | None) -> Division | None:
    """Whose report it is, by GB/T 2260 as named in that year; None for the State Council or when none is named.

    The congress it was given to says it best (在湖南省第十三届人民代表大会), then the title, then the speaker. A name
    that several divisions share is decided by a wider division before it or by the province that the text names;
    where no name stands near the top, the province or city that the text names far more than any other is taken.
    """
    front = text[:FRONT]
    venue, signed = (
        [front[max(0, match.start() - 24) : match.start()] for match in pattern.finditer(front)]
        for pattern in (CONGRESS, SIGNATURE)
    )
    for words in (*venue, title or "", *signed):
        if NATIONAL.search(words):
            return None
        named = _last_named(words, text, year)
        if named:
            return Division(named.code, named.name)
    return _most_named(text, front, year)


def _last_named(words: str, text: str, year: int | None) -> Named | None:
    """The last of the divisions that the words name; in a chain (铜川市耀州区) each is looked for inside the one before."""
    table = divisions()
    named: Named | None = None
    at = 0
    while at < len(words):
        for stop in range(min(len(words), at + 14), at + 1, -1):
            # A name ends with its kind; without one (黔西南) only at the end or before 政府.
            if (
                words[stop - 1] not in KINDS
                and stop < len(words)
                and not words.startswith(("政府", "人民"), stop)
            ):
                continue
            name = words[at:stop]
            found = table.named(name, year, within=named.code) if named else ()
            found = found or table.named(name, year)
            if found:
                named = found[0] if len(found) == 1 else _likeliest(found, text)
                at = stop - 1
                break
        at += 1
    return named


def _most_named(text: str, front: str, year: int | None) -> Division | None:
    """The province or city, as the speaker's office tells, that the text names at least three times as often as any."""
    speaker = re.search(r"省长|自治区主席|市长|州长|盟长", front)
    if speaker is None:
        return None
    level = "province" if speaker[0] in ("省长", "自治区主席") else "prefecture"
    rows = [row for row in divisions().in_year(year) if row.level == level]
    ranked = sorted(((text.count(row.short_name), row) for row in rows), key=lambda pair: -pair[0])
    (most, row), (second, _) = ranked[:2]
    return Division(row.code, row.name) if most >= 3 * max(second, 1) else None


def _likeliest(found: Sequence[Named], text: str) -> Named:
    """Of several divisions with one name the one whose province the text speaks of most; the widest on a tie."""
    table = divisions()

    def mentions(row: Named) -> int:
        return sum(text.count(above.short_name) for above in table.ancestors(row.code, row.since))

    if found[0].level != found[1].level or found[0].name != found[1].name:
        return found[0]
    return max(found, key=mentions)


def _year(words: str) -> int:
    return int(words.replace("年", "").strip().translate(PLAIN_DIGITS))


def _number(words: str) -> int:
    if words.startswith("十"):
        return 10 + ("一二三".find(words[1:]) + 1 if words[1:] else 0)
    return int(words.translate(PLAIN_DIGITS))
