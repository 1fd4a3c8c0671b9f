"""Who gets which page of government services."""

from __future__ import annotations

import pytest
from tests.matrix import check, everyone, staff

MATRIX = {
    "government_services/catalogue/": ("get", {}, staff(200)),
    "government_services/public/": ("get", {}, everyone(200)),
    "government_services/public/catalogue.json": ("get", {}, everyone(200)),
    "government_services/public/<str:code>/": ("get", {}, everyone(200)),
}


@pytest.mark.django_db
def test_everyone_gets_their_own_answer(client, city, item):
    for route, row in MATRIX.items():
        check(client, city, "/" + route.replace("<str:code>", item.code), row)
