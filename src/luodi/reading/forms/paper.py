"""A Word document in the layout of official papers (GB/T 9704-2012): pages, styles, and the package around them.

The package is written here part by part: a template would bring a hundred foreign styles along, and nothing of
it would be ours to explain. All looks are in named styles, so that an office restyles a form in one place.
Lengths are in millimetres, sizes in points; Word wants twentieths of a point, or half points.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from luodi.reading.forms.clean import clean

UNFILLED, PROPOSED = "Unfilled", "Proposed"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_GAP = re.compile("(＿+|待补)")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # equal content gives equal bytes


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with one character style, "" for the paragraph's own."""

    text: str
    style: str = ""


def words(text: str, style: str = "") -> list[Words]:
    """`text` with what is still to fill set apart, so that nobody overlooks it."""
    return [
        Words(piece, UNFILLED if _GAP.fullmatch(piece) else style)
        for piece in _GAP.split(clean(text))
        if piece
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """Page and type area. `top` is 天头 and `left` 订口; `foot` is from the paper's edge to the page number."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    foot: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


UPRIGHT = Page(210, 297, top=37, bottom=35, left=28, right=26, foot=23)
ACROSS = Page(297, 210, top=28, bottom=26, left=37, right=35, foot=15)

# Fonts that official papers ask for, and what to use on a computer without them.
_FONTS = {
    "方正小标宋简体": ("方正小标宋_GBK,华文中宋,STZhongsong,宋体", "roman"),
    "仿宋_GB2312": ("仿宋,FangSong,华文仿宋,STFangsong", "modern"),
    "楷体_GB2312": ("楷体,KaiTi,华文楷体,STKaiti", "modern"),
    "黑体": ("SimHei,华文黑体,微软雅黑", "modern"),
    "宋体": ("SimSun,华文宋体", "auto"),
    "Times New Roman": ("Liberation Serif", "roman"),
}
_TITLE, _SONG, _FANG, _KAI, _HEI = "方正小标宋简体", "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `line` is the exact line height in points, `indent` counts characters of the first line."""

    id: str
    name: str
    font: str = _FANG
    size: float = 16
    line: float = 28.95
    align: str = "both"
    indent: int = 0
    after: float = 0
    outline: int | None = None
    keep: bool = False
    tabs: str = ""


# 三号 is 16 points: 22 lines of 28 characters fill the type area. 二号 is 22, 四号 14, 五号 10.5.
_STYLES = (
    Style("Normal", "Normal"),
    Style("Title", "Title", _TITLE, 22, 34, "center", after=28.95, keep=True),
    Style("Subtitle", "Subtitle", _KAI, 16, align="center", after=28.95, keep=True),
    Style("Heading1", "heading 1", _HEI, indent=2, outline=0, keep=True),
    Style("Heading2", "heading 2", _KAI, indent=2, outline=1, keep=True),
    Style("Task", "任务", indent=2),
    Style("Remark", "附注", _KAI, 12, 20, indent=2),
    Style("TableTitle", "表题", _TITLE, 18, 28, "center", after=8, keep=True),
    Style("TableInfo", "表头信息", _FANG, 12, 20, "left", after=3, keep=True, tabs="across"),
    Style("TableHead", "表格栏目", _HEI, 10.5, 16, "center", keep=True),
    Style("TableText", "表格正文", _FANG, 10.5, 16, "left"),
    Style("TableCenter", "表格居中", _FANG, 10.5, 16, "center"),
    Style("TablePart", "表格部分", _HEI, 10.5, 17, "left", keep=True),
    Style("TableSection", "表格章节", _KAI, 10.5, 17, "left", keep=True),
    Style("FooterOdd", "页码（单页）", _SONG, 14, 18, "right"),
    Style("FooterEven", "页码（双页）", _SONG, 14, 18, "left"),
)


def paragraph(style: str, content: Iterable[Words]) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(_run(piece) for piece in content)}</w:p>'


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: one paragraph for each line of its words; `span` counts columns."""

    style: str
    content: Sequence[Words]
    span: int = 1


def table(widths: Sequence[float], titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table whose row of titles comes again on every page and whose rows are never torn by a page."""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    head = _row(
        [Cell("TableHead", [Words(title)]) for title in titles], widths, "<w:cantSplit/><w:tblHeader/>"
    )
    body = "".join(_row(row, widths, "<w:cantSplit/>") for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TaskTable"/><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def document(title: str, body: Iterable[str], page: Page, *, created: datetime) -> bytes:
    """The .docx with `body`, a sequence of `paragraph` and `table`, on pages like `page`."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            (f"{_PARTS}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, created),
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}{_section(page)}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("footer", "footer1.xml"),
            ("footer", "footer2.xml"),
        ),
        "word/styles.xml": _styles(page),
        "word/settings.xml": _settings(page),
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("FooterOdd"),
        "word/footer2.xml": _footer("FooterEven"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _run(piece: Words) -> str:
    style = f'<w:rPr><w:rStyle w:val="{piece.style}"/></w:rPr>' if piece.style else ""
    text = escape(piece.text).replace("\n", "</w:t><w:br/><w:t xml:space=\"preserve\">").replace(
        "\t", "</w:t><w:tab/><w:t xml:space=\"preserve\">"
    )  # fmt: skip
    return f'<w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _row(cells: Sequence[Cell], widths: Sequence[float], properties: str) -> str:
    out, at = [], 0
    for cell in cells:
        width = _twips(sum(widths[at : at + cell.span]))
        at += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
            f"{''.join(paragraph(cell.style, line) for line in _lines(cell.content))}</w:tc>"
        )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(out)}</w:tr>"


def _lines(content: Sequence[Words]) -> list[list[Words]]:
    lines: list[list[Words]] = [[]]
    for piece in content:
        first, *others = piece.text.split("\n")
        lines[-1].append(Words(first, piece.style))
        lines.extend([Words(other, piece.style)] for other in others)
    return lines


def _section(page: Page) -> str:
    orient = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"{orient}/>'
        f'<w:pgMar w:top="{_twips(page.top)}" w:right="{_twips(page.right)}" w:bottom="{_twips(page.bottom)}"'
        f' w:left="{_twips(page.left)}" w:header="851" w:footer="{_twips(page.foot)}" w:gutter="0"/>'
        '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def _styles(page: Page) -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_FANG)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    characters = (
        '<w:style w:type="character" w:default="1" w:styleId="Letters"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{UNFILLED}"><w:name w:val="待补"/><w:qFormat/>'
        '<w:rPr><w:color w:val="6B4FA0"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{PROPOSED}"><w:name w:val="建议单位"/><w:qFormat/>'
        '<w:rPr><w:u w:val="dash"/></w:rPr></w:style>'
    )
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
    borders = "".join(
        f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    tables = (
        '<w:style w:type="table" w:default="1" w:styleId="PlainTable"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="TaskTable"><w:name w:val="任务表"/>'
        f'<w:basedOn w:val="PlainTable"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>'
        '<w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return _part("styles", defaults + "".join(_style(style, page) for style in _STYLES) + characters + tables)


def _style(style: Style, page: Page) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{_twips(page.text_width)}"/></w:tabs>' if style.tabs else ""
    loose = '<w:snapToGrid w:val="0"/>' if style.id.startswith(("Table", "Remark")) else ""
    indent = f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{round(style.indent * style.size * 20)}"/>'
    if style.id.startswith("Footer"):  # 单页码居右空一字，双页码居左空一字
        side = style.align
        indent = f'<w:ind w:{side}Chars="100" w:{side}="{round(style.size * 20)}"/>'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    base = '<w:basedOn w:val="Normal"/>' if style.id != "Normal" else ""
    following = '<w:next w:val="Task"/>' if style.outline is not None else ""
    own = "" if style.name.isascii() else ' w:customStyle="1"'
    default = ' w:default="1"' if style.id == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'{base}{following}<w:qFormat/><w:pPr>{keep}<w:widowControl w:val="0"/>{tabs}{loose}'
        f'<w:spacing w:before="0" w:after="{round(style.after * 20)}" w:line="{round(style.line * 20)}"'
        f' w:lineRule="exact"/>{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{_fonts(style.font)}<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
        "</w:rPr></w:style>"
    )


def _fonts(name: str) -> str:
    latin = _SONG if name == _SONG else "Times New Roman"
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{name}" w:hAnsi="{latin}" w:cs="Times New Roman"/>'


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/>'
        f'<w:charset w:val="{"00" if name.isascii() else "86"}"/><w:family w:val="{family}"/></w:font>'
        for name, (instead, family) in _FONTS.items()
    )
    return _part("fonts", fonts)


def _settings(page: Page) -> str:
    mirror = "<w:mirrorMargins/>" if page.width < page.height else ""
    return _part(
        "settings",
        f'<w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
    )


def _footer(style: str) -> str:
    """— 1 — in 四号 half-width figures, with one-character dashes, as the standard asks."""
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return _part(
        "ftr",
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{dash.format("— ")}{number}{dash.format(" —")}</w:p>',
    )


def _part(root: str, content: str) -> str:
    return f'{_HEAD}<w:{root} xmlns:w="{_W}" xmlns:r="{_R}">{content}</w:{root}>'


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{kind if ":" in kind else f"{_R}/{kind}"}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PARTS}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    kinds = {
        "document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable",
        "footer1": "footer", "footer2": "footer",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MEDIA}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PARTS}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml"'
        f' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def _core(title: str, created: datetime) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PARTS}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(title))}</dc:title><dc:creator>落地</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created:%Y-%m-%dT%H:%M:%SZ}</dcterms:created></cp:coreProperties>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)
