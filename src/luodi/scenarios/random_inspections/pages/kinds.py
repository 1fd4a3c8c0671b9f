"""Checks as a kind of case: who brings them, what their moves ask for, how findings are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html

from luodi.scenarios.random_inspections.actions.checks import may_be_opened, note
from luodi.scenarios.random_inspections.models import SpotCheck, crew_said
from luodi.scenarios.random_inspections.rules import checks, words
from luodi.scenarios.random_inspections.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.kinds import Choice, Day, Kind, Text, Words


@dataclass(frozen=True, slots=True)
class Findings(Kind):
    """Conclusions by item: one line each, `事项编码 结果代码 情况说明`."""

    control: ClassVar[str] = "area"

    def _show(self, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(value)
        titles = dict(words.CONCLUSIONS)
        return "；".join(f"{code} {titles.get(pair[0], pair[0])}{'：' + pair[1] if pair[1] else ''}" for code, pair in value.items())  # fmt: skip

    def read(self, cell: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in filter(str.strip, cell.splitlines()):
            parts = line.split(None, 2)
            if len(parts) < 2:
                raise ValueError(f"“{line}”应写成：事项编码 结果代码 情况说明")
            found[parts[0]] = [parts[1], parts[2].strip() if len(parts) > 2 else ""]
        return found


def facts_of(check: SpotCheck) -> Iterable[tuple[str, Any]]:
    """The sheet is one tap away; the task, the crew, the lead's number."""
    sheet = reverse("random_inspections:sheet", args=[check.pk])
    yield "检查表", format_html('<a href="{}">现场检查表</a>', sheet)
    if check.task is not None:
        yield "任务", format_html('<a href="{}">{}</a>', reverse("random_inspections:task", args=[check.task_id]), check.task.title)  # fmt: skip
    yield "检查人员", crew_said(check.seats.select_related("inspector"))
    yield "线索编号", check.lead_number


CHECKS = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=SpotCheck,
    machine=checks.MACHINE,
    prefix="SJ",
    lead=SCENARIO.lead,
    ruleset=checks.LIMITS,
    categories=words.METHODS,
    levels=words.CLASSES,
    outcomes=words.CONCLUSIONS,
    channels=words.ORIGINS,
    check=may_be_opened,
    bringer=lambda check: check.firm.uscc if check.firm_id else "",
    needs=("title", "body", "category", "firm", "channel"),
    offers=("lead_number",),
    asks={
        "firm": ("检查对象", ENTERPRISE),
        "channel": ("来源", Choice(choices=words.ORIGINS)),
        "items": ("抽查事项", Words()),
        "inspector": ("检查证号", Text()),
        "recusal": ("回避事由", Choice(choices=words.RECUSALS)),
        "agreed_on": ("约定检查日期", Day()),
        "findings": ("检查结果", Findings()),
        "checked_on": ("检查日期", Day()),
        "signature": ("签字情况", Choice(choices=words.SIGNATURES)),
        "measure": ("处理方式", Choice(choices=words.MEASURES_AFTER)),
        "document": ("处理文号", Text()),
    },
    writes={"items": "items", "agreed_on": "agreed_on", "checked_on": "checked_on"},
    stamps={"publish": "published_on"},
    facts=facts_of,
    note=note,
)
CASES = (CHECKS,)
