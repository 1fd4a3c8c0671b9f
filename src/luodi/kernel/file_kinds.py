"""What a file is by its content, and whether that is what its name says. Pure: bytes in, a kind or a sentence out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from luodi.kernel.spoken import Spoken, listed


class WrongFile(Spoken, ValueError):
    """The file can't be taken as it is; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file, the suffixes it may bear, and the most it may weigh."""

    title: str
    suffixes: tuple[str, ...]
    media_type: str
    max_mb: int = 50
    is_picture: bool = False


JPEG = Kind("JPEG 图片", (".jpg", ".jpeg"), "image/jpeg", max_mb=20, is_picture=True)
PNG = Kind("PNG 图片", (".png",), "image/png", max_mb=20, is_picture=True)
PDF = Kind("PDF", (".pdf",), "application/pdf")
DOCX = Kind(
    "Word 文档", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
XLSX = Kind("Excel 表格", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PPTX = Kind(
    "演示文稿", (".pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation"
)
OFD = Kind("OFD 版式文件", (".ofd",), "application/ofd")
LEGACY = Kind(
    "旧版 Office 或 WPS 文件", (".doc", ".wps", ".xls", ".et", ".ppt", ".dps"), "application/x-ole-storage"
)
MP4 = Kind("MP4 视频", (".mp4",), "video/mp4")
TEXT = Kind("文本", (".txt", ".csv"), "text/plain", max_mb=5)

KINDS = (JPEG, PNG, PDF, DOCX, XLSX, PPTX, OFD, LEGACY, MP4, TEXT)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)

OPENINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", LEGACY),
)
# The part without which a package is not of its kind.
PACKAGES = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("ppt/presentation.xml", PPTX),
    ("OFD.xml", OFD),
)
APPLE_PHOTO = (b"heic", b"heix", b"mif1", b"hevc")


def kind_of(name: str, content: bytes) -> Kind:
    """The kind that name and content agree on. Raises WrongFile when they do not, or when it is of no use here."""
    suffix = PurePath(name).suffix.lower()
    if not content:
        raise WrongFile("“{name}”是空文件。", name=name)
    if suffix not in SUFFIXES:
        raise WrongFile(
            "“{name}”不是可用的佐证，请用 {kinds}。", name=name, kinds=listed(each[1:] for each in SUFFIXES)
        )
    kind = _by_content(name, content)
    if kind is None:
        raise WrongFile("“{name}”的内容认不出来，可能已经损坏；请重新取得原文件。", name=name)
    if suffix not in kind.suffixes:
        raise WrongFile(
            "“{name}”的后缀是 {suffix}，内容却是{kind}；请核对是否选错了文件。",
            name=name,
            suffix=suffix,
            kind=kind.title,
        )
    if len(content) > kind.max_mb * 2**20:
        raise WrongFile(
            "“{name}”超过 {kind} {most} MB 的上限。", name=name, kind=kind.title, most=kind.max_mb
        )
    return kind


def _by_content(name: str, content: bytes) -> Kind | None:
    for opening, kind in OPENINGS:
        if content.startswith(opening):
            return kind
    if content[4:8] == b"ftyp":
        if content[8:12] in APPLE_PHOTO:
            raise WrongFile("“{name}”是 HEIC 照片，多数电脑打不开；请在手机上另存为 jpg 再传。", name=name)
        return MP4
    if content.startswith(b"PK\x03\x04"):
        return _package(name, content)
    return TEXT if _is_text(content) else None


def _package(name: str, content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = set(package.namelist())
    except zipfile.BadZipFile as error:
        raise WrongFile(
            "“{name}”的压缩结构已损坏（可能没有下载完整）；请重新取得原文件。", name=name
        ) from error
    return next((kind for part, kind in PACKAGES if part in parts), None)


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
