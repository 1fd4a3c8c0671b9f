"""The four official forms as Word documents: 分解清单, 分解表, 办理方案, 进展情况表.

Their columns are those that cities print: the list with （某局牵头，某局配合） behind each task, the table of
tasks with lead and support units, Wuhan's plan of seven fields, Shaoxing's progress table widened by the
problems and next steps that Hangzhou asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from luodi.reading.forms.clean import clean
from luodi.reading.forms.lines import FormHead, FormLine, stamp
from luodi.reading.forms.paper import (
    ACROSS,
    PROPOSED,
    UPRIGHT,
    Cell,
    Words,
    document,
    paragraph,
    table,
    words,
)
from luodi.reading.forms.wording import (
    BLANK,
    FORMS,
    NONE,
    TODO,
    Form,
    day_in_words,
    deadline_in_words,
    quarter_in_words,
    sentence_like,
    support_in_words,
    targets_in_words,
)

LONG_BLANK = BLANK * 4
_TIED = re.compile(r"(?<=[＝≥＞≤＜≈＿\d]) ")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a form: its title, its width in millimetres, what it shows of a line."""

    title: str
    width: float
    show: Callable[[FormLine], list[Words]]
    style: str = "TableText"


def write(head: FormHead, lines: Sequence[FormLine], form: Form = "table") -> bytes:
    """The .docx of one form. Rows stand under the headings of their part and section, in the order given."""
    if form == "list":
        return document(_name(head, "list"), _list(head, lines), UPRIGHT, created=stamp(head))
    fields, info, signed = _TABLES[form]
    name = _name(head, form)
    body = [
        paragraph("TableTitle", words(_in_lines(name, 35))),
        paragraph("TableInfo", words("\t".join(info(head, lines)))),
        table([field.width for field in fields], [field.title for field in fields], _rows(lines, fields)),
        *(paragraph("TableInfo", words(line)) for line in signed),
        *(_remark(head) or [paragraph("Remark", [])]),  # Word wants a paragraph behind a table
    ]
    return document(name, body, ACROSS, created=stamp(head))


def _name(head: FormHead, form: Form) -> str:
    return head.title + (quarter_in_words(head) if form == "progress" else "") + FORMS[form]


def _list(head: FormHead, lines: Sequence[FormLine]) -> Iterator[str]:
    yield paragraph("Title", words(_in_lines(_name(head, "list"), 20)))
    if head.cut_off:
        yield paragraph("Subtitle", words(f"（截至{day_in_words(head.cut_off)}）"))
    for at, (opening, line) in enumerate(_under_headings(lines), start=1):
        for style, heading in opening:
            yield paragraph({"part": "Heading1", "section": "Heading2"}[style], words(heading))
        yield paragraph("Task", [*words(f"{at}．{sentence_like(line.text)}（"), *_owners(line), Words("）")])
    yield from _remark(head)


def _in_lines(title: str, room: int) -> str:
    """A title broken where its sense allows, behind 》, when it is longer than `room` characters."""
    width = sum(0.5 if char.isascii() else 1 for char in title)
    return title.replace("》", "》\n", 1) if width > room and not title.endswith("》") else title


def _owners(line: FormLine) -> list[Words]:
    """ "市发展改革委牵头，市财政局配合，2027年3月底前完成": what stands in brackets behind a task."""
    style = PROPOSED if line.suggested else ""
    out = [*words(line.lead or LONG_BLANK, style), Words("牵头")]
    if line.support:
        out += [Words("，"), *words("、".join(line.support), style), Words("配合")]
    if (due := clean(deadline_in_words(line.deadline)))[:1].isdigit():
        out.append(Words(f"，{due}{'前' if due.endswith(('日', '底')) else ''}完成"))
    return out


def _under_headings(lines: Sequence[FormLine]) -> Iterator[tuple[list[tuple[str, str]], FormLine]]:
    """Each line with the headings that open above it: ("part", title), ("section", title)."""
    part = section = ""
    for line in lines:
        opening = []
        if line.part != part:
            opening.append(("part", line.part or "其他任务"))
        if line.section and (line.part, line.section) != (part, section):
            opening.append(("section", line.section))
        part, section = line.part, line.section
        yield opening, line


