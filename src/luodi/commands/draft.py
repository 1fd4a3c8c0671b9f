"""`luodi draft`: the progress report on a plan, or the review part of the next report, as .docx with sources in the margin."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from luodi.commands.boot import set_up
from luodi.commands.shell import Parser, UsageError, guarded, opened

USAGE = "luodi draft progress|review -o 输出.docx [--year 年份] [--until 日期]"
FORMS = ("progress", "review")


def main(argv: Sequence[str]) -> int:
    return guarded("draft", USAGE, lambda: _run(_parse(argv)))


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        "draft", USAGE, "从已印发的台账起草：progress 为计划进展情况报告，review 为下年度报告的回顾部分。"
    )
    add = parser.options.add_argument
    add("form", nargs="?", metavar="文稿", help="progress 或 review")
    add("-o", "--output", type=Path, metavar="输出", help="写入的 .docx 文件")
    add("--year", metavar="年份", help="计划的年份，缺省为最近印发的一年")
    add("--until", metavar="日期", help="数据截至，如 2026-10-31，缺省为今天")
    arguments = parser.read(argv)
    if arguments.form not in FORMS:
        raise UsageError(f"文稿应为 {' 或 '.join(FORMS)}")
    if arguments.output is None:
        raise UsageError("请用 -o 指定输出文件")
    try:
        arguments.until = date.fromisoformat(arguments.until) if arguments.until else date.today()
    except ValueError:
        raise UsageError(f"--until 应写成 2026-10-31 这样的日期，不是“{arguments.until}”") from None
    arguments.year = year_in(arguments.year)
    return arguments


def year_in(text: str | None) -> int | None:
    if text is None or (text.isascii() and text.isdigit() and 1949 <= int(text) <= 2200):
        return int(text) if text else None
    raise UsageError(f"--year 应为 1949 到 2200 之间的年份，不是“{text}”")


def _run(arguments: argparse.Namespace) -> int:
    set_up()
    from luodi.drafting.actions import template_for
    from luodi.drafting.docx import written
    from luodi.drafting.draft import Form, draft
    from luodi.drafting.known import knowledge_of, plan_of

    plan = plan_of(arguments.year)
    if plan is None:
        print(
            "还没有印发过的台账，无从起草。"
            if arguments.year is None
            else f"{arguments.year} 年没有印发过的台账。",
            file=sys.stderr,
        )
        return 1
    made = draft(knowledge_of(plan, arguments.until), Form(arguments.form))
    with opened(arguments.output) as out:
        out.write(written(made, template_for(arguments.form)))
    print(
        f"《{made.title}》写入数字 {len(made.figures)} 个；没有数字而未写的目标 {len(made.left_out)} 项：",
        file=sys.stderr,
    )
    for each in made.left_out:
        print(
            f"  {each.row.number} {each.target}（{each.why}，{each.lead or '牵头单位待定'}）", file=sys.stderr
        )
    return 0
