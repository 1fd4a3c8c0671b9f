"""The ledger as JSON: values as they are, null for unknown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from luodi.reading.forms.lines import FormHead, FormLine

SCHEMA = "luodi.form/1"


def write(head: FormHead, lines: Sequence[FormLine]) -> bytes:
    """`{"schema", "head", "lines"}` with the fields of `FormHead` and `FormLine`; dates are ISO, empty text is null."""
    document = {
        "schema": SCHEMA,
        "head": _known(asdict(head)),
        "lines": [_known(asdict(line)) for line in lines],
    }
    # A lone surrogate has no UTF-8; its \\udXXX escape is JSON for the same character.
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in fields.items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value
