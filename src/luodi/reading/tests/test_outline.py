"""How an office clerk would underline the headings of a report."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from luodi.reading.outline import find_headings

FRONT = "云江市政府工作报告\n——2023年1月9日在云江市第八届人民代表大会第三次会议上\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
BODY = "全市上下同心协力，把各项任务一件一件落到实处，办成了一批群众期盼的好事。"


def outline(body: str) -> list[tuple[int, str, str]]:
    text = FRONT + body
    found = find_headings(text)
    for heading in found:
        assert text[heading.start : heading.end].endswith(heading.title)
    return [(heading.level, heading.number, heading.title) for heading in found]


def test_three_levels_with_a_phrase_that_opens_its_paragraph():
    assert outline(
        f"一、2022年工作回顾\n{BODY}\n（一）工业稳步回升。{BODY}\n二、2023年重点工作\n（一）聚力兴产业\n"
        f"加快项目建设。{BODY}\n壮大特色农业。{BODY}\n"
    ) == [
        (1, "一", "2022年工作回顾"),
        (2, "（一）", "工业稳步回升"),
        (1, "二", "2023年重点工作"),
        (2, "（一）", "聚力兴产业"),
        (3, "", "加快项目建设"),
        (3, "", "壮大特色农业"),
    ]


def test_a_heading_knows_the_part_it_stands_in():
    found = find_headings(
        f"{FRONT}一、重点工作\n（一）兴产业\n加快项目建设。{BODY}\n提升服务质量。{BODY}\n（二）惠民生\n{BODY}\n"
    )
    assert [(h.id, h.parent) for h in found] == [
        ("h1", None),
        ("h2", "h1"),
        ("h3", "h2"),
        ("h4", "h2"),
        ("h5", "h1"),
    ]


def test_titles_without_numbers_lead_where_the_numbers_begin_again_inside_them():
    assert outline(
        f"2022年工作回顾\n一、项目支撑有力\n{BODY}\n二、民生持续改善\n{BODY}\n2023年工作安排\n一、全力抓项目\n{BODY}\n二、用心惠民生\n{BODY}\n"
    ) == [
        (1, "", "2022年工作回顾"),
        (2, "一", "项目支撑有力"),
        (2, "二", "民生持续改善"),
        (1, "", "2023年工作安排"),
        (2, "一", "全力抓项目"),
        (2, "二", "用心惠民生"),
    ]


def test_the_same_marker_numbers_the_parts_and_the_ten_tasks_inside_one_of_them():
    levels = outline(
        "一、工作回顾\n二、发展目标\n三、重点工作\n一、抓工业\n二、抓农业\n三、抓商贸\n四、政府自身建设\n".replace(
            "\n", f"\n{BODY}\n"
        )
    )
    assert [level for level, _, _ in levels] == [1, 1, 1, 2, 2, 2, 2]
    assert levels[3] == (2, "一", "抓工业")


def test_a_dash_with_a_whole_sentence_heads_the_long_paragraph_behind_it():
    topics = [
        f"农业是我省{word}，具备率先发展的有利条件，我们必须高度重视农村工作，加快构建城乡一体化发展新格局，让土地生金、让农民增收致富"
        for word in ("最大的优势", "最深的根基")
    ]
    body = "".join(f"——{topic}。{BODY * 8}\n" for topic in topics)
    assert outline(f"一、2022年工作回顾\n{BODY}\n二、2023年重点工作\n{body}")[2:] == [
        (2, "——", topic) for topic in topics
    ]


def test_first_one_is_and_dashes_are_markers_at_the_start_of_a_paragraph_only():
    assert outline(
        f"一、2022年工作回顾\n——经济运行稳中向好。{BODY}\n——改革开放步伐加快。{BODY}\n一是工业挑起大梁。{BODY}二是农业稳住底盘。{BODY}\n"
        f"二、2023年工作\n第一，扩大有效投资。{BODY}\n第二，激发消费活力。{BODY}\n"
    ) == [
        (1, "一", "2022年工作回顾"),
        (2, "——", "经济运行稳中向好"),
        (2, "——", "改革开放步伐加快"),
        (2, "一是", "工业挑起大梁"),
        (1, "二", "2023年工作"),
        (2, "第一", "扩大有效投资"),
        (2, "第二", "激发消费活力"),
    ]


def test_a_sentence_that_opens_a_paragraph_is_no_heading():
    assert outline(
        f"一、工作回顾\n过去一年极不平凡。{BODY}\n一年来，我们迎难而上。{BODY}\n改革是最大的红利。{BODY}\n各位代表！成绩来之不易。{BODY}\n"
        f"在看到成绩的同时，我们也清醒认识到不足。{BODY}\n全市新增就业3.2万人。{BODY}\n"
    ) == [(1, "一", "工作回顾")]


def test_two_clauses_head_a_paragraph_only_in_chorus():
    alone = f"一、重点工作\n{BODY}\n完善公共财政，规范转移支付。{BODY}\n{BODY}\n"
    chorus = f"一、自身建设\n讲忠诚，优服务。{BODY}\n讲担当，重落实。{BODY}\n讲廉洁，守底线。{BODY}\n"
    assert outline(alone) == [(1, "一", "重点工作")]
    assert [title for _, _, title in outline(chorus)] == [
        "自身建设",
        "讲忠诚，优服务",
        "讲担当，重落实",
        "讲廉洁，守底线",
    ]


def test_addressing_the_house_ends_the_section():
    assert outline(
        f"一、2023年工作\n（一）兴产业\n{BODY}\n各位代表！新征程对政府提出新要求。{BODY}\n我们要永葆忠诚本色。{BODY}\n我们要勇于担当作为。{BODY}\n"
        f"我们要坚持依法办事。{BODY}\n各位代表！让我们携手奋斗，再谱新篇！\n"
    )[2:] == [(2, "", "我们要永葆忠诚本色"), (2, "", "我们要勇于担当作为"), (2, "", "我们要坚持依法办事")]


def test_full_width_digits_and_spaced_markers():
    assert outline(
        f"一、 ２０２２年工作回顾\n{BODY}\n（一） 工业回升。{BODY}\n１．夯实园区平台。{BODY}\n２．培育骨干企业。{BODY}\n"
    ) == [
        (1, "一", "２０２２年工作回顾"),
        (2, "（一）", "工业回升"),
        (3, "１", "夯实园区平台"),
        (3, "２", "培育骨干企业"),
    ]


def test_a_list_of_livelihood_projects_is_no_outline():
    assert outline(
        f"一、重点工作\n今年办好以下实事：\n1.新建幼儿园20所，新增学位5000个。\n2.改造老旧小区30个。\n3.开展送戏下乡活动。\n{BODY}\n"
    ) == [(1, "一", "重点工作")]


def test_a_report_in_one_line():
    body = f"一、2022年工作回顾 2022年是极不平凡的一年，{BODY * 40} （一）工业稳步回升。{BODY * 20} 二、2023年工作安排 今年是关键一年，{BODY * 20}"
    assert outline(body) == [
        (1, "一", "2022年工作回顾"),
        (2, "（一）", "工业稳步回升"),
        (1, "二", "2023年工作安排"),
    ]


def test_a_title_that_lost_its_line_break():
    assert outline(f"一、工作回顾\n{BODY}二、2023年重点工作\n{BODY}\n") == [
        (1, "一", "工作回顾"),
        (1, "二", "2023年重点工作"),
    ]


def test_annexes_have_titles_and_groups_and_glossaries_have_nothing():
    body = f"一、重点工作\n{BODY * 9}\n各位代表，让我们携手奋斗！\n附件1\n2023年十件民生实事\n一、方便出行\n1.新开公交线路3条。\n二、改善居住\n2.改造小区5个。\n名词解释\n1.六稳：指稳就业等。\n"
    assert outline(body) == [
        (1, "一", "重点工作"),
        (1, "", "2023年十件民生实事"),
        (2, "一", "方便出行"),
        (2, "二", "改善居住"),
        (1, "", "名词解释"),
    ]


@pytest.mark.corpus
def test_real_reports_read_as_people_read_them(shared: Path):
    scorer = _scorer(shared)
    wrong = 0
    for gold_path in sorted((shared / "gold").glob("*.located.jsonl")):
        name = gold_path.name.removesuffix(".located.jsonl")
        text = next(shared.glob(f"corpus/**/{name}.txt")).read_text(encoding="utf-8")
        gold = [
            r
            for r in map(json.loads, gold_path.read_text(encoding="utf-8").splitlines())
            if r["type"] == "heading"
        ]
        found = [{"start": h.start, "level": h.level, "title": h.title} for h in find_headings(text)]
        pairs = scorer.pair(
            gold,
            found,
            lambda g, f: (
                abs(g["start"] - f["start"]) <= scorer.SLACK
                and g["level"] == f["level"]
                and scorer.dice(g["title"], f["title"]) >= 0.9
            ),
            lambda g, f: -abs(g["start"] - f["start"]),
        )
        wrong += len(gold) + len(found) - 2 * len(pairs)
    assert wrong <= 5  # of some three hundred headings, missed and made up together


@pytest.mark.corpus
def test_every_real_report_has_an_outline(shared: Path):
    for path in sorted(shared.glob("corpus/reports/*.txt")):
        assert len(find_headings(path.read_text(encoding="utf-8"))) >= 8, path.name


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", shared / "score/score_reading.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
