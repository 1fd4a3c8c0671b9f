"""Scanned pages as pictures: png, jpeg, tiff (with all its pages)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from luodi.reading.sources import isolation, layout, recognition
from luodi.reading.sources.refusal import Refusal

MAX_PIXELS = 35_000_000
"""A sheet of A3 at 400 dots per inch has 31 million."""
MAX_SHEETS = 300


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("scan") and the text recognised."""
    recognition.require()
    return isolation.run(read_here, data, recognition.LIMITS)


def read_here(data: bytes) -> tuple[str, str]:
    """As `read`, in this process."""
    pages = (recognition.lines_of(sheet, number) for number, sheet in enumerate(sheets(data)))
    return "scan", layout.text_of(list(recognition.as_long_as_chinese(pages)))


def sheets(data: bytes) -> Iterator[Any]:
    """Each sheet as an RGB array, upright, no larger than recognition can use."""
    number, count = 0, 1
    while number < count:
        sheet, count = _sheet(data, number)
        yield sheet
        number += 1


def _sheet(data: bytes, number: int) -> tuple[Any, int]:
    """One sheet and how many there are. The full picture is let go before recognition takes its memory."""
    import numpy
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a bomb warning: sizes are checked here
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        with picture:
            count = getattr(picture, "n_frames", 1)
            if count > MAX_SHEETS:
                raise Refusal(f"有 {count} 页，超过 {MAX_SHEETS} 页的上限；请拆开再读")
            picture.seek(number)
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise Refusal(f"图片有 {width}×{height} 像素，超过上限；请按 A4、300 dpi 重新扫描")
            picture.draft("RGB", (recognition.MAX_SIDE, recognition.MAX_SIDE))
            full = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
            small = full.reduce(max(1, max(full.size) // recognition.MAX_SIDE))
            small.thumbnail((recognition.MAX_SIDE, recognition.MAX_SIDE))
            return numpy.asarray(ImageOps.exif_transpose(small).convert("RGB")), count
    except Refusal:
        raise
    except Image.DecompressionBombError as error:
        raise Refusal("图片像素数超过上限；请按 A4、300 dpi 重新扫描") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise Refusal("图片已损坏（可能没有下载完整）；请重新取得原文件") from error
