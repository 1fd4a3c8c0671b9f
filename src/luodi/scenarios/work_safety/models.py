"""Risk points, their checks, hidden dangers, inspections and accidents. Money is in whole 分; what nobody knows is null."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from luodi.kernel.models import Division, RulesetVersion, Unit
from luodi.scenarios.work_safety.rules import accidents, risks
from luodi.scenarios.work_safety.rules.machine import SECTORS
from luodi.shapes.cases.models import Case
from luodi.shapes.registers.models import Enterprise


class RiskPoint(models.Model):
    """A risk point 风险点. Score and colour follow from the factors by the ruleset named, and are never typed."""

    code = models.CharField("风险点编号", max_length=30, unique=True)
    firm = models.ForeignKey(Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="risks")
    name = models.CharField("风险点", max_length=80)
    place = models.CharField("部位", max_length=80, blank=True)
    activity = models.CharField("作业活动", max_length=80, blank=True)
    sector = models.CharField("行业领域", max_length=10, choices=SECTORS)
    method = models.CharField("评估方法", max_length=3, choices=risks.METHODS, default=risks.LEC)
    likely = models.DecimalField("L 可能性", max_digits=4, decimal_places=1)
    exposed = models.DecimalField("E 暴露频繁程度", max_digits=4, decimal_places=1, null=True, blank=True)
    grave = models.DecimalField("C 后果", max_digits=5, decimal_places=1, null=True, blank=True)
    severe = models.DecimalField("S 严重性", max_digits=2, decimal_places=0, null=True, blank=True)
    score = models.DecimalField("风险值", max_digits=8, decimal_places=2, editable=False, default=0)
    level = models.CharField("风险等级", max_length=6, choices=risks.LEVELS, editable=False)
    residual_likely = models.DecimalField("剩余 L", max_digits=4, decimal_places=1, null=True, blank=True)
    residual_score = models.DecimalField(
        "剩余风险值", max_digits=8, decimal_places=2, null=True, editable=False
    )
    residual_level = models.CharField(
        "剩余等级", max_length=6, choices=risks.LEVELS, blank=True, editable=False
    )
    engineering = models.CharField("工程措施", max_length=200, blank=True)
    management = models.CharField("管理措施", max_length=200, blank=True)
    training = models.CharField("培训教育", max_length=200, blank=True)
    protection = models.CharField("个体防护", max_length=200, blank=True)
    emergency = models.CharField("应急处置", max_length=200, blank=True)
    owner = models.CharField("责任人", max_length=40, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    assessed_on = models.DateField("评估日期")
    reassess_on = models.DateField("应重新评估", editable=False)
    next_check_on = models.DateField("下次自查", editable=False)
    ruleset = models.ForeignKey(
        RulesetVersion,
        verbose_name="规则",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "风险点"
        # the map and the table by colour
        indexes = [models.Index(fields=["is_active", "level"], name="risks_by_level")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(lon=None) & Q(lat=None)) | (Q(lon__range=(73, 136)) & Q(lat__range=(3, 54))),
                name="a_risk_lies_in_china", violation_error_message="坐标应在中国境内。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def control(self) -> str:
        """At which level of the enterprise it is controlled 管控层级."""
        return risks.CONTROL.get(self.level, "")

    @property
    def factors(self) -> dict[str, Any]:
        return {"l": self.likely, "e": self.exposed, "c": self.grave, "s": self.severe}


class SelfCheck(models.Model):
    """One check that an enterprise owed on a risk point 自查: done, or missed."""

    risk = models.ForeignKey(
        RiskPoint, verbose_name="风险点", on_delete=models.PROTECT, related_name="checks"
    )
    due_on = models.DateField("应查")
    done_on = models.DateField("实查", null=True, blank=True)
    is_sound = models.BooleanField("未发现问题", null=True, blank=True)
    by_name = models.CharField("检查人", max_length=40, blank=True)
    words = models.CharField("情况", max_length=200, blank=True)
    is_missed = models.BooleanField("未按时自查", default=False)

    class Meta:
        ordering = ["-due_on", "-id"]
        verbose_name = "企业自查"
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "due_on"], condition=Q(done_on=None), name="missed_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk} {self.due_on}"


class Inspection(models.Model):
    """A visit of officials 执法检查: at least two inspectors, what was found, what was imposed."""

    number = models.CharField("检查编号", max_length=30, unique=True)
    firm = models.ForeignKey(
        Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="safety_inspections"
    )
    unit = models.ForeignKey(Unit, verbose_name="检查单位", on_delete=models.PROTECT, related_name="+")
    sector = models.CharField("行业领域", max_length=10, choices=SECTORS)
    on = models.DateField("检查日期")
    inspectors = models.CharField("检查人员", max_length=80, help_text="两名以上，用、分开")
    is_sound = models.BooleanField("未发现问题", null=True, blank=True)
    words = models.CharField("检查情况", max_length=300, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    penalty_no = models.CharField("处罚决定书", max_length=40, blank=True)
    penalty_on = models.DateField("处罚日期", null=True, blank=True)
    fine_fen = models.BigIntegerField("罚款", null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = "执法检查"
        indexes = [models.Index(fields=["firm", "penalty_on"], name="penalties_of_a_firm")]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(filed_on__gte=F("on")), name="filed_after_the_visit",
                violation_error_message="立案日期早于检查日期。",
            ),
            models.CheckConstraint(
                condition=(Q(penalty_on=None) & Q(penalty_no="")) | (Q(penalty_on__isnull=False) & ~Q(penalty_no="")),
                name="a_penalty_has_number_and_day", violation_error_message="处罚决定书和处罚日期要么都填，要么都不填。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.firm}"

    def clean(self) -> None:
        names = {name.strip() for name in self.inspectors.replace("，", "、").split("、") if name.strip()}
        if len(names) < 2:
            raise ValidationError({"inspectors": "执法检查须两名以上检查人员，用、分开。"})


class Danger(Case):
    """A hidden danger 隐患. The plan's five stand in columns of their own; without them a major one is not being mended."""

    firm = models.ForeignKey(
        Enterprise,
        verbose_name="企业",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dangers",
    )
    risk = models.ForeignKey(
        RiskPoint,
        verbose_name="风险点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dangers",
    )
    inspection = models.ForeignKey(
        Inspection,
        verbose_name="来自检查",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dangers",
    )
    rule = models.CharField("判定条目", max_length=20, blank=True)
    fix_by = models.DateField("整改期限", null=True, blank=True)
    fix_days = models.PositiveIntegerField("整改天数", null=True, blank=True)
    fix_measures = models.TextField("整改措施", blank=True)
    fix_funds_fen = models.BigIntegerField("整改资金", null=True, blank=True)
    fix_person = models.CharField("责任人", max_length=60, blank=True)
    fix_plan = models.TextField("应急预案", blank=True)
    is_told = models.BooleanField("已向从业人员通报", null=True, blank=True)
    potential_deaths = models.PositiveIntegerField("可能造成死亡人数", null=True, blank=True)
    listing = models.CharField("挂牌级别", max_length=10, blank=True)
    notice_no = models.CharField("挂牌通知书", max_length=40, blank=True)
    strike_notice = models.CharField("核销公告", max_length=60, blank=True)
    graded_on = models.DateField("分级日期", null=True, blank=True)
    listed_on = models.DateField("挂牌日期", null=True, blank=True)
    announced_on = models.DateField("公布日期", null=True, blank=True)
    struck_on = models.DateField("核销日期", null=True, blank=True)
    overdue_on = models.DateField(
        "超期日期", null=True, blank=True, help_text="the day it should have been mended by, once that passed"
    )
    mending_days = models.PositiveIntegerField("整改用时（日）", null=True, blank=True)
    shown_photos = models.JSONField("已用作整改证明的照片", default=list, blank=True, help_text="SHA-256")

    class Meta:
        verbose_name = "隐患"
        indexes = [models.Index(fields=["firm", "listed_on"], name="dangers_of_a_firm")]

    @property
    def firm_shown(self) -> str:
        return self.firm.name if self.firm else ""

    @property
    def five(self) -> list[tuple[str, str]]:
        """五落实 as far as it stands: each of the five with its words, "" for what is missing."""
        funds = "" if self.fix_funds_fen is None else f"{self.fix_funds_fen / 1_000_000:g} 万元"
        by = self.fix_by.isoformat() if self.fix_by else ""
        return [
            ("措施", self.fix_measures),
            ("资金", funds),
            ("期限", by),
            ("责任人", self.fix_person),
            ("预案", self.fix_plan),
        ]


