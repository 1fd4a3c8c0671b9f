"""Who may ask for promotion's own addresses. The desks have the workbench's matrix."""

from __future__ import annotations

import pytest
from tests.matrix import check, staff

MATRIX = {
    "investment_promotion/": ("get", {}, staff(200)),
    "investment_promotion/forms/<slug:name>.<slug:format>": ("get", {}, staff(200)),
    "investment_promotion/deals/<int:pk>/": ("get", {}, staff(200)),
    "investment_promotion/deals/<int:pk>/advance": ("post", {}, {**staff(403, ducha=302), "touzi": 302, "songpi": 302}),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, deal, day, route):
    address = route.replace("<slug:name>", "divisions").replace("<slug:format>", "csv").replace("<int:pk>", str(deal.pk))  # fmt: skip
    check(client, day, f"/{address}", MATRIX[route])


def test_a_write_is_never_a_get(client, deal, day):
    client.force_login(day["touzi"])
    assert client.get(f"/investment_promotion/deals/{deal.pk}/advance").status_code == 405
