"""Reports as official web pages show them."""

from __future__ import annotations

import pytest

from luodi.reading.sources import Refusal, load
from luodi.reading.sources.tests.samples import PARAGRAPHS, TEXT, html

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>云溪市人民政府</title>
<meta name="ArticleTitle" content="{title}"><style>p {{ color: red }}</style></head>
<body><div class="header">市政府领导 机构职能</div>
<div id="nav"><ul><li><a href="/">首页</a></li><li><a href="/gk">政府信息公开</a></li></ul></div>
<div class="wrap"><div class="crumbs">当前位置：<a href="/">首页</a> 工作报告</div>
<div class="content"><div class="TRS_Editor">{paragraphs}</div></div>
<div class="related">相关阅读：<a href="/1">去年的政府工作报告</a></div></div>
<div class="footer">版权所有：云溪市人民政府办公室 备案号</div>
<script>var greeting = "欢迎访问本站";</script></body></html>"""


def page(charset: str = "utf-8", paragraphs: str = "", title: str = PARAGRAPHS[0]) -> str:
    return PAGE.format(
        charset=charset,
        title=title,
        paragraphs=paragraphs or "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    )


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("utf-8", "utf-8", "html+utf-8"),
        ("gb2312", "gb18030", "html+gb18030"),
        ("GBK", "gbk", "html+gb18030"),
        ("gb2312", "utf-8", "html+utf-8"),  # a page that says one thing and is another
        ("utf-8", "gb18030", "html+gb18030"),
        ("utf-8", "utf-16", "html+utf-16-le"),
        ("utf-8", "utf-8-sig", "html+utf-8-sig"),
    ],
)
def test_the_report_comes_out_of_its_page_in_every_encoding(declared: str, codec: str, encoding: str) -> None:
    loaded = load(page(declared).encode(codec), name="报告.html")
    assert (loaded.kind, loaded.encoding, loaded.text) == ("html", encoding, TEXT)


def test_a_page_without_furniture_is_read_whole() -> None:
    assert load(html(), name="报告.html").text == TEXT


def test_a_page_that_is_one_large_form_keeps_its_text() -> None:
    wrapped = page().replace("<body>", '<body><form id="aspnetForm">').replace("</body>", "</form></body>")
    assert load(wrapped.encode(), name="报告.html").text == TEXT


def test_an_article_named_like_furniture_keeps_its_text() -> None:
    assert load(page().replace('"TRS_Editor"', '"main header"').encode(), name="报告.html").text == TEXT


def test_a_title_that_stands_outside_the_text_is_put_first() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    assert load(page(paragraphs=body).encode(), name="报告.html").text == TEXT


def test_entities_and_line_ends_inside_a_paragraph_leave_no_trace() -> None:
    body = "<p>　　培育&ldquo;四上&rdquo;企业20家&mdash;&mdash;\n   全部达标，\n增长5&#37;&#x4ee5;上。</p>"
    assert (
        load(page(paragraphs=body, title="").encode()).text
        == "　　培育“四上”企业20家——全部达标，增长5%以上。"
    )


def test_a_table_row_is_a_line_and_a_break_parts_lines() -> None:
    body = (
        "<p>一、重点任务<br>二、民生实事</p>"
        "<table><tr><th>任务</th><th>牵头单位</th></tr>"
        "<tr><td><p>新建停车位</p><p>3000个</p></td><td>市住建局</td></tr></table>"
    )
    assert load(page(paragraphs=body, title="").encode()).text.split("\n") == [
        "一、重点任务",
        "二、民生实事",
        "任务\t牵头单位",
        "新建停车位 3000个\t市住建局",
    ]


def test_a_page_nested_beyond_reading_is_refused_rather_than_cut() -> None:
    deep = f"<html><body><p>{TEXT}</p>{'<div>' * 5000}末段{'</div>' * 5000}</body></html>"
    with pytest.raises(Refusal, match="嵌套过深"):
        load(deep.encode(), name="报告.html")
