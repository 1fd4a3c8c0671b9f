"""HTML: the main text of a page, without navigation, headers, footers and scripts.

The main text is found by walking down from the body, as long as one child alone holds nearly all Chinese
characters that stand outside links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree, html

from luodi.reading.sources.encodings import HAN, MARKS, decode, fault_of
from luodi.reading.sources.refusal import Refusal

MAX_HTML_BYTES = 5 * 2**20
NEARLY_ALL = 0.8
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
CHINESE_CHARSETS = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"))

NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "select", "object", "svg", "head", "nav")
FURNITURE_TAGS = frozenset(("header", "footer", "aside", "form", "button"))
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|topbar|header|footer|foot|crumbs?|breadcrumbs?|location|share|sidebar|"
    r"copyright|pagination|pager|related|recommend|comments?|toolbar|advert|banner|qrcode|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
NAMED_PARTS = ("div", "ul", "ol", "table", "section", "p", "span", "td")
LINES = frozenset((
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "thead",
    "tr", "ul",
))  # fmt: skip
"""Elements that begin and end a line."""
BOXES = LINES - {"p"} | {"td"}
"""What the main text can be the whole of."""
SPACE = re.compile(r"[ \t\r\n\f]+")
SPACES = re.compile(" {2,}")
CHINESE_GAP = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”—]) (?=[\u2e80-\u9fff\uff00-\uffef“”—])")


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("html+" and that of the page) and main text."""
    if len(data) > MAX_HTML_BYTES:
        raise Refusal(f"网页超过 {MAX_HTML_BYTES // 2**20} MB 的上限；请只保存正文再读")
    encoding, source = _decode(data)
    body = _parse(source)
    title = _title(body)
    _clear(body)
    lines = list(_lines(_main(body)))
    if title and title not in "".join(lines[:5]).replace(" ", ""):
        lines.insert(0, title)
    return f"html+{encoding}", "\n".join(lines)


def _decode(data: bytes) -> tuple[str, str]:
    """By the byte order mark, by what the page declares when its bytes bear that out, else as any text."""
    declared = DECLARED.search(data[:4096])
    if declared and not data.startswith(tuple(mark for mark, _, _ in MARKS)):
        charset = declared.group(1).decode("ascii").lower()
        codec = "gb18030" if charset in CHINESE_CHARSETS else "utf-8" if charset in ("utf-8", "utf8") else ""
        if codec:
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                return decode(data)
            if not fault_of(text):
                return codec, text
    return decode(data)


def _parse(source: str) -> etree._Element:
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        root = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("网页结构已损坏；请用浏览器打开后把正文另存为文本再读") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Refusal("网页嵌套过深，读不全；请用浏览器打开后把正文另存为文本再读")
    body = root if root.tag == "body" else root.find(".//body")
    return root if body is None else body


def _title(body: etree._Element) -> str:
    """The page's own heading: the only h1, else the article title that official sites declare."""
    headings = [SPACE.sub("", "".join(h.itertext())) for h in body.iter("h1")]
    if len(headings) == 1:
        return headings[0]
    for meta in body.getroottree().iter("meta"):
        if meta.get("name", "").lower() == "articletitle":
            return SPACE.sub("", meta.get("content", ""))
    return ""


def _clear(body: etree._Element) -> None:
    """Takes furniture out: what is so by its tag, name or being hidden, and holds less than half of the text.

    Many a site wraps its whole page in a form, or its article in a part named like furniture.
    """
    for element in list(body.iter(*NEVER_TEXT)):
        if element is not body:
            element.drop_tree()
    weights = _weights(body)
    for element in list(body.iterdescendants(*FURNITURE_TAGS, *NAMED_PARTS)):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        hidden = "display:none" in element.get("style", "").replace(" ", "").lower()
        is_furniture = element.tag in FURNITURE_TAGS or hidden or FURNITURE_NAMES.search(names)
        if is_furniture and weights[element] < 0.5 * weights[body]:
            element.drop_tree()


def _weights(body: etree._Element) -> dict[etree._Element, int]:
    """For every element the Chinese characters in it that stand outside links."""
    weights: dict[etree._Element, int] = defaultdict(int)
    for _, element in etree.iterwalk(body, events=("end",)):
        weights[element] = 0 if element.tag == "a" else weights[element] + _chinese_in(element.text)
        if element is not body:
            weights[element.getparent()] += weights[element] + _chinese_in(element.tail)
    return weights


def _chinese_in(text: str | None) -> int:
    return len(text) - len(HAN.sub("", text)) if text else 0


def _main(body: etree._Element) -> etree._Element:
    weights = _weights(body)
    element = body
    while True:
        heavy = next((child for child in element if weights[child] >= NEARLY_ALL * weights[body]), None)
        if heavy is None or heavy.tag not in BOXES:
            return element
        element = heavy


def _lines(element: etree._Element) -> Iterator[str]:
    """The lines of an element; a table row of several cells is one line, its cells parted by tabs."""
    parts: list[str] = []
    cells = 0  # how many cells of such rows are open
    for event, node in etree.iterwalk(element, events=("start", "end")):
        is_cell = node.tag in ("td", "th") and len(node.getparent()) > 1
        ends_line = node.tag in LINES or node.tag == "br"
        if event == "start":
            cells += is_cell
            if ends_line:
                parts.append(" " if cells else "\n")
            parts.append(SPACE.sub(" ", node.text or ""))
        else:
            cells -= is_cell
            if is_cell and node.getnext() is not None:
                parts.append("\t")
            elif node.tag in LINES:
                parts.append(" " if cells else "\n")
            parts.append(SPACE.sub(" ", node.tail or "") if node is not element else "")
    for line in "".join(parts).split("\n"):
        line = re.sub(" *\t *", "\t", CHINESE_GAP.sub("", SPACES.sub(" ", line.strip(" \t"))))
        if line:
            yield line
