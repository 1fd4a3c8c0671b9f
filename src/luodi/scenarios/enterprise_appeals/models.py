"""Appeals of enterprises over the shape of cases; policies whose conditions are data, and whom they fit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from luodi.kernel.models import Unit
from luodi.scenarios.enterprise_appeals.rules import SIGNS, Condition
from luodi.shapes.cases.models import Case
from luodi.shapes.registers.models import Enterprise


class Appeal(Case):
    """What a firm asks for 诉求. `wants` is what would settle it; `debtor` is the public body that owes, for arrears."""

    firm = models.ForeignKey(
        Enterprise,
        verbose_name="企业",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appeals",
    )
    wants = models.TextField("希望解决", blank=True)
    is_anonymous = models.BooleanField("要求保密", default=False)
    debtor = models.ForeignKey(
        Unit,
        verbose_name="欠款单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="只在欠款类填写；该单位看不到这件诉求",
    )

    class Meta:
        verbose_name = "企业诉求"

    @property
    def firm_shown(self) -> str:
        """The firm's name where it may be told."""
        return "已保密" if self.is_sealed else self.firm.name if self.firm else ""

    @property
    def firm_known(self) -> Enterprise | None:
        """The firm as lists, files and the API may hold it; written by whoever takes the appeal in."""
        return None if self.is_sealed else self.firm

    @firm_known.setter
    def firm_known(self, firm: Enterprise | None) -> None:
        self.firm = firm


class Policy(models.Model):
    """A document that gives firms something 惠企政策. Its handbook and guide are due within 7 working days."""

    doc_no = models.CharField("文号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    issuer = models.ForeignKey(Unit, verbose_name="发布单位", on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField("发布")
    guide_on = models.DateField("指南发布", null=True, blank=True)
    address = models.URLField("网址", blank=True)

    class Meta:
        ordering = ["-issued_on", "doc_no"]
        verbose_name = "惠企政策"

    def __str__(self) -> str:
        return f"{self.title}（{self.doc_no}）"


class Clause(models.Model):
    """One promise of a policy 条款: for whom (conditions), how much (formula), from what budget, in what window."""

    class Track(models.TextChoices):
        NO_APPLICATION = "no_application", "免申即享"
        FAST = "fast", "快申快享"

    policy = models.ForeignKey(Policy, verbose_name="政策", on_delete=models.PROTECT, related_name="clauses")
    code = models.CharField("条款编号", max_length=30, unique=True)
    title = models.CharField("条款", max_length=120)
    matter = models.CharField("事项", max_length=60, blank=True, help_text="同一事项从优不重复")
    track = models.CharField("兑现方式", max_length=16, choices=Track.choices)
    conditions = models.JSONField("条件", default=list, help_text="每项：fact、sign、value、title")
    formula = models.JSONField("标准", default=dict, help_text="fixed_fen，或 of、share、cap_fen")
    budget_fen = models.BigIntegerField("预算", null=True, blank=True)
    opens_on = models.DateField("开放", null=True, blank=True)
    shuts_on = models.DateField("截止", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "政策条款"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Conditions and formula keep their form; a wrong one would silently pass everyone over."""
        known = set(Enterprise().facts)
        for each in self.conditions:
            if (
                set(each) != {"fact", "sign", "value", "title"}
                or each["fact"] not in known
                or each["sign"] not in SIGNS
            ):
                raise ValidationError({"conditions": f"条件写法不对：{each}"})
        if ("fixed_fen" in self.formula) == ("share" in self.formula) or (
            "share" in self.formula and self.formula.get("of") not in known
        ):
            raise ValidationError({"formula": "标准应写定额（fixed_fen），或按某项的比例（of、share）。"})

    @property
    def tests(self) -> tuple[Condition, ...]:
        return tuple(
            Condition(each["fact"], each["sign"], each["value"], each["title"]) for each in self.conditions
        )


class Match(models.Model):
    """A clause that fits a firm, from match to money 兑现. `findings` explain it as it was found, condition by condition."""

    class State(models.TextChoices):
        MATCHED = "matched", "已匹配"
        NOTIFIED = "notified", "已告知"
        CONFIRMED = "confirmed", "已确认意愿"
        APPLIED = "applied", "已申报"
        REVIEWED = "reviewed", "已审核"
        PUBLIC_NOTICE = "public_notice", "公示中"
        APPROVED = "approved", "已核定"
        PAID = "paid", "已拨付"
        DECLINED = "declined", "不兑现"
        EXPIRED = "expired", "已过期"

    clause = models.ForeignKey(Clause, verbose_name="条款", on_delete=models.PROTECT, related_name="matches")
    firm = models.ForeignKey(
        Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="matches"
    )
    state = models.CharField("状态", max_length=14, choices=State.choices, default=State.MATCHED)
    findings = models.JSONField("匹配依据", default=list)
    fen = models.BigIntegerField("测算金额", null=True, blank=True)
    matched_on = models.DateField("匹配")
    notified_on = models.DateField("告知", null=True, blank=True)
    confirmed_on = models.DateField("确认", null=True, blank=True)
    approved_on = models.DateField("核定", null=True, blank=True)
    approved_fen = models.BigIntegerField("核定金额", null=True, blank=True)
    paid_on = models.DateField("拨付", null=True, blank=True)
    paid_fen = models.BigIntegerField("拨付金额", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    due_on = models.DateField("兑现期限", null=True, blank=True)

    class Meta:
        ordering = ["-matched_on", "-id"]
        verbose_name = "政策匹配"
        constraints = [
            models.UniqueConstraint(fields=["clause", "firm"], name="one_match_of_a_clause_and_a_firm"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False, paid_fen__isnull=False), name="paid_has_its_sum_and_day"
            ),
        ]  # fmt: skip
        # what waits for money, for a notice
        indexes = [models.Index(fields=["state", "matched_on"], name="matches_by_state")]

    def __str__(self) -> str:
        return f"{self.clause} {self.firm}"

    @property
    def why(self) -> list[str]:
        return list(self.findings)
