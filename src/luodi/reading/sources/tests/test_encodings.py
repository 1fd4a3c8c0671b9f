"""Text files: bytes become text by a rule that can be named, or not at all."""

from __future__ import annotations

import codecs

import pytest

from luodi.reading.sources import Refusal, load
from luodi.reading.sources.tests.samples import TEXT

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "gb18030": b"\x84\x31\x95\x33",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("codec", MARKED)
@pytest.mark.parametrize("marked", [True, False], ids=["with mark", "without mark"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_encoding_gives_the_same_text_unchanged(codec: str, marked: bool, line_end: str) -> None:
    text = TEXT.replace("\n", line_end) + line_end * 2
    loaded = load((MARKED[codec] if marked else b"") + text.encode(codec), name="报告.txt")
    assert loaded.text == text
    assert loaded.encoding == ("utf-8-sig" if codec == "utf-8" and marked else codec)
    assert (loaded.kind, loaded.name) == ("txt", "报告.txt")


@pytest.mark.parametrize("codec", ["gbk", "gb2312"])
def test_the_older_codes_are_read_as_gb18030_which_takes_them_in(codec: str) -> None:
    loaded = load(TEXT.encode(codec), name="报告.txt")
    assert (loaded.text, loaded.encoding) == (TEXT, "gb18030")


def test_two_characters_that_are_valid_in_both_codes_are_read_as_the_one_that_is_writing() -> None:
    """The bytes of 一目 in GB18030 are also valid UTF-8, of letters that stand in no report."""
    data = "一目".encode("gb18030")
    assert data.decode("utf-8") == "һĿ"
    assert load(data).text == "一目"


@pytest.mark.parametrize("codec", MARKED)
def test_a_table_that_is_mostly_blanks_is_no_other_code(codec: str) -> None:
    """Two blanks in a row are one dagger in UTF-16, and digits are Chinese characters."""
    text = f"{' ' * 90}|\n| 5      | 公共安全{' ' * 60}|\n| 6      | 20220110 13579{' ' * 40}|\n"
    loaded = load(text.encode(codec), name="表.txt")
    assert (loaded.encoding, loaded.text) == (codec, text)


def test_odd_separators_inside_a_text_file_stay_as_they_are() -> None:
    text = "一、今年工作\x0b增长6%\u2028左右\x0c二、保障措施\x85完"
    assert load(text.encode()).text == text


def test_names_in_rare_characters_are_no_garbling() -> None:
    text = "实施疍家文化馆、埇桥区、滘口站、筼筜湖、鄠邑区、浐灞、瀍河等七处治理，完成投资8亿元。"
    assert load(text.encode("gb18030")).text == text


def test_a_table_drawn_in_box_characters_is_no_garbling() -> None:
    text = (
        "┌────┬────────────────┬────────┐\n│序号│任务            │牵头单位│\n└────┴────────────────┴────────┘"
    )
    assert load(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    "title",
    [
        "བོད་ལྗོངས་ཀྱི་གཞུང་གི་ལས་དོན་སྙན་ཞུ",
        "ھۆكۈمەت خىزمىتىدىن دوكلات",
        "정부 사업보고 연변조선족자치주",
        "ᠵᠠᠰᠠᠭ ᠤᠨ ᠣᠷᠳᠣᠨ",
    ],
)
def test_the_title_of_an_autonomous_area_in_its_own_script_is_kept(title: str) -> None:
    text = f"{title}\n{TEXT}\n"
    assert load(text.encode()).text == text


GARBLED = {
    "UTF-8 read as GBK": TEXT.encode().decode("gb18030", "ignore"),
    "UTF-8 read as Latin-1": TEXT.encode().decode("latin-1"),
    "GBK read as Big5": TEXT.encode("gb18030").decode("big5", "ignore"),
    "GBK read as Japanese": TEXT.encode("gb18030").decode("euc-jp", "ignore"),
    "UTF-16 with its bytes swapped": TEXT.encode("utf-16-le").decode("utf-16-be", "ignore"),
    "one paragraph garbled": f"{TEXT}\n{TEXT[20:60].encode().decode('gb18030', 'ignore')}\n{TEXT}",
}


@pytest.mark.parametrize("story", GARBLED)
def test_garbled_text_is_refused_however_it_is_stored(story: str) -> None:
    for codec in ("utf-8", "gb18030", "utf-16"):
        with pytest.raises(Refusal, match=r"^《报告.txt》.*(乱码|编码无法确认|二进制|损坏的字节)"):
            load(GARBLED[story].encode(codec, "ignore"), name="报告.txt")


def test_a_code_that_reports_do_not_come_in_is_refused_rather_than_guessed() -> None:
    traditional = "雲溪市政府工作報告：推動經濟轉型升級，優化營商環境，擴大就業機會，實現綠色發展。"
    with pytest.raises(Refusal, match="编码无法确认"):
        load(traditional.encode("big5"), name="報告.txt")
    assert load(traditional.encode()).text == traditional


def test_the_line_of_a_lost_character_is_named() -> None:
    with pytest.raises(Refusal, match="第 3 行有丢失的字"):
        load(TEXT.replace("现在", "现\ufffd").encode(), name="报告.txt")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_cut_inside_a_character_is_refused(codec: str) -> None:
    with pytest.raises(Refusal):
        load(MARKED[codec] + TEXT.encode(codec)[:-1], name="报告.txt")
