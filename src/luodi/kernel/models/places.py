"""Divisions 行政区划 and units 单位, both dated: a reform renames, it never rewrites history."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class InForce(models.QuerySet):
    """Rows with `valid_from` and `valid_until` (first day in force, first day no longer in force)."""

    def on(self, day: date) -> InForce:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class Division(models.Model):
    """A division by GB/T 2260, or a functional zone that lies over several (`is_zone`)."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_zone = models.BooleanField("功能区", default=False)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_until = models.DateField("停用", null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "行政区划"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit 单位 that can owe a commitment. `duties` is its own wording, used to suggest it for a task."""

    key = models.SlugField("代号", unique=True)
    name = models.CharField("名称", max_length=80)
    short_names = models.JSONField("简称", default=list)
    function = models.CharField("职能", max_length=40, blank=True)
    duties = models.TextField("职责", blank=True)
    division = models.ForeignKey(
        Division, verbose_name="所属区划", on_delete=models.PROTECT, related_name="units"
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name="前身",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    valid_from = models.DateField("设立", null=True, blank=True)
    valid_until = models.DateField("撤销", null=True, blank=True)
    order = models.PositiveIntegerField("排序", default=0)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name that tables and forms print: the usual short one where there is one."""
        return self.short_names[0] if self.short_names else self.name
