"""Deeds that were refused, while they are counted."""

from __future__ import annotations

from django.db import models

from luodi.kernel.models.people import Person


class DeniedDeed(models.Model):
    """One deed refused to one person (or address) in the minute from `since`. `times` counts the repetitions."""

    who = models.CharField("登录名或地址", max_length=45)
    by = models.ForeignKey(Person, verbose_name="人员", null=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField("来源地址", max_length=45, blank=True)
    deed = models.CharField("动作", max_length=80)
    since = models.DateTimeField("首次")
    last = models.DateTimeField("最近")
    times = models.PositiveIntegerField("重复", default=0)
    subjects = models.JSONField("对象", default=list)

    class Meta:
        verbose_name = "被拒绝的操作"
        constraints = [models.UniqueConstraint(fields=["who", "deed"], name="one_count_of_a_denied_deed")]

    def __str__(self) -> str:
        return f"{self.who} {self.deed}"
