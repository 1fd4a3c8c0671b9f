"""Runs of schemes 考核批次: who got what by which rules, every version kept; objections; what adds, takes or decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.kernel.models import Division, RulesetVersion
from luodi.kernel.models.approval import SecondPerson
from luodi.measures.models import Binding


class Run(models.Model):
    """One scoring of a scheme for a period. A scored run is never changed: new figures or rules make the next version.

    `hash` is over scheme, inputs and results, so a printed table can be checked against what was sealed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("初评")
        NOTICE = "notice", _("公示")
        FINAL = "final", _("定案")
        PUBLISHED = "published", _("发布")
        REPLACED = "replaced", _("已被新版取代")

    code = models.CharField("方案", max_length=40)
    period = models.DateField("期", help_text="first day of the month, quarter or year")
    version = models.PositiveSmallIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.DRAFT)
    ruleset = models.ForeignKey(
        RulesetVersion, verbose_name="办法", on_delete=models.PROTECT, related_name="+"
    )
    cut_off = models.DateTimeField("数据截止")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="评分", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("评分时间", default=timezone.now)
    last = models.ForeignKey(
        "self", verbose_name="上期", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    corrects = models.ForeignKey(
        "self", verbose_name="更正自", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notice_from = models.DateField("公示起", null=True, blank=True)
    notice_until = models.DateField("公示止", null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="定案", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField("定案时间", null=True, blank=True)
    hash = models.CharField("指纹", max_length=64)

    class Meta:
        ordering = ["code", "-period", "-version"]
        verbose_name = "考核批次"
        constraints = [
            models.UniqueConstraint(fields=["code", "period", "version"], name="one_run_a_version"),
            models.CheckConstraint(
                condition=~Q(state__in=("final", "published")) | Q(sealed_by__isnull=False), name="final_is_sealed"
            ),
            models.CheckConstraint(condition=~Q(by=F("sealed_by")), name="sealed_by_another_person"),
        ]  # fmt: skip
        # the newest run of a scheme, and the one before
        indexes = [models.Index(fields=["code", "state", "period"], name="runs_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.period:%Y-%m} 第{self.version}版"

    @property
    def is_sealed(self) -> bool:
        return self.state in {self.State.FINAL, self.State.PUBLISHED}

    def takes_objections(self, on: date) -> bool:
        return self.state == self.State.NOTICE and self.notice_until is not None and on <= self.notice_until


class Result(models.Model):
    """What one of those assessed got, with everything it was computed from and the arithmetic in words.

    `values` by indicator: value, target, says, address, was (before a correction). `items`, `extras`: points and words.
    """

    run = models.ForeignKey(Run, verbose_name="批次", on_delete=models.CASCADE, related_name="results")
    key = models.CharField("代号", max_length=40)
    name = models.CharField("名称", max_length=100)
    group = models.CharField("组别", max_length=40, blank=True)
    peers = models.CharField("同类", max_length=40, blank=True)
    division = models.ForeignKey(
        Division, verbose_name="区划", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField("页面", max_length=200, blank=True)
    score = models.DecimalField("得分", max_digits=12, decimal_places=4)
    rank = models.PositiveIntegerField("位次", null=True)
    of = models.PositiveIntegerField("参加排名")
    grade = models.CharField("档次", max_length=10, blank=True)
    last_rank = models.PositiveIntegerField("上期位次", null=True)
    last_score = models.DecimalField("上期得分", max_digits=12, decimal_places=4, null=True)
    words = models.TextField("算式", blank=True)
    why_unranked = models.CharField("不排名的原因", max_length=300, blank=True)
    decided = models.CharField("否决或直接定档", max_length=300, blank=True)
    values = models.JSONField("数值", default=dict)
    events = models.JSONField("事项", default=list)
    items = models.JSONField("各项得分", default=list)
    extras = models.JSONField("加减分", default=list)

    class Meta:
        ordering = ["run", "group", F("rank").asc(nulls_last=True), "-score", "key"]
        verbose_name = "考核结果"
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="one_result_a_run")]
        # the table of a run, and of one division in it
        indexes = [
            models.Index(fields=["run", "group", "rank"], name="results_by_rank"),
            models.Index(fields=["run", "division"], name="results_by_division"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rose(self) -> int | None:
        """Places risen since last time; None where there was no rank then or is none now."""
        return None if self.rank is None or self.last_rank is None else self.last_rank - self.rank

    @property
    def points(self) -> dict[str, Any]:
        return {item["key"]: item for item in self.items}


class Objection(models.Model):
    """A member's objection 异议 to one figure of a run. Both figures stay; another person decides."""

    class State(models.TextChoices):
        OPEN = "open", _("待复核")
        UPHELD = "upheld", _("成立，更正")
        REJECTED = "rejected", _("不成立")

    result = models.ForeignKey(
        Result, verbose_name="对象", on_delete=models.PROTECT, related_name="objections"
    )
    indicator = models.CharField("指标代号", max_length=60)
    title = models.CharField("指标", max_length=80)
    old = models.DecimalField("原数", max_digits=20, decimal_places=6, null=True)
    claimed = models.DecimalField("主张", max_digits=20, decimal_places=6, null=True)
    new = models.DecimalField("更正为", max_digits=20, decimal_places=6, null=True)
    says = models.TextField("理由")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="复核", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("复核时间", null=True)
    opinion = models.TextField("复核意见", blank=True)

    class Meta:
        ordering = ["state", "-at"]
        verbose_name = "异议"
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("decided_by")), name="objection_decided_by_another"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(opinion=""), name="decision_has_its_opinion"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.result} {self.title}"


class Mark(SecondPerson):
    """加减分和一票否决事项: what happened, by which document; counts once a second person has confirmed it."""

    code = models.CharField("方案", max_length=40)
    period = models.DateField("期")
    key = models.CharField("对象代号", max_length=40)
    name = models.CharField("对象", max_length=100)
    rule = models.CharField("事项代号", max_length=60)
    title = models.CharField("事项", max_length=80)
    count = models.DecimalField("次数或数量", max_digits=12, decimal_places=2, default=1)
    document = models.CharField("依据", max_length=200)

    class Meta(SecondPerson.Meta):
        abstract = False
        ordering = ["code", "-period", "key", "id"]
        verbose_name = "加减分和否决事项"
        # what counts in a period of a scheme
        indexes = [models.Index(fields=["code", "period", "state"], name="marks_by_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class Outlook(models.Model):
    """Whether a bound target is reached by its deadline 推算, as foreseen from the numbers up to `upto`. Kept: a fit takes a second.

    `probability` is None where nothing can be said; `words` then say why.
    """

    binding = models.OneToOneField(
        Binding, verbose_name="绑定", on_delete=models.CASCADE, related_name="outlook"
    )
    upto = models.DateField("数值到")
    cut_off = models.DateTimeField("数据截止")
    probability = models.FloatField("可能性", null=True)
    words = models.CharField("推算", max_length=300)
    at = models.DateTimeField("推算时间", default=timezone.now)

    class Meta:
        ordering = ["binding"]
        verbose_name = "推算"

    def __str__(self) -> str:
        return self.words
