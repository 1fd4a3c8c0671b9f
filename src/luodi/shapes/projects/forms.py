"""The forms of projects as data: what each field is called and how a typed value is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.shapes.projects.fields import Amounts
from luodi.shapes.projects.life import PARTS, WORKS
from luodi.shapes.projects.models import PlanChange
from luodi.shapes.projects.models.changes import Reason
from luodi.shapes.projects.rules import KINDS_OF_WORK, LEVELS, SOURCES
from luodi.workbench.kinds import Choice, Day, Kind, Money, Number, Text, UnitLink

WAN = Money("万元")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the name of its value, its title, its kind. `is_needed` fields may not stay empty."""

    name: str
    title: Any
    kind: Kind
    is_needed: bool = False
    hint: Any = ""

    @property
    def heading(self) -> str:
        return f"{self.title}（{self.kind.unit}）" if self.kind.unit else str(self.title)

    @property
    def options(self) -> list[tuple[str, str]]:
        return self.kind.options if isinstance(self.kind, Choice) else []


@dataclass(frozen=True, slots=True)
class Filled:
    """A field as it is drawn: with what stands in it, and what is wrong with that."""

    field: Field
    typed: str
    error: str = ""
    last: str = ""
    """What was reported last time, for a look beside it."""


def read(fields: tuple[Field, ...], given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by name, and errors by name. An empty field is None, and an error where it is needed."""
    values, errors = {}, {}
    for field in fields:
        cell = (given.get(field.name) or "").strip()
        try:
            values[field.name] = field.kind.reader()(cell) if cell else None
        except ValueError as error:
            errors[field.name] = str(error)
            continue
        if field.is_needed and values[field.name] in (None, ""):
            errors[field.name] = f"请填写{field.title}"
    return values, errors


def drawn(
    fields: tuple[Field, ...], typed: Mapping[str, str], errors: Mapping[str, str] | None = None, last: Mapping[str, str] | None = None
) -> list[Filled]:  # fmt: skip
    errors, last = errors or {}, last or {}
    return [
        Filled(field, typed.get(field.name, ""), errors.get(field.name, ""), last.get(field.name, ""))
        for field in fields
    ]


REPORT = (
    Field("ytd_fen", _("本年累计完成投资"), WAN, is_needed=True, hint=_("自 1 月起累计，不是当月数")),
    Field("progress", _("形象进度"), Text(long=True), is_needed=True, hint=_("现在干到哪一步")),
    Field("next_steps", _("下月计划"), Text(long=True)),
)
REPORT_WORKS = tuple(Field(name, title, WAN) for name, title in KINDS_OF_WORK)
REPORT_SOURCES = (
    *(Field(name, title, WAN) for name, title in SOURCES),
    Field("stat_fen", _("统计上报累计投资"), WAN),
)
REPORT_YIELD = (
    Field("quantity", _("当月产量"), Number("")),
    Field("output_fen", _("当月产值"), WAN),
    Field("tax_fen", _("当月税收"), WAN),
)
REPORT_ALL = (*REPORT, *REPORT_WORKS, *REPORT_SOURCES, *REPORT_YIELD)

START = (
    Field("on", _("开工日期"), Day(), is_needed=True),
    Field(
        "works",
        _("开工内容"),
        Choice(choices=tuple((each.code, each.title) for each in WORKS)),
        is_needed=True,
    ),
    Field("words", _("开工部位"), Text(), hint=_("如 1 号厂房基坑")),
    Field("verifier", _("现场核实人"), Text(), is_needed=True, hint=_("姓名、单位、职务")),
    Field("lon", _("经度"), Number("")),
    Field("lat", _("纬度"), Number("")),
)
STEP = (Field("on", _("日期"), Day(), is_needed=True), Field("reason", _("事由"), Text()))
CHARGE = (
    Field("part", _("一方"), Choice(choices=PARTS), is_needed=True),
    Field("name", _("姓名"), Text(), is_needed=True),
    Field("post", _("职务"), Text()),
    Field("unit", _("单位"), UnitLink()),
    Field("since", _("起"), Day(), is_needed=True),
)
PROBLEM = (
    Field("words", _("问题"), Text(long=True), is_needed=True),
    Field("reason", _("类别"), Choice(choices=tuple(Reason.choices)), is_needed=True),
    Field("owner", _("牵头解决单位"), UnitLink(), is_needed=True),
    Field("due_on", _("解决期限"), Day(), is_needed=True),
    Field("first_level", _("提出层级"), Choice(choices=LEVELS)),
)
PROMISE = (
    Field("due_on", _("新的期限"), Day(), is_needed=True),
    Field("words", _("进展和改期原因"), Text(long=True), is_needed=True),
)
SOLVE = (
    Field("on", _("解决日期"), Day(), is_needed=True),
    Field("solution", _("解决情况"), Text(long=True), is_needed=True),
)
DELAY = (
    Field("reason", _("原因"), Choice(choices=tuple(Reason.choices)), is_needed=True),
    Field("words", _("说明"), Text(long=True), is_needed=True),
    Field("new_on", _("新的开工日期"), Day(), is_needed=True),
)
REACH = (Field("on", _("完成日期"), Day(), is_needed=True), Field("note", _("说明"), Text()))
PLAN = (
    Field("plan_fen", _("年度计划投资"), WAN, is_needed=True),
    Field("months", _("分月累计计划"), Amounts("万元"), hint=_("1 至 12 月底的累计数，用、隔开；不填按月均")),
    Field("goal", _("年度建设目标"), Text()),
)
CHANGE = (
    Field("item", _("调整项"), Choice(choices=tuple(PlanChange.Item.choices)), is_needed=True),
    Field("amount", _("新的金额"), WAN, hint=_("调整投资时填")),
    Field("day", _("新的日期"), Day(), hint=_("调整日期时填")),
    Field("reason", _("理由"), Text(long=True), is_needed=True),
)
DECIDE = (Field("opinion", _("意见"), Text()),)
ENTER = (Field("on", _("入库日期"), Day(), is_needed=True),)
