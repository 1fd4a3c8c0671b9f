"""What is planned and done: a year's investment plan, monthly reports with their corrections, milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Person
from luodi.shapes.projects.models.project import Project


class YearPlan(models.Model):
    """年度计划投资. `first_fen` is the plan as first set and never changes, `plan_fen` the one in force."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="plans")
    year = models.PositiveSmallIntegerField("年度")
    since = models.DateField("计划年初", help_text="January 1 of the year: from there the plan counts")
    plan_fen = models.BigIntegerField("年度计划投资")
    first_fen = models.BigIntegerField("年初下达的计划")
    months = models.JSONField(
        "分月累计计划",
        default=list,
        blank=True,
        help_text="12 cumulated amounts in 分, as first set; empty: the year is taken as even",
    )
    goal = models.CharField("年度建设目标", max_length=200, blank=True)

    class Meta:
        ordering = ["project", "year"]
        verbose_name = "年度计划"
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="one_plan_a_year")]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"

    @property
    def task(self) -> tuple[int, ...]:
        """The cumulated months of the plan in force: a changed plan stretches those first set."""
        return tuple(amount * self.plan_fen // self.months[-1] for amount in self.months if self.months[-1])


class MonthReport(models.Model):
    """月报: what was done since January, to the end of `month` (its first day). A correction is a new row with the next
    `revision`; the old one stays, no longer current. `month_fen` is the month's own, kept true by the actions."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="reports"
    )
    month = models.DateField("月份")
    revision = models.PositiveSmallIntegerField("版次", default=1)
    is_current = models.BooleanField("现行", default=True)
    why = models.CharField("更正理由", max_length=200, blank=True)

    ytd_fen = models.BigIntegerField("本年累计完成投资")
    month_fen = models.BigIntegerField("当月完成投资")
    building_fen = models.BigIntegerField("其中：建筑工程", null=True, blank=True)
    installing_fen = models.BigIntegerField("其中：安装工程", null=True, blank=True)
    equipment_fen = models.BigIntegerField("其中：设备工器具购置", null=True, blank=True)
    expenses_fen = models.BigIntegerField("其中：其他费用", null=True, blank=True)

    budget_fen = models.BigIntegerField("到位：国家预算内资金", null=True, blank=True)
    loans_fen = models.BigIntegerField("到位：国内贷款", null=True, blank=True)
    stocks_fen = models.BigIntegerField("到位：股票", null=True, blank=True)
    bonds_fen = models.BigIntegerField("到位：债券", null=True, blank=True)
    foreign_fen = models.BigIntegerField("到位：利用外资", null=True, blank=True)
    own_fen = models.BigIntegerField("到位：自筹资金", null=True, blank=True)
    other_fen = models.BigIntegerField("到位：其他资金", null=True, blank=True)
    stat_fen = models.BigIntegerField("统计上报累计投资", null=True, blank=True)

    progress = models.TextField("形象进度", blank=True)
    next_steps = models.TextField("下月计划", blank=True)
    quantity = models.DecimalField("当月产量", max_digits=16, decimal_places=2, null=True, blank=True)
    output_fen = models.BigIntegerField("当月产值", null=True, blank=True)
    tax_fen = models.BigIntegerField("当月税收", null=True, blank=True)

    by = models.ForeignKey(
        Person, verbose_name="填报人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("填报", auto_now_add=True)

    class Meta:
        ordering = ["project", "month", "revision"]
        verbose_name = "项目月报"
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "revision"], name="one_report_a_revision"),
            models.UniqueConstraint(
                fields=["project", "month"], condition=Q(is_current=True), name="one_current_report_a_month"
            ),
        ]
        # the city's month
        indexes = [models.Index(fields=["month", "is_current"], name="reports_of_a_month")]

    def __str__(self) -> str:
        return f"{self.project} {self.month:%Y-%m}"


class Milestone(models.Model):
    """节点. `due_on` is the plan in force, `first_due_on` as first set. `mark` says which light of the rules it answers to."""

    class Mark(models.TextChoices):
        START = "start", "开工"
        ENTRY = "entry", "入库纳统"
        FINISH = "finish", "建成"
        OPERATE = "operate", "投产"
        OTHER = "other", "其他"

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField("节点", max_length=80)
    mark = models.CharField("类别", max_length=8, choices=Mark.choices, default=Mark.OTHER)
    due_on = models.DateField("计划完成")
    first_due_on = models.DateField("年初计划", editable=False)
    reached_on = models.DateField("实际完成", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["project", "due_on", "pk"]
        verbose_name = "节点"
        constraints = [models.UniqueConstraint(fields=["project", "title"], name="one_milestone_a_title")]
        # what is due
        indexes = [models.Index(fields=["reached_on", "due_on"], name="milestones_due")]

    def __str__(self) -> str:
        return self.title
