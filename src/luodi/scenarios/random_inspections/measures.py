"""Indicators of random inspections, INS01 to INS07 of the field, and the share of divisions that draw at all."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.random_inspections.rules.checks import LIMITS, QUOTAS
from luodi.scenarios.random_inspections.rules.words import DRAWN, PROBLEMS

CHECK, TASK, SEAT, COVERAGE = (
    f"random_inspections.{name}" for name in ("SpotCheck", "Task", "Seat", "Coverage")
)


def drawn(row: Any) -> Any:
    return row.task_id.notnull()


DRAWN_CHECKS = Tally(CHECK, dated="drawn_on", says="抽中的检查（终止的除外）", where=lambda row: drawn(row) & (row.case_ptr__state != "void"), division="case_ptr__division", links=("case_ptr",))  # fmt: skip
PUBLISHED = Tally(CHECK, dated="published_on", says="已公示结果的检查", division="case_ptr__division")


def found_in(name: str) -> Measure:
    """INS04 for one credit class: a risk model that works finds more in D than in A."""
    return Measure(
        f"inspections_found_{name.lower()}", f"{name} 类抽查问题发现率", "%", times=100, better="near", about="D 类应当高于 A 类，否则信用分类没有识别出风险",
        numerator=Tally(
            CHECK, dated="published_on", says=f"{name} 类中发现问题的检查", division="case_ptr__division", links=("case_ptr",),
            where=lambda row: (row.case_ptr__level == name) & row.case_ptr__outcome.isin(PROBLEMS),
        ),
        denominator=Tally(
            CHECK, dated="published_on", says=f"{name} 类已公示的检查", division="case_ptr__division", links=("case_ptr",),
            where=lambda row: row.case_ptr__level == name,
        ),
    )  # fmt: skip


MEASURES = (
    Measure(
        "inspections_covered", "“双随机、一公开”监管市县两级覆盖", "%", times=100, about="当年已开展抽取的市县 / 计划覆盖的市县",
        numerator=Tally(COVERAGE, dated="planned_on", says="当年已开展抽取的市县", where=lambda row: row.drawn_on.notnull()),
        denominator=Tally(COVERAGE, dated="planned_on", says="计划覆盖的市县"),
    ),
    Measure(
        "inspections_joint", "部门联合抽查占比", "%", times=100, about="部门联合的抽查任务 / 已抽取的任务",
        numerator=Tally(TASK, dated="drawn_on", division="lead__division", says="部门联合抽查任务", where=lambda row: row.is_joint),
        denominator=Tally(TASK, dated="drawn_on", division="lead__division", says="已抽取的任务"),
    ),
    Measure(
        "inspections_done", "抽查任务完成率", "%", times=100, denominator=DRAWN_CHECKS, about="已公示 / 抽中",
        numerator=Tally(CHECK, dated="drawn_on", says="抽中并已公示结果", where=lambda row: drawn(row) & row.published_on.notnull(), division="case_ptr__division"),
    ),
    Measure(
        "inspections_in_time", "抽查结果按时公示率", "%", times=100, ruleset=LIMITS, denominator=PUBLISHED, about="检查结束后 20 个工作日内公示 / 已公示",
        numerator=Tally(
            CHECK, dated="published_on", says="未超期的公示", division="case_ptr__division", links=("case_ptr",),
            where=lambda row: row.case_ptr__was_late.notnull() & ~row.case_ptr__was_late,
        ),
    ),
    *(found_in(name) for name in "ABCD"),
    Measure(
        "inspections_unplanned", "计划外检查次数", "次", better="down", about="每次都有线索编号",
        numerator=Tally(
            CHECK, dated="case_ptr__received_on", says="线索触发的检查", division="case_ptr__division", links=("case_ptr",),
            where=lambda row: row.task_id.isnull() & (row.case_ptr__channel != DRAWN),
        ),
    ),
    Measure(
        "inspections_beyond_cap", "超频次检查次数", "次", better="down", ruleset=QUOTAS, places=0, about="同一主体在一年内超出其类别上限的检查",
        numerator=Tally(CHECK, dated="case_ptr__received_on", says="超出上限的次数之和", division="case_ptr__division", adds="beyond_cap"),
    ),
    Measure(
        "inspections_recused", "检查人员回避率", "%", times=100, better="near",
        numerator=Tally(SEAT, dated="seated_on", says="回避", where=lambda row: row.state == "recused"),
        denominator=Tally(SEAT, dated="seated_on", says="派出人次", ),
    ),
)  # fmt: skip
