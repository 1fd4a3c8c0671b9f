"""Work that comes again 定期工作, and each time that it came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luodi.kernel.models.places import InForce


class Recurring(models.Model):
    """Work with its rhythm, in force for a time: a new rhythm is a new row, the old one ends.

    `settled_until` is the newest due moment that needs no more running; locking the row puts workers in a row.
    """

    key = models.CharField("代号", max_length=60)
    title = models.CharField("名称", max_length=80)
    work = models.CharField("程序", max_length=120, help_text="dotted name of the function that does it")
    cadence = models.CharField("节奏", max_length=40, help_text="as kernel.schedule.read_cadence reads it")
    settled_until = models.DateTimeField("已办到")
    valid_from = models.DateField("启用")
    valid_until = models.DateField("停用", null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["key", "valid_from"]
        verbose_name = "定期工作"
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="one_rhythm_a_day")]

    def __str__(self) -> str:
        return self.title


class Occurrence(models.Model):
    """One due moment, run once. `missed` counts earlier moments that this run made good."""

    class State(models.TextChoices):
        DONE = "done", _("已完成")
        REFUSED = "refused", _("未能处理")
        BROKEN = "broken", _("出错中断")

    recurring = models.ForeignKey(
        Recurring, verbose_name="定期工作", on_delete=models.PROTECT, related_name="occurrences"
    )
    due_at = models.DateTimeField("应办")
    ran_at = models.DateTimeField("办理")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    message = models.CharField("说明", max_length=400, blank=True)
    missed = models.PositiveIntegerField("补办次数", default=0)

    class Meta:
        ordering = ["-due_at"]
        verbose_name = "定期工作记录"
        constraints = [models.UniqueConstraint(fields=["recurring", "due_at"], name="each_due_moment_once")]

    def __str__(self) -> str:
        return f"{self.recurring} {self.due_at:%Y-%m-%d %H:%M}"
