"""The demonstration's year: weeks pass, lights turn, meetings settle, the report is drafted and agrees with itself."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from luodi.commands import demo
from luodi.commands.play import _end, moved_to, play
from luodi.commitments.models import ProgressReport
from luodi.dispatch.models import Meeting, Resolution
from luodi.measures.models import Binding, Value

pytestmark = pytest.mark.django_db
WEEKS = 14


def test_a_quarter_is_lived_and_the_year_is_told(home):
    said: list[str] = []
    city = play(said.append, weeks=WEEKS)
    assert len(said) == WEEKS + 1
    assert Meeting.objects.filter(state=Meeting.State.HELD).count() == WEEKS
    assert ProgressReport.objects.filter(period=date(2026, 3, 1)).exists()
    assert Value.objects.filter(period=date(2026, 3, 1)).count() > 10
    assert Binding.objects.filter(state=Binding.State.CONFIRMED).count() > 10
    seen = {tuple(re.findall(r"[绿黄红](\d+)", line)[:3]) for line in said if "灯" in line}
    assert len(seen) > 1, "no light ever turned"
    assert Resolution.objects.exists() and all(row.owner_id for row in Resolution.objects.all())
    with moved_to(date(2026, 5, 1)):
        _end(city, said.append)
    told = re.search(r"写入 (\d+) 个数字.*一致 (\d+)，不一致 0，查不到 0", said[-1])
    assert told and told[1] == told[2] and int(told[1]) > 20


def test_time_goes_back_to_where_it_was():
    with pytest.raises(RuntimeError), moved_to(date(2026, 3, 1)):
        assert timezone.localdate() == date(2026, 3, 1)
        raise RuntimeError
    assert timezone.localdate() != date(2026, 3, 1)


@pytest.mark.parametrize("arguments", [[], ["stop"], ["play", "a", "b"]])
def test_a_wrong_call_says_how_it_is_called(capsys, arguments):
    assert demo.main(arguments) == 2
    assert "luodi demo play" in capsys.readouterr().err


def test_a_home_with_data_is_left_alone(tmp_path, capsys):
    (tmp_path / "luodi.sqlite3").write_bytes(b"")
    assert demo.main(["play", str(tmp_path)]) == 1
    assert "已有数据" in capsys.readouterr().err
