"""Pages of lines back to paragraphs: pdf with text, ofd, and what is printed around the text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from luodi.reading.sources import load
from luodi.reading.sources.layout import Line, text_of
from luodi.reading.sources.tests.samples import (
    TEXT,
    ofd,
    ofd_parts,
    pdf,
    text_object,
    typeset,
    zipped,
)

LONG = "今年要新建停车位三千个以上，改造老旧小区四十八个，新增公办园学位两千四百个，城镇新增就业一万三千人。"


def page(
    lines: Sequence[tuple[float, str]], number: int = 0, top: float = 60, size: float = 10
) -> list[Line]:
    """Lines under one another in square letters, each with how many letters it is set in from the margin."""
    return [
        Line(
            text,
            number,
            left := 100 + inset * size,
            y := top + 20 * row,
            left + len(text) * size,
            y + size,
            size,
        )
        for row, (inset, text) in enumerate(lines)
    ]


def edge(text: str, number: int, top: float) -> Line:
    return Line(text, number, 250, top, 250 + 10 * len(text), top + 10, 10)


def test_lines_join_to_paragraphs_across_the_turn_of_a_page() -> None:
    lines = typeset([LONG, LONG], width=20)
    pages = [page(lines[:4]), page(lines[4:], 1)]
    assert text_of(pages) == f"{LONG}\n{LONG}"


def test_page_numbers_and_running_headers_are_left_out() -> None:
    lines = typeset([LONG] * 4, width=20)
    pages = [
        [
            edge("云溪市政府工作报告", number, 10),
            *page(lines[3 * number : 3 * number + 3], number),
            edge(f"— {number + 1} —", number, 700),
        ]
        for number in range(4)
    ]
    assert text_of(pages) == "\n".join([LONG] * 4)


@pytest.mark.parametrize("printed", ["3", "- 3 -", "—3—", "第 3 页", "第3页 共20页", "3/20", "· 3 ·", "III"])
def test_a_page_number_is_known_in_every_dress(printed: str) -> None:
    assert text_of([[*page(typeset([LONG], width=20)), edge(printed, 0, 700)]]) == LONG


def test_a_number_in_the_body_at_the_foot_of_a_page_is_no_page_number() -> None:
    assert text_of([page([(2, "年度目标"), (2, "完成投资（亿元）"), (2, "210")])]).endswith("210")


def test_text_that_says_the_same_on_every_page_is_kept_when_it_stands_in_the_body() -> None:
    lines = typeset(["各位代表：", LONG], width=20)
    pages = [page(lines, number) for number in range(4)]
    assert text_of(pages) == "\n".join(["各位代表：", LONG] * 4)


def test_without_any_indent_short_lines_and_markers_part_paragraphs() -> None:
    sentence = LONG[:39] + "。"
    lines = typeset([sentence, "（二）" + LONG, "一、总体要求", LONG], width=20, indent=0)
    assert text_of([page(lines)]) == "\n".join([sentence, "（二）" + LONG, "一、总体要求", LONG])


def test_a_full_line_set_in_and_another_set_in_under_it_are_two_paragraphs() -> None:
    subtitle = "——二〇二二年一月十日在市人代会上"
    lines = [(2, subtitle), (2, "市长　张云溪"), *typeset([LONG], width=18)]
    assert text_of([page(lines)]) == f"{subtitle}\n市长　张云溪\n{LONG}"


def test_sheets_that_lie_askew_of_one_another_are_read_by_their_own_margins() -> None:
    lines = typeset([LONG] * 8, width=20)
    shifted = [(inset + 4.0, text) for inset, text in lines[12:]]
    assert text_of([page(lines[:12]), page(shifted, 1)]) == "\n".join([LONG] * 8)


def test_latin_words_join_with_a_space() -> None:
    assert text_of(
        [page([(2, "建设工业互联网平台与应用场景"), (0, "以Internet of"), (0, "Things为底座。")])]
    ).endswith("以Internet of\nThings为底座。")
    assert text_of([page([(0, "推广Internet of"), (0, "Things应用。")])]) == "推广Internet of Things应用。"


def test_a_pdf_with_text_gives_its_paragraphs() -> None:
    loaded = load(pdf(), name="报告.pdf")
    assert (loaded.kind, loaded.encoding, loaded.text) == ("pdf", "pdf", TEXT)


def test_lines_that_a_pdf_draws_out_of_order_come_in_the_order_of_the_page() -> None:
    drawn = [(90.0, 300.0, "三、保障措施"), (90.0, 100.0, "一、工作回顾"), (90.0, 200.0, "二、今年任务")]
    assert load(pdf([drawn])).text == "一、工作回顾\n二、今年任务\n三、保障措施"


@pytest.mark.parametrize(
    ("rotation", "first", "second"),
    [
        (90, "0 1 -1 0 100 100", "0 1 -1 0 140 100"),
        (180, "-1 0 0 -1 400 660", "-1 0 0 -1 400 700"),
        (270, "0 -1 1 0 400 700", "0 -1 1 0 360 700"),
    ],
)
def test_a_turned_page_is_read_as_it_is_seen_without_what_runs_along_its_edge(
    rotation: int, first: str, second: str
) -> None:
    matrices = {"一、工作回顾": first, "二、今年任务": second, "装订线": "1 1 -1 1 300 300"}
    data = pdf([[(0, 0, text) for text in matrices]])
    for text, matrix in matrices.items():
        shown = text.encode("utf-16-be").hex().encode()
        data = data.replace(b"0 842 Td <%s>" % shown, b"%s Tm <%s>" % (matrix.encode(), shown))
    data = data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 842]/Rotate %d" % rotation)
    assert load(data, name="报告.pdf").text == "一、工作回顾\n二、今年任务"


def test_an_ofd_gives_its_paragraphs_without_its_template() -> None:
    loaded = load(ofd(), name="报告.ofd")
    assert (loaded.kind, loaded.encoding, loaded.text) == ("ofd", "ofd", TEXT)


def test_an_ofd_line_in_several_pieces_is_one_line_and_a_scaled_one_is_in_its_place() -> None:
    scaled = (
        '<ofd:TextObject ID="9" Boundary="30 50 100 10" Size="1" CTM="5 0 0 5 0 0"><ofd:TextCode X="0" Y="1" '
        'DeltaX="1 1 1 1 1">二、今年任务</ofd:TextCode></ofd:TextObject>'
    )
    pieces = text_object("完成投资", 30, 40) + text_object("8亿元。", 50, 40) + scaled
    assert load(zipped(ofd_parts([pieces]))).text == "完成投资8亿元。\n二、今年任务"


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    bold = text_object("一、工作回顾", 30, 40) + text_object("一、工作回顾", 30.1, 40)
    assert (
        load(zipped(ofd_parts([bold + text_object("（一）经济", 30, 60)]))).text == "一、工作回顾\n（一）经济"
    )