class Accident(models.Model):
    """An accident 生产安全事故 as it is counted. A figure that is not known yet is null, and its class only a least one."""

    number = models.CharField("事故编号", max_length=30, unique=True)
    name = models.CharField("事故名称", max_length=120)
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey(
        Enterprise,
        verbose_name="企业",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accidents",
    )
    sector = models.CharField("行业领域", max_length=10, choices=SECTORS)
    happened_on = models.DateField("发生日期")
    happened_time = models.TimeField("时刻", null=True, blank=True)
    report_minutes = models.PositiveIntegerField("报告用时（分钟）", null=True, blank=True)
    deaths = models.PositiveIntegerField("死亡人数", null=True, blank=True)
    injured = models.PositiveIntegerField("重伤人数", null=True, blank=True)
    loss_fen = models.BigIntegerField("直接经济损失", null=True, blank=True)
    cause = models.CharField("直接原因", max_length=300, blank=True)
    closed_on = models.DateField("调查结案", null=True, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = "生产安全事故"
        indexes = [models.Index(fields=["happened_on", "division"], name="accidents_of_a_span")]

    def __str__(self) -> str:
        return self.name

    @property
    def graded(self) -> accidents.Class:
        return accidents.classify(self.deaths, self.injured, self.loss_fen)

    @property
    def class_title(self) -> str:
        return self.graded.title

    @property
    def counts_until(self) -> date:
        return accidents.counts_until(self.happened_on, self.sector)


class YearBase(models.Model):
    """What rates of a year are over 年度基数: GDP and coal, as the statistics bureau published them."""

    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("截止日期", help_text="年度最后一天；年中为季度最后一天")
    gdp_yi = models.DecimalField(
        "地区生产总值（亿元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    coal_wan_t = models.DecimalField(
        "原煤产量（万吨）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    source = models.CharField("出处", max_length=120, blank=True)

    class Meta:
        ordering = ["-ended_on", "division"]
        verbose_name = "年度基数"
        constraints = [models.UniqueConstraint(fields=["division", "ended_on"], name="one_base_of_a_year")]

    def __str__(self) -> str:
        return f"{self.division} {self.ended_on.year}"
