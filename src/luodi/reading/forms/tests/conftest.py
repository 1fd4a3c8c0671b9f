"""A small plan of a made-up city, as the reader would return it, and ledger lines of it."""

from __future__ import annotations

from typing import Any

import pytest

from luodi.reading.forms import FormHead, FormLine
from luodi.reading.model import Commitment, Division, Heading, Horizon, Report, Target, UnitSuggestion

PLAN = """云川市2027年政府工作报告
三、2027年主要工作
（一）扩大有效投资
全年开工重点项目X个，年度投资120亿元以上。建成青石河大桥。
（二）优化营商环境
推进“标准地”改革；力争一季度工业用电量增长7.5%—8%。
"""


def span(quote: str) -> dict[str, Any]:
    start = PLAN.index(quote)
    return {"start": start, "end": start + len(quote)}


def target(id: str, quote: str, indicator: str, unit: str, **more: Any) -> Target:
    usual: dict[str, Any] = {
        "value": None,
        "value_high": None,
        "comparator": "eq",
        "change": "level",
        "ambition": "firm",
    }
    number = "X" if more.get("value") is None else str(more["value"])
    return Target(
        id=id, quote=quote, indicator=indicator, unit=unit, number=number,
        **({"horizon": "year"} | usual | more), **span(quote),
    )  # fmt: skip


def commitment(id: str, text: str, heading: str, **more: Any) -> Commitment:
    fields: dict[str, Any] = {"horizon": "year", "kind": "action"} | more
    return Commitment(id=id, text=text, heading=heading, **span(text), **fields)


@pytest.fixture(scope="session")
def report() -> Report:
    headings = (
        Heading("h1", 1, "三", "2027年主要工作", parent=None, **span("三、2027年主要工作")),
        Heading("h2", 2, "（一）", "扩大有效投资", parent="h1", **span("（一）扩大有效投资")),
        Heading("h3", 2, "（二）", "优化营商环境", parent="h1", **span("（二）优化营商环境")),
    )
    targets = (
        target("t1", "全年开工重点项目X个", "开工重点项目", "个"),
        target("t2", "年度投资120亿元以上", "年度投资", "亿元", value=120.0, comparator="ge"),
        target(
            "t3", "工业用电量增长7.5%—8%", "工业用电量", "%", value=7.5, value_high=8.0, comparator="range",
            change="growth", ambition="stretch", horizon="2027Q1",
        ),
    )  # fmt: skip
    units = (
        UnitSuggestion("市财政局", "support", 0.4, ""),
        UnitSuggestion("市统计局", "lead", 0.2, "词语“投资”"),
        UnitSuggestion("市发展改革委", "lead", 0.71, "词语“重点项目”"),
    )
    commitments = (
        commitment("c1", "全年开工重点项目X个，年度投资120亿元以上", "h2", kind="target", targets=("t1", "t2"), units=units),
        commitment("c2", "建成青石河大桥", "h2", kind="project", deadline="2027-09-30"),
        commitment("c3", "推进“标准地”改革", "h3", kind="mechanism"),
        commitment("c4", "力争一季度工业用电量增长7.5%—8%", "h3", kind="target", targets=("t3",), deadline="2027-03-31"),
    )  # fmt: skip
    return Report(
        source="plan.txt", encoding="utf-8", text_sha256="", text=PLAN, title="云川市2027年政府工作报告", year=2027,
        division=Division("990100", "云川市"), headings=headings, horizons=(Horizon("year", 0, len(PLAN)),),
        commitments=commitments, targets=targets,
    )  # fmt: skip


@pytest.fixture
def head() -> FormHead:
    return FormHead("云川市2027年《政府工作报告》重点任务", division="云川市", year=2027, quarter=1)


@pytest.fixture
def lines() -> list[FormLine]:
    part = "二、扩大有效投资"
    return [
        FormLine("2.1-01", "落实“周调度”", "mechanism", part, "（一）抓项目", lead="市发展改革委", support=("市财政局",), id="a"),
        FormLine(
            "2.1-02", "全年开工重点项目X个", "target", part, "（一）抓项目", targets=("开工重点项目 ＝ ＿＿ 个",),
            lead="市工信局", suggested=True, confidence=0.66, deadline="2027-12-31", state="待确认", id="b",
        ),
        FormLine("2.2-01", "建成青石河大桥", "project", part, "（二）补短板", deadline="2027-09-15", id="c"),
    ]  # fmt: skip
