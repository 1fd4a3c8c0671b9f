"""A city whose only projects are county roads, and one of them on the way to its start."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from luodi.kernel.models import Division, Unit
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.shapes.projects import actions
from luodi.shapes.projects import kind as kinds_module
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.tests.roads import ROADS

WAN = 1_000_000
TODAY = date(2026, 11, 24)


@pytest.fixture
def roads(city, monkeypatch):
    """People by login, in a city that keeps roads; today is the 24th of November 2026."""
    kinds_module.kinds.cache_clear()
    monkeypatch.setattr(kinds_module, "declared", lambda: (ROADS,))
    really = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda moment=None, zone=None: really(moment, zone) if moment else TODAY
    )
    load_seeds()
    yield city
    kinds_module.kinds.cache_clear()


@pytest.fixture
def road(roads):
    """A project in 谋划 of 松陂县, led by the transport bureau, with a budget of 12,000 万元."""
    return actions.keep_project(
        roads["fagai"],
        Project(kind=ROADS.code),
        {
            "name": "松陂县道改造（演示）", "division": Division.objects.get(code="990121"), "lead": Unit.objects.get(key="jiaotong"),
            "total_fen": 12_000 * WAN, "analysis": "县道破损严重", "address": "松陂县城关镇", "lon": 104.2, "lat": 30.5,
            "start_due_on": date(2026, 3, 20), "finish_due_on": date(2027, 6, 30), "spent_before_fen": 0,
            "energy_tce": 0, "electricity_kwh": 0,
        },
    )  # fmt: skip


@pytest.fixture
def ready(roads, road):
    """The same with code, triad and every paper of the start in hand: only the start itself is missing."""
    by = roads["fagai"]
    actions.keep_project(by, road, {"code": "2601-000099-04-01-123456"})
    road = actions.advance(by, road, "reserve", TODAY)
    triad(by, road, roads)
    road = actions.advance(by, road, "prelim", TODAY)
    Project.objects.filter(pk=road.pk).update(stage_since=date(2026, 1, 5))
    in_hand(by, road, "started")
    road.refresh_from_db()
    return road


def triad(by, road, people):
    for part, login, key in (
        ("leader", "chengjian", "zhengfuban"),
        ("department", "zhujian", "jiaotong"),
        ("division", "songpi", "songpi"),
    ):
        actions.charge(
            by, road, part, "", date(2026, 1, 1), unit=Unit.objects.get(key=key), person=people[login]
        )


def in_hand(by, road, before):
    """Every paper that stands before a stage, obtained on 2 March."""
    for paper in road.papers.exclude(state="not_needed"):
        if ROADS.paper(paper.kind).before == before:
            actions.keep_paper(
                by, paper, {"state": "obtained", "issued_on": date(2026, 3, 2), "number": f"演示{paper.pk}号"}
            )


def photo(shade=90, taken=datetime(2026, 3, 20, 10, 0)):
    """A picture from a camera with a clock; another shade is another picture."""
    image = Image.new("RGB", (64, 48), (shade, 120, 90))
    ImageDraw.Draw(image).ellipse((shade % 30, 5, 50, 40), fill=(200, shade, 60))
    exif = image.getexif()
    exif[0x9003] = exif[0x0132] = taken.strftime("%Y:%m:%d %H:%M:%S")
    exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def started(roads, ready):
    return actions.start(
        roads["fagai"], ready, date(2026, 3, 20), {"works": "trench", "words": "K0 路基", "verifier": "陆畅行，交通局科长"}, [("k0.jpg", photo())]
    )  # fmt: skip
