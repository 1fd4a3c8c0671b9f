"""What the watch does by itself: personal data whose purpose has ended is deleted."""

from __future__ import annotations

from datetime import datetime

from luodi.kernel.schedule import recurring
from luodi.scenarios.poverty_watch.actions.helping import forget_due


@recurring("poverty_watch.forget", "删除目的已经结束的农户个人信息", "daily 02:20")
def forget(due: datetime) -> str:
    return f"删除 {forget_due(None, due)} 户的个人信息"
