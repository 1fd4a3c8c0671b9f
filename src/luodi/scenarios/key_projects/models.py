"""What key projects keep beyond the shape: public funds with payments, collective starts, a plan for each firm."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Person, Unit
from luodi.shapes.projects.models import Project
from luodi.shapes.registers.models import Enterprise


class Fund(models.Model):
    """One bid for public money 资金争取: asked, granted 下达, paid out. Money in whole 分; not yet granted is null."""

    class Source(models.TextChoices):
        CENTRAL = "central", "中央预算内投资"
        SPECIAL_BOND = "special_bond", "地方政府专项债券"
        TREASURY_BOND = "treasury_bond", "增发国债"
        CARBON = "carbon", "碳减排支持工具"
        COAL = "coal", "煤炭清洁高效利用专项再贷款"

    number = models.CharField("资金编号", max_length=30, unique=True)
    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("资金种类", max_length=16, choices=Source.choices)
    window = models.CharField("申报批次", max_length=60, blank=True)
    asked_on = models.DateField("申报")
    asked_fen = models.BigIntegerField("申报金额")
    granted_on = models.DateField("下达", null=True, blank=True)
    granted_fen = models.BigIntegerField("下达金额", null=True, blank=True)
    doc_no = models.CharField("下达文号", max_length=60, blank=True)
    paid_fen = models.BigIntegerField("已拨付", default=0, editable=False)

    class Meta:
        ordering = ["number"]
        verbose_name = "资金争取"
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_on=None, granted_fen=None) | Q(granted_on__isnull=False, granted_fen__isnull=False),
                name="granted_has_its_sum_and_day", violation_error_message="下达要同时有日期和金额。",
            ),
            models.CheckConstraint(
                condition=Q(granted_fen=None) | Q(paid_fen__lte=models.F("granted_fen")),
                name="paid_within_granted", violation_error_message="已拨付超过下达金额。",
            ),
        ]  # fmt: skip
        # what was granted in a year, by source
        indexes = [models.Index(fields=["source", "granted_on"], name="funds_granted")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_source_display()}"


class Payment(models.Model):
    """One payment from a fund 拨付."""

    fund = models.ForeignKey(Fund, verbose_name="资金", on_delete=models.CASCADE, related_name="payments")
    on = models.DateField("拨付")
    fen = models.BigIntegerField("拨付金额")
    payee = models.CharField("收款单位", max_length=100)
    voucher = models.CharField("凭证号", max_length=40, unique=True)
    basis = models.CharField("依据", max_length=120, blank=True, help_text="监理签认的工程量、合同条款")

    class Meta:
        ordering = ["-on", "pk"]
        verbose_name = "资金拨付"

    def __str__(self) -> str:
        return f"{self.fund} {self.on}"


class StartEvent(models.Model):
    """集中开工: the projects announced on a day; whether they really started is read off their evidence."""

    title = models.CharField("活动", max_length=80, unique=True)
    on = models.DateField("日期")
    place = models.CharField("主会场", max_length=80, blank=True)
    projects = models.ManyToManyField(Project, verbose_name="项目", related_name="+")

    class Meta:
        ordering = ["-on"]
        verbose_name = "集中开工"

    def __str__(self) -> str:
        return self.title


class FirmPlan(models.Model):
    """一企一策: one firm, what ails it, what it asks. Its measures are rows of their own."""

    enterprise = models.OneToOneField(
        Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="+"
    )
    diagnosis = models.TextField("会诊结论")
    asks = models.TextField("企业诉求", blank=True)
    made_on = models.DateField("会诊")
    by = models.ForeignKey(
        Person, verbose_name="记录人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-made_on"]
        verbose_name = "一企一策"

    def __str__(self) -> str:
        return self.enterprise.name

    @property
    def enterprise_name(self) -> str:
        return self.enterprise.name


class FirmMeasure(models.Model):
    """One measure of a firm's plan: one owner, one date, and its result."""

    plan = models.ForeignKey(FirmPlan, verbose_name="企业", on_delete=models.CASCADE, related_name="measures")
    words = models.CharField("措施", max_length=200)
    owner = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("时限")
    done_on = models.DateField("完成", null=True, blank=True)
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "一企一策措施"
        constraints = [
            models.UniqueConstraint(fields=["plan", "words"], name="one_measure_a_firm"),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(result=""), name="done_measure_says_how",
                violation_error_message="完成了的措施要写明结果。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.words
