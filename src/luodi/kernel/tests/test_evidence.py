"""Photos and papers that units bring as proof: looked at before they are believed, never lost, bare for the public."""

import io
import random
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from PIL import ExifTags, Image, ImageDraw

from luodi.kernel import evidence, files, pictures
from luodi.kernel.action import Refused
from luodi.kernel.models import AuditEntry, Evidence, Picture, Unit
from luodi.kernel.permission import is_liaison

pytestmark = pytest.mark.django_db

SITE = (30.5730, 114.3000)


@pytest.fixture(autouse=True)
def units_take_evidence(monkeypatch):
    """In these tests evidence is attached to units by liaison officers; their site is a bridge."""
    monkeypatch.setattr(evidence, "_accepted", {})
    evidence.accept_on(Unit, may=is_liaison, site=lambda unit: SITE)


@pytest.fixture
def bridge(city):
    return Unit.objects.first()


@pytest.fixture
def road(city):
    return Unit.objects.last()


def scene(seed: int, size=(960, 720)) -> Image.Image:
    """A picture with a sky, a ground and things on it, other for each seed."""
    dice = random.Random(seed)
    image = Image.new("RGB", size, "lightblue")
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        wide, high = dice.randrange(60, 300), dice.randrange(60, 300)
        colour = tuple(dice.randrange(256) for _ in range(3))
        draw.rectangle((x, y, x + wide, y + high), fill=colour)
    return image


def photo(seed=1, place=None, taken="2026:09:14 10:20:30", quality=90, size=None) -> bytes:
    image, exif = scene(seed), Image.Exif()
    if size:
        image = image.resize(size)
    exif[ExifTags.Base.Make] = "云川手机"
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "N",
                ExifTags.GPS.GPSLatitude: dms(place[0]),
                ExifTags.GPS.GPSLongitudeRef: "E",
                ExifTags.GPS.GPSLongitude: dms(place[1]),
            }
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def dms(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees, 1)
    minutes, rest = divmod(rest * 60, 1)
    return (whole, minutes, round(rest * 60, 4))


def package(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()


def codes(piece):
    return [doubt.code for doubt in evidence.doubts(piece)]


def test_a_photo_says_when_and_where_it_was_taken(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo(place=SITE), "桥面铺装完成")
    picture = piece.file.picture
    assert picture.taken_at == datetime(2026, 9, 14, 2, 20, 30, tzinfo=UTC)  # the camera showed China's time
    assert (picture.latitude, picture.longitude) == pytest.approx(SITE, abs=1e-6)
    assert piece.away_m == 0
    assert evidence.doubts(piece) == []


def test_a_photo_without_time_or_place_is_unknown_not_zero(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "截图.jpg", photo(taken=None))
    picture = piece.file.picture
    assert (picture.taken_at, picture.latitude, piece.away_m) == (None, None, None)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "昨天", "2026:13:01 00:00:00"])
def test_a_camera_with_a_broken_clock_gives_no_time(city, bridge, taken):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo(taken=taken.encode().decode("latin-1")))
    assert piece.file.picture.taken_at is None


def test_a_photo_taken_across_town_is_pointed_out(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo(place=(30.6000, 114.3000)))
    assert piece.away_m == pytest.approx(3002, abs=5)  # 0.027° of a meridian
    assert codes(piece) == ["far_away"]


def test_the_same_bytes_for_two_tasks_are_flagged_on_both(city, bridge, road):
    first = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo(), "桥面铺装完成")
    second = evidence.attach(city["fagai"], road, "道路.jpg", photo(), "道路完工")
    assert codes(first) == codes(second) == ["same_file"]
    assert "桥面铺装完成" in evidence.doubts(second)[0].sentence


@pytest.mark.parametrize(
    "again", [{"quality": 55}, {"size": (480, 360)}, {"size": (640, 480), "quality": 70}]
)
def test_the_same_shot_resized_or_recompressed_is_flagged(city, bridge, road, again):
    first = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo())
    second = evidence.attach(city["fagai"], road, "道路.jpg", photo(**again))
    assert codes(second) == ["look_alike"]
    assert evidence.doubts(second)[0].other == first


def test_two_hundred_other_scenes_do_not_look_alike():
    seen = [pictures.read_picture("x.jpg", photo(seed, size=(240, 180))).likeness for seed in range(200)]
    alike = [
        (one, other)
        for at, one in enumerate(seen)
        for other in seen[:at]
        if one and other and pictures.differing_bits(one, other) <= pictures.ALIKE_BITS
    ]
    assert alike == []


