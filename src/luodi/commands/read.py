"""`luodi read FILE...`: work reports in, ledgers out.

One file goes to standard output or to -o. Several files: tables and JSON follow one another (JSON one object
a line, in the order of the command line), csv, xlsx and docx go one by one into the folder that -o names.
A file that can't be read does not stop the others; those are listed at the end and the exit code is 1.
Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from luodi.commands.shell import Parser, UsageError, guarded, opened, screen
from luodi.reading.forms import FORMS, Form

if TYPE_CHECKING:
    from luodi.reading.model import Report

Format = Literal["table", "json", "csv", "xlsx", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
BINARY = frozenset({"xlsx", "docx"})
ONE_FILE_EACH = BINARY | {"csv"}

USAGE = "luodi read 文件... [--format 格式] [--form 样式] [-o 输出] [--year 年份] [--jobs N]"
EPILOG = """\
格式：table 终端里的任务分解表（缺省）；json 完整的读取结果；csv、xlsx 任务台账；docx 公文格式的表格
docx 的样式（--form）：list 分解清单；table 分解表（缺省）；plan 办理方案；progress 进展情况表
多个文件：table 和 json 依次输出（json 每行一个对象）；csv、xlsx、docx 用 -o 指定文件夹，一份报告一个文件
退出码：0 全部读完；1 有文件未能读取；2 命令写错"""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and show one file; plain values, because they go to other processes."""

    format: Format
    form: Form
    year: int | None
    width: int
    colour: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its output, or why there is none."""

    path: Path
    format: Format = "table"
    data: bytes = b""
    fault: str = ""


def main(argv: Sequence[str]) -> int:
    def body() -> int:
        arguments = _parse(argv)
        options, target = _plan(arguments)
        return _run(arguments.files, options, target, arguments.jobs)

    return guarded("read", USAGE, body)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser("read", USAGE, "读政府工作报告，逐句列出任务、目标、建议牵头单位和时限。", EPILOG)
    add = parser.options.add_argument
    add("files", nargs="*", type=Path, metavar="文件", help="txt、docx、pdf、ofd、html、doc 等文件")
    add("--format", metavar="格式", help=f"{' '.join(FORMATS)}；不写时看 -o 的扩展名，否则为 table")
    add("--form", metavar="样式", help=f"docx 的样式：{' '.join(FORMS)}")
    add("-o", "--output", type=Path, metavar="输出", help="写入的文件；一份报告一个文件时为文件夹")
    add("--year", metavar="年份", help="报告所安排的年份，标题没有写明时使用")
    add("--jobs", default="1", metavar="N", help="同时使用的进程数，缺省为 1")
    arguments = parser.read(argv)
    if not arguments.files:
        raise UsageError("没有给出要读的文件")
    arguments.jobs = _number(arguments.jobs, "--jobs", 1, 256)
    if arguments.year is not None:
        arguments.year = _number(arguments.year, "--year", 1949, 2200)
    return arguments


def _number(text: str, option: str, low: int, high: int) -> int:
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise UsageError(f"{option} 应为 {low} 到 {high} 之间的整数，不是“{text}”")
    return int(text)


def _plan(arguments: argparse.Namespace) -> tuple[Options, Path | None]:
    """The options, and where to write: None is standard output. Refuses what can't go well before any work."""
    output: Path | None = arguments.output
    format = arguments.format or (output.suffix[1:].lower() if output and not output.is_dir() else "")
    if arguments.format is None and format not in FORMATS:
        format = "docx" if arguments.form else "table"
    if format not in FORMATS:
        raise UsageError(f"没有“{format}”这种格式；可用 {'、'.join(FORMATS)}")
    form = arguments.form or "table"
    if form not in FORMS:
        raise UsageError(f"没有“{form}”这种样式；可用 {'、'.join(FORMS)}")
    if arguments.form and format != "docx":
        raise UsageError(f"--form 只用于 docx，不能与 {format} 合用")
    several = len(arguments.files) > 1
    if output is None and several and format in ONE_FILE_EACH:
        raise UsageError(f"多个文件写成 {format} 时，请用 -o 指定文件夹")
    if output is None and format in BINARY and sys.stdout.isatty():
        raise UsageError(f"{format} 不能显示在终端里，请用 -o 指定文件，例如 -o 任务分解表.{format}")
    if output and several and format in ONE_FILE_EACH and output.exists() and not output.is_dir():
        raise UsageError(f"{output} 是文件；多个文件写成 {format} 时，-o 应为文件夹")
    if output:
        folder = _folder(arguments.files, format, output)
        written = (
            [folder / f"{path.stem}.{_ending(format)}" for path in arguments.files] if folder else [output]
        )
        sources = {path.resolve() for path in arguments.files}
        if same := next((path for path in written if path.resolve() in sources), None):
            raise UsageError(f"-o 会覆盖要读的文件 {same}；请换一个名字或文件夹")
    width, colour = screen(output)
    return Options(format, form, arguments.year, width, colour), output


