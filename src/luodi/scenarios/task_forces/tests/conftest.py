"""A task force in a city on the 24th of November 2026: two grains under a heading."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.utils import timezone
from PIL import Image

from luodi.kernel.models import Division, Unit
from luodi.scenarios.task_forces import actions
from luodi.scenarios.task_forces.models import Task, TaskForce

TODAY = date(2026, 11, 24)


@pytest.fixture
def people(city, monkeypatch):
    really = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda moment=None, zone=None: really(moment, zone) if moment else TODAY
    )
    return city


@pytest.fixture
def force(people):
    told = {
        "number": "ZB1", "name": "铝材专班（演示）", "goal": "二期投产", "division": Division.objects.get(code="990100"), "head": people["gongye"],
        "lead": Unit.objects.get(key="gongxin"), "formed_on": date(2026, 3, 1), "ends_on": date(2026, 12, 31),
    }  # fmt: skip
    return actions.keep_force(people["fagai"], TaskForce(), told)


@pytest.fixture
def grain(people, force):
    told = {"force": force, "title": "净地交付", "owner": people["songpi"], "due_on": date(2026, 11, 20)}
    return actions.keep_task(people["gongxin"], Task(), told)


def picture(shade=80):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (shade, 90, 120)).save(out, "PNG")
    return out.getvalue()
