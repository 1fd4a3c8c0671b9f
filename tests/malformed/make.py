"""Writes the kept corpus of damaged and hostile documents beside this file.

    python tests/malformed/make.py

What each must be answered with stands in tests/test_malformed_documents.py.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from luodi.reading.sources.tests import samples
from luodi.reading.sources.tests.samples import (
    TEXT,
    docx,
    docx_parts,
    ofd,
    ofd_parts,
    paragraph,
    pdf,
    pdf_file,
    zipped,
)

HERE = Path(__file__).parent

BILLION_LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "' + f"&{a};" * 10 + '">' for a, b in pairwise("abcdefghi"))
    + "]>"
)
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def noise(size: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(size)


def with_document(document: str | bytes) -> bytes:
    return zipped({**docx_parts(""), "word/document.xml": document})


def with_prolog(prolog: str, text: str) -> bytes:
    """A docx whose document has this document type, and `text` in its body."""
    document = docx_parts(paragraph(f"<w:r><w:t>{text}</w:t></w:r>"))["word/document.xml"]
    return with_document(document.replace("?>", "?>" + prolog, 1))


def forged_size(data: bytes, part: bytes, size: int) -> bytes:
    """The zip with `size` as the unpacked size of a part, in its local header and in the directory."""
    local = data.index(part) - 30
    central = data.rindex(part) - 46
    patched = bytearray(data)
    struct.pack_into("<I", patched, local + 22, size)
    struct.pack_into("<I", patched, central + 24, size)
    return bytes(patched)


def flagged(data: bytes, flags: int, method: int | None = None) -> bytes:
    """The zip with these flags, and this compression method, in every entry of its directory."""
    patched = bytearray(data)
    at = data.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<H", patched, at + 8, flags)
        if method is not None:
            struct.pack_into("<H", patched, at + 10, method)
        at = data.find(b"PK\1\2", at + 4)
    return bytes(patched)


def of_docx() -> Iterator[tuple[str, bytes]]:
    good = docx()
    yield "空文件.docx", b""
    yield "下载中断.docx", good[: len(good) * 2 // 3]
    yield "只有开头.docx", good[:40]
    yield "内容损坏.docx", good.replace(good[400:430], noise(30), 1)
    yield "其实是文本.docx", TEXT.encode()
    yield "其实是表格.docx", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    yield "其实是压缩包.docx", zipped({"报告.txt": TEXT})
    yield "没有正文.docx", with_document(f'<w:document xmlns:w="{samples.W}"/>')
    yield (
        "缺少部件.docx",
        zipped({k: v for k, v in docx_parts("").items() if k != "word/document.xml"} | {"word/x": ""}),
    )
    yield "标签不全.docx", with_document(docx_parts(paragraph("各位代表"))["word/document.xml"][:-30])
    yield (
        "嵌套过深.docx",
        docx(f"{'<w:sdt><w:sdtContent>' * 4000}{paragraph(TEXT)}{'</w:sdtContent></w:sdt>' * 4000}"),
    )
    yield "有密码.docx", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    yield "条目加密.docx", flagged(good, 1)
    yield "未知压缩法.docx", flagged(good, 0, method=99)
    yield "实体炸弹.docx", with_prolog(BILLION_LAUGHS, "&i;")
    yield "外部实体.docx", with_prolog(OUTSIDE, "&x;")
    yield (
        "外部实体UTF-16.docx",
        with_document(('<?xml version="1.0" encoding="UTF-16"?>' + OUTSIDE + "<a>&x;</a>").encode("utf-16")),
    )
    yield "压缩炸弹.docx", docx(paragraph("各位代表") + "<w:p/>" * 2_000_000)
    yield "谎报大小的炸弹.docx", forged_size(docx("<w:p/>" * 2_000_000), b"word/document.xml", 900_000)
    yield "没有中文.docx", docx(paragraph("Report on the Work of the Government"))
    yield "只有删除稿.docx", docx(paragraph(f"<w:del><w:r><w:t>{TEXT}</w:t></w:r></w:del>"))


def of_ofd() -> Iterator[tuple[str, bytes]]:
    good = ofd()
    parts = ofd_parts([samples.text_object("各位代表", 20, 40)])
    content = "Doc_0/Pages/Page_0/Content.xml"
    yield "下载中断.ofd", good[:-60]
    yield "缺页.ofd", zipped({name: part for name, part in parts.items() if name != content})
    yield "没有文档.ofd", zipped({"OFD.xml": "<OFD/>"})
    yield "越界路径.ofd", zipped({**parts, "OFD.xml": "<OFD><DocRoot>../../../../etc/passwd</DocRoot></OFD>"})
    yield "位置不是数.ofd", zipped({**parts, content: parts[content].replace('Size="5.0"', 'Size="NaN"')})
    yield "没有位置.ofd", zipped({**parts, content: parts[content].replace("Boundary", "Border")})
    yield (
        "无尽间距.ofd",
        zipped({**parts, content: parts[content].replace("g 3 5.0", "g 999999999999 5 " * 99)}),
    )
    yield "实体炸弹.ofd", zipped({**parts, content: BILLION_LAUGHS.replace("w:document", "x") + "<x>&i;</x>"})
    again = '<Page BaseLoc="Pages/Page_0/Content.xml"/>' * 20_000
    yield "同页万次.ofd", zipped({**parts, "Doc_0/Document.xml": f"<D>{again}</D>"})
    yield "压缩炸弹.ofd", zipped({**parts, content: "<Page>" + " " * 14_000_000 + "</Page>"})
    scanned = ofd_parts(['<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'])
    resources = '<Res BaseLoc=".."><MultiMedia ID="4"><MediaFile>OFD.xml</MediaFile></MultiMedia></Res>'
    yield "缺图片.ofd", zipped(scanned)
    yield "图片指向正文.ofd", zipped({**scanned, "Doc_0/DocumentRes.xml": resources})


def of_pdf() -> Iterator[tuple[str, bytes]]:
    good = pdf()
    yield "只有文件头.pdf", b"%PDF-1.7\n"
    yield "下载中断.pdf", good[: len(good) // 3]
    yield "其实是网页.pdf", samples.html()
    yield "有密码.pdf", locked_pdf()
    yield "没有页面.pdf", pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"])
    yield (
        "页树成环.pdf",
        pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]),
    )
    yield (
        "页数虚报.pdf",
        pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 99999999/Kids[]>>"]),
    )
    yield "交叉引用成环.pdf", good.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9")
    yield (
        "内容自引用.pdf",
        drawn_pdf(
            b"/X Do",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>",
            b"/X Do",
        ),
    )
    twice = zlib.compress(zlib.compress(bytes(600_000_000), 9), 9)
    yield (
        "双层压缩炸弹.pdf",
        pdf_file(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
                b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(twice), twice),
            ]
        ),
    )
    yield "表单炸弹.pdf", form_bomb()
    image = b"<</Type/XObject/Subtype/Image/Width 90000/Height 90000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    yield "巨幅图片.pdf", drawn_pdf(b"q 595 0 0 842 0 0 cm /X Do Q", image, b"\0")
    yield (
        "巨幅页面.pdf",
        drawn_pdf(b"q 9e9 0 0 9e9 0 0 cm /X Do Q", image, b"\0", box=b"0 0 9000000000 9000000000"),
    )
    yield "只有英文.pdf", pdf([[(90, 100, "Report on the Work of the Government")]])
    yield (
        "乱码文字层.pdf",
        pdf([[(90, 100, TEXT.encode().decode("gb18030", "ignore").replace("\n", "")[:40])]]),
    )


def form_bomb() -> bytes:
    """Twelve forms, each of which draws the next ten times, and the last some text."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</XObject<</X %d 0 R>>>>/Length 50>>"
        b"stream\n%sendstream" % (number + 1, b"/X Do" * 10)
        for number in range(5, 16)
    ]
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
            b"<</Length 50>>stream\n%sendstream" % (b"/X Do " * 8),
            *(form.replace(b"/X Do" * 10, b"/X Do " * 8) for form in forms),
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 0>>stream\n\nendstream",
        ]
    )