def test_two_blank_walls_are_not_compared(city, bridge, road):
    for at, (unit, colour) in enumerate(((bridge, "white"), (road, "ivory"))):
        out = io.BytesIO()
        Image.new("RGB", (300, 200), colour).save(out, "PNG")
        piece = evidence.attach(city["fagai"], unit, f"{at}.png", out.getvalue())
    assert piece.file.picture.likeness == ""
    assert codes(piece) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("桥面.jpg", b"", "“桥面.jpg”是空文件。"),
        ("桥面.jpg", b"%PDF-1.7 ...", "“桥面.jpg”的后缀是 .jpg，内容却是PDF；请核对是否选错了文件。"),
        ("合同.docx", package("xl/workbook.xml"), "“合同.docx”的后缀是 .docx，内容却是Excel 表格；请核对是否选错了文件。"),
        ("合同.docx", b"PK\x03\x04 torn", "“合同.docx”的压缩结构已损坏（可能没有下载完整）；请重新取得原文件。"),
        ("合同.docx", package("a.txt"), "“合同.docx”的内容认不出来，可能已经损坏；请重新取得原文件。"),
        ("程序.exe", b"MZ", "不是可用的佐证"),
        ("照片.jpg", b"\0\0\0\x18ftypheic", "HEIC"),
        ("照片.jpg", photo()[:4000], "图片“照片.jpg”已损坏（可能没有传完整）；请重新取得原图。"),
        ("说明.txt", b"\x00\x01\x02", "认不出来"),
    ],
)  # fmt: skip
def test_what_is_not_what_its_name_says_is_refused(city, bridge, name, content, sentence):
    with pytest.raises(Refused) as refusal:
        evidence.attach(city["fagai"], bridge, name, content)
    assert sentence in str(refusal.value)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("批复.pdf", b"%PDF-1.7\n"),
        ("合同.docx", package("word/document.xml")),
        ("清单.xlsx", package("xl/workbook.xml")),
        ("公文.ofd", package("OFD.xml")),
        ("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("数据.csv", "项目,金额\n大桥,3".encode("gb18030")),
    ],
)
def test_papers_are_taken_by_their_content(city, bridge, name, content):
    piece = evidence.attach(city["fagai"], bridge, name, content)
    assert files.content_of(piece.file) == content
    assert not Picture.objects.exists()


def test_a_picture_of_endless_size_is_refused_before_it_is_unpacked(city, bridge):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Refused, match="超过 60 百万像素"):
        evidence.attach(city["fagai"], bridge, "大图.png", out.getvalue())


def test_a_file_over_the_limit_is_refused(city, bridge, settings):
    settings.LUODI_UPLOAD_BYTES = 2**20
    with pytest.raises(Refused, match="1 MB"):
        evidence.attach(city["fagai"], bridge, "批复.pdf", b"%PDF-" + bytes(2**20))


def test_attached_twice_it_is_one_piece(city, bridge):
    pieces = {evidence.attach(city["fagai"], bridge, "桥面.jpg", photo()).pk for _ in range(2)}
    assert len(pieces) == 1
    assert list(evidence.of(bridge)) == [Evidence.objects.get()]


def test_only_those_who_answer_for_the_object_attach(city, bridge):
    with pytest.raises(PermissionDenied):
        evidence.attach(city["shenji"], bridge, "桥面.jpg", photo())


def test_a_model_that_never_said_who_may_takes_none(city):
    with pytest.raises(PermissionDenied):
        evidence.attach(city["fagai"], city["ducha"], "桥面.jpg", photo())


def test_withdrawn_is_kept_on_record_and_may_come_again(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo())
    evidence.publish(city["ducha"], piece, True)
    evidence.withdraw(city["fagai"], piece, "传错了")
    assert list(evidence.of(bridge)) == []
    assert not piece.is_public
    again = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo())
    assert again.pk != piece.pk
    assert Evidence.objects.count() == 2
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="evidence.")] == [
        "evidence.attach", "evidence.publish", "evidence.withdraw", "evidence.attach",
    ]  # fmt: skip


def test_another_unit_cannot_withdraw_and_a_reason_is_asked(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo())
    with pytest.raises(PermissionDenied):
        evidence.withdraw(city["chenglan"], piece, "不喜欢")
    with pytest.raises(Refused, match="理由"):
        evidence.withdraw(city["ducha"], piece, " ")


def test_the_file_of_a_piece_cannot_be_deleted(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo())
    with pytest.raises(ProtectedError):
        piece.file.delete()


def test_the_public_sees_only_what_supervision_released_and_no_place(city, bridge):
    piece = evidence.attach(city["fagai"], bridge, "桥面.jpg", photo(place=SITE))
    with pytest.raises(LookupError):
        evidence.for_the_public(piece)
    with pytest.raises(PermissionDenied):
        evidence.publish(city["fagai"], piece, True)
    evidence.publish(city["ducha"], piece, True)
    content, media_type = evidence.for_the_public(piece)
    shown = Image.open(io.BytesIO(content))
    assert media_type == "image/jpeg"
    assert shown.size == (960, 720)
    assert dict(shown.getexif()) == {}
    assert "云川手机".encode() not in content


def test_a_thumbnail_is_small_and_upright(city, bridge):
    image, exif = scene(3), Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the phone was held upright
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    piece = evidence.attach(city["fagai"], bridge, "竖拍.jpg", out.getvalue())
    thumbnail = Image.open(io.BytesIO(evidence.small_picture(piece.file, 240)))
    assert thumbnail.size == (180, 240)
    assert (piece.file.picture.width, piece.file.picture.height) == (720, 960)
