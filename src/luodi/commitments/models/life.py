"""What becomes of a line after it is issued: versions, receipts, nodes, reports, evidence, applications, checks.

Rows here are facts of a year. They point to lines with CASCADE, but an issued line is never deleted
(`actions.ledger` refuses), so they outlive every change of the ledger.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.commitments.models.ledger import Commitment, Document
from luodi.kernel.models import Evidence, Unit


def person(title: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=title, on_delete=models.PROTECT, related_name="+", **more
    )


def line_of(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        Commitment, verbose_name="任务", on_delete=models.CASCADE, related_name=related_name
    )


class Issue(models.Model):
    """One numbered version of a document's ledger 印发, frozen as it was on that day."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveSmallIntegerField("第几次印发")
    reference = models.CharField("文号", max_length=60, blank=True)
    at = models.DateTimeField("印发时间", default=timezone.now)
    by = person("印发人")
    lines = models.JSONField("台账", help_text="the lines as printed that day, see issuing.frozen")

    class Meta:
        ordering = ["-document_id", "-number"]
        verbose_name = "印发版本"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="an_issue_has_its_number")]

    def __str__(self) -> str:
        return f"第{self.number}次印发"


class StateChange(models.Model):
    """One step of a line's life; append-only."""

    commitment = line_of("steps")
    step = models.CharField("步骤", max_length=12)
    old = models.CharField("原状态", max_length=10)
    new = models.CharField("新状态", max_length=10)
    note = models.CharField("说明", max_length=400, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)
    by = person("经办")

    class Meta:
        ordering = ["commitment_id", "at", "id"]
        verbose_name = "状态变化"

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Receipt(models.Model):
    """A unit takes an issued line on 签收, or gives it back; with the people who will do the work."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待签收")
        SIGNED = "signed", _("已签收")
        RETURNED = "returned", _("已退回")

    commitment = line_of("receipts")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="receipts")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField("送达", default=timezone.now)
    at = models.DateTimeField("签收时间", null=True)
    by = person("签收人", null=True)
    reason = models.CharField("退回理由", max_length=400, blank=True)
    opinion = models.CharField("督查意见", max_length=400, blank=True)
    leader = models.CharField("单位分管领导", max_length=30, blank=True)
    office = models.CharField("责任处室", max_length=40, blank=True)
    handler = models.CharField("经办人员", max_length=30, blank=True)

    class Meta:
        ordering = ["commitment_id", "id"]
        verbose_name = "签收"
        constraints = [models.UniqueConstraint(fields=["commitment", "unit"], name="one_receipt_a_unit")]
        # the inbox of a unit
        indexes = [models.Index(fields=["unit", "state"], name="receipts_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_state_display()}"


class Node(models.Model):
    """What must be visible by a day 形象进度, set by the lead unit and approved by the supervision office."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待审核")
        APPROVED = "approved", _("已审核")
        RETURNED = "returned", _("已退回")

    commitment = line_of("nodes")
    due_on = models.DateField("完成日")
    shows = models.CharField("形象进度", max_length=300)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    opinion = models.CharField("审核意见", max_length=400, blank=True)
    reached_on = models.DateField("达到日期", null=True, blank=True)
    by = person("填报人")

    class Meta:
        ordering = ["commitment_id", "due_on", "id"]
        verbose_name = "季度节点"

    def __str__(self) -> str:
        return f"{self.due_on} {self.shows}"

    @property
    def quarter(self) -> int:
        return (self.due_on.month - 1) // 3 + 1

    def is_late(self, today: date) -> bool:
        return self.reached_on is None and self.due_on < today


