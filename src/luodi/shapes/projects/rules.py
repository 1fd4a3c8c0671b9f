"""Rules of investment reports, pace, problems and the entry to statistics. Pure: values in, values and sentences out.

Money is in whole 分; `lines` are the values of the ruleset `projects.lines`. Unknown is None and is never taken for 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from luodi.kernel.clock import months_later
from luodi.shapes.projects.life import wan

SOURCES = (
    ("budget_fen", "国家预算内资金"),
    ("loans_fen", "国内贷款"),
    ("stocks_fen", "股票"),
    ("bonds_fen", "债券"),
    ("foreign_fen", "利用外资"),
    ("own_fen", "自筹资金"),
    ("other_fen", "其他资金"),
)
"""The seven sources of money in place of the investment statistics."""
KINDS_OF_WORK = (
    ("building_fen", "建筑工程"),
    ("installing_fen", "安装工程"),
    ("equipment_fen", "设备工器具购置"),
    ("expenses_fen", "其他费用"),
)


# pace


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a year's investment stands at a month's end, against the plan in force and the plan as first set.

    `done` maps months to what had been done since January; a month without report is not there. `task` are the twelve
    cumulated amounts of the plan by months 分月计划 where it was set, else the year is taken as even. All in 分.
    """

    year: int
    plan_fen: int | None
    first_plan_fen: int | None
    done: Mapping[date, int]
    task: tuple[int, ...] = ()

    @property
    def last(self) -> date | None:
        """The newest month reported."""
        return max(self.done, default=None)

    @property
    def done_fen(self) -> int | None:
        return self.done[self.last] if self.last else None

    @property
    def rate(self) -> Decimal | None:
        """年度投资完成率 in percent; None without plan or report."""
        return percent(self.done_fen, self.plan_fen)

    @property
    def rate_of_first_plan(self) -> Decimal | None:
        """The same against the plan before any change: both are always shown."""
        return percent(self.done_fen, self.first_plan_fen)

    @property
    def is_replanned(self) -> bool:
        return self.first_plan_fen != self.plan_fen

    def due_fen(self, month: int) -> int | None:
        """序时 in money: what the plan asks for by the end of a month."""
        if self.plan_fen is None:
            return None
        return self.task[month - 1] if self.task else self.plan_fen * month // 12

    @property
    def time(self) -> Decimal | None:
        """序时进度 at the end of the month reported last, in percent: by the plan's months, else m / 12."""
        if self.last is None:
            return None
        return (
            percent(self.task[self.last.month - 1], self.plan_fen)
            if self.task
            else Decimal(self.last.month) * 100 / 12
        )

    @property
    def gap(self) -> Decimal | None:
        """偏差: rate less time, in percentage points; below zero is behind."""
        return None if self.rate is None or self.time is None else self.rate - self.time


def common_time(paces: Iterable[Pace], month: int) -> Decimal:
    """序时进度 of many projects in percent: what their plans ask for by a month's end, over their plans; m / 12 without any."""
    planned = [pace for pace in paces if pace.plan_fen]
    if not planned or not any(pace.task for pace in planned):
        return Decimal(month) * 100 / 12
    return (
        Decimal(sum(pace.due_fen(month) or 0 for pace in planned))
        * 100
        / sum(pace.plan_fen or 0 for pace in planned)
    )


def month_faults(months: Sequence[int], plan_fen: int) -> list[str]:
    """Why a plan by months can't stand: twelve cumulated amounts that never fall and end with the year's plan."""
    if not months:
        return []
    if len(months) != 12:
        return [f"分月累计计划要有 12 个数，现有 {len(months)} 个。"]
    if any(later < earlier for earlier, later in pairwise(months)):
        return ["分月累计计划不能回落。"]
    if months[-1] != plan_fen:
        return [f"12 月底的累计 {wan(months[-1])} 万元，与年度计划 {wan(plan_fen)} 万元不等。"]
    return []


def percent(part: int | None, whole: int | None) -> Decimal | None:
    return None if part is None or not whole else Decimal(part) * 100 / whole


# monthly reports


@dataclass(frozen=True, slots=True)
class Report:
    """What a monthly report says, cumulated since January of its year; unknown is None."""

    month: date
    ytd_fen: int
    by_work: Mapping[str, int | None]
    by_source: Mapping[str, int | None]
    stat_fen: int | None = None


