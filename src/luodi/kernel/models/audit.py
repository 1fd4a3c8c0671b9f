"""The log of every write: append-only, each entry sealed with the hash of the one before it."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One write by one person. `seal` is the hash over the previous seal and this entry's content."""

    at = models.DateTimeField("时间")
    by = models.CharField("操作人", max_length=40, blank=True)
    action = models.CharField("动作", max_length=80)
    subject = models.CharField("对象", max_length=80, blank=True)
    request = models.CharField("请求号", max_length=32)
    detail = models.JSONField("内容", default=dict)
    seal = models.CharField("封印", max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_of_a_subject"),
            models.Index(fields=["request"], name="audit_of_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.action} {self.subject}"


class ChainHead(models.Model):
    """The one row that holds the newest seal; locking it puts writers in a row."""

    seal = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)
