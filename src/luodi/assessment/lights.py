"""Lights 红黄绿灯: pace 序时 and lateness of milestones, by the dated rules of a place. Pure; rules come in as values.

A light always says its own arithmetic. Where the published text of a rule is silent there is no light, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_noop

from luodi.kernel.clock import months_later
from luodi.kernel.spoken import say

KEY = "assessment.lights"


class Light(StrEnum):
    """From worst to best; NONE where nothing can be said."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    NONE = "none"

    @property
    def label(self) -> str:
        """In Chinese, as sentences and papers have it."""
        return _LABELS[self]

    @property
    def title(self) -> str:
        """In the language of who reads."""
        return say(_LABELS[self])


_LABELS = {
    "red": gettext_noop("红灯"), "yellow": gettext_noop("黄灯"), "blue": gettext_noop("提醒"),
    "green": gettext_noop("绿灯"), "none": gettext_noop("无灯"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """The parameters of one ruleset of the key `assessment.lights`; `name` and `verified` go with every light."""

    name: str
    verified: bool
    values: Mapping[str, Any]

    @property
    def called(self) -> str:
        return self.name + ("" if self.verified else "［未核实］")


@dataclass(frozen=True, slots=True)
class Month:
    """Where a task with a yearly figure stands at a month's end.

    `done` and `plan` run from January (累计, 全年目标); `task` is what was to be done by then where the months were set,
    else the year is taken as even. `asked` and `delivered` are the month's own. Unknown is None.
    """

    month: date
    plan: Decimal | None
    done: Decimal | None
    task: Decimal | None = None
    asked: Decimal | None = None
    delivered: Decimal | None = None

    @property
    def due(self) -> Decimal | None:
        """序时: what time asks for by the month's end."""
        if self.task is not None or self.plan is None:
            return self.task
        return self.plan * self.month.month / 12


@dataclass(frozen=True, slots=True)
class Lit:
    """A light, why in words with the figures put in, and whether it was red before (shown beside it)."""

    light: Light
    why: str
    rule: str
    was_red: bool = False


def pace_light(history: Sequence[Month], rule: Rule) -> Lit:
    """The light of the last month of `history` (oldest first)."""
    if not history:
        return Lit(Light.NONE, "还没有数值，不亮灯。", rule.called)
    light, why = _by_band(history[-1], rule)
    earlier = [_by_band(each, rule)[0] for each in history[:-1]]
    if (limit := rule.values.get("in_a_row_red")) and light not in {Light.GREEN, Light.NONE}:
        behind = _behind_in_a_row([*earlier, light])
        if behind >= limit:
            return Lit(Light.RED, f"{why}；已连续 {behind} 个月未完成，满 {limit} 个月为红灯。", rule.called)
    # 瓯海: what was red and has been made up shows both, it is not green as if nothing had been
    if light == Light.GREEN and Light.RED in earlier and (repaired := rule.values.get("repaired")):
        when = history[len(earlier) - 1 - earlier[::-1].index(Light.RED)].month
        words = f"{why}；{when.month}月曾亮红灯，已补上，记为{Light(repaired).label}。"
        return Lit(Light(repaired), words, rule.called, was_red=True)
    return Lit(light, why + "。", rule.called)


def _by_band(at: Month, rule: Rule) -> tuple[Light, str]:
    short, words = shortfall(at, rule.values["compare"])
    if short is None:
        return Light.NONE, words
    for band in rule.values["bands"]:
        over, least = band.get("over"), band.get("at_least")
        if (over is not None and short > over) or (least is not None and short >= least):
            light = Light(band["light"])
            edge = f"超过 {plain(over)}" if over is not None else f"达到 {plain(least)}"
            silent = "，公布的规则没有写这一段" if light == Light.NONE else ""
            return light, f"{words}，{edge} 为{light.label}{silent}"
    return Light.GREEN, f"{words}，达到绿灯"


def shortfall(at: Month, compare: str) -> tuple[Decimal | None, str]:
    """How far behind, by the rule's own measure, and the arithmetic in words. Negative or zero: not behind."""
    if compare == "task":
        if at.asked is None or at.delivered is None:
            return None, f"{at.month.month}月的任务或完成数待补"
        if at.asked <= 0:
            return Decimal(0), f"{at.month.month}月没有任务"
        share = at.delivered / at.asked * 100
        said = f"{at.month.month}月完成 {plain(at.delivered)} ÷ 当月任务 {plain(at.asked)} = {plain(share)}%，{_short(100 - share)}"
        return 100 - share, said
    if at.plan is None or at.done is None or at.due is None:
        return None, "目标或完成数待补"
    if at.plan <= 0 or at.due <= 0:
        return None, "目标或序时为 0，不能算进度"
    if compare == "gap":
        done, time = at.done / at.plan * 100, at.due / at.plan * 100
        words = f"完成 {plain(at.done)} ÷ 全年 {plain(at.plan)} = {plain(done)}%，时间进度 {plain(time)}%，{'低' if time > done else '高'} {plain(abs(time - done))} 个百分点"
        return time - done, words
    share = at.done / at.due * 100
    words = f"完成 {plain(at.done)} ÷ 序时 {plain(at.due)} = {plain(share)}%，{_short(100 - share)}"
    return 100 - share, words


def milestone_light(
    stage: str, due_on: date, reached_on: date | None, today: date, rule: Rule, has_reason: bool = False
) -> Lit:
    """The light of a milestone, by whole months since it was due. Rows of the rule are read from the top."""
    rows = [row for row in rule.values.get("milestones") or () if row["stage"] == stage]
    if not rows:
        return Lit(Light.NONE, "规则没有写这一类节点。", rule.called)
    if reached_on is not None and reached_on <= today:
        late = max(0, (reached_on - due_on).days)
        return Lit(
            Light.GREEN,
            f"{reached_on} 已达到" + (f"，晚 {late} 天。" if late else "。"),
            rule.called,
            was_red=False,
        )
    for row in rows:
        edge = months_later(due_on, row["months"])
        # on the very day it is due nothing is late yet
        is_past = today > edge if row["past"] or row["months"] == 0 else today >= edge
        if is_past and not (row["reason_excuses"] and has_reason):
            light, since = Light(row["light"]), (today - due_on).days
            edge_words = (
                f"{'超过' if row['past'] else '满'} {row['months']} 个月" if row["months"] else "过了时限"
            )
            said = f"应于 {due_on} 达到，已过 {since} 天，{edge_words}为{light.label}。"
            return Lit(light, said, rule.called)
    return Lit(
        Light.GREEN,
        f"应于 {due_on} 达到，未到亮灯的时候" + ("（有正当理由）。" if has_reason else "。"),
        rule.called,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One whose light another rule would change."""

    name: str
    before: Lit
    after: Lit


def replay(histories: Mapping[str, Sequence[Month]], month: date, old: Rule, new: Rule) -> list[Difference]:
    """Under the new rule, whose light of that month would have differed? Only what was known up to the month counts."""
    out = []
    for name, history in histories.items():
        known = [each for each in history if each.month <= month]
        before, after = pace_light(known, old), pace_light(known, new)
        if (before.light, before.was_red) != (after.light, after.was_red):
            out.append(Difference(name, before, after))
    return out


def presets() -> dict[str, Rule]:
    """The rules that come with the software, by the code of their division ("" the general one)."""
    from luodi.kernel.rulesets import declaration
    from luodi.kernel.rulesets.shape import values_of

    about = declaration.declared()[KEY]
    return {
        seed.division: Rule(seed.document, seed.verified, values_of(about.shape, seed.content))
        for seed in about.seeds
    }


def rule_of(ruleset: Any) -> Rule:
    """A ruleset in force (`kernel.rulesets.ruleset`) as a rule."""
    return Rule(ruleset.document, ruleset.verified, ruleset.values)


def _behind_in_a_row(lights: Iterable[Light]) -> int:
    count = 0
    for light in lights:
        count = count + 1 if light in {Light.RED, Light.YELLOW, Light.BLUE} else 0
    return count


def _short(share: Decimal) -> str:
    return f"少 {plain(share)}%" if share >= 0 else f"多 {plain(-share)}%"


def plain(value: Decimal) -> str:
    words = format(value.quantize(Decimal("0.1"), ROUND_HALF_UP), "f")
    return words.removesuffix(".0")
