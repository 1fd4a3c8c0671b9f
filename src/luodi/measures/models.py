"""Series of numbers 指标数值: every one with what it was computed from, and every earlier revision kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.commitments.models import Target
from luodi.kernel.models import Division, StoredFile, Unit


class Series(models.Model):
    """An indicator 指标: one that a scenario declares and an engine counts, or one that a bureau publishes."""

    class Origin(models.TextChoices):
        COUNTED = "counted", _("由业务计算")
        PUBLISHED = "published", _("部门发布")

    class Better(models.TextChoices):
        UP = "up", _("越高越好")
        DOWN = "down", _("越低越好")
        NEAR = "near", _("适度")

    class Period(models.TextChoices):
        MONTH = "month", _("按月")
        QUARTER = "quarter", _("按季")
        YEAR = "year", _("按年")

    class Span(models.TextChoices):
        PERIOD = "period", _("当期")
        YEAR = "year", _("年初累计")
        EVER = "ever", _("期末累计")

    key = models.CharField("代号", max_length=60, unique=True)
    title = models.CharField("指标", max_length=120)
    unit = models.CharField("单位", max_length=30, blank=True)
    origin = models.CharField("来源", max_length=9, choices=Origin.choices)
    better = models.CharField("方向", max_length=4, choices=Better.choices, default=Better.UP)
    period = models.CharField("频度", max_length=7, choices=Period.choices, default=Period.MONTH)
    span = models.CharField("口径", max_length=6, choices=Span.choices, default=Span.YEAR)
    publisher = models.CharField("发布单位", max_length=80, blank=True)
    about = models.CharField("说明", max_length=400, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name = "指标"
        verbose_name_plural = "指标"

    def __str__(self) -> str:
        return self.title


class Value(models.Model):
    """One number of a series for a division (and a unit), and a period, in one revision. Never changed, only followed.

    `value` is None when it can't be known, and `why_null` then says why. `lineage` tells of a counted one: the
    tables, the filters in words, how many records, which engine; of a published one: sheet, row.
    """

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", _("初步")
        FINAL = "final", _("最终")

    series = models.ForeignKey(Series, verbose_name="指标", on_delete=models.PROTECT, related_name="values")
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.DateField("期", help_text="first day of the month, quarter or year")
    revision = models.PositiveSmallIntegerField("第几次", default=1)
    is_current = models.BooleanField("现行", default=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True)
    numerator = models.DecimalField("分子", max_digits=20, decimal_places=6, null=True)
    denominator = models.DecimalField("分母", max_digits=20, decimal_places=6, null=True)
    growth = models.DecimalField(
        "同比（发布）", max_digits=12, decimal_places=4, null=True, help_text="%, as the bureau prints it"
    )
    why_null = models.CharField("无数值原因", max_length=200, blank=True)
    status = models.CharField("状态", max_length=11, choices=Status.choices, default=Status.FINAL)
    cut_off = models.DateTimeField("数据截止")
    ruleset = models.CharField("规则", max_length=120, blank=True)
    lineage = models.JSONField("来历", default=dict)
    file = models.ForeignKey(
        StoredFile, verbose_name="文件", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("记录时间", default=timezone.now)
    changed_at = models.DateTimeField("变动时间", auto_now=True)

    class Meta:
        ordering = ["series", "division", "owner", "period", "-revision"]
        verbose_name = "指标数值"
        verbose_name_plural = "指标数值"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "division", "period", "revision"], condition=Q(owner=None), name="one_revision"
            ),
            models.UniqueConstraint(
                fields=["series", "division", "owner", "period", "revision"], name="one_revision_a_unit"
            ),
            models.UniqueConstraint(
                fields=["series", "division", "period"], condition=Q(is_current=True, owner=None), name="one_current"
            ),
            models.UniqueConstraint(
                fields=["series", "division", "owner", "period"], condition=Q(is_current=True), name="one_current_a_unit"
            ),
            models.CheckConstraint(condition=Q(value__isnull=False) | ~Q(why_null=""), name="no_value_has_its_reason"),
        ]  # fmt: skip
        # the newest number of every division
        indexes = [models.Index(fields=["series", "is_current", "period"], name="current_by_period")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.division_id} {self.period:%Y-%m}"


class Binding(models.Model):
    """Which series answers for a target of the plan 绑定, as a person settled it (`binding.suggested` only proposes).

    The target is named without a constraint of the database: undoing an edit deletes a line's targets and puts them
    back under their own keys, and the binding has to outlive that.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("不用")

    target = models.ForeignKey(
        Target, verbose_name="目标", on_delete=models.DO_NOTHING, db_constraint=False, related_name="bindings"
    )
    series = models.ForeignKey(Series, verbose_name="指标", on_delete=models.PROTECT, related_name="bindings")
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=9, choices=State.choices)
    score = models.FloatField("相似", null=True)
    why = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ["target", "-score", "id"]
        verbose_name = "指标绑定"
        verbose_name_plural = "指标绑定"
        constraints = [
            models.UniqueConstraint(fields=["target", "series", "division"], name="bound_once"),
            models.CheckConstraint(
                condition=Q(state="suggested") | Q(by__isnull=False), name="a_person_settles"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} ← {self.series_id}"
