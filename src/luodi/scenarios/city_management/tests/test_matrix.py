"""Who gets which page of city management, and who may do what there."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.matrix import check, everyone, staff

from luodi.kernel import evidence
from luodi.scenarios.city_management.tests.conftest import photo, square
from luodi.scenarios.city_management.tests.test_road import sent

FORM = r"\.(?P<form>json|xml)$"
V2 = r"city_management/^open311/v2/"
SEEN = staff(404, ducha=200, changwu=200, shenji=200, chenglan=200, chengguan=200)
"""A case sent to 澄岚区: its desk, its handler, and those who see all."""

MATRIX = {
    "city_management/report": ("get", {}, everyone(200)),
    "city_management/open": ("get", {}, everyone(200)),
    "city_management/field": ("get", {}, staff(200)),
    "city_management/field/report": ("get", {}, staff(404, ducha=200, fagai=200, chenglan=200, rexian=200, chengguan=200)),
    "city_management/field/<int:pk>": ("get", {}, SEEN),
    "city_management/field/<int:pk>/photo/<int:piece>": ("get", {"small": "1"}, SEEN),
    "city_management/map": ("get", {}, staff(200)),
    "city_management/map.geojson": ("get", {}, staff(200)),
    "city_management/grids/import": ("post", {}, staff(403, chengguan=302)),
    "city_management/evaluation": ("get", {}, staff(200)),
    "city_management/evaluation.csv": ("get", {}, staff(200)),
    f"{V2}discovery{FORM}": ("get", {}, everyone(200)),
    f"{V2}services{FORM}": ("get", {}, everyone(200)),
    V2 + r"services/(?P<code>[0-9A-Za-z-]{1,20})" + FORM: ("get", {}, everyone(200)),
    f"{V2}requests{FORM}": ("post", {"service_code": "20102"}, everyone(400)),
    V2 + r"requests/(?P<number>[^/]{1,40}?)" + FORM: ("get", {}, everyone(200)),
    V2 + r"tokens/(?P<token>[0-9a-f]{32})" + FORM: ("get", {}, everyone(404)),
    "city_management/open311/media/<int:pk>": ("get", {}, everyone(404)),
}  # fmt: skip


def address_of(route, case, piece):
    names = {
        "city_management/field/<int:pk>": ("look", [case.pk]),
        "city_management/field/<int:pk>/photo/<int:piece>": ("photo", [case.pk, piece.pk]),
        "city_management/open311/media/<int:pk>": ("media", [piece.pk]),
        f"{V2}discovery{FORM}": ("discovery", ["json"]),
        f"{V2}services{FORM}": ("services", ["json"]),
        f"{V2}requests{FORM}": ("requests", ["json"]),
    }
    if route in names:
        name, args = names[route]
        return reverse(f"city_management:{name}", args=args)
    for part, name, key, value in (
        ("services/(", "service", "code", "20102"), ("requests/(", "request", "number", case.number), ("tokens/(", "token", "token", "0" * 32),
    ):  # fmt: skip
        if part in route:
            return reverse(f"city_management:{name}", kwargs={key: value, "form": "json"})
    return "/" + route


@pytest.mark.django_db
@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_the_answer_that_its_row_says(route, client, city, ground, collector):
    case = sent(city, collector)
    piece = evidence.attach(city["chenglan"], case, "a.jpg", photo(), "现场")
    check(client, city, address_of(route, case, piece), _row(route))


def _row(route):
    method, sent_, answers = MATRIX[route]
    if route != "city_management/grids/import":
        return method, sent_, answers
    shape = {"type": "Polygon", "coordinates": [[*square(9), square(9)[0]]]}
    rows = [{"type": "Feature", "properties": {"code": "99010200100109"}, "geometry": shape}]

    class Fresh(dict):
        """A file is read once; every role sends one of its own."""

        def items(self):
            return [("file", SimpleUploadedFile("g.geojson", json.dumps({"features": rows}).encode()))]

    return method, Fresh(), answers
