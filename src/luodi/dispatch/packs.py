"""Papers for and from the meetings: the pack by leader, minutes, the month's start list, results of a visit. Values in, a paper out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from luodi.dispatch.models import Meeting, Resolution, Visit
from luodi.dispatch.papers import Paper
from luodi.dispatch.visits import Result
from luodi.dispatch.week import Item, Open, Week
from luodi.kernel.models import Person
from luodi.shapes.projects.readers import StartLine
from luodi.shapes.projects.rules import LEVELS

LAMP = {"red": "红", "yellow": "黄"}
_ITEMS = (("灯", "事项", "情况", "责任单位", "已定"), (5, 22, 40, 15, 18))
_OPEN = (("事项", "要求", "责任单位", "期限", "现状"), (24, 26, 15, 12, 23))


def pack_of(week: Week, leaders: Sequence[Person | None]) -> Paper:
    """Exceptions only, a part for each leader, each with what was settled before and how it stands."""
    paper = Paper("重点工作周调度材料", f"（{in_words(week.on)}）", is_wide=True)
    paper.say(
        f"本周异常 {len(week.items)} 项，其中红灯 {week.reds} 项；未办结的议定事项 {len(week.open)} 项，"
        f"其中误期 {sum(each.standing.is_late for each in week.open)} 项。"
    )
    for leader in leaders:
        items, settled = week.of(leader), week.settled_with(leader)
        if not (items or settled):
            continue
        paper.say(f"{leader.name if leader else '没有明确包抓领导'}（{len(items)} 项）", 1)
        paper.tabulate(_ITEMS[0], [_item(each) for each in items], _ITEMS[1])
        if settled:
            paper.say("上次议定、尚未办结", 2)
            paper.tabulate(_OPEN[0], [_open(each) for each in settled], _OPEN[1])
    return paper


def _item(item: Item) -> tuple[str, ...]:
    settled = "；".join(f"{each.words}（{each.owner.called}，限 {each.due_on}）" for each in item.settled)
    return (
        LAMP[item.severity], item.title, f"{item.code}：{item.sentence}", item.owner.called if item.owner else "待定",
        settled or "待定责",
    )  # fmt: skip


def _open(each: Open) -> tuple[str, ...]:
    row = each.resolution
    return (row.subject, row.words, row.owner.called, str(row.due_on), how(each))


def how(each: Open) -> str:
    """ "逾期 9 天，误期 2 次，提至分管领导"."""
    standing = each.standing
    said = [f"逾期 {standing.days_late} 天"] if standing.is_late else ["期限未到"]
    if standing.missed:
        said.append(f"误期 {standing.missed} 次")
    if standing.level > 1:
        said.append(f"提至{dict(LEVELS)[standing.level]}")
    return "，".join(said)


def minutes_of(meeting: Meeting, resolutions: Iterable[Resolution]) -> Paper:
    """What was looked at, as it stood, and what was settled."""
    paper = Paper(f"{meeting.get_kind_display()}会议纪要", f"（{in_words(meeting.at.date())}）", is_wide=True)
    chair = meeting.chair.name if meeting.chair else "待补"
    paper.say(f"地点：{meeting.place or '待补'}。主持：{chair}。")
    if meeting.words:
        paper.say("会议要点", 1)
        for line in filter(None, map(str.strip, meeting.words.splitlines())):
            paper.say(line)
    paper.say("议定事项", 1)
    rows = [
        (each.subject, each.words, each.owner.called, str(each.due_on), f"已于 {each.done_on} 办结" if each.done_on else "在办")
        for each in resolutions
    ]  # fmt: skip
    paper.tabulate(("事项", "要求", "责任单位", "期限", "现状"), rows, _OPEN[1])
    paper.say("会上通报的异常", 1)
    rows = [
        (LAMP[each["severity"]], each["title"], f"{each['code']}：{each['sentence']}", each["owner"] or "待定", each["leader"] or "待定")
        for each in meeting.items
    ]  # fmt: skip
    paper.tabulate(("灯", "事项", "情况", "责任单位", "包抓领导"), rows, _ITEMS[1])
    return paper


def starts_paper(month: date, lines: Sequence[StartLine]) -> Paper:
    """月开工: who started with what evidence, who gave a reason and a new date, who gave nothing."""
    paper = Paper(f"{month.year}年{month.month}月开工项目清单", is_wide=True)
    states = [line.state for line in lines]
    paper.say(
        f"应开工 {len(lines)} 个：已开工 {states.count('started')} 个，已说明原因 {states.count('excused')} 个，"
        f"未开工又未说明 {states.count('owed')} 个，未到期 {states.count('ahead')} 个。"
    )
    rows = [
        (
            line.project.name, str(line.project.division or "待定"), line.project.lead.called if line.project.lead else "待定",
            str(line.due_on), line.label, start_words(line),
        )
        for line in lines
    ]  # fmt: skip
    paper.tabulate(
        ("项目", "区划", "责任单位", "应开工", "情况", "依据或原因"), rows, (26, 10, 14, 10, 12, 28)
    )
    return paper


def start_words(line: StartLine) -> str:
    if line.start is not None:
        return f"{line.project.started_on} 开工，现场照片 {line.photos} 张"
    if line.delay is not None:
        return f"{line.delay.get_reason_display()}：{line.delay.words}，改为 {line.delay.new_on}"
    return "无"


def visit_paper(visit: Visit, rows: Sequence[tuple[int | None, Any, Result]]) -> Paper:
    """Results with their arithmetic, the best first; what has no score says why."""
    paper = Paper(visit.title, "（观摩评分结果）", is_wide=True)
    table = [
        (
            str(place) if place else "—", stop.project.name, str(stop.project.division or "待定"),
            str(result.score) if result.score is not None else "不出分", str(result.spread or "—") + ("（离散偏大）" if result.is_wide else ""),
            result.why,
        )
        for place, stop, result in rows
    ]  # fmt: skip
    paper.tabulate(("位次", "项目", "区划", "得分", "标准差", "怎么算的"), table, (6, 28, 10, 9, 14, 33))
    return paper


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
