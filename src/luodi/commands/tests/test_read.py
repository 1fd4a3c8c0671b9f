"""`luodi read` at the desk of an office: one report, a folder of them, bad ones among them."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import docx
import pytest
from rich.cells import cell_len

from luodi.commands import read
from luodi.commands.read import main
from luodi.reading.forms.terminal import wrap
from luodi.reading.forms.xlsx_reader import read_xlsx

PLAN = """云川市2027年工作要点

一、扩大有效投资
（一）抓项目促投资。全年开工重点项目X个，年度投资120亿元以上。建成青石河大桥。
（二）精准招商引资。深化重点产业“链长制”，全年签约项目X亿元。
二、优化营商环境
（一）深化改革。推进“标准地”改革，完善政务服务一体化平台。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "云川要点.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "空.txt"
    path.touch()
    return path


def on_terminal(*arguments: str, columns: int) -> tuple[int, str, str]:
    """Exit code, screen and standard error of `luodi read` with a real terminal as its output."""
    main_end, child_end = pty.openpty()
    fcntl.ioctl(child_end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR"}}
    command = [sys.executable, "-m", "luodi", "read", *arguments]
    with subprocess.Popen(
        command, stdout=child_end, stderr=subprocess.PIPE, text=True, env=environment | {"TERM": "xterm"}
    ) as done:
        os.close(child_end)
        screen = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal without readers by an error
            while piece := os.read(main_end, 65536):
                screen += piece
        os.close(main_end)
        assert done.stderr is not None
        err = done.stderr.read()
    return done.returncode, screen.decode(), err


def test_a_piped_table_is_plain_and_120_wide(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan)]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert "\x1b" not in out
    rows = out.splitlines()
    assert max(cell_len(row) for row in rows) <= 120
    assert "一、扩大有效投资" in rows
    assert any("开工重点项目 ＝ ＿＿ 个" in row for row in rows)
    assert any("年度投资 ≥ 120 亿元" in row for row in rows)
    assert rows[-2].startswith("共 2 部分　3 节")
    assert "待补数字 2" in rows[-1]


def test_json_is_the_report_itself(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan), "--format", "json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert report["schema"] == "luodi.report/1"
    assert report["text"] == PLAN
    assert all(PLAN[c["start"] : c["end"]] == c["text"] for c in report["commitments"])


def test_the_ending_of_the_output_chooses_the_format(plan: Path, tmp_path: Path) -> None:
    for ending in ("json", "csv", "xlsx", "docx"):
        out = tmp_path / "新文件夹" / f"台账.{ending}"
        assert main([str(plan), "-o", str(out)]) == 0
        assert out.stat().st_size > 500
    assert "年度投资120亿元以上" in " ".join(
        row.line.text for row in read_xlsx(tmp_path / "新文件夹" / "台账.xlsx")
    )
    assert not list((tmp_path / "新文件夹").glob(".*")), "no draft is left behind"


@pytest.mark.parametrize(
    ("form", "words"),
    [("list", "分解清单"), ("table", "分解表"), ("plan", "办理方案"), ("progress", "进展情况表")],
)
def test_every_word_form_can_be_asked_for(plan: Path, tmp_path: Path, form: str, words: str) -> None:
    out = tmp_path / "表.docx"
    assert main([str(plan), "--format", "docx", "--form", form, "-o", str(out)]) == 0
    assert docx.Document(str(out)).paragraphs[0].text.endswith(words)


