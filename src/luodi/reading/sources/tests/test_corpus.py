"""All real reports at hand are text as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from luodi.reading.sources import load


@pytest.mark.corpus
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_every_real_report_loads_unchanged(shared: Path, codec: str) -> None:
    paths = sorted(shared.glob("corpus/**/20*.txt")) + sorted(shared.glob("corpus/**/19*.txt"))
    assert len(paths) > 300
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        loaded = load(text.encode(codec), name=path.name)
        assert (loaded.encoding, loaded.text) == (codec, text), path
