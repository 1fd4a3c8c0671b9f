"""Text made fit for a file: no characters that XML forbids, no cell that a spreadsheet would run."""

from __future__ import annotations

import re

# What XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF), the C1 controls and byte order marks.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")

# A spreadsheet takes a cell for a formula by its first visible character; East Asian ones know the wide forms too.
_LIVE = re.compile(r"\s*(?:'|[=+\-@＝＋－＠])|[\t\r\n]")


def clean(text: str) -> str:
    """The text without forbidden characters and with plain line feeds; what a reader sees is unchanged."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def defuse(cell: str) -> str:
    """A CSV cell that no spreadsheet runs: one ' goes before a cell that a formula, or another ', would open.

    `restore` takes exactly that ' away again, so that nothing is lost.
    """
    return f"'{cell}" if _LIVE.match(cell) else cell


def restore(cell: str) -> str:
    """The cell as it was before `defuse`."""
    return cell[1:] if cell.startswith("'") else cell
