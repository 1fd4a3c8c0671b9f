"""Zip containers and the XML in them, opened so that no small file can grow large."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from luodi.reading.sources.refusal import Refusal

MAX_ENTRIES = 10_000
MAX_PART_BYTES = 12 * 2**20
"""The largest part that is unpacked: a report of 20,000 characters needs less than one of these megabytes."""
MAX_RATIO = 200
"""Unpacked to packed size, asked of parts over a megabyte: office XML stays under 40."""

MAX_XML_BYTES = 32 * 2**20
"""What may be parsed from one archive in all, however often a part is named."""

BOMB = "解压后异常庞大，疑似压缩炸弹，已拒绝打开"
ENTITIES = "内含 XML 实体定义，疑似恶意文件，已拒绝打开"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,  # negative seeks of a forged directory, names that don't decode
    NotImplementedError,  # a compression method that office files don't use
    OverflowError,
)


class Archive:
    """A zip file in memory; every part is checked before and while it is unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise Refusal("压缩结构已损坏（可能没有下载完整）；请重新取得原文件") from error
        if len(self._zip.filelist) > MAX_ENTRIES:
            raise Refusal(BOMB)
        self._parsed = 0
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of one part."""
        try:
            entry = self._zip.getinfo(name)
        except KeyError as error:
            raise Refusal(f"缺少必需的部分 {name}，文件不完整；请重新取得原文件") from error
        if entry.flag_bits & 0x1:
            raise Refusal("已加密；请先去掉密码再读")
        grown = entry.file_size > max(2**20, MAX_RATIO * entry.compress_size)
        if grown or entry.file_size > MAX_PART_BYTES:
            raise Refusal(BOMB)
        try:
            with self._zip.open(entry) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except _DAMAGE as error:
            raise Refusal("压缩内容已损坏（可能没有下载完整）；请重新取得原文件") from error
        if len(data) > MAX_PART_BYTES:
            raise Refusal(BOMB)
        return data

    def xml(self, name: str, *, alias: tuple[bytes, bytes] | None = None) -> etree._Element:
        """One part as XML; document types and entities are refused, nothing is fetched.

        `alias` is a namespace that is to be read as another, as bytes.
        """
        data = self.read(name)
        if alias is not None:
            data = data.replace(*alias)
        self._parsed += len(data)
        if self._parsed > MAX_XML_BYTES:
            raise Refusal(BOMB)
        return parse_xml(data)


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Office formats forbid document types, so one is never let through to the parser."""
    plain = data.replace(b"\0", b"")  # UTF-16 and UTF-32 would hide the word
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refusal(ENTITIES)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Refusal("内部的 XML 已损坏；请重新取得原文件或另存一次再读") from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in an encoding that hid it above
        raise Refusal(ENTITIES)
    return root
