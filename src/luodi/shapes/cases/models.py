"""Tables of the engine. A system's own case is a typed row over `Case`; history, shares of work and proof hang on `Case`.

Columns that follow from the history (state, clocks, outcome) are written by `actions` only, from the whole history.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from luodi.kernel import masking
from luodi.kernel.models import Division, Person, RulesetVersion, Unit
from luodi.kernel.models.encrypted import EncryptedTextField
from luodi.shapes.cases import clocks


class Case(models.Model):
    """One matter that somebody brought, with what its history makes of it. `kind` is the code of its declaration."""

    kind = models.CharField("类型", max_length=40)
    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容")
    category = models.CharField("类别", max_length=20, blank=True)
    level = models.CharField("等级", max_length=10, blank=True)
    channel = models.CharField("来源", max_length=20, blank=True)
    address = models.CharField("地点", max_length=120, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    division = models.ForeignKey(
        Division, verbose_name="区划", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    home = models.ForeignKey(Unit, verbose_name="受理单位", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        Unit, verbose_name="主办单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # who brought it: the least that the duty needs, encrypted, never on a public page
    reporter_name = EncryptedTextField("诉求人", blank=True, validators=[MaxLengthValidator(40)])
    reporter_phone = EncryptedTextField("联系电话", blank=True, validators=[MaxLengthValidator(20)])
    reporter_key = models.CharField(
        "诉求人标识", max_length=64, blank=True, help_text="tells the same bringer again without naming"
    )
    brought_from = models.ForeignKey(
        Unit, verbose_name="报送单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="null for one that the unit itself or the public brought",
    )  # fmt: skip
    is_sealed = models.BooleanField("保密", default=False)
    code_sha256 = models.CharField("查询码指纹", max_length=64, blank=True)
    failed_tries = models.PositiveSmallIntegerField("查询失败次数", default=0)

    # what the history makes of it
    state = models.CharField("状态", max_length=20)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    pending = models.CharField("待审批", max_length=20, blank=True)
    supervision = models.PositiveSmallIntegerField("督办级别", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=20, blank=True)
    is_resolved = models.BooleanField("已解决", null=True, blank=True)
    score = models.PositiveSmallIntegerField("满意度", null=True, blank=True)
    is_paused = models.BooleanField("中止", default=False)
    is_open = models.BooleanField("未结", default=True)
    review_on = models.DateField("复核日期", null=True, blank=True)
    ruleset = models.ForeignKey(
        RulesetVersion, verbose_name="规则", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parent = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", verbose_name="拆分自", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    received_at = models.DateTimeField("收到", default=timezone.now)
    # the days of what is counted by day: measures date their rows by them
    received_on = models.DateField("收到日期", null=True, blank=True)
    finished_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    started_at = models.DateTimeField("起算", null=True, blank=True)
    due_on = models.DateField("办结期限", null=True, blank=True)
    due_at = models.DateTimeField("期限届满", null=True, blank=True)
    soon_at = models.DateTimeField("过半", null=True, blank=True)
    urgent_at = models.DateTimeField("临期", null=True, blank=True)
    finished_at = models.DateTimeField("答复", null=True, blank=True)
    was_late = models.BooleanField("曾超期", null=True, blank=True)
    state_since = models.DateTimeField("本环节起", null=True, blank=True)
    state_due_at = models.DateTimeField("本环节期限", null=True, blank=True)
    clock_fault = models.CharField("期限未定原因", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name = "办件"
        indexes = [
            # the queue of a desk, what is due first
            models.Index(fields=["kind", "is_open", "due_at"], name="cases_of_a_queue"),
            # the board, and statistics by state
            models.Index(fields=["kind", "state"], name="cases_by_state"),
            # a desk as it opens, newest first; duplicates within a window
            models.Index(fields=["kind", "-received_at", "-id"], name="cases_newest_first"),
            # the same bringer again
            models.Index(fields=["reporter_key", "kind", "received_at"], name="cases_of_a_bringer"),
            # whose light turned: reminders
            models.Index(fields=["soon_at"], condition=Q(is_open=True), name="cases_that_turn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(1, 5)), name="a_score_is_one_to_five"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=models.F("id")), name="not_merged_into_itself"),
            models.CheckConstraint(
                condition=(Q(lon=None) & Q(lat=None)) | (Q(lon__range=(73, 136)) & Q(lat__range=(3, 54))),
                name="a_place_lies_in_china",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def contact_shown(self) -> str:
        """How a page names who brought it: masked, and nothing at all when sealed."""
        if self.is_sealed:
            return "已保密"
        name = masking.name(self.reporter_name) if self.reporter_name else ""
        return f"{name} {masking.phone(self.reporter_phone)}".strip() if self.reporter_phone else name

    def light_at(self, now: Any) -> clocks.Light:
        return clocks.light(
            now,
            started=self.started_at is not None,
            soon_at=self.soon_at,
            urgent_at=self.urgent_at,
            due_at=self.due_at,
            is_paused=self.is_paused,
            is_finished=self.finished_at is not None or not self.is_open,
            was_late=self.was_late,
        )


def case_link(name: str, verbose: str = "办件") -> models.ForeignKey:
    return models.ForeignKey(Case, verbose_name=verbose, on_delete=models.PROTECT, related_name=name)


class AppendOnly(models.QuerySet):
    """Rows that stand as they were written: bulk changes are refused here, single ones by the chain of seals."""

    def update(self, **_: Any) -> int:
        raise TypeError("the history of a case is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the history of a case is never removed")


class Step(models.Model):
    """One event of a case's history 经过. `seal` is the hash over the case's previous seal and this step."""

    case = case_link("steps")
    number = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        Person, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    units = models.JSONField("单位", default=list, help_text="keys of the units spoken for")
    move = models.CharField("步骤", max_length=30)
    source = models.CharField("原状态", max_length=20, blank=True)
    to = models.CharField("新状态", max_length=20)
    filled = models.JSONField("内容", default=dict)
    effect = models.CharField("时钟", max_length=10, blank=True)
    period = models.JSONField("期限", null=True, help_text='[7, "work_day"]')
    state_period = models.JSONField("环节期限", null=True)
    ruleset = models.IntegerField("规则版本", null=True)
    due_at = models.DateTimeField("当时期限", null=True, help_text="as it was reckoned then")
    seal = models.CharField("封印", max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["case", "number"]
        verbose_name = "经过"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_step_of_a_number")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.move}"


class Assignment(models.Model):
    """A unit's share of a case 派单: the lead's or a supporting one 会办. A new dispatch recalls the old ones."""

    class Part(models.TextChoices):
        LEAD = "lead", "主办"
        CO = "co", "会办"

    class State(models.TextChoices):
        SENT = "sent", "待签收"
        SIGNED = "signed", "已签收"
        RETURNED = "returned", "已退回"
        ANSWERED = "answered", "已反馈"
        RECALLED = "recalled", "已收回"

    case = case_link("assignments")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    part = models.CharField("分工", max_length=4, choices=Part.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.SENT)
    opinion = models.TextField("会办意见", blank=True)
    sent_at = models.DateTimeField("派单")
    changed_at = models.DateTimeField("更新")

    class Meta:
        ordering = ["case", "id"]
        verbose_name = "派单"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(part="lead", state__in=("sent", "signed", "answered")), name="one_lead_of_a_case"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "state", "case"], name="assignments_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_part_display()}"

    LIVE = (State.SENT, State.SIGNED, State.ANSWERED)


class Accused(models.Model):
    """A unit or person that a sealed case speaks of 被举报: to them the case does not exist."""

    case = case_link("accused")
    unit = models.ForeignKey(Unit, verbose_name="单位", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "被举报对象"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
                name="accused_is_a_unit_or_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.unit or self.person)


class Reminder(models.Model):
    """One reminder 催办 to the unit that has the case; at each turn of the light, and every day once overdue."""

    case = case_link("reminders")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    light = models.CharField("提醒", max_length=10, choices=[(light, light.title) for light in clocks.Light])
    on = models.DateField("日期")
    due_at = models.DateTimeField("期限")

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = "催办"
        constraints = [
            models.UniqueConstraint(fields=["case", "light", "due_at", "on"], name="reminded_once")
        ]
        indexes = [models.Index(fields=["unit", "-on"], name="reminders_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_light_display()}"

    @property
    def is_of_today(self) -> bool:
        return self.on == date.today()