def report_faults(
    report: Report, before: Report | None, after: Report | None, has_started: bool
) -> list[str]:
    """Why a report can't stand beside the months around it. `before` and `after` are of the same year."""
    said = []
    if report.ytd_fen > 0 and not has_started:
        said.append("还没有登记开工，不能报完成投资（平整场地、拆迁、三通一平不算开工）。")
    for other, word, falls in ((before, "少于", True), (after, "多于", False)):
        if other is None:
            continue
        for title, value, theirs in _pairs(report, other):
            if value is not None and theirs is not None and (value < theirs if falls else value > theirs):
                said.append(
                    f"{title} {wan(value)} 万元，{word} {other.month.month} 月的 {wan(theirs)} 万元："
                    f"累计数不能回落，{other.month.month} 月报错了的请先更正那个月。"
                )
    works = [value for value in report.by_work.values() if value is not None]
    if works and sum(works) > report.ytd_fen:
        said.append(f"按构成合计 {wan(sum(works))} 万元，多于累计完成投资 {wan(report.ytd_fen)} 万元。")
    elif len(works) == len(KINDS_OF_WORK) and sum(works) != report.ytd_fen:
        said.append(f"四项构成合计 {wan(sum(works))} 万元，与累计完成投资 {wan(report.ytd_fen)} 万元不等。")
    return said


def _pairs(report: Report, other: Report) -> Iterable[tuple[str, int | None, int | None]]:
    yield "累计完成投资", report.ytd_fen, other.ytd_fen
    yield "累计统计上报投资", report.stat_fen, other.stat_fen
    for name, title in SOURCES:
        yield f"累计到位的{title}", report.by_source.get(name), other.by_source.get(name)


def month_fen(report_ytd: int, before_ytd: int | None) -> int:
    """The month's own investment."""
    return report_ytd - (before_ytd or 0)


def unit_slip(value: int, expected: int | None) -> str:
    """元 and 万元 taken for each other: more than a hundred times, or less than a hundredth, of what was to be expected."""
    if not expected or not value:
        return ""
    if value > expected * 100:
        return f"{wan(value)} 万元是参照数 {wan(expected)} 万元的 100 倍以上，是不是把元当成了万元？"
    if value * 100 < expected:
        return f"{wan(value)} 万元不到参照数 {wan(expected)} 万元的百分之一，是不是把万元当成了亿元？"
    return ""


def suspicions(
    reports: Sequence[Report],
    *,
    plan_fen: int | None,
    total_fen: int | None,
    ever_fen: int | None,
    is_finished: bool,
    lines: Mapping[str, Any],
) -> list[str]:
    """Numbers that deserve a second look: never a verdict. `ever_fen` is everything done since the beginning."""
    said = []
    months = sorted(reports, key=lambda each: each.month)
    own = [month_fen(each.ytd_fen, months[at - 1].ytd_fen if at else None) for at, each in enumerate(months)]
    if plan_fen:
        even = sum(1 for value in own if value * 12 == plan_fen)
        if even >= lines["even_months"]:
            said.append(f"有 {even} 个月的完成投资正好是年度计划的十二分之一。")
    if total_fen and ever_fen is not None and ever_fen * 100 > total_fen * lines["over_total_percent"]:
        said.append(
            f"累计完成 {wan(ever_fen)} 万元，超过总投资 {wan(total_fen)} 万元的 {lines['over_total_percent']}%。"
        )
    if (
        is_finished
        and total_fen
        and ever_fen is not None
        and ever_fen * 100 < total_fen * lines["finished_percent"]
    ):
        said.append(
            f"已竣工，累计完成只有总投资的 {percent(ever_fen, total_fen):.1f}%，不足 {lines['finished_percent']}%。"
        )
    if months and months[-1].stat_fen is not None and months[-1].ytd_fen:
        apart = abs(months[-1].ytd_fen - months[-1].stat_fen) * 100
        if apart > months[-1].ytd_fen * lines["stat_gap_percent"]:
            said.append(
                f"台账 {wan(months[-1].ytd_fen)} 万元与统计上报 {wan(months[-1].stat_fen)} 万元相差超过 {lines['stat_gap_percent']}%。"
            )
    return said


def plan_faults(values: Mapping[str, Any]) -> list[str]:
    """Contradictions in what a project says of itself."""
    said = []
    total, plan = values.get("total_fen"), values.get("plan_fen")
    if total is not None and plan is not None and plan > total:
        said.append(f"年度计划 {wan(plan)} 万元超过总投资 {wan(total)} 万元。")
    start, finish = values.get("start_due_on"), values.get("finish_due_on")
    if start and finish and finish < start:
        said.append(f"计划竣工 {finish} 早于计划开工 {start}。")
    started, finished = values.get("started_on"), values.get("finished_on")
    if started and finished and finished < started:
        said.append(f"竣工 {finished} 早于开工 {started}。")
    return said