def _rows(lines: Sequence[FormLine], fields: Sequence[Field]) -> Iterator[list[Cell]]:
    for opening, line in _under_headings(lines):
        for style, heading in opening:
            yield [Cell({"part": "TablePart", "section": "TableSection"}[style], words(heading), len(fields))]
        yield [Cell(field.style, field.show(line)) for field in fields]


def _remark(head: FormHead) -> list[str]:
    return [paragraph("Remark", words(f"注：{head.note}"))] if head.note else []


def _targets(line: FormLine) -> list[Words]:
    """Targets with the figure tied to its sign and unit, so that no line ends between them."""
    return words(_TIED.sub("\u00a0", targets_in_words(line)))


def _lead(line: FormLine) -> list[Words]:
    return words(line.lead, PROPOSED if line.suggested else "") if line.lead else words(TODO)


def _support(line: FormLine) -> list[Words]:
    return words(support_in_words(line), PROPOSED if line.suggested and line.support else "")


def _charge(line: FormLine) -> list[Words]:
    return [*_lead(line), *([Words("\n"), *_support(line)] if line.support else [])]


def _demand(line: FormLine) -> list[Words]:
    demand = words(sentence_like(line.text))
    return [*demand, Words("\n"), *_targets(line)] if line.targets else demand


def _text(name: str) -> Callable[[FormLine], list[Words]]:
    return lambda line: words(getattr(line, name) or TODO)


def _number(line: FormLine) -> list[Words]:
    return words(line.number or NONE)


def _reporter(lines: Sequence[FormLine]) -> str:
    """Who fills the form: the one lead of all its lines, when people settled on one; else a blank."""
    leads = {line.lead if not line.suggested else None for line in lines}
    lead = leads.pop() if len(leads) == 1 else None
    return f"填报单位：{lead or LONG_BLANK * 2}"


def _as_of(head: FormHead) -> str:
    return f"截至{day_in_words(head.cut_off)}" if head.cut_off else f"截至{BLANK}年{BLANK}月{BLANK}日"


_DUE = Field("完成时限", 27, lambda line: words(deadline_in_words(line.deadline)), "TableCenter")
_SIGNED = (f"单位主要负责人（签字）：{LONG_BLANK}　　　填报人：{LONG_BLANK}　　　联系电话：{LONG_BLANK}",)

_TABLES: dict[
    Form,
    tuple[
        tuple[Field, ...],
        Callable[[FormHead, Sequence[FormLine]], tuple[str, str]],
        tuple[str, ...],
    ],
] = {
    "table": (
        (
            Field("序号", 17, _number, "TableCenter"),
            Field("工作任务", 80, _text("text")),
            Field("目标", 44, _targets),
            Field("牵头单位", 28, _lead, "TableCenter"),
            Field("配合单位", 29, _support, "TableCenter"),
            _DUE,
        ),
        lambda head, lines: (f"共 {len(lines)} 项", _as_of(head) if head.cut_off else ""),
        (),
    ),
    "plan": (
        (
            Field("责任事项", 49, _text("text")),
            Field("具体工作内容", 43, _text("work")),
            Field("工作目标", 38, _targets),
            _DUE,
            Field("单位分管领导", 26, _text("leader"), "TableCenter"),
            Field("责任处室", 21, _text("office"), "TableCenter"),
            Field("经办人员", 21, _text("handler"), "TableCenter"),
        ),
        lambda head, lines: (_reporter(lines), f"填报日期：{BLANK}年{BLANK}月{BLANK}日"),
        _SIGNED,
    ),
    "progress": (
        (
            Field("序号", 17, _number, "TableCenter"),
            Field("内容与要求", 60, _demand),
            Field("进展情况", 54, _text("progress")),
            Field("存在问题", 34, _text("problems")),
            Field("下步措施", 34, _text("next_steps")),
            Field("责任单位", 26, _charge, "TableCenter"),
        ),
        lambda head, lines: (_reporter(lines), _as_of(head)),
        _SIGNED,
    ),
}
