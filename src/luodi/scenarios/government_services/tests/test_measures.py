"""The indicators with known numbers; by item and by case are never the same thing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.scenarios.government_services.actions import catalogue, ratings
from luodi.scenarios.government_services.measures import MEASURES
from luodi.scenarios.government_services.models import EntityMonth, Opening, Package, Point, Rating
from luodi.scenarios.government_services.tests.conftest import body_of, make_item
from luodi.scenarios.government_services.tests.test_road import (
    accepted,
    approved,
    days,
    delivered,
    file,
    promised,
    take,
)

pytestmark = pytest.mark.django_db

BY_KEY = {measure.key: measure for measure in MEASURES}
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def year(city, firm, second):
    """Four items on application and one cancelled; three cases; ratings; a point; two openings; entities of two months."""
    wholly = make_item(1, name="食品经营许可")
    make_item(2, depth=3, visits=1, legal_days=40, promised_days=10)
    paper = make_item(3, depth=2, visits=2, legal_days=None)
    make_item(4, handling="instant", promised_days=None)
    make_item(5, cancelled_on=date(2026, 3, 1))
    delivered(city, approved(city, accepted(city, wholly), days(1)), days(1))
    approved(city, accepted(city, wholly), days(10))
    file(paper, channel="window")
    for number, stars in enumerate((5, 4, 3, 1)):
        sent = {
            "case_number": f"W-{number}",
            "item": wholly,
            "way": "window",
            "stars": stars,
            "rated_at": days(5),
            "is_own_accord": number < 1,
        }
        ratings.keep_rating(city["xingzheng"], Rating(), sent)
    review = Rating.objects.get(stars=1).review
    for move, values, day in (
        ("verify", {"words": "属实"}, 6),
        ("contact", {"words": "致歉"}, 6),
        ("rectify", {"outcome": "fixed", "reply": "已改"}, 7),
    ):
        review = take(city["shichang"], review, move, days(day), **values)
    point = Point(
        code="P1",
        name="便民服务中心",
        town="云水街道",
        division=firm.division,
        tier="town",
        set_up_on=date(2026, 2, 1),
    )
    catalogue.keep_point(
        city["xingzheng"], point, {"item_codes": [wholly.code], "standard_on": date(2026, 5, 1)}
    )
    for number, hours in enumerate((3, 7)):  # 08:00-11:00 is 3 hours; 08:00-15:00 is 5, noon does not count
        filed = datetime(2026, 9, 15, 8, tzinfo=CHINA)
        catalogue.keep_opening(
            city["shichang"], Opening(),
            {"uscc": body_of(50 + number, "91100000"), "name": f"新办{number}", "division": firm.division, "filed_at": filed, "ready_at": filed + timedelta(hours=hours)},
        )  # fmt: skip
    for month, opened, ended in ((8, 500, 300), (9, 400, 150)):
        catalogue.keep_entities(city["shichang"], EntityMonth(), {"division": firm.division, "month_on": date(2026, month, 1), "opened": opened, "ended": ended})  # fmt: skip
    catalogue.keep_package(
        city["xingzheng"], Package(),
        {"code": "Y1", "name": "开店一件事", "lead": wholly.unit, "materials": 3, "visits": 0, "online_on": date(2026, 4, 1), "item_codes": [wholly.code, paper.code]},
    )  # fmt: skip
    promised(city, firm)


KNOWN = {
    "services_online": "75.00",  # 3 of 4 items
    "services_wholly_online": "50.00",
    "services_filed_online": "66.67",  # 2 of 3 cases
    "services_compressed": "75.00",  # 1 - 15/60
    "services_instant": "25.00",
    "services_once": "75.00",
    "services_unseen": "50.00",
    "services_nearby": "25.00",
    "services_in_promise": "50.00",
    "services_in_law": "100.00",
    "services_early": "50.00",
    "services_praised": "75.00",
    "services_own_accord": "25.00",
    "services_mended": "100.00",
    "services_points": "100.00",
    "services_opening_time": "0.51",  # (0.38 + 0.63) / 2
    "services_net_entities": "450",
    "services_packages": "1",
}


def test_known_numbers(year):
    city = Division.objects.get(code="990100").pk
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    told = {}
    with engine() as counting:
        for key in KNOWN:
            found = counted(BY_KEY[key], counting, parents, date(2026, 9, 30))
            told[key] = next(
                each.value for each in found if each.division == city and each.period == SEPTEMBER
            )
    assert told == {key: Decimal(value) for key, value in KNOWN.items()}


def test_measures_are_called_as_the_plan_calls_its_targets():
    titles = {measure.title: measure.unit for measure in MEASURES}
    assert titles["依申请事项“一网通办”率"] == "%"
    assert titles["企业开办时间"] == "个工作日"
    assert titles["净增经营主体"] == "户"
