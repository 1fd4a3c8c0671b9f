"""`luodi verify REPORT`: every figure of a text against ledger and measures; the exit code is 1 when one differs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.commands.boot import set_up
from luodi.commands.draft import year_in
from luodi.commands.shell import Parser, UsageError, guarded, opened, screen

if TYPE_CHECKING:
    from luodi.drafting.checking import Finding

FORMATS = ("table", "json")
COLOURS = {"一致": "green", "不一致": "red", "查不到": "yellow"}
USAGE = "luodi verify 报告 [--year 计划年份] [--format table|json] [-o 输出]"


def main(argv: Sequence[str]) -> int:
    return guarded("verify", USAGE, lambda: _run(_parse(argv)))


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        "verify",
        USAGE,
        "文中每个数字与台账、指标比对：一致、不一致（两边都列出）、查不到。有不一致时退出码为 1。",
    )
    add = parser.options.add_argument
    add("report", nargs="?", type=Path, metavar="报告", help="要核对的文件")
    add("--year", metavar="年份", help="对照哪一年的计划，缺省为文中所回顾的一年")
    add("--format", default="table", metavar="格式", help="table（缺省）或 json")
    add("-o", "--output", type=Path, metavar="输出", help="写入的文件，缺省为标准输出")
    arguments = parser.read(argv)
    if arguments.report is None:
        raise UsageError("没有给出要核对的文件")
    if arguments.format not in FORMATS:
        raise UsageError(f"没有“{arguments.format}”这种格式；可用 {'、'.join(FORMATS)}")
    arguments.year = year_in(arguments.year)
    return arguments


def _run(arguments: argparse.Namespace) -> int:
    set_up()
    from luodi.drafting.checking import check_report
    from luodi.drafting.figures import Verdict
    from luodi.drafting.known import knowledge_of, next_promises, plan_of
    from luodi.reading.reader import read
    from luodi.reading.sources import Refusal

    try:
        report = read(arguments.report)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    plan = plan_of(arguments.year or (report.year or 0) - 1) or (None if arguments.year else plan_of(None))
    if plan is None:
        print(
            "还没有印发过的台账，无从核对。"
            if arguments.year is None
            else f"{arguments.year} 年没有印发过的台账。",
            file=sys.stderr,
        )
        return 1
    finding = check_report(report, knowledge_of(plan, date.today()), next_promises(plan))
    with opened(arguments.output) as out:
        out.write(_render(finding, plan.title, arguments))
    return int(finding.counts[Verdict.DIFFERS] > 0)


def _render(finding: Finding, plan: str, arguments: argparse.Namespace) -> bytes:
    if arguments.format == "json":
        return f"{json.dumps(finding.to_dict(), ensure_ascii=False)}\n".encode("utf-8", "backslashreplace")
    from luodi.reading.forms.terminal import Column, Page, print_table

    page = Page(*screen(arguments.output))
    page.put(f"数字核对（对照《{plan}》）", "bold", centred=True)
    columns = (Column("结论", 8, marks=COLOURS), Column("文中", 36), Column("说明", 0))
    print_table(page, columns, [[each.verdict.label, each.said.quote, each.why] for each in finding.checked])
    page.put()
    page.put("　".join(f"{verdict.label} {number}" for verdict, number in finding.counts.items()), "bold")
    return page.text().encode("utf-8", "replace")
