"""Enterprises of the demonstration city: synthetic, seeded. Their codes pass every check, but no registrar gives out YC."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.db import transaction

from luodi.kernel.identifiers.credit_code import ALPHABET, check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division
from luodi.shapes.registers.models import Enterprise

HOW_MANY = 400
TRADES = (
    ("岚光电子", "C", 0.4),
    ("云轻合金", "C", 0.6),
    ("澄江物流", "G", 0.2),
    ("青坞茶业", "A", 0.1),
    ("朝岭软件", "I", 0.2),
    ("白渡能源", "D", 0.5),
    ("松石建材", "C", 0.5),
    ("云草药业", "C", 0.4),
    ("禾丰食品", "C", 0.3),
    ("云礼商贸", "F", 0.3),
    ("临江餐饮", "H", 0.2),
    ("云城建设", "E", 0.4),
)
"""Name, 门类, and how often one is 规模以上."""
TAGS = (("专精特新", 0.25), ("高新技术企业", 0.3))


@transaction.atomic
def load() -> None:
    """400 enterprises over all counties. Does nothing where there are enterprises already."""
    if Enterprise.objects.exists():
        return
    chance = Random(20260105)
    divisions = list(
        Division.objects.filter(is_zone=False, parent__isnull=False, parent__parent=None).order_by("code")
    )
    Enterprise.objects.bulk_create(_one(number, divisions, chance) for number in range(HOW_MANY))


def _one(number: int, divisions: list[Division], chance: Random) -> Enterprise:
    name, industry, often_large = TRADES[number % len(TRADES)]
    inner = "YC" + "".join(chance.choice(ALPHABET) for _ in range(6))
    body = "91100000" + inner + inner_check_of(inner)
    is_large = chance.random() < often_large
    revenue = (chance.randrange(2000, 60000) if is_large else chance.randrange(50, 2000)) * 1_000_000
    division = chance.choice(divisions)
    tags = [tag for tag, often in TAGS if chance.random() < often]
    return Enterprise(
        uscc=body + check_of(body), name=f"云川{name}{number + 1:03}号有限公司（演示）", industry=industry, division=division,
        address=f"{division.name}工业大道{number % 97 + 1}号", lon=109.0 + chance.random() * 0.8, lat=34.9 + chance.random() * 0.7,
        scale=chance.choice(["medium", "large"]) if is_large else chance.choice(["small", "micro"]), is_above_scale=is_large,
        employees=chance.randrange(60, 900) if is_large else chance.randrange(3, 80),
        revenue_fen=revenue, rd_fen=None if chance.random() < 0.2 else revenue // chance.randrange(15, 80),
        tags=[*tags, "规上工业"] if is_large and industry in "BCD" else tags,
        registered_on=date(2006, 3, 1) + timedelta(days=chance.randrange(7200)),
    )  # fmt: skip
