"""Four grids of one community in the demonstration city, a collector, and photos like no others."""

from __future__ import annotations

import io
from datetime import datetime
from random import Random

import pytest
from PIL import Image

from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division, Person, Posting, Unit
from luodi.scenarios.city_management.actions import keep_grid
from luodi.scenarios.city_management.models import Component, DutyGrid, UnitGrid

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=CHINA)
WEST, SOUTH, STEP = 109.2, 35.1, 0.001
INSIDE = {"lon": 109.2005, "lat": 35.1005}


def square(column, row=0):
    west, south = WEST + column * STEP, SOUTH + row * STEP
    corners = [(west, south), (west + STEP, south), (west + STEP, south + STEP), (west, south + STEP)]
    return [(round(x, 6), round(y, 6)) for x, y in corners]


@pytest.fixture
def collector(city):
    person = Person.objects.create_person("caiji", "采集员甲")
    Posting.objects.create(
        person=person, unit=Unit.objects.get(key="chengguan"), role="operator", title="采集员"
    )
    return person


@pytest.fixture
def ground(city, collector):
    duty = DutyGrid.objects.create(code="99010201", name="江畔", collector=collector)
    division = Division.objects.get(code="990102")
    for column in range(4):
        keep_grid(
            city["chengguan"], UnitGrid(code=f"990102001001{column + 1:02}"),
            {"division": division, "border": square(column), "duty": duty, "street": "滨江街道", "name": f"江畔{column + 1}号"},
        )  # fmt: skip
    return list(UnitGrid.objects.order_by("code"))


@pytest.fixture
def lamp(ground):
    row = Component(code="9901020118000001", name="路灯", grid=ground[0], lon=109.2004, lat=35.1004)
    row.full_clean()
    row.save()
    return row


_chance = Random(7)


def photo():
    """Bytes of a small JPEG that no other photo is alike to."""
    picture = Image.new("RGB", (18, 16))
    picture.putdata([(_chance.randrange(256),) * 3 for _ in range(18 * 16)])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