@dataclass(frozen=True, slots=True)
class Piece:
    """What tells a split project: legal person, parcel, and total."""

    pk: int
    name: str
    owner: int | None
    parcel: str
    total_fen: int | None


def split_from(one: Piece, others: Iterable[Piece], lines: Mapping[str, Any]) -> list[str]:
    """拆分: the same legal person on the same parcel, each below a line, together above it."""
    if not one.owner or not one.parcel or one.total_fen is None:
        return []
    group = [
        each
        for each in others
        if each.pk != one.pk
        and (each.owner, each.parcel) == (one.owner, one.parcel)
        and each.total_fen is not None
    ]
    said = []
    for line in (lines["entry_fen"], lines["large_fen"]):
        small = [each for each in group if each.total_fen < line]
        if small and one.total_fen < line <= one.total_fen + sum(each.total_fen for each in small):
            names = "、".join(f"“{each.name}”" for each in small[:3])
            said.append(f"与{names}同一法人、同一地块，各自不足 {wan(line)} 万元，合计超过：可能是拆分。")
    return said


# problems


@dataclass(frozen=True, slots=True)
class Standing:
    """How a problem stands: how often its date was missed, up to which level it has come, and whether it is late."""

    missed: int
    level: int
    is_late: bool
    days_late: int


LEVELS = ((1, "责任单位"), (2, "包抓领导"), (3, "常务副市长调度"), (4, "市长调度"))


def standing(
    first_level: int, dates: Sequence[date], solved_on: date | None, today: date, lines: Mapping[str, Any]
) -> Standing:
    """A date that passes unsolved is missed once, and once more at every weekly dispatch after it; an earlier date that was
    put off after it had passed counts once. Missed twice, the problem goes up one level (and again at four)."""
    if not dates:
        return Standing(0, first_level, False, 0)
    until = min(solved_on, today) if solved_on else today
    *earlier, last = dates
    missed = sum(1 for day in earlier if day < until)
    days_late = max(0, (until - last).days)
    if days_late:
        missed += 1 + days_late // lines["dispatch_days"]
    level = min(first_level + missed // lines["missed_for_a_level"], LEVELS[-1][0])
    return Standing(missed, level, solved_on is None and days_late > 0, days_late)


# entry to statistics


def entry_papers(total_fen: int | None, nature: str, lines: Mapping[str, Any]) -> tuple[str, ...]:
    """The papers that the statistics office asks for; a pure purchase shows contract with payment, and the arrival."""
    if nature == "purchase":
        return ("main_content", "voucher", "arrival_photos")
    large = total_fen is not None and total_fen >= lines["large_fen"]
    return (
        "main_content",
        "approval",
        "contract",
        "site_photos",
        *(("licence", "legal_person_proof") if large else ()),
    )


def entry_level(total_fen: int | None, lines: Mapping[str, Any]) -> str:
    """Who confirms the entry; "" below the line, where there is none."""
    if total_fen is None or total_fen < lines["entry_fen"]:
        return ""
    if total_fen >= lines["national_fen"]:
        return "国家统计局"
    return "省统计局" if total_fen >= lines["provincial_fen"] else "市统计局"


def entry_faults(
    total_fen: int | None, nature: str, started_on: date | None, in_hand: Iterable[str], titles: Mapping[str, str], lines: Mapping[str, Any]
) -> list[str]:  # fmt: skip
    """Why a project can't be entered 入库纳统 yet."""
    said = []
    if total_fen is None:
        said.append("总投资待补，不能入库纳统。")
    elif not entry_level(total_fen, lines):
        said.append(
            f"总投资 {wan(total_fen)} 万元，不足 {wan(lines['entry_fen'])} 万元，不纳入固定资产投资项目统计。"
        )
    if started_on is None:
        said.append("还没有开工，不能入库纳统。")
    have = set(in_hand)
    said += [f"缺少“{titles[code]}”。" for code in entry_papers(total_fen, nature, lines) if code not in have]
    return said


def entry_due(started_on: date, lines: Mapping[str, Any]) -> tuple[date, date]:
    """The days after which a started project is late for statistics, and badly late."""
    return months_later(started_on, lines["entry_months"]), months_later(
        started_on, lines["entry_late_months"]
    )


def warn_from(day: date, days: int) -> date:
    return day - timedelta(days=days)
