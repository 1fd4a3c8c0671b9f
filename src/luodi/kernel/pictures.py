"""What a photo tells: when and where it was taken, what it looks like; and copies that tell nothing. Pure functions."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from luodi.kernel.clock import CHINA
from luodi.kernel.file_kinds import WrongFile

MAX_PIXELS = 60_000_000
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
ALIKE_BITS = 3
PLAIN_BITS = 6
"""A likeness with fewer bits set (or unset) is of a wall, a sky or a blank page and says nothing."""

Place = tuple[float, float]  # latitude and longitude in degrees, WGS 84


@dataclass(frozen=True, slots=True)
class Facts:
    """Read from the bytes; None where the photo does not say."""

    width: int
    height: int
    taken_at: datetime | None
    place: Place | None
    likeness: str


def read_picture(name: str, content: bytes) -> Facts:
    """The facts of a whole picture. Raises WrongFile for a torn or an absurdly large one."""
    image = _opened(name, content)
    exif = image.getexif()
    upright = ImageOps.exif_transpose(image)
    return Facts(
        upright.width, upright.height, _taken_at(exif), _place(exif.get_ifd(ExifTags.IFD.GPSInfo)), _likeness(upright)
    )  # fmt: skip


def bare_copy(content: bytes, side: int) -> bytes:
    """The picture upright as JPEG, no side longer than `side` pixels, without any word about camera, time or place."""
    image = _opened("", content)
    image.draft("RGB", (side, side))
    upright = ImageOps.exif_transpose(image)
    if upright.mode != "RGB":
        # what is transparent lies on white paper
        paper = Image.new("RGB", upright.size, "white")
        layered = upright.convert("RGBA")
        paper.paste(layered, mask=layered)
        upright = paper
    upright.thumbnail((side, side))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue()


def differing_bits(one: str, other: str) -> int:
    """In how many of 64 bits two likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def metres_between(one: Place, other: Place) -> int:
    """The great-circle distance."""
    (north, east), (other_north, other_east) = (map(math.radians, place) for place in (one, other))
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_M * math.asin(math.sqrt(half)))


def _opened(name: str, content: bytes) -> Image.Image:
    """The picture, known to be whole but not unpacked yet, so that a smaller draft of it can still be asked for."""
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        Image.open(io.BytesIO(content), formats=("JPEG", "PNG")).load()
    except Image.DecompressionBombError as error:
        most = MAX_PIXELS // 1_000_000
        raise WrongFile(
            "图片“{name}”超过 {most} 百万像素，太大；请缩小后再传。", name=name, most=most
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise WrongFile("图片“{name}”已损坏（可能没有传完整）；请重新取得原图。", name=name) from error
    return image


def _taken_at(exif: Image.Exif) -> datetime | None:
    """The moment of the shot; a camera that names no zone is taken to show China's time."""
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    printed = str(detail.get(ExifTags.Base.DateTimeOriginal) or "").strip("\0 ")
    zone = str(detail.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
    for text, form in ((printed + zone, "%Y:%m:%d %H:%M:%S%z"), (printed, "%Y:%m:%d %H:%M:%S")):
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    return None


def _place(gps: Mapping[int, Any]) -> Place | None:
    north = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), 90)
    east = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), 180)
    # a receiver without a fix writes 0°, 0°
    return None if north is None or east is None or (north, east) == (0, 0) else (north, east)


def _degrees(parts: Any, reference: Any, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:  # also false for NaN
        return None
    return -value if str(reference).strip("\0 ").upper() in {"S", "W"} else value


def _likeness(image: Image.Image) -> str:
    """Whether brightness falls from each of 9 columns to the next, in 8 rows (dHash): 64 bits as hex.

    It stands against other sizes, compressions and brightness; not against cropping, mirroring or turning.
    """
    small = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join(
        "1" if small[at] > small[at + 1] else "0" for row in range(8) for at in range(9 * row, 9 * row + 8)
    )
    if not PLAIN_BITS <= bits.count("1") <= 64 - PLAIN_BITS:
        return ""
    return f"{int(bits, 2):016x}"
