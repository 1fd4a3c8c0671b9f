"""A draw lived through in tests: both offices commit, the event happens, both reveal."""

from __future__ import annotations

from datetime import datetime, timedelta

from luodi.kernel.clock import CHINA
from luodi.scenarios.random_inspections.actions import draws

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=CHINA)
EVENT = datetime(2026, 9, 14, 15, 0, tzinfo=CHINA)
OUTCOME = "3876.54"


def drawn(city, task, at: datetime = MONDAY):
    """The task, drawn at 15:30 of the day on which it was frozen."""
    event_at = at.replace(hour=15, minute=0)
    task = draws.freeze(city["shichang"], task, "当日 15:00 上证指数收盘点位", event_at, at)
    operator = draws.commit(city["shichang"], task, at + timedelta(minutes=5))
    discipline = draws.commit(city["ducha"], task, at + timedelta(minutes=9))
    after = event_at + timedelta(minutes=30)
    draws.reveal(city["shichang"], task, operator.nonce_once, OUTCOME, after)
    draws.reveal(city["ducha"], task, discipline.nonce_once, OUTCOME, after)
    return draws.draw(city["shichang"], task, after)
