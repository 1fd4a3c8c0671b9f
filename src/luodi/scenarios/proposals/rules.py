"""Proposals 建议提案 as data and pure functions.

Handed out, a unit signs or gives it back in time; it is talked over with who made it (面商) before it is answered; the answer
has a class A to D; who made it says how satisfied they are; dissatisfied, it is handled once more with the unit's head
speaking to them. What an answer of class B promises is followed until it is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from luodi.shapes.cases.guards import after, at_most, nothing_pending, one_of
from luodi.shapes.cases.machine import CO, DESK, LEAD, Actor, Effect, Machine, Move, State, Window
from luodi.shapes.cases.moves import extension, merging
from luodi.shapes.cases.record import Record

LIMITS = "proposals.limits"
BODIES = (("deputies", "人大代表建议"), ("committee", "政协提案"))
CHANNELS = (("session", "大会期间"), ("between", "闭会期间"))
NORMAL, HARD = "normal", "hard"
LEVELS = ((NORMAL, "一般"), (HARD, "情况复杂、涉及面广"))
CATEGORIES = (
    ("economy", "经济发展"), ("city", "城建交通"), ("farm", "农业农村"), ("people", "教育卫生社保"), ("environment", "生态环境"),
    ("rule", "法治和社会治理"), ("culture", "文化旅游体育"), ("other", "其他"),
)  # fmt: skip
SOLVED, PLANNED, LIMITED, NOTED = "A", "B", "C", "D"
CLASSES = (
    (SOLVED, "A 已经解决或采纳"),
    (PLANNED, "B 正在解决或列入计划"),
    (LIMITED, "C 因条件限制暂不能解决"),
    (NOTED, "D 留作参考"),
)
GRADES = (("satisfied", "满意"), ("basic", "基本满意"), ("no", "不满意"))
DISSATISFIED = "no"
WAYS = (
    ("visit", "走访面商"),
    ("meeting", "座谈"),
    ("site", "现场调研"),
    ("phone", "电话"),
    ("letter", "书面"),
)
IN_PERSON = ("visit", "meeting", "site")
"""What counts as talked over in person 面商."""


def talked_over(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    if not any(event.filled.get("way") in IN_PERSON for event in record.made_this_round("talk")):
        return "答复前要与提出人当面商量（走访、座谈或现场调研）并记录。"
    return ""


def promises_have_a_day(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """Class B says until when; the other classes promise nothing."""
    if filled.get("outcome") == PLANNED and not (filled.get("promise") and filled.get("keep_by")):
        return "B 类答复要写明承诺什么、何时兑现。"
    return "" if filled.get("outcome") == PLANNED or not filled.get("promise") else "只有 B 类答复写承诺。"


def satisfied(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    last = record.last("feedback")
    if last is not None and last.filled.get("content") == DISSATISFIED and record.round == 1:
        return "提出人不满意的，要重新办理一次。"
    return ""


def dissatisfied(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    last = record.last("feedback")
    return "" if last and last.filled.get("content") == DISSATISFIED else "提出人反馈不满意的，才重新办理。"


_AT_WORK = ("sent", "handling")
MACHINE = Machine(
    start="received",
    states=(
        State("received", "待交办", "已收到", "hollow"),
        State("sent", "待签收", "已交办", "yellow", limit="sign"),
        State("returned", "退回待改办", "重新交办中", "yellow", limit="reassign"),
        State("handling", "办理中", "办理中", "yellow"),
        State("answered", "待反馈", "已答复", "blue", limit="feedback"),
        State("judged", "已反馈", "已反馈", "blue"),
        State("closed", "已办结", "已办结", "green", is_end=True, proof=("answer",)),
        State("merged", "已并案", "已并案办理", "grey", is_end=True, proof=("merge",)),
        State("not_filed", "不予立案", "作为意见转有关单位参考", "grey", is_end=True),
    ),
    moves=(
        Move("assign", "交办", ("received", "returned"), "sent", needs=("lead", "level"), takes=("co", "words"), effect=Effect.START, in_bulk=True),
        Move("not_file", "不予立案", ("received",), "not_filed", needs=("reason",)),
        Move("sign", "签收", ("sent",), "handling", by=(LEAD,), takes=("words",), assignment="signed", in_bulk=True),
        Move(
            "give_back", "退回改办", ("sent",), "returned", by=(LEAD,), needs=("reason",), assignment="returned", window=Window("sign"),
            guards=(at_most("give_back", 1, "改办以 1 次为限，改办后不再退回。"),),
        ),
        Move("opinion", "会办意见", _AT_WORK, by=(CO,), needs=("words",), assignment="answered"),
        Move("talk", "沟通面商", ("handling",), by=(LEAD,), needs=("way", "words"), restarts=True),
        Move(
            "answer", "答复", ("handling",), "answered", by=(LEAD,), needs=("outcome", "reply"), takes=("promise", "keep_by", "is_open_answer"),
            effect=Effect.FINISH, guards=(one_of("outcome", tuple(code for code, _ in CLASSES), "答复须分 A、B、C、D 类。"), talked_over, promises_have_a_day, nothing_pending),
        ),
        Move("feedback", "记反馈", ("answered", "judged"), "judged", by=(DESK,), needs=("content",), takes=("words",), guards=(one_of("content", tuple(code for code, _ in GRADES), "反馈为满意、基本满意或不满意。"),)),
        Move("redo", "重新办理", ("judged",), "handling", by=(DESK,), needs=("reason",), effect=Effect.NEXT, limit="redo", new_round=True, guards=(dissatisfied, at_most("redo", 1, "重新办理以 1 次为限。"))),
        Move("head_called", "主要负责人沟通", ("handling",), by=(LEAD,), needs=("words",), guards=(after("talk", "先由承办人员面商。"),)),
        Move("close", "办结", ("judged",), "closed", by=(DESK,), takes=("words",), guards=(satisfied,), in_bulk=True),
        Move("close_silent", "办结（逾期未反馈）", ("answered",), "closed", by=(DESK,), needs=("words",), window=Window("feedback", is_over=True)),
        *extension(("handling",)),
        *merging(("received", "sent", "handling")),
    ),
)  # fmt: skip


# what the year's report counts


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal as the tables count it."""

    body: str
    lead: str
    outcome: str
    grade: str
    is_late: bool | None
    was_talked_over: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: shares in percent with one decimal, None without a denominator."""

    title: str
    count: int
    answered: int
    in_time: Decimal | None
    talked: Decimal | None
    classes: Mapping[str, int]
    grades: Mapping[str, int]
    solved_or_planned: Decimal | None
    content: Decimal | None

    @property
    def answer_rate(self) -> Decimal | None:
        """办复率."""
        return share(self.answered, self.count)


NOTED_MOST = Decimal(10)
"""Above this share of class D, in percent, a unit's answers deserve a look (software's own)."""


def table(items: Iterable[Item]) -> list[Line]:
    """The whole, then each body, then each lead unit by the number of its items."""
    rows = list(items)
    out = [_line("合计", rows)]
    out += [_line(title, [row for row in rows if row.body == code]) for code, title in BODIES]
    units = Counter(row.lead for row in rows if row.lead)
    out += [_line(unit, [row for row in rows if row.lead == unit]) for unit, _ in units.most_common()]
    return out


def _line(title: str, rows: list[Item]) -> Line:
    answered = [row for row in rows if row.is_answered]
    judged = [row for row in answered if row.grade]
    timed = [row for row in answered if row.is_late is not None]
    classes, grades = Counter(row.outcome for row in answered), Counter(row.grade for row in judged)
    return Line(
        title, len(rows), len(answered),
        share(sum(not row.is_late for row in timed), len(timed)),
        share(sum(row.was_talked_over for row in answered), len(answered)),
        classes, grades,
        share(classes[SOLVED] + classes[PLANNED], len(answered)),
        share(grades["satisfied"] + grades["basic"], len(judged)),
    )  # fmt: skip


def share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def noted_too_often(line: Line) -> bool:
    found = share(line.classes.get(NOTED, 0), line.answered)
    return found is not None and found > NOTED_MOST


def is_broken(keep_by: date, kept_on: date | None, today: date) -> bool:
    """A promise that was not kept by its day."""
    return keep_by < (kept_on or today)
