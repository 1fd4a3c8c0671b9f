"""A mine and a workshop in the demonstration city, and photos like no others."""

from __future__ import annotations

import io
from datetime import datetime
from random import Random

import pytest
from PIL import Image

from luodi.kernel.clock import CHINA
from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division
from luodi.shapes.registers.models import Enterprise

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=CHINA)


def enterprise(inner, name):
    body = "91610204" + inner + inner_check_of(inner)
    return Enterprise.objects.create(
        uscc=body + check_of(body),
        name=name,
        division=Division.objects.get(code="990181"),
        industry="B",
        lon=109.2,
        lat=35.1,
    )


@pytest.fixture
def mine(city):
    return enterprise("MA6TX8Y3", "云川栗山煤矿有限公司")


@pytest.fixture
def workshop(city):
    return enterprise("MA6TX8Y4", "云川岚光铸造有限公司")


_chance = Random(11)


def photo():
    """Bytes of a small JPEG that no other photo is alike to."""
    picture = Image.new("RGB", (18, 16))
    picture.putdata([(_chance.randrange(256),) * 3 for _ in range(18 * 16)])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
