"""Open311 GeoReport v2 with a client that others wrote (`three` from PyPI), against a live server on loopback.

`three` 0.8 is of the days of Python 2: it imports `itertools.ifilter` and takes the first key of an XML answer by index.
Both are given back here before it is imported; nothing of the client itself is changed.
"""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from luodi.kernel import evidence
from luodi.kernel.models import Unit
from luodi.scenarios.city_management.models import CityCase
from luodi.scenarios.city_management.tests.conftest import INSIDE, MONDAY, photo
from luodi.scenarios.city_management.tests.test_road import go, mended, reported, sent
from luodi.shapes.cases import actions as cases
from luodi.workbench.actions import hash_of
from luodi.workbench.models import ApiToken

pytestmark = pytest.mark.django_db
V2 = "/city_management/open311/v2"


class FirstKeys(dict):
    """A mapping whose keys are a list, as they were in Python 2."""

    def keys(self):
        return list(super().keys())


@pytest.fixture
def three(monkeypatch):
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    import three
    from three import core

    read = core.xml
    monkeypatch.setattr(core, "xml", lambda content: FirstKeys(read(content)))
    for name in ("OPEN311_API_KEY", "OPEN311_CITY_INFO"):
        monkeypatch.delenv(name, raising=False)
    return three


@pytest.fixture
def key(city):
    ApiToken.objects.create(person=city["rexian"], title="市民 App", sha256=hash_of("open-sesame"))
    return "open-sesame"


def post(client, **sent):
    return client.post(
        f"{V2}/requests.json", {"lat": "35.1005", "long": "109.2005", "service_code": "20102", **sent}
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_foreign_client_reports_and_follows(three, form, city, ground, collector, key, live_server):
    client = three.Three(f"{live_server.url}{V2}/", format=form, api_key=key, jurisdiction="990100")
    offered = client.services()
    offered = offered if form == "json" else offered["service"]
    assert {"20102", "10103"} <= {each["service_code"] for each in offered}
    definition = client.services("20102")
    assert definition["service_code"] == "20102"

    answer = client.post(
        "20102", lat="35.1005", long="109.2005", description="巷口垃圾成堆", address="江畔路1号", name="岚 张", phone="13800001234",
        media=("a.jpg", photo(), "image/jpeg"),
    )  # fmt: skip
    token = (answer[0] if form == "json" else answer["request"])["token"]
    case = CityCase.objects.get()
    assert (case.grid, case.channel, case.reporter_phone, case.token) == (
        ground[0],
        "open311",
        "13800001234",
        token,
    )
    assert evidence.of(case).count() == 1

    desk = city["chengguan"]
    case = cases.take(desk, case, "send_to_verify", {})
    case = cases.take(collector, case, "verify", {"found": True, "words": "属实"})
    case = cases.take(desk, case, "accept", {})
    answer = client.token(token)
    number = (answer[0] if form == "json" else answer["request"])["service_request_id"]
    assert number == case.number

    answer = client.request(number)
    found = answer[0] if form == "json" else answer["request"]
    assert (found["status"], found["status_notes"], found["service_name"]) == ("open", "已受理", "暴露垃圾")
    assert float(found["lat"]) == 35.1005
    listed = client.requests("20102", status="open")
    listed = listed if form == "json" else [listed["request"]]
    assert [each["service_request_id"] for each in listed] == [number]
    told = client.discovery()
    assert "open311/v2" in json.dumps(told)


def test_an_emergency_has_its_number_at_once(client, city, ground, key):
    answer = post(client, api_key=key, service_code="10103", description="井盖没了").json()
    assert answer[0]["service_request_id"] == CityCase.objects.get().number
    assert "token" not in answer[0]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({}, 400, "api_key 没有填写"),
        ({"api_key": "guessed"}, 403, "api_key 无效"),
        ({"service_code": ""}, 400, "service_code 没有填写"),
        ({"service_code": "zzz"}, 404, "没有这个 service_code"),
        ({"lat": "nan"}, 400, "lat"),
        ({"long": ""}, 400, "请给出 lat 和 long"),
        ({"long": "110.0"}, 400, "不在本市任何单元网格内"),
        ({"jurisdiction_id": "elsewhere"}, 404, "jurisdiction_id"),
        ({"attribute[standard]": "20104-1"}, 400, "不是这一类的立案条件"),
    ],
)
def test_bad_reports_are_answered_as_the_specification_writes_errors(
    client, city, ground, key, sent, status, said
):
    whole = {"api_key": key, **sent} if sent else {}
    answer = post(client, **whole)
    assert answer.status_code == status
    (error,) = answer.json()
    assert error["code"] == status
    assert said in error["description"]
    assert not CityCase.objects.exists()


