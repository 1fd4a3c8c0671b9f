"""The templates that a city drafts with; earlier ones stay."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.kernel.models import StoredFile


class Template(models.Model):
    """A Word document with 【标题】【副标题】【正文】; the newest of a form is in use."""

    class Form(models.TextChoices):
        PROGRESS = "progress", _("计划进展情况报告")
        REVIEW = "review", _("下年度报告（回顾部分）")

    form = models.CharField("用于", max_length=8, choices=Form.choices)
    file = models.ForeignKey(StoredFile, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["form", "-at", "-id"]
        verbose_name = "起草模板"

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.at:%Y-%m-%d}"
