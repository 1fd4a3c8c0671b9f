"""Long work, with its progress in sight."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of long work. The worker writes `done`, `total` and `message` as it goes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("进行中")
        FINISHED = "finished", _("已完成")
        REFUSED = "refused", _("未能处理")
        BROKEN = "broken", _("出错中断")

    kind = models.CharField("类型", max_length=120, help_text="dotted name of the function that does it")
    title = models.CharField("名称", max_length=200)
    arguments = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField("已做", default=0)
    total = models.PositiveIntegerField("总量", default=0)
    message = models.CharField("说明", max_length=400, blank=True)
    result = models.JSONField("结果", default=dict)
    by = models.ForeignKey(
        "kernel.Person", verbose_name="发起人", on_delete=models.PROTECT, related_name="jobs"
    )
    created_at = models.DateTimeField("提交", auto_now_add=True)
    started_at = models.DateTimeField("开始", null=True)
    finished_at = models.DateTimeField("结束", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "作业"

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.FINISHED, self.State.REFUSED, self.State.BROKEN}

    @property
    def percent(self) -> int:
        if self.state == self.State.FINISHED:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
