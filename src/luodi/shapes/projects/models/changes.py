"""What goes otherwise than planned: problems to be coordinated, starts that are put off, changes of the plan."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Person, Unit
from luodi.kernel.models.approval import SecondPerson
from luodi.shapes.projects.life import wan
from luodi.shapes.projects.models.project import Project
from luodi.shapes.projects.rules import LEVELS


class Reason(models.TextChoices):
    """Why something is late, as the month's start list codes it."""

    LAND = "land", "土地"
    MONEY = "money", "资金"
    PAPERS = "papers", "手续"
    INVESTOR = "investor", "投资方"
    CLEARANCE = "clearance", "征迁"
    OTHER = "other", "其他"


class Problem(models.Model):
    """需协调问题: one owner, one date. `dates` are all the dates promised, oldest first; `due_on` is the last of them."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="problems"
    )
    words = models.TextField("问题")
    reason = models.CharField("类别", max_length=10, choices=Reason.choices, default=Reason.OTHER)
    first_level = models.PositiveSmallIntegerField("提出层级", choices=LEVELS, default=1)
    owner = models.ForeignKey(Unit, verbose_name="牵头解决单位", on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField("提出")
    raised_by = models.ForeignKey(Person, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("解决期限")
    dates = models.JSONField("历次期限", default=list)
    progress = models.TextField("最新进展", blank=True)
    solved_on = models.DateField("解决", null=True, blank=True)
    solution = models.TextField("解决情况", blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "需协调问题"
        constraints = [
            models.CheckConstraint(
                condition=Q(solved_on=None) | ~Q(solution=""), name="solved_problem_says_how",
                violation_error_message="解决了的问题要写明解决情况。",
            )
        ]  # fmt: skip
        # what is open, by owner
        indexes = [models.Index(fields=["solved_on", "due_on"], name="problems_open")]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def promised(self) -> list[date]:
        return [date.fromisoformat(each) for each in self.dates]


class StartDelay(models.Model):
    """Why a project on a month's start list did not start, and the new date."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="delays")
    month = models.DateField("月份", help_text="first day of the month whose list it is on")
    reason = models.CharField("原因", max_length=10, choices=Reason.choices)
    words = models.CharField("说明", max_length=200)
    new_on = models.DateField("新的开工日期")
    by = models.ForeignKey(
        Person, verbose_name="填报人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("填报", auto_now_add=True)

    class Meta:
        ordering = ["project", "month"]
        verbose_name = "未开工说明"
        constraints = [models.UniqueConstraint(fields=["project", "month"], name="one_delay_a_month")]

    def __str__(self) -> str:
        return f"{self.project} {self.month:%Y-%m} {self.get_reason_display()}"


class PlanChange(SecondPerson):
    """计划调整: one field of the plan, from a value to another, asked by one person and decided by another.

    `old` and `new` are kept as text (分, or a day); both are shown wherever the figure is used.
    """

    class Item(models.TextChoices):
        YEAR_PLAN = "year_plan", "年度计划投资"
        TOTAL = "total_fen", "总投资"
        START = "start_due_on", "计划开工"
        FINISH = "finish_due_on", "计划竣工"
        OPERATE = "operate_due_on", "计划投产"

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="changes"
    )
    item = models.CharField("调整项", max_length=16, choices=Item.choices)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    old = models.CharField("原值", max_length=30, blank=True)
    new = models.CharField("新值", max_length=30)

    class Meta(SecondPerson.Meta):
        abstract = False
        ordering = ["-id"]
        verbose_name = "计划调整"
        constraints = [
            *SecondPerson.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "item"], condition=Q(state="waiting"), name="one_change_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_item_display()}"

    @property
    def is_money(self) -> bool:
        return self.item in {self.Item.YEAR_PLAN, self.Item.TOTAL}

    @property
    def old_shown(self) -> str:
        return self.said(self.old)

    @property
    def new_shown(self) -> str:
        return self.said(self.new)

    def said(self, value: str) -> str:
        """A value as people read it: 万元 or the day."""
        if not value:
            return "待补"
        return f"{wan(int(value))} 万元" if self.is_money else value
