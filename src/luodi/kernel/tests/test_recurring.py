"""What the kernel does by itself each day."""

from datetime import datetime

import pytest

from luodi.kernel.anchors import kept_anchors
from luodi.kernel.clock import CHINA
from luodi.kernel.recurring import anchor_the_day


@pytest.mark.django_db
def test_each_day_has_one_anchor_however_often_its_work_runs(home, settings):
    settings.LUODI_ANCHORS = str(home / "anchors.txt")
    evening = datetime(2026, 11, 24, 23, 50, tzinfo=CHINA)
    first, again = anchor_the_day(evening), anchor_the_day(evening)
    assert first == again
    assert [str(anchor.day) for anchor in kept_anchors()] == ["2026-11-24"]
