"""The one way a document is turned down, and the limits that turn it down."""

from __future__ import annotations

MAX_FILE_BYTES = 50 * 2**20
"""A document larger than this is refused before it is read (50 MB)."""


class Refusal(ValueError):
    """A document that can't be read: one Chinese sentence with the file's name and, where it helps, what to do.

    Readers raise it with the reason alone; `load` puts the name in front.
    """