def test_a_revoked_key_opens_nothing(client, city, ground, key):
    from django.utils import timezone

    ApiToken.objects.update(revoked_at=timezone.now())
    assert post(client, api_key=key).status_code == 403


def test_nothing_a_citizen_wrote_is_published(client, city, ground, collector):
    case = reported(
        None,
        channel="public",
        body="王某某住3栋502，电话13812345678，天天乱倒",
        reporter_name="李四",
        reporter_phone="13900001111",
    )
    page = client.get(f"{V2}/requests.json").content.decode()
    assert case.number not in page, "not before it was taken in"
    go(
        case,
        (city["chengguan"], "send_to_verify", {}, 1),
        (collector, "verify", {"found": True, "words": "是"}, 2),
        (city["chengguan"], "accept", {}, 3),
    )
    for address in (
        f"{V2}/requests.json?service_request_id={case.number}",
        f"{V2}/requests/{case.number}.xml",
        "/city_management/open",
    ):
        page = client.get(address).content.decode()
        assert case.number in page
        assert not any(secret in page for secret in ("王某某", "13812345678", "李四", "13900001111"))


def test_closed_does_not_mean_fixed(client, city, ground, collector):
    case = go(
        sent(city, collector),
        (city["chengguan"], "ask_force", {"reason": "灭失"}, 100),
        (city["ducha"], "grant_force", {"reason": "属实"}, 110),
    )
    (told,) = client.get(f"{V2}/requests/{case.number}.json").json()
    assert (told["status"], told["extended_attributes"]["close_reason"]) == ("closed", "forced")
    assert told["status_notes"] == "已结案（未处置完毕）（强制结案）"
    assert told["agency_responsible"] == Unit.objects.get(key="chenglan").name
    root = ElementTree.fromstring(client.get(f"{V2}/requests/{case.number}.xml").content)
    assert root.findtext("request/status") == "closed"


def test_only_photos_that_are_fit_for_the_public_go_out(client, city, ground, collector):
    case = mended(city, sent(city, collector))
    piece = evidence.of(case).get()
    assert client.get(f"/city_management/open311/media/{piece.pk}").status_code == 404
    evidence.publish(city["ducha"], piece, True)
    (told,) = client.get(f"{V2}/requests/{case.number}.json").json()
    assert told["media_url"].endswith(f"/open311/media/{piece.pk}")
    assert client.get(f"/city_management/open311/media/{piece.pk}")["Content-Type"] == "image/jpeg"


def test_a_list_keeps_to_its_range_and_to_few_questions(
    client, city, ground, collector, django_assert_max_num_queries
):
    for number in range(4):
        case = reported(collector, at=MONDAY + timedelta(days=number))
        cases.take(city["chengguan"], case, "accept", {}, MONDAY + timedelta(days=number, hours=1))
    with django_assert_max_num_queries(12):
        rows = client.get(
            f"{V2}/requests.json?start_date=2026-09-15T00:00:00Z&end_date=2026-09-16T23:00:00Z"
        ).json()
    assert [row["requested_datetime"] for row in rows] == ["2026-09-16T01:00:00Z", "2026-09-15T01:00:00Z"]
    assert len(client.get(f"{V2}/requests.json?page_size=1&page=2&start_date=2026-09-14").json()) == 1
    wrong = client.get(f"{V2}/requests.json?start_date=2026-01-01&end_date=2026-09-01")
    assert (wrong.status_code, wrong.json()[0]["code"]) == (400, 400)
    assert client.get(f"{V2}/requests/CG0.json").status_code == 404
    assert client.get(f"{V2}/tokens/{'0' * 32}.json").status_code == 404
    assert client.get(f"{V2}/services/zzz.json").status_code == 404
    assert INSIDE["lon"] == rows[0]["long"]
