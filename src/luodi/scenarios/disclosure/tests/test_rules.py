"""The regulation's clocks and the balance of its yearly table."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luodi.kernel.clock import Clock, Period, Unit, national_calendar
from luodi.scenarios.disclosure.rules import MACHINE, OUTCOMES, Handled, publish_by, year_table

TWENTY = Period(20, Unit.WORK_DAY)


@pytest.fixture
def clock():
    return Clock(national_calendar())


def test_twenty_working_days_over_mid_autumn_and_national_day(clock):
    """Received on Monday 14 September 2026: 27 Sept. and 1-7 Oct. are off, 20 Sept. and 10 Oct. are worked."""
    assert clock.last_day(date(2026, 9, 14), TWENTY) == date(2026, 10, 16)


def test_what_is_made_is_published_within_the_same_time(clock):
    assert publish_by(date(2026, 9, 14), TWENTY, clock) == date(2026, 10, 16)


def test_there_are_nine_kinds_of_answers():
    assert len(OUTCOMES) == 9
    assert MACHINE.move("answer").effect == "finish"


ROWS = (
    Handled("person", date(2025, 12, 20), date(2026, 1, 9), "disclosed"),  # carried in
    Handled("person", date(2026, 3, 2), date(2026, 3, 20), "refused", "process"),
    Handled("company", date(2026, 5, 6), date(2026, 6, 2), "partly", "third_party"),
    Handled("person", date(2026, 6, 1), date(2026, 6, 30), ""),  # given up
    Handled("legal", date(2026, 12, 18), None, ""),  # carried out
    Handled("person", date(2025, 2, 1), date(2025, 3, 1), "disclosed"),  # the year before, over
    Handled("person", date(2027, 1, 4), None, ""),  # the year after
)


def test_the_year_balances():
    table = year_table(ROWS, 2026)
    assert table.fresh == Counter(person=2, company=1, legal=1)
    assert table.carried_in == Counter(person=1)
    assert table.carried_out == Counter(legal=1)
    assert table.outcomes[("refused", "process")] == Counter(person=1)
    assert table.outcomes[("ended", "")] == Counter(person=1)
    assert table.total(table.handled) == 4
    assert table.balances


def test_what_is_carried_out_is_carried_in_next_year():
    assert year_table(ROWS, 2026).carried_out == year_table(ROWS, 2027).carried_in
