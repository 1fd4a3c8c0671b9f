"""Machines read the same declaration: same scope, same masks, and a schema that does not change unseen."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luodi.kernel.models import AuditEntry, Unit
from luodi.workbench.models import ApiToken
from luodi.workbench.tests.lots import Lot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]

SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.fixture
def lot(city) -> Lot:
    Lot.objects.create(code="P-9", name="财政局大院", lead=Unit.objects.get(key="caizheng"))
    return Lot.objects.create(
        code="P-1", name="东门停车楼", lead=Unit.objects.get(key="zhujian"), handler=city["zhujian"], phone="13812345678",
        area_mu=Decimal("12.50"), invest_fen=1_250_000_000, due_on=date(2027, 6, 30),
    )  # fmt: skip


def key_of(client, person) -> str:
    """A key as a person makes one on the page."""
    client.force_login(person)
    key = client.post("/work/tokens", {"title": "省平台"}).context["key"]
    client.logout()
    return key


def test_a_row_is_typed_unknown_is_null_and_people_are_masked(client, officer, lot):
    client.force_login(officer)
    row = client.get(f"/lots-api/lots/{lot.pk}").json()
    assert row == {
        "id": lot.pk, "code": "P-1", "name": "东门停车楼", "state": "planned",
        "lead": {"id": lot.lead_id, "name": "市住房和城乡建设局"}, "division": None,
        "handler": {"id": lot.handler_id, "name": "安**"}, "phone": "138****5678", "berths": None, "area_mu": "12.5",
        "invest_fen": 1_250_000_000, "due_on": "2027-06-30", "charged": None, "photo": None,
    }  # fmt: skip


def test_a_list_is_paged_filtered_and_sorted(client, officer, lot):
    client.force_login(officer)
    page = client.get("/lots-api/lots?sort=-code&size=1").json()
    assert (page["total"], [row["code"] for row in page["rows"]]) == (2, ["P-9"])
    assert [row["code"] for row in client.get("/lots-api/lots?due_on_from=2027-01-01").json()["rows"]] == [
        "P-1"
    ]
    assert client.get("/lots-api/lots?page=9").json()["rows"] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [("due_on_from=soon", "不是日期"), ("sort=secret", "不能按“secret”排序"), ("size=0", "size"), ("state=closed", "不在可选之列")],
)  # fmt: skip
def test_what_can_not_be_asked_is_said(client, officer, lot, query, said):
    client.force_login(officer)
    answer = client.get(f"/lots-api/lots?{query}")
    assert (answer.status_code, said in answer.json()["problem"]) == (422, True)


def test_the_scope_is_that_of_the_pages(client, liaison, city, lot):
    client.force_login(liaison)
    assert [row["code"] for row in client.get("/lots-api/lots").json()["rows"]] == ["P-1"]
    foreign = Lot.objects.get(code="P-9").pk
    answer = client.get(f"/lots-api/lots/{foreign}")
    assert (answer.status_code, answer.json()) == (404, {"problem": "没有这一项，或者不在你的范围内。"})
    client.force_login(city["xitong"])
    assert client.get("/lots-api/lots").status_code == 404


def test_a_key_opens_what_its_person_sees_until_it_is_revoked(client, liaison, lot):
    key = key_of(client, liaison)
    headers = {"Authorization": f"Bearer {key}"}
    assert [row["code"] for row in client.get("/lots-api/lots", headers=headers).json()["rows"]] == ["P-1"]
    assert client.get("/lots-api/openapi.json", headers=headers).status_code == 200
    token = ApiToken.objects.get()
    assert key not in json.dumps([token.sha256, *AuditEntry.objects.values_list("detail", "subject")])
    client.force_login(liaison)
    client.post(f"/work/tokens/{token.pk}/revoke")
    client.logout()
    assert client.get("/lots-api/lots", headers=headers).status_code == 401


def test_nobody_reads_without_a_key(client, liaison, lot):
    for headers in ({}, {"Authorization": "Bearer guess"}):
        for address in (
            "/lots-api/lots",
            f"/lots-api/lots/{lot.pk}",
            "/lots-api/openapi.json",
            "/work/api/units",
        ):
            assert client.get(address, headers=headers).status_code == 401
    key = key_of(client, liaison)
    liaison.is_active = False
    liaison.save()
    assert client.get("/lots-api/lots", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_a_key_is_ones_own(client, officer, liaison, lot):
    key_of(client, liaison)
    client.force_login(officer)
    assert client.post(f"/work/tokens/{ApiToken.objects.get().pk}/revoke").status_code == 404


def test_a_list_asks_at_most_twelve_questions(client, officer, lot, django_assert_max_num_queries):
    client.force_login(officer)
    with django_assert_max_num_queries(12):
        client.get("/lots-api/lots?size=500")


def test_the_schema_is_the_one_that_was_agreed(client, officer):
    """When it changes on purpose: delete openapi.json beside this test, run it once, and read the difference."""
    client.force_login(officer)
    schema = client.get("/lots-api/openapi.json").json()
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(
            json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
        pytest.fail(f"no snapshot was there; wrote {SNAPSHOT.name}, read it and keep it")
    assert schema == json.loads(SNAPSHOT.read_text(encoding="utf-8"))
