"""What cases do again and again by themselves: reminders, and due days that waited for a calendar."""

from __future__ import annotations

from datetime import datetime

from luodi.kernel.schedule import recurring
from luodi.shapes.cases import actions


@recurring("cases.remind", "办件催办", "daily 08:10")
def remind(due: datetime) -> str:
    return f"催办 {len(actions.send_reminders(None, due))} 件"


@recurring("cases.reckon", "补算办件期限", "daily 06:40")
def reckon(due: datetime) -> str:
    return f"补算 {actions.reckon_again(None, due)} 件"
