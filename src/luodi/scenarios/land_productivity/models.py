"""Parcels, each firm's yearly figures from four departments, what its grade led to, and land that is put to better use."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from luodi.kernel.models import Division, Unit
from luodi.scenarios.land_productivity.rules import doubts
from luodi.shapes.registers.models import Enterprise


class Parcel(models.Model):
    """A parcel of industrial land 工业用地 and who uses it. Rented land counts, land sublet to others does not."""

    class Tenure(models.TextChoices):
        OWNED = "owned", "自有"
        RENTED = "rented", "租入"
        SUBLET = "sublet", "租出"

    parcel_no = models.CharField("宗地编号", max_length=40)
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="用地企业", on_delete=models.PROTECT, related_name="parcels"
    )
    division = models.ForeignKey(
        Division, verbose_name="所在区划或园区", on_delete=models.PROTECT, related_name="+"
    )
    tenure = models.CharField("取得方式", max_length=6, choices=Tenure.choices, default=Tenure.OWNED)
    area_mu = models.DecimalField("面积", max_digits=12, decimal_places=2)
    certificate = models.CharField("不动产权证号", max_length=60, blank=True)
    used_from = models.DateField("使用起", null=True, blank=True)
    used_until = models.DateField("使用止", null=True, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    class Meta:
        ordering = ["parcel_no", "id"]
        verbose_name = "工业用地"
        constraints = [
            models.UniqueConstraint(fields=["parcel_no", "enterprise", "tenure"], name="one_use_of_a_parcel"),
            models.CheckConstraint(condition=Q(area_mu__gt=0), name="parcel_has_an_area"),
        ]

    def __str__(self) -> str:
        return self.parcel_no

    def clean(self) -> None:
        if self.area_mu is not None and self.area_mu <= 0:
            raise ValidationError({"area_mu": "应大于 0 亩。"})
        if self.used_until and self.used_from and self.used_until < self.used_from:
            raise ValidationError({"used_until": "早于使用起。"})

    def counts_in(self, year: int) -> bool:
        """Whether it was in use at the year's end."""
        last = date(year, 12, 31)
        return (self.used_from is None or self.used_from <= last) and (
            self.used_until is None or self.used_until >= last
        )


class YearRecord(models.Model):
    """What departments know of a firm's year 年度数据. Each fills its own columns; what nobody knows is null, never 0.

    Money in whole 分. `tax_fen` is the tax that counts (评价税收), refunds taken off: it may be negative.
    """

    class Scale(models.TextChoices):
        LARGE = "large", "规上"
        SMALL = "small", "规下"

    class Exemption(models.TextChoices):
        STARTUP = "startup", "新投产宽限期"
        BUILDING = "building", "在建未投产"
        UTILITY = "utility", "公用事业"
        FAVOURED = "favoured", "税收优惠特殊企业"
        CLOSED = "closed", "停产关闭（不参评）"

    year = models.PositiveSmallIntegerField("年度")
    year_end = models.DateField("年末", editable=False)
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="land_years"
    )
    division = models.ForeignKey(
        Division, verbose_name="区划或园区", on_delete=models.PROTECT, related_name="+"
    )
    scale = models.CharField("规模", max_length=5, choices=Scale.choices)
    trade = models.CharField("行业大类", max_length=2, blank=True, help_text="GB/T 4754 的两位代码")
    began_on = models.DateField("投产", null=True, blank=True)
    is_first_above = models.BooleanField("首年升规", default=False)
    exemption = models.CharField("不评档", max_length=8, choices=Exemption.choices, blank=True)
    exempt_why = models.CharField("不评档依据", max_length=120, blank=True)
    land_mu = models.DecimalField("用地", max_digits=12, decimal_places=2, null=True, blank=True)
    tax_fen = models.BigIntegerField("评价税收", null=True, blank=True)
    added_fen = models.BigIntegerField("工业增加值", null=True, blank=True)
    revenue_fen = models.BigIntegerField("主营业务收入", null=True, blank=True)
    rd_fen = models.BigIntegerField("研发经费", null=True, blank=True)
    tech_fen = models.BigIntegerField("技改投入", null=True, blank=True)
    employees = models.PositiveIntegerField("年均从业人数", null=True, blank=True)
    power_kwh = models.DecimalField("用电量", max_digits=16, decimal_places=2, null=True, blank=True)
    energy_tce = models.DecimalField("能耗", max_digits=14, decimal_places=2, null=True, blank=True)
    emission_t = models.DecimalField("主要污染物排放", max_digits=14, decimal_places=4, null=True, blank=True)
    confirmed_on = models.DateField("企业确认", null=True, blank=True)
    evaluated_from = models.DateField("评价年度起", editable=False, help_text="the year after the data year")
    graded_on = models.DateField("定档", null=True, blank=True)

    class Meta:
        ordering = ["-year", "enterprise"]
        verbose_name = "亩均年度数据"
        constraints = [
            models.UniqueConstraint(fields=["year", "enterprise"], name="one_record_a_firm_and_year"),
        ]
        # all firms of a year and scale: what a scoring reads
        indexes = [models.Index(fields=["year", "scale"], name="land_years_by_scale")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"

    @property
    def lacks(self) -> list[str]:
        """Which departments have not filled their columns, in words."""
        return [
            title
            for title, names in SOURCES
            if any(getattr(self, name) is None for name in names[self.scale])
        ]

    @property
    def doubts(self) -> list[str]:
        """What deserves a second look before scoring; empty where nothing is odd."""
        return doubts(self)


SOURCES: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
    ("自然资源（用地）", {"large": ("land_mu",), "small": ("land_mu",)}),
    ("税务（税收）", {"large": ("tax_fen",), "small": ("tax_fen",)}),
    ("供电（用电、能耗）", {"large": ("power_kwh", "energy_tce"), "small": ("power_kwh",)}),
    ("生态环境（排放）", {"large": ("emission_t",), "small": ()}),
    ("统计（增加值等）", {"large": ("added_fen", "revenue_fen", "rd_fen", "employees"), "small": ()}),
)


