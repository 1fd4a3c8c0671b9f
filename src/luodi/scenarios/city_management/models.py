"""Grids, components and cases of digital city management. Codes are checked by `rules.codes`, borders by `rules.geometry`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from luodi.kernel.models import Division, Person, Unit
from luodi.kernel.models.places import InForce
from luodi.scenarios.city_management.rules import codes, geometry
from luodi.scenarios.city_management.rules.classes import CATEGORIES
from luodi.shapes.cases.models import Case


class DutyGrid(models.Model):
    """The ground of one collector 责任网格: a set of unit grids."""

    code = models.CharField("责任网格编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    collector = models.ForeignKey(
        Person,
        verbose_name="采集员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duty_grids",
    )

    class Meta:
        ordering = ["code"]
        verbose_name = "责任网格"

    def __str__(self) -> str:
        return self.name


class UnitGrid(models.Model):
    """A unit grid 单元网格 of about 100 m by 100 m. `border` is a ring of [lon, lat]; its box is kept for quick look-up."""

    code = models.CharField("网格编码", max_length=20, unique=True)
    scheme = models.CharField(
        "编码规则",
        max_length=8,
        default="cjt213",
        choices=[(key, title) for key, (title, _) in codes.GRID_SCHEMES.items()],
    )
    name = models.CharField("名称", max_length=60, blank=True)
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    street = models.CharField("街道", max_length=60, blank=True)
    community = models.CharField("社区", max_length=60, blank=True)
    duty = models.ForeignKey(
        DutyGrid,
        verbose_name="责任网格",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grids",
    )
    border = models.JSONField("边界", default=list)
    west = models.FloatField("西", editable=False, default=0)
    south = models.FloatField("南", editable=False, default=0)
    east = models.FloatField("东", editable=False, default=0)
    north = models.FloatField("北", editable=False, default=0)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_until = models.DateField("停用", null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "单元网格"
        # the grid of a point: those whose box holds it
        indexes = [models.Index(fields=["west", "east"], name="grids_by_box")]

    def __str__(self) -> str:
        return self.name or self.code

    def clean(self) -> None:
        try:
            parts = codes.grid_code(self.code, self.scheme)
        except codes.WrongCode as wrong:
            raise ValidationError({"code": str(wrong)}) from wrong
        if self.division_id and parts.division != self.division.code[:6]:
            raise ValidationError(
                {"code": f"前 6 位 {parts.division} 不是{self.division}的区划代码 {self.division.code[:6]}。"}
            )
        if fault := geometry.ring_fault(self.border):
            raise ValidationError({"border": fault})

    @property
    def area_m2(self) -> int:
        return round(geometry.area_m2(self.border))


class Component(models.Model):
    """A piece of city furniture 部件, with the fields of the standard's own data set (ObjID, DeptCode1…, BGID, ObjState…)."""

    class State(models.TextChoices):
        SOUND = "sound", "完好"
        BROKEN = "broken", "破损"
        LOST = "lost", "丢失"
        BLOCKED = "blocked", "占用"

    code = models.CharField("部件编码", max_length=16, unique=True)
    scheme = models.CharField(
        "编码规则",
        max_length=8,
        default="cjt214",
        choices=[(key, title) for key, (title, _) in codes.COMPONENT_SCHEMES.items()],
    )
    name = models.CharField("名称", max_length=60)
    category = models.CharField("小类", max_length=20, choices=CATEGORIES, blank=True, editable=False)
    grid = models.ForeignKey(
        UnitGrid, verbose_name="所在单元网格", on_delete=models.PROTECT, related_name="components"
    )
    in_charge = models.ForeignKey(
        Unit, verbose_name="主管部门", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.CharField("权属单位", max_length=80, blank=True)
    keeper = models.CharField("养护单位", max_length=80, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.SOUND)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    placed_on = models.DateField("初始日期", null=True, blank=True)
    changed_on = models.DateField("变更日期", null=True, blank=True)
    data_source = models.CharField("数据来源", max_length=20, blank=True, help_text="实测、地形图……")
    note = models.CharField("备注", max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "部件"
        indexes = [models.Index(fields=["category", "state"], name="components_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(placed_on=None) | Q(changed_on=None) | Q(changed_on__gte=F("placed_on")),
                name="component_changed_after_placed", violation_error_message="变更日期早于初始日期。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    @property
    def division(self) -> Division:
        return self.grid.division

    def clean(self) -> None:
        try:
            parts = codes.component_code(self.code, self.scheme)
        except codes.WrongCode as wrong:
            raise ValidationError({"code": str(wrong)}) from wrong
        self.category = parts.category
        if not self.grid_id:
            return
        if fault := codes.disagreement(parts, codes.grid_code(self.grid.code, self.grid.scheme)):
            raise ValidationError({"code": fault})
        if (
            self.lon is not None
            and self.lat is not None
            and not geometry.contains(self.grid.border, self.lon, self.lat)
        ):
            raise ValidationError({"grid": "部件的坐标不在所填的单元网格里。"})


class CityCase(Case):
    """A case 案卷 of digital city management. Counts and promptness are written by the steps, never typed."""

    grid = models.ForeignKey(
        UnitGrid,
        verbose_name="单元网格",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    component = models.ForeignKey(
        Component, verbose_name="部件", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    standard = models.CharField("立案条件", max_length=20, blank=True)
    is_urgent = models.BooleanField("紧急", default=False)
    is_public_source = models.BooleanField("公众上报", default=False)
    is_marked = models.BooleanField("领导交办或媒体曝光", default=False)
    collector = models.ForeignKey(
        Person, verbose_name="采集员", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    dispatched_on = models.DateField("派遣日期", null=True, blank=True)
    suspended_on = models.DateField("缓办日期", null=True, blank=True)
    overdue_on = models.DateField(
        "超期日期",
        null=True,
        blank=True,
        help_text="the day it should have been handled by, once that passed",
    )
    handling_hours = models.DecimalField(
        "处置用时（小时）", max_digits=8, decimal_places=2, null=True, blank=True
    )
    faults = models.PositiveSmallIntegerField("弄虚作假、拒不处置次数", default=0)
    returns = models.PositiveSmallIntegerField("退单次数", default=0)
    is_verified_in_time = models.BooleanField("按时核实", null=True, blank=True)
    is_filed_in_time = models.BooleanField("按时立案", null=True, blank=True)
    is_checked_in_time = models.BooleanField("按时核查", null=True, blank=True)
    shown_photos = models.JSONField("已用作反馈的照片", default=list, blank=True, help_text="SHA-256")
    token = models.CharField("接口令牌", max_length=32, blank=True, db_index=True)

    class Meta:
        verbose_name = "城管案件"
        indexes = [
            # hot spots and the map
            models.Index(fields=["grid", "is_urgent"], name="city_cases_of_a_grid"),
            # counts of a span
            models.Index(fields=["dispatched_on"], name="city_cases_dispatched"),
        ]

    @property
    def reworks(self) -> int:
        return self.round - 1
