"""From a file to text, whatever the file is: the one entry for documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from luodi.reading.sources import encodings, isolation, legacy, ofd, pdf, pictures, web, word
from luodi.reading.sources.kinds import Kind, check_name, kind_of
from luodi.reading.sources.refusal import MAX_FILE_BYTES, Refusal

READERS: dict[Kind, Callable[[bytes], tuple[str, str]]] = {
    "txt": encodings.decode,
    "docx": word.read,
    "pdf": pdf.read,
    "picture": pictures.read,
    "ofd": ofd.read,
    "html": web.read,
    "doc": legacy.read,
}
"""Each takes the bytes and gives encoding and text, or raises `Refusal` with the reason."""

MIN_HAN = 2
ODD_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What else Python takes for a line end; in formats with lines of their own these are no line ends."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as text.

    `kind` is what the content is; `encoding` how its bytes became text: a codec ("utf-8", "utf-8-sig",
    "gb18030", "utf-16-le", ...), "docx", "pdf", "scan", "ofd", "doc", or "html+" and a codec. The text of a
    txt file is its content unchanged, line ends included; in the other kinds a paragraph is a line.
    """

    name: str
    kind: Kind
    encoding: str
    text: str


def load(
    source: str | Path | bytes, *, name: str = "", on_page: Callable[[int, int], None] | None = None
) -> Loaded:
    """The text of a document, from a path or from bytes (`name` then tells the file's name).

    `on_page` is told after each page of a scan: how many are done, of how many (0 when that is not known).

    Raises `Refusal` with a sentence in Chinese when there is no file, or when it is empty, too large, encrypted,
    damaged, not what its name says, hostile, garbled, or without readable Chinese text.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    try:
        data = source if isinstance(source, bytes) else _bytes_of(Path(source))
        with isolation.listening(on_page):
            return _load(data, name)
    except Refusal as refusal:
        raise Refusal(f"《{name or '未命名文件'}》{refusal}。") from refusal


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refusal("不是一个文件" if path.exists() else "不存在；请核对路径")
        _check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Refusal("无法打开；请核对路径和读取权限") from error


def _check_size(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise Refusal(
            f"有 {size / 2**20:.0f} MB，超过 {MAX_FILE_BYTES // 2**20} MB 的上限；请删去图片或拆开再读"
        )


def _load(data: bytes, name: str) -> Loaded:
    _check_size(len(data))
    if not data.strip(b"\0 \t\r\n"):
        raise Refusal("是空文件；请核对是否选错了文件")
    kind = kind_of(data)
    check_name(name, kind)
    encoding, text = READERS[kind](data)
    if kind != "txt":
        text = ODD_LINE_ENDS.sub(" ", text)
        if fault := encodings.fault_of(text):
            raise Refusal(fault)
    if not encodings.has_chinese(text, MIN_HAN):
        raise Refusal("没有可读的中文文字；请核对是否选错了文件")
    return Loaded(name, kind, encoding, text)
