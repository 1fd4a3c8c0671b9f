"""The seat itself: it sees what spills, hears what is asked of other hosts, and types into any kind of field."""

from __future__ import annotations

import pytest
from tests.seat import CHROMIUM, Seat, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this computer"),
]


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def seat(faults):
    with chromium() as browser:
        yield Seat(browser, "http://127.0.0.1:9", 390, faults=faults)


def test_what_spills_is_named(seat):
    seat.page.set_content("<div class='card'>短</div>")
    seat.look("fits")
    seat.page.set_content("<!doctype html><div style='width: 900px'>长</div>")
    with pytest.raises(AssertionError, match=r"wide, 390 wide: .*the page"):
        seat.look("wide")
    seat.page.set_content(
        "<body style='overflow: hidden'><div class='card long' style='width: 900px'>长</div>"
    )
    with pytest.raises(AssertionError, match="card long"):
        seat.look("hidden")


def test_another_host_and_a_script_error_are_heard(seat, faults):
    seat.page.set_content("<img src='data:,'><img src='http://192.0.2.1/a.png'><script>lost()</script>")
    seat.page.wait_for_function("document.readyState !== 'loading'")
    assert "http://192.0.2.1/a.png" in faults
    assert [each for each in faults if "lost is not defined" in each]
    assert not [each for each in faults if each.startswith("data:")]


def test_a_field_of_any_kind_is_filled(seat):
    seat.page.set_content(
        "<form><input name=day type=date><textarea name=words></textarea><select name=kind><option value=a>甲<option value=b>乙</select></form>"
    )
    form = seat.page.locator("form")
    seat.fill(form, day="2026-11-24", words="已办结", kind="乙")
    assert form.evaluate("form => [...new FormData(form).values()]") == ["2026-11-24", "已办结", "b"]


def test_pictures_are_kept_where_asked_for(seat, monkeypatch, tmp_path):
    seat.page.set_content("<h1>图</h1>")
    monkeypatch.delenv("LUODI_SHOTS", raising=False)
    seat.look("none")
    monkeypatch.setenv("LUODI_SHOTS", str(tmp_path))
    seat.name = "seat"
    seat.look("one")
    assert [path.name for path in tmp_path.iterdir()] == ["seat-390-one.png"]
