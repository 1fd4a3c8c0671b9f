"""Official forms as files: 任务分解表, 办理方案 and 进展情况表, as Word, Excel, CSV or JSON.

    head, lines = head_of(report), lines_of(report)
    data = write(head, lines, "docx", form="table")

A ledger fills `FormHead` and `FormLine` from its rows instead. Writers are imported when asked for, because
the libraries behind them take longer to import than a report takes to read.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Literal, get_args

from luodi.reading.forms.from_report import SUGGESTION_NOTE, head_of, lines_of, subject_of
from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.forms.wording import (
    BLANK,
    FORMS,
    KINDS,
    NONE,
    TODO,
    Form,
    deadline_in_words,
    target_in_words,
)

Format = Literal["docx", "xlsx", "csv", "json"]

FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}

__all__ = [
    "BLANK", "FORMATS", "FORMS", "KINDS", "MEDIA_TYPES", "NONE", "SUGGESTION_NOTE", "TODO", "Form", "FormHead",
    "FormLine", "Format", "deadline_in_words", "head_of", "lines_of", "subject_of", "target_in_words", "write",
]  # fmt: skip


def write(head: FormHead, lines: Sequence[FormLine], format: Format, *, form: Form = "table") -> bytes:
    """The file's bytes. `form` chooses among the Word forms; the other formats hold every column of all of them."""
    writer = importlib.import_module(f"luodi.reading.forms.{format}_file")
    data: bytes = writer.write(head, lines, form) if format == "docx" else writer.write(head, lines)
    return data
