"""Enterprises 企业, known once for every department by their 统一社会信用代码."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from luodi.kernel.identifiers import CreditCode, IdentifierError
from luodi.kernel.models import Division


def valid_credit_code(text: str) -> None:
    """Raises ValidationError with the check that failed."""
    try:
        CreditCode(text)
    except IdentifierError as fault:
        raise ValidationError(str(fault)) from fault


class Enterprise(models.Model):
    """An enterprise as it is registered 登记名录. Money is in whole 分; what nobody knows is null, never 0.

    What only one department keeps of an enterprise stands in that department's scenario, by `uscc` or a link to here.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "在业"
        REVOKED = "revoked", "吊销"
        CANCELLED = "cancelled", "注销"

    class Scale(models.TextChoices):
        LARGE = "large", "大型"
        MEDIUM = "medium", "中型"
        SMALL = "small", "小型"
        MICRO = "micro", "微型"

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True, validators=[valid_credit_code])
    name = models.CharField("企业名称", max_length=100)
    division = models.ForeignKey(
        Division, verbose_name="区划", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField("地址", max_length=120, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    status = models.CharField("登记状态", max_length=10, choices=Status.choices, default=Status.ACTIVE)
    industry = models.CharField("行业门类", max_length=1, blank=True, help_text="GB/T 4754 的门类字母 A—T")
    scale = models.CharField("规模", max_length=8, choices=Scale.choices, blank=True)
    is_above_scale = models.BooleanField("规模以上", null=True, blank=True)
    registered_on = models.DateField("成立", null=True, blank=True)
    employees = models.PositiveIntegerField("从业人数", null=True, blank=True)
    revenue_fen = models.BigIntegerField("上年营业收入", null=True, blank=True)
    rd_fen = models.BigIntegerField("上年研发投入", null=True, blank=True)
    tags = models.JSONField("标签", default=list, blank=True, help_text="高新技术企业、专精特新、规上工业……")

    class Meta:
        ordering = ["uscc"]
        verbose_name = "企业"
        # those that a policy or a draw chooses from
        indexes = [models.Index(fields=["status", "industry"], name="enterprises_by_industry")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def facts(self) -> dict[str, Any]:
        """What conditions of a policy may ask about; an unknown fact is None."""
        return {
            "industry": self.industry or None,
            "scale": self.scale or None,
            "division": self.division.code if self.division else None,
            "status": self.status,
            "registered_on": self.registered_on.isoformat() if self.registered_on else None,
            "employees": self.employees,
            "revenue_fen": self.revenue_fen,
            "rd_fen": self.rd_fen,
            "tags": list(self.tags),
        }
