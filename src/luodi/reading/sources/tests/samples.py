"""Small valid documents of every kind, built by hand, and the text that each should give."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

PARAGRAPHS = (
    "云溪市政府工作报告",
    "各位代表：",
    "现在，我代表云溪市人民政府向大会报告工作，请予审议，并请市政协委员和列席人员提出意见。",
    "一、过去一年工作回顾",
    "全市生产总值增长6.2%，规模以上工业增加值增长7.5%，城镇新增就业1.3万人，粮食总产量稳定在42万吨。",
    "二、今年重点工作",
    "（一）抓实项目建设。实施市级重点项目126个，完成投资210亿元以上，确保云溪东站枢纽年内开工。",
    "（二）办好民生实事。新建停车位3000个，改造老旧小区48个，新增公办园学位2400个。",
)
TEXT = "\n".join(PARAGRAPHS)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts; the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of plain text, or of runs when `content` is markup."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def docx_parts(body: str, **parts: str) -> dict[str, str]:
    """The parts of a docx with this body; `numbering` and `styles` hold the content of those parts."""
    beside = {
        f"word/{name}.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{content}</w:{name}>'
        for name, content in parts.items()
    }
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        **beside,
    }


def docx(body: str | None = None, **parts: str) -> bytes:
    return zipped(docx_parts("".join(map(paragraph, PARAGRAPHS)) if body is None else body, **parts))


def ofd_parts(pages: Sequence[str]) -> dict[str, str]:
    """The parts of an OFD whose pages have these layers of objects, and all of them one template.

    Object 4 of its resources is the picture Doc_0/Res/scan.png, which is not among the parts.
    """
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    template = text_object("云溪市人民政府办公室制发", 20, 10)
    return {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        '</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID="1" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {space} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image">'
        "<ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
        "Doc_0/Tpls/Tpl_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{template}</ofd:Layer>"
        "</ofd:Content></ofd:Page>",
        **{
            f"Doc_0/Pages/Page_{number}/Content.xml": f'<ofd:Page {space}><ofd:Template TemplateID="1"/><ofd:Content>'
            f"<ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
            for number, page in enumerate(pages)
        },
    }


def text_object(text: str, left: float, baseline: float, size: float = 5.0) -> str:
    """One line of text in letters of `size` millimetres."""
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {baseline - size} {len(text) * size} {size * 1.2}" Font="1" '
        f'Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text) - 1} {size}">{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def typeset(paragraphs: Sequence[str], width: int = 30, indent: int = 2) -> list[tuple[int, str]]:
    """Lines of at most `width` letters as printed: each with the letters that it is set in from the margin.

    A first line is set in, as Chinese paragraphs are.
    """
    lines: list[tuple[int, str]] = []
    for paragraph_text in paragraphs:
        first, rest = paragraph_text[: width - indent], paragraph_text[width - indent :]
        lines.append((indent, first))
        lines.extend((0, rest[start : start + width]) for start in range(0, len(rest), width))
    return lines


def ofd() -> bytes:
    lines = typeset(PARAGRAPHS)
    pages = [lines[:6], lines[6:]]
    return zipped(
        ofd_parts(
            [
                "".join(
                    text_object(text, 30 + 5 * inset, 40 + 9 * row) for row, (inset, text) in enumerate(page)
                )
                + text_object(f"—{number}—", 100, 280)
                for number, page in enumerate(pages, start=1)
            ]
        )
    )


def html() -> bytes:
    body = "".join(f"<p>{escape(text)}</p>" for text in PARAGRAPHS)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]] | None = None, size: float = 16) -> bytes:
    """A pdf with a text layer: on each page lines of text at left and baseline in points from the top left.

    Its font is only named (STSong-Light, the Chinese font that every reader of pdf knows by ISO 32000-1, 9.7.5.2)
    and its letters are UTF-16, so that it needs no font file.
    """
    if pages is None:
        lines = typeset(PARAGRAPHS, width=26)
        pages = [
            [(90 + size * inset, 100 + 28 * row, text) for row, (inset, text) in enumerate(page)]
            + [(280, 780, f"— {number} —")]
            for number, page in enumerate((lines[:7], lines[7:]), start=1)
        ]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
        b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
    ]
    for number, page in enumerate(pages):
        shown = "\n".join(
            f"BT /F1 {size} Tf {left} {842 - baseline} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for left, baseline, text in page
        ).encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {6 + 2 * number} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
    return pdf_file(objects)


def pdf_file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A pdf of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            trailer,
            len(data),
        )
    )


def png(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    """A sheet as a scanner gives it, at 120 dots per inch; needs Pillow and `CJK_FONT`."""
    from PIL import Image, ImageDraw, ImageFont

    size = 26
    lines = typeset(paragraphs)
    sheet = Image.new("L", (992, 160 + 46 * len(lines)), 250)
    font = ImageFont.truetype(str(CJK_FONT), size, index=2)
    for row, (inset, text) in enumerate(lines):
        ImageDraw.Draw(sheet).text((100 + inset * size, 80 + 46 * row), text, fill=25, font=font)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()
