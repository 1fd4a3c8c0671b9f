"""What services do again and again by themselves: silence for five working days is acceptance."""

from __future__ import annotations

from datetime import datetime

from luodi.kernel.schedule import recurring
from luodi.scenarios.government_services.actions.service import silent
from luodi.shapes.cases import actions as cases


@recurring("government_services.deem", "逾期未告知的视为受理", "daily 00:20")
def deem(due: datetime) -> str:
    """Each is deemed accepted from the day of its receipt, in the applicant's name."""
    found = silent(due)
    for case in found:
        cases.take(None, case, "deem_accepted", {"words": "五个工作日内没有告知，视为受理"}, due)
    return f"视为受理 {len(found)} 件"