class Outcome(models.Model):
    """A firm's grade of a year and what it led to 结果运用. `d_years` counts D years in a row, over predecessors too."""

    year = models.PositiveSmallIntegerField("年度")
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="land_outcomes"
    )
    division = models.ForeignKey(
        Division, verbose_name="区划或园区", on_delete=models.PROTECT, related_name="+"
    )
    scale = models.CharField("规模", max_length=5, choices=YearRecord.Scale.choices)
    grade = models.CharField("档次", max_length=1)
    score = models.DecimalField("得分", max_digits=8, decimal_places=2)
    last_grade = models.CharField("上年档次", max_length=1, blank=True)
    d_years = models.PositiveSmallIntegerField("连续D类年数", default=0)
    surcharge_li = models.PositiveIntegerField("电价加价（厘/千瓦时）", default=0)
    policies = models.JSONField("差别化政策", default=list)
    decided_on = models.DateField("定档")
    carried_out_on = models.DateField("政策落实", null=True, blank=True)
    left_d_how = models.CharField("退出D类方式", max_length=60, blank=True)

    class Meta:
        ordering = ["-year", "grade", "enterprise"]
        verbose_name = "亩均结果运用"
        constraints = [
            models.UniqueConstraint(fields=["year", "enterprise"], name="one_outcome_a_firm_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year} {self.grade}"


class Succession(models.Model):
    """A firm that took over another's land and plant under a new registration: D years go on counting."""

    old = models.ForeignKey(Enterprise, verbose_name="原企业", on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField(
        Enterprise, verbose_name="承继企业", on_delete=models.PROTECT, related_name="land_predecessor"
    )
    on = models.DateField("承继")
    document = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["-on"]
        verbose_name = "企业承继"
        constraints = [
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="no_firm_succeeds_itself")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class LowUseLand(models.Model):
    """低效用地: found, planned, carried out, accepted. Only accepted land counts as disposed of 处置."""

    class Reason(models.TextChoices):
        IDLE = "idle", "批而未建、闲置"
        STOPPED = "stopped", "停产停业"
        LOW = "low", "亩均评价 D 类"
        DENSITY = "density", "容积率、强度不达标"
        OUTDATED = "outdated", "不符合产业导向"

    class Way(models.TextChoices):
        RECOVER = "recover", "依法收回"
        BUY = "buy", "协商收购储备"
        TRANSFER = "transfer", "转让、司法处置"
        MERGE = "merge", "兼并重组"
        RAISE = "raise", "提容改造、追加投资"
        LEASE = "lease", "嫁接出租、引入新项目"

    class State(models.TextChoices):
        FOUND = "found", "已认定"
        PLANNED = "planned", "方案已定"
        WORKING = "working", "处置中"
        ACCEPTED = "accepted", "已验收销号"
        DROPPED = "dropped", "撤销认定"

    number = models.CharField("编号", max_length=20, unique=True)
    parcel_no = models.CharField("宗地编号", max_length=40)
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name="用地企业",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="low_use",
    )
    division = models.ForeignKey(
        Division, verbose_name="所在区划或园区", on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(Unit, verbose_name="处置单位", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("认定原因", max_length=8, choices=Reason.choices)
    area_mu = models.DecimalField("认定面积", max_digits=12, decimal_places=2)
    found_on = models.DateField("认定")
    way = models.CharField("处置方式", max_length=8, choices=Way.choices, blank=True)
    plan = models.CharField("处置方案", max_length=300, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.FOUND)
    disposed_mu = models.DecimalField("处置面积", max_digits=12, decimal_places=2, null=True, blank=True)
    accepted_on = models.DateField("验收", null=True, blank=True)
    result = models.CharField("处置结果", max_length=300, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    class Meta:
        ordering = ["due_on", "number"]
        verbose_name = "低效用地"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_on__isnull=False, disposed_mu__isnull=False),
                name="accepted_has_its_day_and_area",
            ),
            models.CheckConstraint(condition=Q(area_mu__gt=0), name="low_use_has_an_area"),
        ]
        # what is open and until when
        indexes = [models.Index(fields=["state", "due_on"], name="low_use_by_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.parcel_no}"

    def clean(self) -> None:
        if self.area_mu is not None and self.area_mu <= 0:
            raise ValidationError({"area_mu": "应大于 0 亩。"})
        if self.disposed_mu is not None and self.area_mu is not None and self.disposed_mu > self.area_mu:
            raise ValidationError({"disposed_mu": f"不能大于认定面积 {self.area_mu} 亩。"})

    @property
    def is_late(self) -> bool:
        return (
            self.state not in {self.State.ACCEPTED, self.State.DROPPED}
            and self.due_on is not None
            and self.due_on < date.today()
        )