class ProgressReport(models.Model):
    """What a unit says of a line for one month or quarter 进展. A returned one is written again, not replaced."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SENT = "sent", _("已报送")
        RETURNED = "returned", _("已退回")

    commitment = line_of("reports")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    period = models.DateField("期", help_text="first day of the month or quarter")
    due_on = models.DateField("应报")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    facts = models.TextField("进展情况", blank=True)
    problem = models.TextField("存在问题", blank=True)
    help_wanted = models.TextField("需要协调", blank=True)
    next_step = models.TextField("下步措施", blank=True)
    percent = models.PositiveSmallIntegerField("完成比例", null=True, blank=True)
    percent_why = models.CharField("比例依据", max_length=200, blank=True)
    is_done = models.BooleanField("任务已完成", default=False)
    doubts = models.JSONField("矛盾", default=list, help_text="codes of doubts.Doubt, known when it was sent")
    opinion = models.CharField("退回意见", max_length=400, blank=True)
    returned_by = person("退回人", null=True)
    sent_at = models.DateTimeField("报送时间", null=True)
    by = person("填报人")
    evidence = models.ManyToManyField(
        Evidence,
        verbose_name="佐证",
        related_name="+",
        help_text="evidence of the line that came with this report",
    )

    class Meta:
        ordering = ["commitment_id", "-period", "id"]
        verbose_name = "进展"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "unit", "period"], name="one_report_a_period"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="percent_within_100"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | ~Q(percent_why="") | Q(state="draft"), name="a_percent_has_its_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.facts[:40]}"

    @property
    def is_late(self) -> bool:
        """It came after its day, whenever it came."""
        return self.sent_at is not None and timezone.localdate(self.sent_at) > self.due_on

    @property
    def days_old(self) -> int | None:
        """Days since it was sent: how old the last fact is."""
        return (timezone.localdate() - timezone.localdate(self.sent_at)).days if self.sent_at else None


class Application(models.Model):
    """What a unit asks for 申请: to close, change, hand over or suspend a line. Both values stay: `old` and `new`."""

    class Kind(models.TextChoices):
        CLOSE = "close", _("申请销号")
        ADJUST = "adjust", _("申请调整")
        TRANSFER = "transfer", _("申请转办")
        SUSPEND = "suspend", _("申请挂账")

    class State(models.TextChoices):
        OPEN = "open", _("待审批")
        APPROVED = "approved", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    commitment = line_of("applications")
    kind = models.CharField("申请", max_length=8, choices=Kind.choices)
    field = models.CharField("调整内容", max_length=40, blank=True, help_text="text, deadline or target:<pk>")
    what = models.CharField("调整项", max_length=220, blank=True)
    old = models.CharField("原值", max_length=2000, blank=True)
    new = models.CharField("新值", max_length=2000, blank=True)
    reason = models.CharField("理由", max_length=1000)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField("申请时间", default=timezone.now)
    by = person("申请人")
    decided_at = models.DateTimeField("审批时间", null=True)
    decided_by = person("审批人", null=True)
    opinion = models.CharField("审批意见", max_length=400, blank=True)

    class Meta:
        ordering = ["commitment_id", "at", "id"]
        verbose_name = "申请"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "field"], condition=Q(state="open"), name="one_open_application"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")) | Q(state="withdrawn"),
                name="another_person_decides",
            ),
        ]
        # the inbox of the supervision office
        indexes = [models.Index(fields=["state", "kind"], name="open_applications")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.what}"


class Check(models.Model):
    """The supervision office looks for itself 核实: at papers, on site, or by asking citizens."""

    class Kind(models.TextChoices):
        PAPERS = "papers", _("材料核实")
        SITE = "site", _("现场核查")
        CITIZENS = "citizens", _("群众评价")

    commitment = line_of("checks")
    kind = models.CharField("方式", max_length=8, choices=Kind.choices)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    findings = models.CharField("核实情况", max_length=1000)
    holds = models.BooleanField("属实", null=True, help_text="None: looked at, without a verdict")
    at = models.DateTimeField("记录时间", default=timezone.now)
    by = person("核实人")

    class Meta:
        ordering = ["commitment_id", "on", "id"]
        verbose_name = "核实"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Source(models.Model):
    """Another paper that asks for the same line 来源: a list of livelihood projects, an instruction, minutes."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("工作报告或要点")
        LIVELIHOOD = "livelihood", _("民生实事")
        INSTRUCTION = "instruction", _("领导批示")
        MINUTES = "minutes", _("会议纪要")
        PROPOSAL = "proposal", _("建议提案")
        OTHER = "other", _("其他")

    commitment = line_of("sources")
    kind = models.CharField("类别", max_length=11, choices=Kind.choices)
    title = models.CharField("来源", max_length=200)
    reference = models.CharField("文号", max_length=60, blank=True)
    on = models.DateField("日期", null=True, blank=True)
    quote = models.TextField("原文", blank=True)
    joined = models.ForeignKey(
        Commitment, verbose_name="并入的任务", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = person("登记人")

    class Meta:
        ordering = ["commitment_id", "id"]
        verbose_name = "任务来源"

    def __str__(self) -> str:
        return self.title
