"""Keep delivered files under their own hash, so that the same file twice is one file."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from luodi.kernel.action import Unavailable
from luodi.kernel.models import Person, StoredFile


def store(by: Person, name: str, content: bytes) -> tuple[StoredFile, bool]:
    """Keep `content`; returns the file and whether it is new here. Raises Unavailable when the disk is full."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if not place.exists():
        try:
            _write_whole(place, content)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise Unavailable("服务器磁盘已满，文件没有保存；请联系系统管理员清理后再传。") from error
            raise
    return StoredFile.objects.get_or_create(
        sha256=digest, defaults={"name": name[-200:], "size": len(content), "by": by}
    )


def content_of(file: StoredFile) -> bytes:
    return _place(file.sha256).read_bytes()


def _write_whole(place: Path, content: bytes) -> None:
    """A file appears whole or not at all, whenever the process dies."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        except OSError:
            Path(draft.name).unlink()
            raise
    Path(draft.name).replace(place)


def _place(digest: str) -> Path:
    return Path(settings.LUODI_HOME) / "files" / digest[:2] / digest
