"""Where a report's paragraphs begin, and where its last words do."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.about import title_of
from luodi.reading.horizons import find_horizons
from luodi.reading.outline import find_headings
from luodi.reading.paragraphs import begins_annex, body_paragraphs, closing_words

BODY = "全市上下同心协力，把各项任务一件一件落到实处。"


def body(text: str) -> list[str]:
    return [paragraph.of(text) for paragraph in body_paragraphs(text)]


def test_title_date_speaker_and_salutation_stand_before_the_body():
    assert body(f"云江市政府工作报告\n（2023年1月9日）\n云江市人民政府市长 某某某\n各位代表：\n{BODY}\n") == [
        BODY
    ]
    assert body(f"政府工作报告\n2023年1月9日\n云江市人民政府市长 某某某\n{BODY}\n") == [BODY]


def test_a_plan_has_no_front_matter():
    assert body(f"2022年市政府工作的总体要求是：稳中求进。\n{BODY}") == [
        "2022年市政府工作的总体要求是：稳中求进。",
        BODY,
    ]


def test_a_break_that_the_source_lost():
    assert body(f"一、重点工作 （一）抓项目。{BODY}\n") == ["一、重点工作", f"（一）抓项目。{BODY}"]
    assert body(f"主要做了以下工作。（一）抓项目。{BODY}\n") == [
        "主要做了以下工作。",
        f"（一）抓项目。{BODY}",
    ]


def test_an_enumeration_inside_a_sentence_is_left_alone():
    sentence = "重点抓好三件事：（一）修路；（二）架桥；（三）通水。"
    assert body(sentence) == [sentence]


def test_closing_words_begin_at_the_last_salutation():
    text = f"{BODY * 30}\n各位代表！{BODY}任务艰巨。\n{BODY * 20}\n各位代表！让我们携手奋斗！\n附件：名词解释\n六稳：稳就业等。\n"
    paragraphs = body_paragraphs(text)
    assert paragraphs[closing_words(text, paragraphs)].of(text) == "各位代表！让我们携手奋斗！"
    assert [p.of(text) for p in paragraphs if begins_annex(text, p)] == ["附件：名词解释"]


def test_a_report_that_just_ends_has_no_closing_words():
    text = f"{BODY}\n{BODY}\n"
    assert closing_words(text, body_paragraphs(text)) == 2


PIECES = st.sampled_from(
    [
        "各位代表！",
        "一、",
        "（一）",
        "1.",
        "——",
        "一是",
        "第一，",
        "2022年工作回顾",
        "今年",
        "附件1",
        "名词解释",
        BODY,
        "。",
        "\n",
        "　",
        " ",
        "“",
        "\u2028",
        "\r\n",
        "𠮷",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_in_order_and_inside_its_bounds(text: str):
    headings = find_headings(text)
    spans = [(h.start, h.end) for h in headings]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    ids = {h.id: h for h in headings}
    assert all(h.parent is None or ids[h.parent].level == h.level - 1 for h in headings)
    horizons = find_horizons(text, headings, 2022)
    assert all(a.end <= b.start for a, b in itertools.pairwise(horizons))
    assert all(0 <= h.start < h.end <= len(text) for h in horizons)


def test_the_title_of_a_plan_is_no_part_of_it() -> None:
    for title in ("云川市2027年重点工作", "云川市2027年政府工作计划", "2027年市政府工作要点"):
        text = f"{title}\n一、抓好项目建设\n建成澄岚大桥，新增停车位1万个以上。\n"
        assert [heading.title for heading in find_headings(text)] == ["抓好项目建设"]
        assert title_of(text) == title
