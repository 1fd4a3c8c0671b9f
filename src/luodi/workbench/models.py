"""What the workbench keeps for a person: views saved on a desk, keys to the machine API and the calendar, reminders by mail."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luodi.kernel.models.encrypted import EncryptedTextField


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


class Mailbox(models.Model):
    """Where a person's reminders go. `wants` false keeps the address and sends nothing."""

    person = models.OneToOneField(
        "kernel.Person", verbose_name="人员", on_delete=models.CASCADE, related_name="mailbox"
    )
    address = EncryptedTextField("邮箱")
    wants = models.BooleanField("接收提醒", default=True)

    class Meta:
        verbose_name = "提醒邮箱"

    def __str__(self) -> str:
        return str(self.person)


class Reminder(models.Model):
    """One day's mail to one person. A row is taken before the mail leaves, so that no death of a process sends it twice."""

    class State(models.TextChoices):
        LEAVING = "leaving", "正在发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "没有发出"

    person = models.ForeignKey(
        "kernel.Person", verbose_name="人员", on_delete=models.CASCADE, related_name="reminders"
    )
    day = models.DateField("日期")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.LEAVING)
    count = models.PositiveIntegerField("待办数")
    message = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ["-day"]
        verbose_name = "提醒邮件"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
