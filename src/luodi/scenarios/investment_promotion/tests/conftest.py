"""The city with its rules, a deal ready to be signed, and the whole year of the demonstration."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from luodi.kernel.models import Division, Unit
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.investment_promotion import actions, demo
from luodi.scenarios.investment_promotion.models import Deal
from luodi.shapes.registers import demo as registers
from luodi.shapes.registers.models import Enterprise

TODAY = date(2026, 11, 24)
YI = 10_000_000_000
USCC, FIRM = "91350100M000100Y43", "53640000MJX173680A"


@pytest.fixture
def day(city, monkeypatch):
    """People by login on the 24th of November 2026, with rules."""
    really = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda moment=None, zone=None: really(moment, zone) if moment else TODAY
    )
    load_seeds()
    return city


@pytest.fixture
def year(day):
    registers.load()
    demo.load()
    return day


@pytest.fixture
def place():
    return Division.objects.get(code="990121")


@pytest.fixture
def county(place):
    return Unit.objects.filter(division=place).order_by("pk").first()


@pytest.fixture
def deal(day, place, county):
    """In talks, with everything that a contract asks for."""
    row = actions.keep_deal(
        day["touzi"], Deal(),
        {
            "name": "镁合金压铸项目", "division": place, "lead": county, "industry": "C", "investor": "江南试验集团", "investor_uscc": USCC, "investor_from": "江苏省苏州市", "origin": "country",
            "found_on": date(2026, 1, 5), "talked_on": date(2026, 2, 1), "intended_fen": 3 * YI,
        },
    )  # fmt: skip
    return actions.advance(day["touzi"], row)


CONTRACT = {"contract_no": "合〔2026〕1号", "contract_on": date(2026, 3, 1), "contract_fen": 2 * YI, "currency": "CNY", "start_due_on": date(2026, 6, 1)}  # fmt: skip


@pytest.fixture
def signed(day, deal):
    return actions.advance(day["touzi"], actions.keep_deal(day["touzi"], deal, CONTRACT))


@pytest.fixture
def firm(place):
    return Enterprise.objects.create(uscc=FIRM, name="云川试验压铸有限公司", division=place, industry="C")
