"""Divisions 行政区划 and units 单位, both dated: a reform renames, it never rewrites history."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luodi.kernel import townships
from luodi.kernel.divisions import stem_of


class InForce(models.QuerySet):
    """Rows with `valid_from` and `valid_until` (first day in force, first day no longer in force)."""

    def on(self, day: date) -> InForce:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class Divisions(InForce):
    """Rows of the register of divisions."""

    def inside(self, above: Division) -> Divisions:
        """`above` itself and all that lies in it by its code. Zones lie over others and in none."""
        return self.filter(Q(pk=above.pk) | Q(code__startswith=stem_of(above.code), is_zone=False))


class Division(models.Model):
    """A division by GB/T 2260, a township below one, or a functional zone that lies over several (`is_zone`).

    What is counted in a township counts in the divisions above it, by `parent`.
    """

    class Kind(models.TextChoices):
        """What a township is (`kernel.townships`); empty from the county up."""

        SUBDISTRICT = townships.Kind.SUBDISTRICT, _("街道")
        TOWN = townships.Kind.TOWN, _("镇")
        TOWNSHIP = townships.Kind.TOWNSHIP, _("乡")
        ALIKE = townships.Kind.ALIKE, _("类似乡级单位")

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, blank=True)
    is_zone = models.BooleanField("功能区", default=False)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_until = models.DateField("停用", null=True, blank=True)

    objects = Divisions.as_manager()

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
    # on the unit that ended, so that several may be merged into one
    successor = models.ForeignKey(
        "self",
        verbose_name="更名或并入",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
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
