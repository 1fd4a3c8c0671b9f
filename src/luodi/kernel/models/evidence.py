"""Files that show a fact 佐证, and what a picture tells by itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils import timezone

from luodi.kernel.models.files import StoredFile

BANDS = (1, 5, 9, 13)
"""Where the four bands of a likeness begin: two that differ in at most three bits have one band in common."""


class Picture(models.Model):
    """What a photo says of itself, read once from its bytes and never typed by a person."""

    file = models.OneToOneField(
        StoredFile, verbose_name="文件", on_delete=models.PROTECT, related_name="picture"
    )
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    taken_at = models.DateTimeField("拍摄时间", null=True)
    latitude = models.FloatField("纬度", null=True, help_text="degrees, WGS 84")
    longitude = models.FloatField("经度", null=True, help_text="degrees, WGS 84")
    likeness = models.CharField(
        "相似码", max_length=16, blank=True, help_text="empty: too plain to be compared"
    )

    class Meta:
        verbose_name = "照片"
        # pictures that may look alike
        indexes = [
            models.Index(Substr("likeness", at, 4), name=f"pictures_alike_{band}")
            for band, at in enumerate(BANDS, start=1)
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.width}×{self.height}"


class Evidence(models.Model):
    """A file attached to any object, named by its model's label and its key. Withdrawn evidence stays on record."""

    label = models.CharField("对象类型", max_length=80, help_text="label of the model: app.model")
    key = models.PositiveBigIntegerField("对象")
    file = models.ForeignKey(
        StoredFile, verbose_name="文件", on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField("说明", max_length=200)
    away_m = models.PositiveIntegerField("距现场（米）", null=True, help_text="None: place or site unknown")
    is_public = models.BooleanField("可公开", default=False)
    at = models.DateTimeField("上传", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤回人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_why = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "佐证"
        verbose_name_plural = "佐证"
        constraints = [
            # also serves the list of one object
            models.UniqueConstraint(
                fields=["label", "key", "file"],
                condition=Q(withdrawn_at=None),
                name="evidence_once_an_object",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(is_public=False), name="withdrawn_is_never_public"
            ),
        ]

    def __str__(self) -> str:
        return self.title
