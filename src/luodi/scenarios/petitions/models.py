"""Petitions over the shape of cases; the ledger of old cases 积案; sittings where leaders receive or units meet.

Nothing here counts people: a repeat points to the first petition of its matter.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.scenarios.petitions.rules import words
from luodi.shapes.cases.models import Case


class Petition(Case):
    """One petition 信访事项. Days and conclusions are written by its steps; `matter` is the first petition of the same matter."""

    stream = models.CharField("信访类型", max_length=12, choices=words.STREAMS)
    nature = models.CharField("初重", max_length=8, blank=True, choices=words.NATURES)
    matter = models.ForeignKey(
        "self", verbose_name="同一事项的首件", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )  # fmt: skip
    people = models.PositiveIntegerField("信访人数", null=True, blank=True)
    representatives = models.PositiveSmallIntegerField("代表人数", null=True, blank=True)
    upper_number = models.CharField("上级编号", max_length=40, blank=True)
    against = models.ForeignKey(
        Unit, verbose_name="被反映单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="检举控告类：该单位看不到这件",
    )  # fmt: skip
    asks_secrecy = models.BooleanField("要求保密", default=False)
    is_unreachable = models.BooleanField("姓名或住址不清", default=False)
    is_urgent = models.BooleanField("重大紧急", default=False)
    # what the steps made of it
    manner = models.CharField("转送或交办", max_length=8, blank=True, choices=words.MANNERS)
    route = models.CharField("途径", max_length=16, blank=True, choices=words.ROUTES)
    refusal = models.CharField("不予受理情形", max_length=12, blank=True, choices=words.REFUSALS)
    organ = models.CharField("移送机关", max_length=16, blank=True, choices=words.ORGANS)
    transferred_on = models.DateField("转送", null=True, blank=True)
    decided_on = models.DateField("受理决定", null=True, blank=True)
    notified_on = models.DateField("书面告知", null=True, blank=True)
    decided_late = models.BooleanField("受理决定超期", null=True, blank=True)
    replied_on = models.DateField("作出处理意见", null=True, blank=True)
    replied_late = models.BooleanField("答复超期", null=True, blank=True)
    served_on = models.DateField("送达", null=True, blank=True)
    executed_on = models.DateField("落实", null=True, blank=True)
    finding = models.CharField("复查结论", max_length=12, blank=True, choices=words.FINDINGS)
    reviewed_on = models.DateField("复查", null=True, blank=True)
    recheck_finding = models.CharField("复核结论", max_length=12, blank=True, choices=words.FINDINGS)
    rechecked_on = models.DateField("复核", null=True, blank=True)
    reported_up_on = models.DateField("重大紧急报告", null=True, blank=True)

    class Meta:
        verbose_name = "信访事项"
        constraints = [
            models.CheckConstraint(
                condition=Q(representatives=None) | Q(representatives__lte=words.MOST_REPRESENTATIVES), name="at_most_five_speak_for_a_group"
            ),
            models.CheckConstraint(condition=Q(matter=None) | ~Q(matter=models.F("case_ptr")), name="no_petition_repeats_itself"),
        ]  # fmt: skip
        # the repeats of a matter come with the index of its foreign key; the desk by stream
        indexes = [models.Index(fields=["stream", "nature"], name="petitions_by_stream")]

    @property
    def first(self) -> Petition:
        """The petition under which its matter is counted."""
        return self.matter or self


class Backlog(models.Model):
    """An old or repeated case 重复信访积案: one leader answers for it, steps are taken, and it is closed by three conditions."""

    number = models.CharField("积案编号", max_length=30, unique=True)
    title = models.CharField("事项", max_length=120)
    petition = models.ForeignKey(
        Petition,
        verbose_name="信访事项",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="backlogs",
    )
    category = models.CharField("领域", max_length=20, choices=words.CATEGORIES)
    origin = models.CharField("来源", max_length=6, choices=rules.ORIGINS)
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(
        Person, verbose_name="包案领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_on = models.DateField("首次信访", null=True, blank=True)
    times = models.PositiveIntegerField("信访次数", null=True, blank=True)
    amount_fen = models.BigIntegerField("涉及金额", null=True, blank=True)
    assigned_on = models.DateField("列入台账")
    due_on = models.DateField("化解期限", null=True, blank=True)
    plan = models.TextField("化解方案", blank=True)
    # written by its steps
    state = models.CharField("状态", max_length=10, choices=rules.STATES, default=rules.OPEN)
    agreed_on = models.DateField("达成方案", null=True, blank=True)
    way = models.CharField("化解方式", max_length=10, blank=True, choices=rules.WAYS)
    settled_on = models.DateField("落实", null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, verbose_name="落实登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    witness = models.CharField("见证人", max_length=40, blank=True)
    is_free = models.BooleanField("自愿签订", null=True, blank=True)
    verified_on = models.DateField("核验", null=True, blank=True)
    verified_by = models.ForeignKey(
        Person, verbose_name="核验人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField("销账", null=True, blank=True)
    last_step_on = models.DateField("最近进展", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "积案"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=rules.CLOSED) | Q(closed_on__isnull=False, verified_on__isnull=False, settled_on__isnull=False),
                name="a_closed_backlog_was_settled_and_verified",
            ),
            models.UniqueConstraint(fields=["petition"], condition=Q(petition__isnull=False), name="one_backlog_of_a_petition"),
        ]  # fmt: skip
        indexes = [
            # the ledger of a unit, and of a leader
            models.Index(fields=["unit", "state"], name="backlogs_of_a_unit"),
            models.Index(fields=["leader", "state"], name="backlogs_of_a_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("petitions:backlog", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != rules.CLOSED

    def repeats(self) -> tuple[date, ...]:
        """Days on which the same matter was brought again: one query."""
        if self.petition_id is None:
            return ()
        matter = self.petition.matter_id or self.petition_id
        days = Petition.objects.filter(Q(matter=matter) | Q(pk=matter)).exclude(pk=self.petition_id)
        return tuple(days.values_list("received_on", flat=True))

    def facts(self) -> rules.Facts:
        return rules.Facts(
            self.state, self.way, self.settled_on, self.is_free, self.verified_on, self.repeats()
        )


class BacklogStep(models.Model):
    """One thing that was done about an old case: a meeting, a visit, a payment, a check. Never changed afterwards."""

    backlog = models.ForeignKey(Backlog, verbose_name="积案", on_delete=models.PROTECT, related_name="steps")
    on = models.DateField("日期")
    what = models.CharField("步骤", max_length=10)
    words = models.TextField("内容")
    by = models.ForeignKey(Person, verbose_name="办理人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["backlog", "on", "id"]
        verbose_name = "积案进展"

    def __str__(self) -> str:
        return f"{self.on} {self.title}"

    @property
    def title(self) -> str:
        return rules.TITLES.get(self.what, self.what)


class Sitting(models.Model):
    """A day on which a leader receives petitioners 领导接访, or units meet over cases 联席会议. A reception is published ahead."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", "领导接访"
        JOINT = "joint", "联席会议"

    class Way(models.TextChoices):
        FIXED = "fixed", "定点接访"
        APPOINTED = "appointed", "约访"
        DOWN = "down", "下访"
        ONLINE = "online", "网上接访"
        MEETING = "meeting", "会议"

    class State(models.TextChoices):
        PLANNED = "planned", "待举行"
        HELD = "held", "已举行"
        CANCELLED = "cancelled", "取消"

    number = models.CharField("编号", max_length=30, unique=True)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, verbose_name="领导", on_delete=models.PROTECT, related_name="+")
    post = models.CharField("职务", max_length=60, blank=True, help_text="公示用；公示不写姓名以外的个人信息")
    place = models.CharField("地点", max_length=100)
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    batches = models.PositiveIntegerField("接待批次", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = "接访和会议"
        # the public calendar of receptions
        indexes = [models.Index(fields=["kind", "on"], name="sittings_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("petitions:sitting", args=[self.pk])


class SittingItem(models.Model):
    """What a sitting decided on a petition or an old case: an opinion, a unit, a day; ended by a result."""

    sitting = models.ForeignKey(Sitting, verbose_name="会次", on_delete=models.PROTECT, related_name="items")
    petition = models.ForeignKey(
        Petition, verbose_name="信访事项", null=True, blank=True, on_delete=models.PROTECT, related_name="sitting_items"
    )  # fmt: skip
    backlog = models.ForeignKey(
        Backlog,
        verbose_name="积案",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sitting_items",
    )
    opinion = models.TextField("处理意见")
    unit = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("完成期限")
    result = models.TextField("办理结果", blank=True)
    done_on = models.DateField("完成", null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "交办事项"
        constraints = [
            models.CheckConstraint(
                condition=Q(petition__isnull=False, backlog=None) | Q(petition=None, backlog__isnull=False),
                name="a_sitting_decides_on_one_thing",
            )
        ]
        # what a unit still owes
        indexes = [
            models.Index(fields=["unit", "due_on"], condition=Q(done_on=None), name="sitting_items_owed")
        ]

    def __str__(self) -> str:
        return self.subject_title

    @property
    def subject(self) -> Any:
        return self.petition or self.backlog

    @property
    def subject_title(self) -> str:
        return str(self.subject.title)
