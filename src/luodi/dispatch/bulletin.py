"""Bulletins 通报, monthly and quarterly, drafted from facts: ledger, projects, lights, starts, resolutions, orders."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from luodi.assessment.lights import Light, pace_light
from luodi.assessment.pace import paced, rule_in_force, up_to
from luodi.commitments import life
from luodi.commitments.models import Commitment
from luodi.commitments.standing import Standing, standings
from luodi.dispatch.models import Order, Resolution
from luodi.dispatch.orders import COLOURS
from luodi.dispatch.papers import Paper
from luodi.kernel.clock import months_later
from luodi.shapes.projects.readers import progress, progress_by, starts_of_month

WORST = 10
"""Units named for what they owe."""


def bulletin(first: date, months: int) -> Paper:
    """The paper on `months` months from `first` on (1 a month, 3 a quarter). What isn't known is said to be 待补."""
    after = months_later(first, months)
    last = after - timedelta(days=1)
    span = (
        f"{first.year}年{first.month}月"
        if months == 1
        else f"{first.year}年第{'一二三四'[first.month // 3]}季度"
    )
    paper = Paper(f"{span}重点工作推进情况通报", is_wide=False)
    _ledger(paper, last)
    _projects(paper, last)
    _starts(paper, [months_later(first, step) for step in range(months)], last)
    _lights(paper, last)
    _settled(paper, first, after)
    return paper


def _ledger(paper: Paper, last: date) -> None:
    paper.say("一、任务台账", 1)
    issued = Commitment.objects.exclude(state__in=life.PREPARED).filter(
        same_as=None, document__year=last.year
    )
    rows = issued.select_related("document", "latest").prefetch_related("assignments__unit")
    rows = rows.defer("document__text", "document__report")
    stands = standings(rows, last)
    states = Counter(each.line.state for each in stands)
    State = Commitment.State
    paper.say(
        f"全年任务 {len(stands)} 项，已销号 {states[State.CLOSED]} 项，已核实待销号 {states[State.VERIFIED]} 项，"
        f"申请销号 {states[State.CLOSING]} 项，推进中 {states[State.RUNNING] + states[State.ACCEPTED] + states[State.ISSUED]} 项，"
        f"挂账 {states[State.SUSPENDED]} 项。"
    )
    owed = [each for each in stands if each.is_owed]
    late, overdue = (
        [each for each in owed if each.is_late],
        [each for each in owed if _is_overdue(each, last)],
    )
    paper.say(
        f"超过时限尚未销号 {len(overdue)} 项，节点逾期 {sum(bool(each.late_nodes) for each in owed)} 项，进展逾期未报 {len(late)} 项。"
    )
    units: dict[str, list[int]] = {}
    for each in owed:
        lead = each.line.lead
        counts = units.setdefault(lead.name if lead else "待定", [0, 0, 0])
        for at, is_so in enumerate((_is_overdue(each, last), bool(each.late_nodes), each.is_late)):
            counts[at] += is_so
    worst = sorted(
        (item for item in units.items() if any(item[1])), key=lambda item: (-sum(item[1]), item[0])
    )[:WORST]
    paper.tabulate(
        ("责任单位", "超时限", "节点逾期", "逾期未报"), [(name, *map(str, counts)) for name, counts in worst], (40, 20, 20, 20)
    )  # fmt: skip


def _is_overdue(each: Standing, last: date) -> bool:
    return each.line.deadline is not None and each.line.deadline <= last


def _projects(paper: Paper, last: date) -> None:
    paper.say("二、重点项目", 1)
    whole = progress(last)
    if not whole.count:
        paper.say("没有纳入调度的项目。")
        return
    paper.say(
        f"纳入调度的项目 {whole.count} 个，年度计划投资 {_yi(whole.plan_fen)}，累计完成 {_yi(whole.done_fen)}，"
        f"年度投资完成率 {_share(whole.rate)}，与序时相比 {_points(whole.gap)}；开工率 {_share(whole.start_rate)}，"
        f"入统率 {_share(whole.entry_rate)}；未解决的问题 {whole.problems_open} 个。"
    )
    rows = sorted(progress_by("division", last), key=lambda each: (each.rate is None, -(each.rate or 0)))
    paper.tabulate(
        ("区划", "项目", "年度计划", "累计完成", "完成率", "与序时相比", "开工率"),
        [
            (each.title, str(each.count), _yi(each.plan_fen), _yi(each.done_fen), _share(each.rate), _points(each.gap), _share(each.start_rate))
            for each in rows
        ],
        (18, 10, 16, 16, 13, 15, 12),
    )  # fmt: skip


def _starts(paper: Paper, months: list[date], last: date) -> None:
    paper.say("三、月开工", 1)
    for month in months:
        states = Counter(line.state for line in starts_of_month(month, last))
        paper.say(
            f"{month.month}月应开工 {sum(states.values())} 个，已开工 {states['started']} 个，说明原因 {states['excused']} 个，"
            f"未开工又未说明 {states['owed']} 个。"
        )


def _lights(paper: Paper, last: date) -> None:
    paper.say("四、指标红黄灯", 1)
    month = last.replace(day=1)
    rule = rule_in_force(month)
    lit = [
        (each, pace_light(up_to(each.months, month), rule)) for each in paced(last.year) if not each.why_none
    ]
    counts = Counter(each.light for _, each in lit)
    paper.say(
        f"有序时进度的目标 {len(lit)} 项：绿灯 {counts[Light.GREEN]} 项，黄灯 {counts[Light.YELLOW]} 项，红灯 {counts[Light.RED]} 项，"
        f"曾亮红灯已补上 {sum(each.was_red for _, each in lit)} 项。规则：{rule.called}。"
    )
    red = [(str(each.binding.target), light.why) for each, light in lit if light.light == Light.RED]
    paper.tabulate(("目标", "情况"), red, (35, 65))


def _settled(paper: Paper, first: date, after: date) -> None:
    paper.say("五、议定事项和督办单", 1)
    made = Resolution.objects.filter(made_on__gte=first, made_on__lt=after)
    done = Resolution.objects.filter(done_on__gte=first, done_on__lt=after)
    paper.say(
        f"议定事项 {made.count()} 项，办结 {done.count()} 项，期末未办结 {Resolution.objects.filter(done_on=None).count()} 项。"
    )
    sent = Order.objects.filter(started_at__date__gte=first, started_at__date__lt=after)
    closed = Order.objects.filter(closed_on__gte=first, closed_on__lt=after)
    colours = Counter(sent.values_list("level", flat=True))
    said = "、".join(f"{title[:2]} {colours[code]} 张" for code, title in COLOURS)
    paper.say(
        f"下发督办单 {sum(colours.values())} 张（{said}），办结 {closed.count()} 张，其中曾到红色 {closed.filter(worst='red').count()} 张。"
    )


def _yi(fen: int) -> str:
    return f"{fen / 10_000_000_000:.2f}亿元"


def _share(value: object) -> str:
    return "待补" if value is None else f"{value:.1f}%"


def _points(value: object) -> str:
    return "待补" if value is None else f"{value:+.1f}个百分点"
