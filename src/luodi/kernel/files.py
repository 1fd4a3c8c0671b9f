"""Keep delivered files under their own hash, so that the same file twice is one file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from luodi.kernel.models import Person, StoredFile


def store(by: Person, name: str, content: bytes) -> tuple[StoredFile, bool]:
    """Keep `content`; returns the file and whether it is new here."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        # A file appears whole or not at all, whenever the process dies.
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(place)
    return StoredFile.objects.get_or_create(
        sha256=digest, defaults={"name": name[-200:], "size": len(content), "by": by}
    )


def content_of(file: StoredFile) -> bytes:
    return _place(file.sha256).read_bytes()


def _place(digest: str) -> Path:
    return Path(settings.LUODI_HOME) / "files" / digest[:2] / digest
