"""What the kernel does again and again by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from luodi.kernel.anchors import drop_anchor
from luodi.kernel.schedule import recurring

KEPT_DAYS = 30


@recurring("kernel.prune_queue", "清理作业队列", "daily 03:10")
def prune_queue(due: datetime) -> str:
    """Places in the queue that are done with; the jobs themselves stay."""
    gone, _ = DBTaskResult.objects.finished().filter(finished_at__lt=due - timedelta(days=KEPT_DAYS)).delete()
    return f"清理 {gone} 条"


@recurring("kernel.drop_anchor", "落下当天的审计锚", "daily 23:50")
def anchor_the_day(due: datetime) -> str:
    """So that even a rewrite of the whole log is found against what was written down that day."""
    return drop_anchor(None, timezone.localdate(due)).line