def test_a_bad_file_among_many_does_not_stop_the_others(
    plan: Path, empty: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "没有.txt"
    for jobs in ("1", "2"):
        assert main([str(plan), str(empty), str(absent), str(plan), "--format", "json", "--jobs", jobs]) == 1
        out, err = capfd.readouterr()
        assert [json.loads(line)["source"] for line in out.splitlines()] == ["云川要点.txt", "云川要点.txt"]
        assert "4/4" in err
        assert "4 个文件中有 2 个未能读取：\n《空.txt》是空文件" in err
        assert "《没有.txt》不存在" in err


def test_several_reports_become_files_of_a_folder(plan: Path, empty: Path, tmp_path: Path) -> None:
    twin = tmp_path / "县" / plan.name
    twin.parent.mkdir()
    twin.write_text(PLAN, encoding="utf-8")
    second = tmp_path / "云川要点-2.txt"
    second.write_text(PLAN, encoding="utf-8")
    files = [str(path) for path in (plan, twin, empty, second)]
    assert main([*files, "--format", "csv", "-o", str(tmp_path / "台账")]) == 1
    names = {"云川要点.csv", "云川要点-2.csv", "云川要点-2-2.csv"}
    assert {path.name for path in (tmp_path / "台账").iterdir()} == names


def test_reports_are_never_written_over(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(plan), "-o", str(tmp_path)]) == 2
    assert "-o 会覆盖要读的文件" in capfd.readouterr().err
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_process_that_dies_is_told_for_every_file_it_leaves(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(read, "_render", lambda *_: os._exit(9))
    assert main([str(plan)] * 20 + ["--jobs", "2", "--format", "json"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("读取进程意外中止") == 20


def test_options_may_stand_between_files(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan), "--format", "json", str(plan)]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 2


def test_nothing_is_written_when_nothing_could_be_read(
    empty: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "旧台账.json"
    out.write_text("旧")
    assert main([str(empty), "-o", str(out)]) == 1
    assert capfd.readouterr().err == "《空.txt》是空文件；请核对是否选错了文件。\n"
    assert out.read_text() == "旧"


def test_a_fault_of_the_program_costs_one_file_only(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> bytes:
        raise KeyError("是")

    monkeypatch.setattr(read, "_render", broken)
    assert main([str(plan)]) == 1
    assert "《云川要点.txt》读取时程序出错，请报告给维护者：KeyError: '是'" in capfd.readouterr().err


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_binary_files_never_go_to_the_terminal(plan: Path, format: str) -> None:
    code, screen, err = on_terminal(str(plan), "--format", format, columns=80)
    assert (code, screen) == (2, "")
    assert f"{format} 不能显示在终端里，请用 -o 指定文件，例如 -o 任务分解表.{format}" in err


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_a_terminal_gets_colour_and_its_own_width(plan: Path, columns: int) -> None:
    code, screen, err = on_terminal(str(plan), columns=columns)
    assert (code, err) == (0, "")
    assert "\x1b[" in screen
    plain = re.sub(r"\x1b\[[0-9;]*m", "", screen).splitlines()
    assert columns - 15 <= max(cell_len(row) for row in plain) <= columns


def test_binary_files_go_into_a_pipe(plan: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(plan), "--format", "docx"]) == 0
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(capfdbinary.readouterr().out)).namelist()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "没有给出要读的文件"),
        (["a.txt", "--fromat", "csv"], "没有“--fromat”这个选项"),
        (["a.txt", "--format", "pdf"], "没有“pdf”这种格式"),
        (["a.txt", "--form", "tabelle"], "没有“tabelle”这种样式"),
        (["a.txt", "--format", "csv", "--form", "list"], "--form 只用于 docx"),
        (["a.txt", "b.txt", "--format", "csv"], "请用 -o 指定文件夹"),
        (["a.txt", "-o", "a.txt"], "-o 会覆盖要读的文件"),
        (["a.txt", "--year", "27"], "--year 应为 1949 到 2200 之间的整数，不是“27”"),
        (["a.txt", "--jobs", "0"], "--jobs 应为 1 到 256 之间的整数"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(
    arguments: list[str], sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert sentence in capfd.readouterr().err


def test_help_is_in_chinese_and_names_every_choice(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leave:
        main(["--help"])
    out = capfd.readouterr().out
    assert leave.value.code == 0
    assert out.startswith("用法：luodi read 文件...")
    assert all(word in out for word in (*read.FORMATS, *read.FORMS, "--jobs", "--year", "退出码"))


def test_a_folder_that_cannot_be_written_is_named(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "文件").touch()
    assert main([str(plan), "-o", str(tmp_path / "文件" / "台账.csv")]) == 1
    assert "无法写入" in capfd.readouterr().err


def test_the_year_given_is_the_year_used(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan), "--format", "json", "--year", "2031"]) == 0
    assert json.loads(capfd.readouterr().out)["year"] == 2031


def test_json_of_one_report_imports_nothing_heavy(plan: Path) -> None:
    program = (
        "import sys; from luodi.commands.read import main; main(sys.argv[1:]);"
        "print({'django', 'rich', 'docx', 'xlsxwriter', 'python_calamine', 'concurrent.futures'} & {*sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(plan), "--format", "json"], capture_output=True, text=True
    )
    assert done.stderr == "set()\n"


def test_a_reader_of_the_pipe_that_leaves_early_is_no_error(plan: Path) -> None:
    command = [sys.executable, "-m", "luodi", "read", *[str(plan)] * 200, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None and reading.stderr is not None
        reading.stdout.readline()
        reading.stdout.close()
        assert b"Traceback" not in reading.stderr.read()


@pytest.mark.parametrize("width", [2, 7, 12, 40])
def test_lines_keep_to_their_width_and_punctuation_to_its_word(width: int) -> None:
    text = "落实“周调度、月开工、季观摩、年考核”措施，网办率（含APP）达到98.5%以上。\n第二行"
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
    if width >= 7:
        assert not [line for line in lines if line[0] in "，。、；：”）%"]
        assert not [line for line in lines if line[-1] in "“（"]
