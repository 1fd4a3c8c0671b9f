"""A person's 待办 as a Word page: what is due, on which thing, by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.reading.forms.paper import ACROSS, Cell, document, paragraph, table, words
from luodi.reading.forms.wording import NONE, day_in_words
from luodi.workbench.inbox import Due

WIDTHS = (14, 28, 92, 68, 32)
"""Millimetres of the columns, in the order of the titles."""


def todo_sheet(dues: Sequence[Due], name: str, today: date) -> bytes:
    """The .docx; rows in the order given, late ones say by how many days."""
    title = _("%(name)s待办清单") % {"name": name}
    rows = [
        [
            Cell("TableCenter", words(str(at))),
            Cell("TableCenter", words(due.title)),
            Cell("TableText", words(due.about)),
            Cell("TableText", words("\n".join(filter(None, (due.what, due.note))))),
            Cell("TableCenter", words(_by(due, today))),
        ]
        for at, due in enumerate(dues, start=1)
    ]
    titles = [_("序号"), _("事项"), _("内容"), _("要做什么"), _("最迟")]
    body = [
        paragraph("TableTitle", words(title)),
        paragraph(
            "TableInfo", words(_("共 %(n)d 项\t%(day)s") % {"n": len(dues), "day": day_in_words(today)})
        ),
        table(WIDTHS, titles, rows),
        paragraph("Remark", []),  # Word wants a paragraph behind a table
    ]
    return document(title, body, ACROSS, created=datetime(today.year, today.month, today.day))


def _by(due: Due, today: date) -> str:
    left = due.days_left(today)
    if due.by is None or left is None:
        return NONE
    late = "\n" + _("已超 %(n)d 天") % {"n": -left} if left < 0 else ""
    return f"{due.by.isoformat()}{late}"
