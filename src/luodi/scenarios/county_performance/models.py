"""What the evaluation of counties keeps itself: their own targets, who signed for which figures, pilot towns, honours."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from luodi.kernel.models import Division, Unit


class YearTarget(models.Model):
    """一区（县）一策: a county's own target of the year for an indicator of the scheme, by which it is judged instead."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.ForeignKey(Division, verbose_name="区县", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField("指标代号", max_length=40)
    title = models.CharField("指标", max_length=80)
    value = models.DecimalField("年度目标", max_digits=14, decimal_places=4)
    unit = models.CharField("单位", max_length=20, blank=True)
    document = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["-year", "division", "indicator"]
        verbose_name = "区县年度目标"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "division", "indicator"], name="one_target_a_county_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.year} {self.title}"


class Signing(models.Model):
    """部门签认: the unit that answers for an indicator has looked at all counties' figures of a year."""

    year = models.PositiveSmallIntegerField("年度")
    indicator = models.CharField("指标代号", max_length=40)
    title = models.CharField("指标", max_length=80)
    unit = models.ForeignKey(Unit, verbose_name="负责部门", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="签认人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("签认时间", null=True, blank=True)
    note = models.CharField("口径说明", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "indicator"]
        verbose_name = "部门签认"
        constraints = [models.UniqueConstraint(fields=["year", "indicator"], name="one_signing_an_indicator")]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class Town(models.Model):
    """“十镇百村” pilot 试点: a town or a village that counts towards the pilot."""

    class Kind(models.TextChoices):
        TOWN = "town", "试点镇"
        VILLAGE = "village", "试点村"

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=7, choices=Kind.choices)
    division = models.ForeignKey(Division, verbose_name="区县", on_delete=models.PROTECT, related_name="+")
    direction = models.CharField("发展方向", max_length=60, blank=True)
    leader = models.CharField("包抓领导", max_length=30, blank=True)
    listed_on = models.DateField("列入试点")
    plan_fen = models.BigIntegerField("年度计划投资", null=True, blank=True)

    class Meta:
        ordering = ["division", "kind", "name"]
        verbose_name = "十镇百村试点"
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="one_pilot_a_name")]

    def __str__(self) -> str:
        return self.name


class TownInvestment(models.Model):
    """What a pilot town's building cost in a month 小城镇建设投资; in whole 分, not cumulated."""

    town = models.ForeignKey(Town, verbose_name="试点", on_delete=models.PROTECT, related_name="investments")
    month = models.DateField("月份", help_text="first day of the month")
    project = models.CharField("项目", max_length=100)
    amount_fen = models.BigIntegerField("当月完成投资")
    evidence = models.CharField("凭据", max_length=100, blank=True)

    class Meta:
        ordering = ["-month", "town"]
        verbose_name = "小城镇建设投资"
        constraints = [
            models.UniqueConstraint(fields=["town", "project", "month"], name="one_sum_a_project_and_month"),
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="investment_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.town} {self.project} {self.month:%Y-%m}"

    def clean(self) -> None:
        if self.month and self.month > timezone.localdate():
            raise ValidationError({"month": "还没有到这个月。"})
        if self.month and self.month.day != 1:
            self.month = date(self.month.year, self.month.month, 1)


class Honour(models.Model):
    """A county in the province's lists 全省先进行列: of the best, or of those that rose most."""

    class Kind(models.TextChoices):
        BEST = "best", "先进"
        RISING = "rising", "争先进位"

    year = models.PositiveSmallIntegerField("考评年度")
    division = models.ForeignKey(Division, verbose_name="区县", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("名单", max_length=6, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    announced_on = models.DateField("公布")
    document = models.CharField("文件", max_length=120)

    class Meta:
        ordering = ["-announced_on", "rank"]
        verbose_name = "全省县域先进名单"
        constraints = [
            models.UniqueConstraint(fields=["year", "division", "kind"], name="one_honour_a_county_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.year} {self.get_kind_display()}"
