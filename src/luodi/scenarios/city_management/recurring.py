"""What city management does by itself every day."""

from __future__ import annotations

from datetime import datetime

from luodi.kernel.schedule import recurring
from luodi.scenarios.city_management import actions


@recurring("city_management.overdue", "记下超期未处置的城管案件", "daily 00:20")
def overdue(due: datetime) -> str:
    return f"超期未处置 {actions.mark_overdue(None, due)} 件"
