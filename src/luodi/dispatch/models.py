"""Meetings and what they decided, who answers for which unit, quarterly visits with sealed ballots, supervision orders."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.commitments.models import Commitment
from luodi.kernel.models import Division, RulesetVersion, Unit
from luodi.kernel.models.encrypted import EncryptedTextField
from luodi.kernel.models.places import InForce
from luodi.shapes.cases.models import Case
from luodi.shapes.projects.models import Problem, Project


def person(title: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=title, on_delete=models.PROTECT, related_name="+", **more
    )


class Oversight(models.Model):
    """A leader answers for a unit 分管, for a time."""

    leader = person("市领导")
    unit = models.ForeignKey(Unit, verbose_name="分管单位", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True, help_text="不再分管的第一天")

    objects = InForce.as_manager()

    class Meta:
        ordering = ["leader", "unit"]
        verbose_name = "分管"
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until=None), name="a_unit_has_one_leader"
            )
        ]

    def __str__(self) -> str:
        return f"{self.leader} {self.unit}"


class Meeting(models.Model):
    """A meeting of the rhythm. What it looked at is frozen when it is held: later repairs don't rewrite it."""

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("周调度")
        MONTHLY = "monthly", _("月开工")
        QUARTERLY = "quarterly", _("季观摩")
        YEARLY = "yearly", _("年考核")

    class State(models.TextChoices):
        PLANNED = "planned", _("已通知")
        HELD = "held", _("已召开")
        CANCELLED = "cancelled", _("已取消")

    kind = models.CharField("类型", max_length=9, choices=Kind.choices)
    at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=80, blank=True)
    chair = person("主持", null=True, blank=True)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.PLANNED)
    items = models.JSONField("议题", default=list, help_text="what was looked at, as it stood that day")
    words = models.TextField("会议要点", blank=True)
    by = person("登记人")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "调度会"
        constraints = [models.UniqueConstraint(fields=["kind", "at"], name="a_meeting_at_a_time")]

    def __str__(self) -> str:
        return f"{timezone.localdate(self.at):%Y-%m-%d} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("dispatch:meeting", args=[self.pk])


class Resolution(models.Model):
    """What a meeting settled 议定事项: one owner, one date. Of a project it is one of the project's problems, which then
    holds the dates; else it holds them itself. Every date promised stays."""

    meeting = models.ForeignKey(
        Meeting,
        verbose_name="会议",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolutions",
    )
    key = models.CharField(
        "针对", max_length=80, blank=True, help_text="the item of the week that it answers"
    )
    subject = models.CharField("事项", max_length=200)
    words = models.CharField("要求", max_length=300)
    owner = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    leader = person("包抓领导", null=True, blank=True)
    line = models.ForeignKey(
        Commitment,
        verbose_name="任务",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolutions",
    )
    problem = models.OneToOneField(
        Problem,
        verbose_name="项目问题",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolution",
    )
    due_on = models.DateField("期限")
    dates = models.JSONField("历次期限", default=list, help_text="ISO days, the newest last")
    done_on = models.DateField("办结", null=True, blank=True)
    result = models.CharField("结果", max_length=300, blank=True)
    made_on = models.DateField("议定", default=timezone.localdate)
    by = person("登记人")

    class Meta:
        ordering = ["done_on", "due_on", "id"]
        verbose_name = "议定事项"
        # what is open, for a unit's inbox and the next meeting
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="open_resolutions")
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("dispatch:resolution", args=[self.pk])

    @property
    def days_late(self) -> int:
        """Days past its date today, 0 while there is time."""
        return max(0, (timezone.localdate() - self.due_on).days)

    @property
    def promised(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.dates]


class Order(Case):
    """A supervision order 督办单, a case of the supervision office: `level` is its colour now, `worst` the worst it had."""

    line = models.ForeignKey(
        Commitment,
        verbose_name="任务",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    project = models.ForeignKey(
        Project, verbose_name="项目", null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    worst = models.CharField("曾到", max_length=8, blank=True)

    class Meta:
        verbose_name = "督办单"


class Visit(models.Model):
    """A quarter's visit 季观摩: stops on a route, judges, one sealed ballot of a judge for a stop."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备")
        OPEN = "open", _("评分中")
        CLOSED = "closed", _("已揭晓")

    title = models.CharField("观摩", max_length=80)
    quarter = models.DateField("季度", help_text="first day of the quarter")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.PLANNED)
    ruleset = models.ForeignKey(
        RulesetVersion, verbose_name="评分表", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("开始评分", null=True, blank=True)
    closed_at = models.DateTimeField("揭晓", null=True, blank=True)
    by = person("登记人")

    class Meta:
        ordering = ["-quarter", "-id"]
        verbose_name = "季观摩"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dispatch:visit", args=[self.pk])


class Stop(models.Model):
    """A project on the route, in its order."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="stops")
    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering = ["visit", "place"]
        verbose_name = "观摩点"
        constraints = [models.UniqueConstraint(fields=["visit", "project"], name="a_project_is_visited_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.project}"


class Judge(models.Model):
    """Who scores, and for which division or zone: nobody scores the own one."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="judges")
    person = person("评委")
    division = models.ForeignKey(
        Division, verbose_name="代表区划", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["visit", "person__login"]
        verbose_name = "评委"
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="a_judge_once")]

    def __str__(self) -> str:
        return str(self.person)


class Ballot(models.Model):
    """One judge's scores for one stop. Until the visit closes they are sealed: encrypted, and read by nobody; `seal` is their
    hash, which the judge was shown and can compare afterwards."""

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="ballots")
    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="ballots")
    sealed = EncryptedTextField("密封选票")
    seal = models.CharField("封签", max_length=64)
    scores = models.JSONField("得分", null=True, blank=True, help_text="{item: points}, once opened")
    at = models.DateTimeField("投票", default=timezone.now)

    class Meta:
        ordering = ["stop", "judge"]
        verbose_name = "评分票"
        constraints = [models.UniqueConstraint(fields=["stop", "judge"], name="one_ballot_of_a_judge")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.judge_id}"
