"""How a person before a screen works a case in a real browser; `tests.seat` has the rest."""

from __future__ import annotations

from typing import Any

from tests.seat import Seat


def take(seat: Seat, case: Any, move: str, **values: str) -> None:
    """Open the move's form on the case's page, fill it, send it: it is recorded."""
    seat.page.goto(f"/cases/{case.pk}/")
    form = seat.page.locator(f"form[action$='/take/{move}']")
    form.locator("xpath=..").locator("summary").click()
    seat.fill(form, **values)
    seat.send(form.locator("button.go"))
    assert "已记录" in seat.page.content(), (move, seat.page.locator(".error").all_inner_texts())
