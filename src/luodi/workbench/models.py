"""What the workbench keeps for a person: views saved on a desk, keys to the machine API and to the calendar feed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SavedView(models.Model):
    """A desk as one person likes it: filters and order as the query of its address, and which columns.

    The view without a name is how the desk opens for this person.
    """

    person = models.ForeignKey(
        "kernel.Person", verbose_name="人员", on_delete=models.CASCADE, related_name="+"
    )
    desk = models.CharField("业务表", max_length=40)
    name = models.CharField("名称", max_length=40, blank=True)
    query = models.CharField("条件", max_length=1000, blank=True)
    columns = models.JSONField("栏目", default=list)

    class Meta:
        ordering = ["name"]
        verbose_name = "视图"
        constraints = [models.UniqueConstraint(fields=["person", "desk", "name"], name="one_view_of_a_name")]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key with which a program reads what its person sees. Only the hash of the key is kept."""

    person = models.ForeignKey(
        "kernel.Person", verbose_name="人员", on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField("用途", max_length=60)
    sha256 = models.CharField("指纹", max_length=64, unique=True)
    created_at = models.DateTimeField("签发", auto_now_add=True)
    revoked_at = models.DateTimeField("吊销", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "接口密钥"

    def __str__(self) -> str:
        return self.title


class CalendarKey(models.Model):
    """What stands in the address of a person's iCal feed; a new one makes the old address answer nothing."""

    person = models.OneToOneField(
        "kernel.Person", verbose_name="人员", on_delete=models.CASCADE, related_name="calendar_key"
    )
    key = models.CharField("密钥", max_length=64, unique=True)
    at = models.DateTimeField("生成", default=timezone.now)

    class Meta:
        verbose_name = "日历密钥"

    def __str__(self) -> str:
        return str(self.person)