def drawn_pdf(drawing: bytes, thing: bytes, content: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """A page that draws one external object X."""
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>"
            % box,
            thing + b"/Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        ]
    )


def locked_pdf() -> bytes:
    """A pdf under the standard security handler (ISO 32000-1, 7.6.3) with a password that nobody knows."""
    key = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32)
    return pdf_file(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", key],
        trailer=b"/Encrypt 3 0 R/ID[<00><00>]",
    )


def of_txt() -> Iterator[tuple[str, bytes]]:
    garbled = TEXT.encode().decode("gb18030", "ignore")
    yield "只有空白.txt", b" \r\n\t\r\n" * 9
    yield "只有零.txt", bytes(999)
    yield "二进制.txt", noise(3000)
    yield "夹有零字节.txt", TEXT.replace("代表", "代\0表").encode()
    yield "UTF-8断字.txt", TEXT.encode()[:-1]
    yield "GB18030断字.txt", TEXT.encode("gb18030")[:-1]
    yield "UTF-16断字.txt", TEXT.encode("utf-16")[:-1]
    yield "UTF-16孤立代理.txt", b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8\x2d\x4e"
    yield "UTF-8当作GBK.txt", garbled.encode()
    yield "UTF-8当作GBK再存GBK.txt", garbled.encode("gb18030")
    yield "GBK当作Latin-1.txt", TEXT.encode("gb18030").decode("latin-1").encode()
    yield "两种编码拼接.txt", (TEXT + "\n").encode() + TEXT.encode("gb18030")
    yield (
        "GBK里夹UTF-8.txt",
        (TEXT + "\n").encode("gb18030") + "民生支出占比保持在八成以上，切实办好实事。！".encode(),
    )
    yield "丢字.txt", TEXT.replace("审议", "审\ufffd").encode()
    yield "大五码.txt", "雲溪市政府工作報告：推動經濟轉型升級，優化營商環境，擴大就業機會。".encode("big5")
    yield "其实是网页.txt", samples.html()


