"""What work safety does by itself every day."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from luodi.kernel.schedule import recurring
from luodi.scenarios.work_safety import actions


@recurring("work_safety.overdue", "记下超期未整改的隐患和未按时自查", "daily 00:30")
def overdue(due: datetime) -> str:
    missed = actions.note_missed(None, timezone.localtime(due).date())
    return f"超期未整改 {actions.mark_overdue(None, due)} 件，未按时自查 {missed} 次"
