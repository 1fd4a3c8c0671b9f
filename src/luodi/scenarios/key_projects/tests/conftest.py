"""The city with its rules, and with its whole year of key projects."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.key_projects import demo
from luodi.shapes.registers import demo as registers

TODAY = date(2026, 11, 24)


@pytest.fixture
def year(city, monkeypatch):
    """People by login on the 24th of November 2026, with the demonstration's projects."""
    really = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda moment=None, zone=None: really(moment, zone) if moment else TODAY
    )
    load_seeds()
    registers.load()
    demo.load()
    return city
