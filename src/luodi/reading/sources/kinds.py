"""What a document is, by its content; and whether its name says the same."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from luodi.reading.sources.archive import Archive
from luodi.reading.sources.refusal import Refusal

Kind = Literal["txt", "docx", "pdf", "picture", "ofd", "html", "doc"]

NAMES: dict[Kind, str] = {
    "txt": "纯文本",
    "docx": "docx 文档",
    "pdf": "PDF",
    "picture": "图片",
    "ofd": "OFD",
    "html": "网页",
    "doc": "旧版 doc 文档",
}
SUFFIXES: dict[str, tuple[Kind, ...]] = {
    ".txt": ("txt",),
    ".text": ("txt",),
    ".md": ("txt",),
    ".docx": ("docx",),
    ".docm": ("docx",),
    ".doc": ("doc",),
    ".rtf": ("doc",),
    ".wps": ("doc", "docx"),  # WPS Office writes either into a file of this name
    ".pdf": ("pdf",),
    ".ofd": ("ofd",),
    ".html": ("html",),
    ".htm": ("html",),
    ".shtml": ("html",),
    ".xhtml": ("html",),
    ".png": ("picture",),  # a photograph's name may mistake one picture format for another
    ".jpg": ("picture",),
    ".jpeg": ("picture",),
    ".tif": ("picture",),
    ".tiff": ("picture",),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
OTHER_PICTURES = (
    b"GIF8",
    b"BM",
    b"RIFF",
    b"\0\0\0\x0cjP",
    b"\0\0\0\x18ftyp",
    b"\0\0\0\x1cftyp",
    b"\0\0\0\x20ftyp",
)
OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
HTML_START = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.I | re.S,
)


def kind_of(data: bytes) -> Kind:
    """The kind of a document that isn't empty; refuses what the reader has no use for."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(PICTURES):
        return "picture"
    if data.startswith(OLE):
        return _kind_of_compound(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(data)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(OTHER_ARCHIVES):
        raise Refusal("是压缩包；请先解压，再读里面的文件")
    if data.startswith(OTHER_PICTURES) and b"\0" in data[:64]:
        raise Refusal("图片格式读不了；请另存为 png、jpg 或 tif 再读")
    start = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if start.startswith(b"MIME-Version:") and b"multipart/related" in start:
        raise Refusal("是单文件网页（mht）；请用浏览器或 Word 另存为 docx 再读")
    return "html" if HTML_START.match(start) else "txt"


def _kind_of_compound(data: bytes) -> Kind:
    """OLE compound files hold old Word documents, and new ones under a password."""
    if _stream("EncryptedPackage") in data:
        raise Refusal("已加密；请先用 Word 或 WPS 打开，去掉密码后再读")
    if _stream("WordDocument") in data or _stream("WpsDocument") in data:
        return "doc"
    if _stream("Workbook") in data or _stream("PowerPoint Document") in data:
        raise Refusal("是表格或演示文稿，不是报告；请选择报告的 docx、pdf 或 txt")
    raise Refusal("不是 Word 文档，或已损坏；请用 Word 或 WPS 另存为 docx 再读")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _kind_of_zip(data: bytes) -> Kind:
    names = Archive(data).names
    if "OFD.xml" in names:
        return "ofd"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise Refusal("是表格或演示文稿，不是报告；请选择报告的 docx、pdf 或 txt")
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    raise Refusal("是压缩包，或是缺了正文的文档；请先解压，或用 Word 另存一次再读")


def check_name(name: str, kind: Kind) -> None:
    """Refuses a document whose suffix promises another kind; a suffix not known here promises nothing."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised and kind not in promised:
        proper = next(known for known, kinds in SUFFIXES.items() if kind in kinds)
        raise Refusal(f"后缀是 {suffix}，内容却是{NAMES[kind]}；请核对文件，确认后把后缀改为 {proper} 再读")
