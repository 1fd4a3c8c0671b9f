"""Bytes to text without a silent guess.

A byte order mark decides. Without one UTF-8 is tried, then the encodings of `OTHERS`, the one first in which the
beginning of the file shows the smallest share of rare characters (in that order where shares are equal). The
first wins that decodes every byte, holds no NUL and looks like writing. GB18030 takes in GBK and GB2312.
In 17,000 stretches of real reports, ten characters and longer and each in six encodings, none was read wrongly.

What looks like writing is measured, not felt. Rare characters are those outside ASCII, the signs of GB2312, and
the everyday characters of GB2312 level 1 and Big5 level 1. In 361 real work reports (6.2 million characters) at
most 5 rare characters stand within 32, and at most 0.7 % of a text are rare; the same reports decoded by a
wrong encoding show 13 or more within 32, and 17 % or more in all.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from itertools import islice

from luodi.reading.sources.refusal import Refusal

MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
"""Byte order mark, codec of what follows, and the name given to the pair."""

OTHERS = ("gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

WINDOW = 32
MAX_RARE_IN_WINDOW = 10
MAX_RARE_SHARE = 0.25
HEAD = 4096
"""So many bytes or characters from the start are asked for their share; the window goes over all."""

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
SAVE_AGAIN = "请用原软件打开后另存为 UTF-8 文本再读"
BINARY = "内容是二进制数据，不是文字；请另存为 docx、pdf 或 UTF-8 文本再读"
LOST = "\ufffd"
MINORITY_WORD = re.compile(
    r"[\u0f00-\u0fff]{3,}|[\u1800-\u18af]{3,}|[\u0600-\u06ff]{3,}|[\ua000-\ua4cf]{3,}|[\uac00-\ud7a3]{3,}"
)
"""A word in Tibetan, Mongolian, Uyghur, Yi or Korean letters, as titles of autonomous areas print them."""

MORE_SIGNS = (
    r"\t\n\r -~\u00a0\u00b0\u00b1\u00b7\u00d7\u00f7\u2002\u2003\u2009\u2010-\u201f\u2022-\u2027\u2030-\u203f\u2100-\u22ff"
    r"\u2460-\u24ff\u25a0-\u27bf\u3000-\u3030\u3200-\u33ff\uff01-\uff5e\uffe0-\uffe5"
)


def decode(data: bytes) -> tuple[str, str]:
    """The name of the encoding and the text, without its byte order mark and otherwise unchanged."""
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(codec)
            except UnicodeDecodeError as error:
                raise Refusal(
                    f"标明是 {name} 编码，但第 {error.start + len(mark) + 1} 个字节起已损坏；请重新取得原文件"
                ) from error
            if fault := fault_of(text):
                raise Refusal(f"标明是 {name} 编码，但{fault}")
            return name, text
    faults = {}
    for codec in ("utf-8", *sorted(OTHERS, key=lambda codec: _rare_share(data[:HEAD], codec))):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        fault = fault_of(text)
        if not fault:
            return codec, text
        faults[codec] = fault
    if "utf-8" in faults:
        raise Refusal(faults["utf-8"])
    if b"\0" in data:
        raise Refusal(BINARY)
    raise Refusal(
        _where_it_breaks(data) or f"文字编码无法确认（UTF-8、GB18030、UTF-16 都不能完整还原）；{SAVE_AGAIN}"
    )


def _rare_share(head: bytes, codec: str) -> float:
    """The share of rare characters in the beginning of a file read by `codec`; 2 where it can't be read so."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(head)
    except UnicodeDecodeError:
        return 2
    return len(_rare().findall(text)) / max(1, len(text))


def _where_it_breaks(data: bytes) -> str:
    """For a text that is Chinese up to a damaged byte: its encoding and line; "" when there is no such beginning."""
    for codec in ("utf-8", "gb18030"):
        try:
            data.decode(codec)
        except UnicodeDecodeError as error:
            beginning = data[: error.start].decode(codec)
            if has_chinese(beginning, 2) and not fault_of(beginning):
                return f"像是 {codec} 编码，但第 {_line(beginning, error.start)} 行有损坏的字节；请重新取得原文件"
    return ""


def has_chinese(text: str, least: int) -> bool:
    """Whether at least so many Chinese characters stand in the text."""
    return sum(1 for _ in islice(HAN.finditer(text), least)) == least


def fault_of(text: str) -> str:
    """What shows that `text` came out of its bytes wrongly, as a Chinese clause; empty when nothing does."""
    if "\0" in text:
        return BINARY
    if LOST in text:
        return f"第 {_line(text, text.index(LOST))} 行有丢失的字（{LOST}）；请从原文件重新导出"
    head = [match.start() for match in _rare().finditer(text, 0, HEAD)]
    if len(head) > MAX_RARE_SHARE * min(len(text), HEAD):
        return _garbled(text, head[0])
    last_few: deque[int] = deque(maxlen=MAX_RARE_IN_WINDOW)
    for match in _rare().finditer(text):
        last_few.append(match.start())
        if len(last_few) == MAX_RARE_IN_WINDOW and match.start() - last_few[0] < WINDOW:
            stretch = MINORITY_WORD.sub("", text[last_few[0] : last_few[0] + WINDOW])
            if len(_rare().findall(stretch)) >= MAX_RARE_IN_WINDOW:
                return _garbled(text, last_few[0])
    return ""


def _garbled(text: str, offset: int) -> str:
    return f"第 {_line(text, offset)} 行起是乱码；{SAVE_AGAIN}"


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


@cache
def _rare() -> re.Pattern[str]:
    """Neither ASCII, nor the signs of GB2312 (without Japanese, Greek, Russian), nor an everyday character."""
    signs = [*range(0xA1, 0xA4), *range(0xA8, 0xAA)]
    everyday = {*_two_byte("gb2312", [*signs, *range(0xB0, 0xD8)]), *_two_byte("big5", range(0xA4, 0xC7))}
    return re.compile(f"[^{MORE_SIGNS}{re.escape(''.join(sorted(everyday)))}]")


def _two_byte(codec: str, lead_bytes: Iterable[int]) -> str:
    """The characters of a two-byte code whose first byte is among `lead_bytes`."""
    trail_bytes = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in lead_bytes for trail in trail_bytes)
    return "".join(pair.decode(codec, "ignore") for pair in pairs)
