"""Past, five years, coming year: where each begins and ends."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from luodi.reading.about import title_of, year_of
from luodi.reading.horizons import find_horizons
from luodi.reading.outline import find_headings

FRONT = "云江市政府工作报告\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
BODY = "全市上下同心协力，把各项任务一件一件落到实处。"
FAREWELL = "各位代表！征程万里风正劲，让我们团结奋斗，共创美好未来！\n"


def horizons(body: str, year: int | None = 2022) -> list[tuple[str, str, str]]:
    """Label, first and last characters of each span."""
    text = FRONT + body
    return [
        (h.label, text[h.start : h.start + 6], text[h.end - 4 : h.end])
        for h in find_horizons(text, find_headings(text), year)
    ]


def test_review_and_year_with_the_farewell_left_out():
    assert horizons(
        f"一、2021年工作回顾\n{BODY}困难不少。\n二、2022年重点工作\n{BODY}\n三、加强自身建设\n{BODY}善作善成。\n{FAREWELL}"
    ) == [
        ("review", "一、2021", "难不少。"),
        ("year", "二、2022", "作善成。"),
    ]


def test_a_plan_that_lost_its_title_still_begins_where_its_numbers_begin():
    found = horizons(
        f"一、2021年工作回顾\n{BODY}困难不少。\n（三）增强发展动力。{BODY}\n（四）建设美丽乡村。{BODY}\n"
        f"三、加强自身建设\n{BODY}善作善成。\n{FAREWELL}"
    )
    assert found == [("review", "一、2021", "难不少。"), ("year", "（三）增强发", "作善成。")]


def test_five_years_between_past_and_coming_year():
    labels = horizons(
        f"一、过去五年工作回顾\n{BODY}\n二、今后五年的奋斗目标\n{BODY}\n三、2022年工作安排\n{BODY}\n{FAREWELL}"
    )
    assert [label for label, _, _ in labels] == ["review", "multi", "year"]


def test_a_plan_that_is_over_is_looked_back_on():
    review_2021 = horizons(
        f"一、“十三五”发展成就\n{BODY}\n二、“十四五”发展目标\n{BODY}\n三、奋力实现“十四五”良好开局\n{BODY}\n",
        2021,
    )
    assert [label for label, _, _ in review_2021] == ["review", "multi", "year"]


def test_one_part_that_names_both_is_cut_where_the_year_begins():
    assert horizons(
        f"一、2021年工作回顾和2022年总体要求\n去年成效明显。{BODY}\n各位代表！2022年是关键一年。{BODY}\n二、加快发展工业\n{BODY}\n{FAREWELL}"
    ) == [("review", "一、2021", "到实处。"), ("year", "各位代表！2", "到实处。")]


def test_parts_without_telling_titles_are_known_by_how_they_open():
    assert [
        label
        for label, _, _ in horizons(
            f"乘风破浪\n2021年，我们稳住了大盘。{BODY}\n扬帆远航\n今年是换届之年。{BODY}\n"
        )
    ] == ["review", "year"]


def test_a_plan_without_a_review_is_one_year():
    text = f"2022年市政府工作的总体要求是：稳中求进。\n一、聚焦工业\n{BODY}\n二、聚焦农业\n{BODY}"
    (only,) = find_horizons(text, find_headings(text), 2022)
    assert (only.label, only.start, only.end) == ("year", 0, len(text))


def test_an_annex_of_livelihood_projects_belongs_to_the_year_and_a_glossary_to_nothing():
    labels = horizons(
        f"一、2021年工作回顾\n{BODY * 3}\n二、2022年工作\n{BODY * 3}\n{FAREWELL}附件：2022年十件民生实事\n（一）新建学校。新建小学2所。\n（二）改造小区。改造小区3个。\n名词解释\n六稳：稳就业等。\n"
    )
    assert labels[2:] == [("year", "附件：202", "区3个。")]


def test_without_a_year_words_alone_tell():
    assert [
        label for label, _, _ in horizons(f"一、过去一年工作回顾\n{BODY}\n二、今年的主要任务\n{BODY}\n", None)
    ] == ["review", "year"]


def test_nothing_but_greetings_has_no_horizon():
    assert find_horizons("各位代表：\n", (), 2022) == ()


@pytest.mark.corpus
def test_real_reports_are_cut_as_people_cut_them(shared: Path):
    right = everything = 0
    for gold_path in sorted((shared / "gold").glob("*.located.jsonl")):
        name = gold_path.name.removesuffix(".located.jsonl")
        text = next(shared.glob(f"corpus/**/{name}.txt")).read_text(encoding="utf-8")
        found = find_horizons(text, find_headings(text), year_of(text, title_of(text)))
        for record in map(json.loads, gold_path.read_text(encoding="utf-8").splitlines()):
            if record["type"] == "horizon":
                everything += record["end"] - record["start"]
                right += sum(
                    max(0, min(record["end"], h.end) - max(record["start"], h.start))
                    for h in found
                    if h.label == record["label"]
                )
    assert right / everything >= 0.99


@pytest.mark.corpus
def test_every_real_report_plans_a_year(shared: Path):
    for path in sorted(shared.glob("corpus/reports/*.txt")):
        text = path.read_text(encoding="utf-8")
        spans = find_horizons(text, find_headings(text), year_of(text, title_of(text)))
        assert any(span.label == "year" for span in spans), path.name
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans)), path.name
