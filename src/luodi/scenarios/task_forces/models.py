"""Task forces, their members, their tasks as a tree, and what they say each week."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Division, Person, Unit
from luodi.shapes.projects.models import Project


class TaskForce(models.Model):
    """专班 for one large matter, often a project. `head` is the leader who answers for it."""

    number = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("专班", max_length=80)
    goal = models.CharField("目标", max_length=200)
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, verbose_name="围绕的项目", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    head = models.ForeignKey(Person, verbose_name="召集人", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Unit, verbose_name="牵头单位", on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField(Unit, verbose_name="成员单位", related_name="+", blank=True)
    document = models.CharField("组建文件", max_length=80, blank=True)
    formed_on = models.DateField("组建")
    ends_on = models.DateField("计划完成", null=True, blank=True)
    dissolved_on = models.DateField("撤销", null=True, blank=True)
    outcome = models.CharField("撤销时的结果", max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "专班"
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | ~Q(outcome=""), name="dissolved_force_says_how",
                violation_error_message="撤销专班要写明结果。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("formed_on")), name="force_ends_after_it_began",
                violation_error_message="计划完成早于组建日期。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """A task of a task force. One without parts is a grain 颗粒: one owner, one day, one proof (kernel evidence)."""

    force = models.ForeignKey(TaskForce, verbose_name="专班", on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey(
        "self", verbose_name="上级任务", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    title = models.CharField("任务", max_length=120)
    owner = models.ForeignKey(
        Person, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("时限", null=True, blank=True)
    first_due_on = models.DateField("原定时限", null=True, blank=True, editable=False)
    done_on = models.DateField("完成", null=True, blank=True)
    result = models.CharField("结果", max_length=200, blank=True)
    is_grain = models.BooleanField("最小颗粒", default=True, editable=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        ordering = ["force", "order", "pk"]
        verbose_name = "专班任务"
        constraints = [
            models.UniqueConstraint(fields=["force", "title"], name="one_task_a_title"),
            models.CheckConstraint(
                condition=Q(is_grain=True) | Q(owner=None, due_on=None, done_on=None), name="only_grains_are_owed",
                violation_error_message="有下级的任务不写责任人、时限和完成，都落在最小颗粒上。",
            ),
        ]  # fmt: skip
        # what a person owes
        indexes = [models.Index(fields=["owner", "done_on", "due_on"], name="grains_of_a_person")]

    def __str__(self) -> str:
        return self.title


class WeekNote(models.Model):
    """周报: what a task force did in a week, what holds it up, what comes next. Grains are counted, never typed."""

    force = models.ForeignKey(TaskForce, verbose_name="专班", on_delete=models.CASCADE, related_name="notes")
    week = models.DateField("周（周一）")
    done = models.TextField("本周进展")
    stuck = models.TextField("卡点和需协调事项", blank=True)
    following = models.TextField("下周安排", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="填报人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-week", "force"]
        verbose_name = "专班周报"
        constraints = [models.UniqueConstraint(fields=["force", "week"], name="one_note_a_week")]

    def __str__(self) -> str:
        return f"{self.force} {self.week}"
