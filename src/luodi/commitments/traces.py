"""Pictures leave for the public without what a camera writes into them: place, time, device, owner (EXIF, XMP, text)."""

from __future__ import annotations

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_PIXELS_FOLLOW = 0xDA
_SHOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"acTL", b"fcTL", b"fdAT"}


def without_traces(content: bytes) -> bytes:
    """The same picture without metadata; other files, and pictures that can't be walked through, unchanged."""
    if content.startswith(JPEG):
        return _jpeg(content)
    if content.startswith(PNG):
        return _png(content)
    return content


def _jpeg(content: bytes) -> bytes:
    """Drop the application segments but APP0 (how to show it) and the comments; pixels are copied as they are."""
    out, at = bytearray(JPEG), 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == _PIXELS_FOLLOW or end > len(content):
            break
        if not (0xE1 <= mark <= 0xEF or mark == 0xFE):
            out += content[at:end]
        at = end
    return bytes(out) + content[at:]


def _png(content: bytes) -> bytes:
    out, at = bytearray(PNG), len(PNG)
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] in _SHOWN:
            out += content[at:end]
        at = end
    return bytes(out)