def _folder(files: Sequence[Path], format: Format, output: Path | None) -> Path | None:
    """The folder that gets a file for each report, when the output is one."""
    each = output is not None and (output.is_dir() or (len(files) > 1 and format in ONE_FILE_EACH))
    return output if each else None


def _run(files: Sequence[Path], options: Options, target: Path | None, jobs: int) -> int:
    folder = _folder(files, options.format, target)
    faults: list[str] = []
    outcomes = _outcomes(files, options, jobs)
    if len(files) > 1 and (target is not None or not sys.stdout.isatty()):
        outcomes = _with_progress(outcomes, len(files))
    good = _good(outcomes, faults)
    if folder is not None:
        for name, outcome in good:
            with opened(folder / name) as out:
                out.write(outcome.data)
    elif first := next(good, None):
        with opened(target) as out:
            for _, outcome in chain([first], good):
                out.write(outcome.data)
    if faults and len(files) > 1:
        print(f"{len(files)} 个文件中有 {len(faults)} 个未能读取：", file=sys.stderr)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _good(outcomes: Iterable[Outcome], faults: list[str]) -> Iterator[tuple[str, Outcome]]:
    """What could be read, each with a name of its own in the folder; the reasons of the others go to `faults`."""
    taken: set[str] = set()
    for outcome in outcomes:
        if outcome.fault:
            faults.append(outcome.fault)
            continue
        stem = outcome.path.stem
        free = (name for at in count(1) if (name := stem if at == 1 else f"{stem}-{at}") not in taken)
        taken.add(name := next(free))
        yield f"{name}.{_ending(outcome.format)}", outcome


def _ending(format: Format) -> str:
    return "txt" if format == "table" else format


def _outcomes(files: Sequence[Path], options: Options, jobs: int) -> Iterator[Outcome]:
    """What became of each file, in the order given; only a few results wait in memory at a time."""
    if jobs == 1 or len(files) == 1:
        yield from (read_one(path, options) for path in files)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[Outcome]] = deque()
    done = 0
    with ProcessPoolExecutor(min(jobs, len(files))) as pool:
        try:
            while done < len(files):
                for path in files[done + len(waiting) : done + 4 * jobs]:
                    waiting.append(pool.submit(read_one, path, options))
                outcome = waiting.popleft().result()
                done += 1
                yield outcome
        except BrokenProcessPool:
            reason = "未读：读取进程意外中止，可能内存不足；请减小 --jobs 再试。"
            yield from (Outcome(path, fault=f"《{path.name}》{reason}") for path in files[done:])


def read_one(path: Path, options: Options) -> Outcome:
    """Read one file and put it in its form. Never raises for what is wrong with the file."""
    from luodi.reading.reader import read
    from luodi.reading.sources import Refusal

    try:
        return Outcome(path, options.format, _render(read(path, year=options.year), options))
    except Refusal as refusal:
        return Outcome(path, fault=str(refusal))
    except Exception as error:  # a fault of ours in one file must not cost the other 2,999
        return Outcome(
            path, fault=f"《{path.name}》读取时程序出错，请报告给维护者：{type(error).__name__}: {error}"
        )


def _render(report: Report, options: Options) -> bytes:
    if options.format == "json":
        line = json.dumps(report.to_dict(), ensure_ascii=False)
        # A lone surrogate has no UTF-8; its \\udXXX escape is JSON for the same character.
        return f"{line}\n".encode("utf-8", "backslashreplace")
    from luodi.reading.forms import head_of, lines_of, write

    if options.format != "table":
        return write(head_of(report), lines_of(report), options.format, form=options.form)
    from luodi.reading.forms.terminal import Page, print_report

    page = Page(options.width, options.colour)
    print_report(page, report)
    return page.text().encode("utf-8", "replace")


def _with_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("读报告"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(
        *columns, console=Console(stderr=True), redirect_stdout=False, redirect_stderr=False
    ) as bar:
        task = bar.add_task("", total=total)
        for outcome in outcomes:
            bar.update(task, advance=1, description=outcome.path.name)
            yield outcome
        bar.update(task, description="")
