"""Word documents, as offices really keep them."""

from __future__ import annotations

import pytest

from luodi.reading.sources import Refusal, load
from luodi.reading.sources.numbering import numeral
from luodi.reading.sources.tests.samples import PARAGRAPHS, TEXT, W, docx, docx_parts, paragraph, run, zipped


def text_of(body: str, **parts: str) -> str:
    return load(docx(body, **parts), name="报告.docx").text


def level(depth: int, form: str, pattern: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


OFFICIAL = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
"""The numbering that official documents use (GB/T 9704-2012, 7.3.3)."""


def numbered(text: str, depth: int, number_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr>')


def test_paragraphs_come_out_in_order_one_a_line() -> None:
    loaded = load(docx(), name="报告.docx")
    assert (loaded.kind, loaded.encoding, loaded.text) == ("docx", "docx", TEXT)


def test_automatic_numbering_is_printed_and_starts_again_under_each_part() -> None:
    body = (
        numbered("过去五年工作回顾", 0)
        + numbered("经济运行", 1)
        + numbered("民生保障", 1)
        + numbered("就业", 2)
        + numbered("今年重点任务", 0)
        + paragraph("今年要抓好以下工作：")
        + numbered("项目建设", 1)
    )
    assert text_of(body, numbering=OFFICIAL).split("\n") == [
        "一、过去五年工作回顾",
        "（一）经济运行",
        "（二）民生保障",
        "1.就业",
        "二、今年重点任务",
        "今年要抓好以下工作：",
        "（一）项目建设",
    ]


def test_numbering_that_a_heading_style_brings_is_printed_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="own heading"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("重点任务", '<w:pStyle w:val="1"/>') + paragraph("项目建设", '<w:pStyle w:val="2"/>')
    off = paragraph("附注", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text_of(body + off, numbering=OFFICIAL, styles=styles) == "一、重点任务\n（一）项目建设\n附注"


def test_two_lists_over_one_scheme_count_on_and_a_restarted_one_does_not() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲项", 0) + numbered("乙项", 0, 2) + numbered("丙项", 0, 3)
    assert text_of(body, numbering=OFFICIAL + again) == "一、甲项\n二、乙项\n五、丙项"


def test_a_list_that_only_links_to_a_list_style_counts_by_that_style() -> None:
    named = OFFICIAL.replace('"7">', '"7"><w:styleLink w:val="公文编号"/>', 1)
    link = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="公文编号"/></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>'
    )
    assert text_of(numbered("重点任务", 0, 4) + numbered("项目建设", 1, 4), numbering=named + link) == (
        "一、重点任务\n（一）项目建设"
    )


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (111, "chineseCounting", "一百一十一"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (11, "decimalEnclosedCircle", "⑪"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (12, "decimalFullWidth", "１２"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "a form of later years", "7"),
    ],
)
def test_numbers_are_printed_as_their_format_says(count: int, form: str, printed: str) -> None:
    assert numeral(count, form) == printed


def test_what_was_struck_out_is_gone_and_what_was_put_in_stays() -> None:
    body = paragraph(
        run("新建停车位")
        + '<w:del w:id="1"><w:r><w:delText>2000</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("3000")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run("（移走的话）")}</w:moveFrom>'
        + run("个")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部批注</w:t></w:r>"
    )
    assert text_of(body) == "新建停车位3000个"


def test_footnotes_and_comments_are_left_out_and_soft_hyphens_vanish() -> None:
    body = paragraph(
        run("实施“双百双\u00ad千”工程")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:softHyphen/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
        + run("，帮扶企业\u200b200家。")
    )
    assert text_of(
        body, footnotes=f'<w:footnote w:id="2">{paragraph("双百双千：一百户企业。")}</w:footnote>'
    ) == ("实施“双百双千”工程，帮扶企业200家。")


def test_a_table_row_is_a_line_and_a_frame_of_one_cell_is_no_table() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    table = f"<w:tbl>{row(paragraph('序号'), paragraph('任务'), paragraph('牵头单位'))}"
    table += (
        row(paragraph("1"), paragraph("新建停车位") + paragraph("3000个"), paragraph("市住建局")) + "</w:tbl>"
    )
    frame = f"<w:tbl>{row(paragraph('第一段。') + table + paragraph('第二段。'))}</w:tbl>"
    assert text_of(frame).split("\n") == [
        "第一段。",
        "序号\t任务\t牵头单位",
        "1\t新建停车位 3000个\t市住建局",
        "第二段。",
    ]


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    box = f"<w:txbxContent>{paragraph('框内标题')}{paragraph('框内正文')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(paragraph(run("前文") + drawing) + paragraph("后文")) == "前文\n框内标题\n框内正文\n后文"


def test_the_table_of_contents_is_no_second_set_of_headings() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("一、工作回顾1", '<w:pStyle w:val="11"/>') + paragraph("一、工作回顾")
    assert text_of(body, styles=styles) == "一、工作回顾"


def test_line_breaks_part_lines_and_page_breaks_do_not() -> None:
    body = paragraph(
        run("政府工作")
        + '<w:r><w:br w:type="page"/></w:r>'
        + run("报告")
        + "<w:r><w:br/></w:r>"
        + run("（草案）")
    )
    assert text_of(body) == "政府工作报告\n（草案）"


def test_odd_separators_inside_a_paragraph_do_not_split_it() -> None:
    assert text_of(paragraph("增长6%\u2028左右\u0085，就业")) == "增长6% 左右 ，就业"


def test_the_strict_variant_of_the_format_is_read_alike() -> None:
    parts = docx_parts("".join(map(paragraph, PARAGRAPHS)))
    strict = {
        name: part.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, part in parts.items()
    }
    assert load(zipped(strict), name="报告.docx").text == TEXT


def test_a_document_that_embeds_another_is_refused_rather_than_half_read() -> None:
    with pytest.raises(Refusal, match="嵌入了另一份文档"):
        text_of(paragraph("各位代表：") + "<w:altChunk/>")
