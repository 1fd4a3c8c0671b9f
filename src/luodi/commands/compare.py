"""`luodi compare LAST THIS`: what last year's report promised beside what this year's says was achieved."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.commands.shell import Parser, UsageError, guarded, opened, screen

if TYPE_CHECKING:
    from luodi.reading.compare import Comparison
    from luodi.reading.model import Report

FORMATS = ("table", "json")
USAGE = "luodi compare 上年报告 今年报告 [--format table|json] [-o 输出]"


def main(argv: Sequence[str]) -> int:
    return guarded("compare", USAGE, lambda: _run(_parse(argv)))


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser("compare", USAGE, "上年报告的目标，对照今年报告回顾部分的数字，逐项判断完成与否。")
    add = parser.options.add_argument
    add("reports", nargs="*", type=Path, metavar="报告", help="上年的报告，今年的报告")
    add("--format", default="table", metavar="格式", help="table（缺省）或 json")
    add("-o", "--output", type=Path, metavar="输出", help="写入的文件，缺省为标准输出")
    arguments = parser.read(argv)
    if len(arguments.reports) != 2:
        raise UsageError(f"需要两份报告：上年的和今年的，这里给了 {len(arguments.reports)} 份")
    if arguments.format not in FORMATS:
        raise UsageError(f"没有“{arguments.format}”这种格式；可用 {'、'.join(FORMATS)}")
    if arguments.output and any(arguments.output.resolve() == path.resolve() for path in arguments.reports):
        raise UsageError(f"-o 会覆盖要读的文件 {arguments.output}；请换一个名字")
    return arguments


def _run(arguments: argparse.Namespace) -> int:
    from luodi.reading.compare import compare
    from luodi.reading.reader import read
    from luodi.reading.sources import Refusal

    try:
        last, this = (read(path) for path in arguments.reports)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if doubt := _doubt(last, this):
        print(doubt, file=sys.stderr)
    comparison = compare(last, this)
    with opened(arguments.output) as out:
        out.write(_render(comparison, arguments))
    return 0


def _doubt(last: Report, this: Report) -> str:
    """What speaks against comparing these two, or nothing."""
    if last.year and this.year and this.year != last.year + 1:
        return f"注意：两份报告分别安排 {last.year} 年和 {this.year} 年的工作，不是前后两年，结论仅供参考。"
    if last.division and this.division and last.division.code != this.division.code:
        return f"注意：两份报告不是同一个地区（{last.division.name}、{this.division.name}），结论仅供参考。"
    return ""


def _render(comparison: Comparison, arguments: argparse.Namespace) -> bytes:
    if arguments.format == "json":
        return f"{json.dumps(comparison.to_dict(), ensure_ascii=False)}\n".encode("utf-8", "backslashreplace")
    from luodi.reading.forms.comparison import print_comparison
    from luodi.reading.forms.terminal import Page

    page = Page(*screen(arguments.output))
    print_comparison(page, comparison)
    return page.text().encode("utf-8", "replace")
