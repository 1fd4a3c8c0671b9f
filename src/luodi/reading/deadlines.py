"""When a clause is to be done: a date, month, quarter, half, year or feast, read against the year of the plan.

`find_deadline` gives the last day that is still in time; `find_period` names the stretch that a figure belongs to.
Only what the calendar fixes is given: 春节前, 汛期前 and 供暖前 yield nothing, and 全年 is no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from luodi.reading.model import HorizonLabel

_DIGIT = "[0-9０-９]"
_YEAR = f"{_DIGIT}{{4}}|今|本|当|明"
_BEFORE = "之前|以前|前(?![后夕期列沿])"
_DONE = "建成|完工|竣工|投用|投入|投产|投运|开工|完成|通车|启用|开园|开业|运营|交付|动工|上线|挂牌|举办|建立|出台|实现"

# Every expression of time in one scan, past characters that begin none; the empty group that ends an alternative
# names its kind.
_TIME = re.compile(
    rf"""(?=[0-9０-９一二两三四五六七八九十今本当明第上下年到至展“元国])(?:
      (?:(?P<day_year>{_YEAR})年)?(?P<day_month>1[0-2]|0?[1-9]|１[０-２]|[１-９])月(?P<day>{_DIGIT}{{1,2}})[日号](?:{_BEFORE})(?P<a_day>)
    | (?:(?P<month_year>{_YEAR})年)?(?P<month>1[0-2]|0?[1-9]|１[０-２]|[１-９])月份?
        (?:(?P<third>[上中])旬|下旬|底|末|(?P<ahead>{_BEFORE})|(?=(?:全面|正式|全部|基本|试|确保)?(?:{_DONE})))(?P<a_month>)
    | (?:(?P<quarter_year>{_YEAR})年)?(?<!每)第?(?P<quarter>[一二三四1-4１-４])季度(?P<a_quarter>)
    | (?:(?P<half_year>{_YEAR})年)?(?P<half>[上下])半年(?P<a_half>)
    | (?:(?P<end_year>{_YEAR})|(?<![0-9０-９一二两三四五六七八九十]))年(?:底|末|内(?![部涵外的]))(?P<a_year_end>)
    | “?十(?P<plan>[一二三四五六七])五”?(?:时期|期)?末(?P<a_plan>)
    | (?P<to>到|至|展望)?(?P<year>{_DIGIT}{{4}})年(?:(?P<year_ahead>{_BEFORE})|(?P<then>(?=，|(?:全面|基本|力争|确保)?(?:{_DONE}|达到))))?(?P<a_year>)
    | 明年(?P<next_year>)
    | (?P<span>[一二两三四五六七八九十]|{_DIGIT}{{1,2}})年(?:左右)?(?:之内|以内|内(?!的)|(?:的)?时间)(?P<some_years>)
    | “?(?P<feast>元旦|三八|五一|六一|七一|八一|十一|国庆)”?(?:国际)?(?:劳动|儿童|建党|建军)?节?”?(?:{_BEFORE})(?P<a_feast>)
    )""",
    re.VERBOSE,
)
_BOOK_TITLE = re.compile("《[^》]*》")
_HINT = re.compile("[年月季前末]")
_FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "五一": (5, 1),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "国庆": (10, 1),
}
_NUMERALS = "零一二三四五六七八九十"
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９两", "0123456789二")


class _Time(NamedTuple):
    """The last day in time, and the name of the stretch; None where that is the plan's own year."""

    last: date
    period: str | None


def find_deadline(clause: str, year: int | None, horizon: HorizonLabel = "year") -> str | None:
    """The last day, as YYYY-MM-DD, by which the clause is to be done; the latest where it names several.

    6月前 ends with May; 两年内 counts the plan's year as the first. None where no date is named, where only the
    unknown year of the plan would tell, for days before that year, and in a review.
    """
    if horizon == "review" or not _HINT.search(clause):
        return None
    last = max((time.last for time in _times(clause, year)), default=None)
    return last.isoformat() if last else None


def find_period(clause: str, year: int | None) -> str | None:
    """The stretch a figure is for: 2022Q1, 2022-06 or 2025; None where it is the plan's own year or nothing is said.

    A half is named by its last month, 7月前 by its month, a relative date (两年内) by the year it ends in.
    """
    if not _HINT.search(clause):
        return None
    return next((time.period for time in _times(clause, year) if time.period), None)


def _times(clause: str, year: int | None) -> Iterator[_Time]:
    for match in _TIME.finditer(_BOOK_TITLE.sub("", clause)):
        time = _read(match, year)
        if time and (year is None or time.last.year >= year):
            yield time


def _read(match: re.Match[str], year: int | None) -> _Time | None:
    kind = match.lastgroup
    if kind == "a_plan":  # 十四五 ends with 2025
        return _whole_year(1955 + 5 * (10 + _number(match["plan"])), year)
    if kind == "a_year":
        stated = int(match["year"].translate(_WIDE_DIGITS))
        if match["year_ahead"]:
            return _whole_year(stated - 1, year)
        ahead = match["to"] or (
            match["then"] is not None and stated != year
        )  # 2024年世界园艺博览会 is a name
        return _whole_year(stated, year) if ahead else None
    named = {"a_day": "day_year", "a_month": "month_year", "a_quarter": "quarter_year", "a_half": "half_year"}
    of = _stated_year(match[named[kind]] if kind in named else match["end_year"], year)
    if of is None:
        return None
    if kind == "a_day":
        month, day = _number(match["day_month"]), _number(match["day"])
        return (
            _Time(date(of, month, day), f"{of}-{month:02}") if 0 < day <= monthrange(of, month)[1] else None
        )
    if kind == "a_month":
        return _in_month(of, _number(match["month"]), match["third"], bool(match["ahead"]))
    if kind == "a_quarter":
        quarter = _number(match["quarter"])
        return _Time(_end_of(of, 3 * quarter), f"{of}Q{quarter}")
    if kind == "a_half":
        return _Time(_end_of(of, 6), f"{of}-06") if match["half"] == "上" else _whole_year(of, year)
    if kind == "some_years":
        return _whole_year(of + _number(match["span"]) - 1, year)
    if kind == "a_feast":
        eve = date(of, *_FEASTS[match["feast"]]) - timedelta(days=1)
        return _Time(eve if eve.year == of else date(of, 12, 31), None)
    return _whole_year(of + (kind == "next_year"), year)


def _in_month(of: int, month: int, third: str | None, ahead: bool) -> _Time:
    last = _end_of(of, month)
    if ahead:
        last = date(of, month, 1) - timedelta(days=1)
    elif third:
        last = date(of, month, 10 if third == "上" else 20)
    return _Time(last, f"{of}-{month:02}")


def _whole_year(of: int, plan_year: int | None) -> _Time:
    return _Time(date(of, 12, 31), None if of == plan_year else str(of))


def _stated_year(words: str | None, year: int | None) -> int | None:
    if words and words not in "今本当明":
        return int(words.translate(_WIDE_DIGITS))
    return year + (words == "明") if year else None


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _number(words: str) -> int:
    plain = words.translate(_WIDE_DIGITS)
    return int(plain) if plain.isdigit() else _NUMERALS.index(plain)