def of_html() -> Iterator[tuple[str, bytes]]:
    yield "空页面.html", b"<!DOCTYPE html><html><body></body></html>"
    yield (
        "只有导航.html",
        "<html><body><nav>首页 政务公开</nav><script>var a='中文中文'</script></body></html>".encode(),
    )
    yield "嵌套过深.html", f"<html><body>{'<div>' * 1500}{TEXT}{'</div>' * 1500}</body></html>".encode()
    yield (
        "乱码.html",
        f"<html><body><p>{TEXT.encode().decode('gb18030', 'ignore')}</p></body></html>".encode(),
    )
    yield (
        "实体炸弹.html",
        (f"{BILLION_LAUGHS.replace('w:document', 'html')}<html><body>&i;</body></html>").encode(),
    )
    yield "断在标签里.html", b"<html><body><p class="


def of_picture() -> Iterator[tuple[str, bytes]]:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    def png(width: int, height: int, *rest: bytes) -> bytes:
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + b"".join(rest)

    rows = zlib.compress((b"\0" + b"\xff" * 300) * 200)
    yield "巨幅.png", png(90_000, 90_000, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    yield "极大.png", png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    yield (
        "文本块炸弹.png",
        png(300, 200, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(8_000_000), 9)), chunk(b"IDAT", rows)),
    )
    yield "超大.png", png(8_000, 8_000, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    yield "下载中断.png", png(300, 200, chunk(b"IDAT", rows)[:-20])
    yield "白纸.png", png(300, 200, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    yield "只有开头.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1"
    yield "目录成环.tif", b"II*\0\x08\0\0\0\1\0\0\1\3\0\1\0\0\0\1\0\0\0\x08\0\0\0"
    yield "其实是GIF.png", b"GIF89a\1\0\1\0\x80\0\0" + bytes(20)


def of_doc() -> Iterator[tuple[str, bytes]]:
    yield "没有装转换工具.doc", OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(480)
    yield "其实是表格.doc", OLE + bytes(504) + "Workbook".encode("utf-16-le") + bytes(480)
    yield "只有开头.doc", OLE
    yield "单文件网页.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--"
    yield "其实是网页.doc", samples.html()


FORMATS = {
    "docx": of_docx,
    "ofd": of_ofd,
    "pdf": of_pdf,
    "txt": of_txt,
    "html": of_html,
    "picture": of_picture,
    "doc": of_doc,
}


def files() -> Iterator[tuple[str, bytes]]:
    """Path from this folder, and content."""
    for folder, of_format in FORMATS.items():
        for name, data in of_format():
            yield f"{folder}/{name}", data


if __name__ == "__main__":
    for path, data in files():
        target = HERE / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
