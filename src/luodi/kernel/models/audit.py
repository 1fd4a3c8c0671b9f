"""The log of every write: append-only, each entry sealed with the hash of the one before it."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.db import models


class SealedJSON(models.TextField):
    """JSON kept as the very text that is sealed, so that the seal can be checked without reading it as JSON."""

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def from_db_value(self, value: str, *_: Any) -> Any:
        return json.loads(value)


class AppendOnly(models.QuerySet):
    """Entries are added by `kernel.audit.record` and never changed or removed."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("an audit entry is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("an audit entry is never removed")


class AuditEntry(models.Model):
    """One write by one person. `seal` is the hash over the previous seal and this entry's content."""

    at = models.DateTimeField("时间")
    by = models.CharField("操作人", max_length=40, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=80)
    subject = models.CharField("对象", max_length=80, blank=True)
    request = models.CharField("请求号", max_length=32)
    detail = SealedJSON("内容", default=dict)
    seal = models.CharField("封印", max_length=64, unique=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_of_a_subject"),
            models.Index(fields=["request"], name="audit_of_a_request"),
            # the auditor's search: by person, by action, by time
            models.Index(fields=["by", "id"], name="audit_of_a_person"),
            models.Index(fields=["action", "id"], name="audit_of_an_action"),
            models.Index(fields=["at"], name="audit_of_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.action} {self.subject}"

    def save(self, **kwargs: Any) -> None:
        """Only to add: an entry that is there is never changed."""
        if not self._state.adding:
            raise TypeError("an audit entry is never changed")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("an audit entry is never removed")


class ChainHead(models.Model):
    """The one row that holds the newest seal; locking it puts writers in a row."""

    seal = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)
