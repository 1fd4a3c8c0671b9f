"""What assessment does again and again by itself."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from luodi.assessment.foreseeing import foresee_year
from luodi.kernel.schedule import recurring


@recurring("assessment.foresee", "推算目标能否达到", "daily 05:40")
def foresee_daily(due: datetime) -> str:
    """For targets whose numbers changed since yesterday."""
    return f"推算 {foresee_year(timezone.localdate(due).year)} 项"
