"""`luodi compare`: what a city promised last January, and what it says this January."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from luodi.commands.compare import main

LAST = """云川市2026年政府工作报告

一、2025年工作回顾
2025年，全市生产总值增长5.1%。
二、2026年工作安排
今年主要预期目标是：全市生产总值增长6%以上，社会消费品零售总额增长8%左右，城镇新增就业1.2万人。
（一）扩大有效投资。新建停车位3000个。
"""
THIS = """云川市2027年政府工作报告

一、2026年工作回顾
2026年，全市生产总值增长5.2%，社会消费品零售总额增长8.1%。城镇新增就业1.5万人。
二、2027年工作安排
全市生产总值增长6%左右。
"""


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    paths = [tmp_path / "2026.txt", tmp_path / "2027.txt"]
    for path, text in zip(paths, (LAST, THIS), strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


def test_every_promise_stands_beside_its_result(
    reports: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(reports) == 0
    out, err = capfd.readouterr()
    assert err == ""
    rows = out.splitlines()
    assert max(cell_len(row) for row in rows) <= 120
    assert [row.split()[0] for row in rows if row.startswith(("完成", "超额", "未"))] == [
        "未完成",
        "完成",
        "超额",
        "未提及",
    ]
    assert "上年报告（2026年）" in rows[1]
    missed = next(row for row in rows if row.startswith("未完成"))
    assert "生产总值 增速 ≥ 6 %" in missed
    assert "2026年，全市生产总值增长5.2%" in out
    assert rows[-1] == "共 4 个目标：超额 1　完成 1　未完成 1　未提及 1"


def test_json_has_whole_sentences_and_scores(reports: list[str], tmp_path: Path) -> None:
    out = tmp_path / "对照.json"
    assert main([*reports, "--format", "json", "-o", str(out)]) == 0
    comparison = json.loads(out.read_text(encoding="utf-8"))
    first = comparison["matches"][0]
    assert first["verdict"] == "missed"
    assert first["target"]["indicator"].endswith("生产总值")
    assert first["promised"]["text"].startswith("今年主要预期目标是")
    assert first["told"]["text"].startswith("2026年，全市生产总值增长5.2%")
    assert 0 < first["score"] <= 1
    assert sum(comparison["counts"].values()) == len(comparison["matches"]) == 4


def test_reports_that_do_not_follow_one_another_are_doubted(
    reports: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(reports[::-1]) == 0
    assert "不是前后两年" in capfd.readouterr().err


def test_a_report_that_cannot_be_read_is_named(
    reports: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([reports[0], str(tmp_path / "没有.txt")]) == 1
    assert capfd.readouterr().err == "《没有.txt》不存在；请核对路径。\n"


def test_two_reports_are_needed(reports: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(reports[:1]) == 2
    assert "需要两份报告：上年的和今年的，这里给了 1 份" in capfd.readouterr().err
    assert main([*reports, "--format", "docx"]) == 2
    assert "没有“docx”这种格式；可用 table、json" in capfd.readouterr().err
    assert main([*reports, "-o", reports[0]]) == 2
    assert "-o 会覆盖要读的文件" in capfd.readouterr().err
