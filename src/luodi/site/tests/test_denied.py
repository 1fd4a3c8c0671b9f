"""Whatever the pages refuse to somebody signed in is in the log, and the auditor filters for it."""

import pytest

from luodi.kernel.models import AuditEntry


def told() -> list[tuple]:
    rows = AuditEntry.objects.filter(action__startswith="denied.").order_by("id")
    return list(rows.values_list("by", "action", "subject", "address"))


@pytest.fixture
def liaison(client, city):
    client.force_login(city["fagai"])
    return client


def test_a_forbidden_deed_is_told_by_its_action_and_object(client, city):
    client.force_login(city["anquan"])  # keeps accounts, but does not shut them
    target = city["fagai"]
    assert client.post(f"/people/{target.pk}/active", {"active": "0"}).status_code == 403
    assert told() == [("anquan", "denied.accounts.set_active", f"kernel.person:{target.pk}", "127.0.0.1")]
    entry = AuditEntry.objects.get(action__startswith="denied.")
    assert entry.detail == {"method": "POST", "path": f"/people/{target.pk}/active", "status": 403}
    target.refresh_from_db()
    assert target.is_active


def test_a_write_to_what_one_does_not_see_is_told_by_its_page(liaison, city):
    path = f"/people/{city['ducha'].pk}/password"
    assert liaison.post(path).status_code == 404
    assert told() == [("fagai", "denied.reset_password", path, "127.0.0.1")]


def test_reading_what_is_not_there_or_an_address_that_never_was_is_no_deed(liaison):
    assert liaison.get("/people/").status_code == 404
    assert liaison.post("/no/such/page").status_code == 404
    assert told() == []


def test_a_forbidden_page_is_told_also_when_it_was_only_asked_for(liaison):
    assert liaison.get("/work/units/form").status_code == 403
    assert [row[1] for row in told()] == ["denied.workbench:new"]


def test_strangers_are_sent_to_the_door_and_not_told(client, city):
    assert client.post(f"/people/{city['ducha'].pk}/password").status_code == 302
    assert told() == []


def test_a_hammered_button_is_one_entry_and_the_auditor_sees_it_count(liaison, city):
    for _ in range(20):
        liaison.post(f"/people/{city['ducha'].pk}/password")
    assert len(told()) == 1
    liaison.force_login(city["rizhi"])
    page = liaison.get("/audit/?denied=1").content.decode()
    assert "denied.reset_password" in page and "×19" in page
    assert "demo.load" not in page and "demo.load" in liaison.get("/audit/").content.decode()
