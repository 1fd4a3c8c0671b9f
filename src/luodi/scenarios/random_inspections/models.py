"""Libraries 一单两库, the plan of the year, draws with their frozen lists, checks over the shape of cases, results in public."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from luodi.kernel.models import Division, Person, RulesetVersion, Unit
from luodi.scenarios.random_inspections.rules import words
from luodi.shapes.cases.models import Case
from luodi.shapes.registers.models import Enterprise


def new_salt() -> str:
    """Hides a certificate's number in published lists; known to nobody outside."""
    return secrets.token_hex(16)


def unit_link(verbose: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(Unit, verbose_name=verbose, on_delete=models.PROTECT, related_name="+", **more)


def division_link(verbose: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        Division, verbose_name=verbose, on_delete=models.PROTECT, related_name="+", **more
    )


def person_link(verbose: str) -> models.ForeignKey:
    return models.ForeignKey(
        Person, verbose_name=verbose, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class CheckItem(models.Model):
    """One matter of the list 抽查事项清单. Without a legal basis nothing may be checked."""

    code = models.CharField("事项编码", max_length=20, unique=True)
    title = models.CharField("抽查事项", max_length=120)
    unit = unit_link("实施部门")
    legal_basis = models.TextField("检查依据")
    bylaw = models.CharField("实施细则", max_length=120, blank=True, help_text="文号或名称")
    method = models.CharField("检查方式", max_length=8, choices=words.METHODS, default="site")
    object_kind = models.CharField("检查对象", max_length=60, blank=True)
    skill = models.CharField("所需专业", max_length=20, blank=True, help_text="派出的检查人员须具备")
    most_a_year = models.PositiveSmallIntegerField("同一对象每年最多", null=True, blank=True)
    joint_group = models.CharField("联合抽查主题", max_length=40, blank=True)
    is_in_force = models.BooleanField("现行", default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "抽查事项"

    def __str__(self) -> str:
        return self.title


class Subject(models.Model):
    """An enterprise in the library of subjects 检查对象名录库, with its credit class. `tickets` weigh it inside its stratum."""

    firm = models.OneToOneField(
        Enterprise, verbose_name="检查对象", on_delete=models.PROTECT, related_name="inspected_as"
    )
    credit_class = models.CharField("信用风险类别", max_length=1, choices=words.CLASSES, blank=True)
    graded_on = models.DateField("分类日期", null=True, blank=True)
    tickets = models.PositiveSmallIntegerField(
        "抽取权重", default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    is_listed = models.BooleanField("在库", default=True)

    class Meta:
        ordering = ["firm__uscc"]
        verbose_name = "检查对象"
        # the pool of a draw, by class
        indexes = [models.Index(fields=["is_listed", "credit_class"], name="subjects_by_class")]

    def __str__(self) -> str:
        return self.firm.name


class Inspector(models.Model):
    """A law enforcement inspector 执法检查人员. `person` is set for those who sign in and record on the spot."""

    cert_no = models.CharField("执法证号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=40)
    unit = unit_link("所属部门")
    division = division_link("区划", null=True, blank=True)
    valid_to = models.DateField("证件有效期至")
    skills = models.JSONField("专业", default=list, blank=True)
    person = person_link("账号")
    is_listed = models.BooleanField("在库", default=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        ordering = ["cert_no"]
        verbose_name = "检查人员"

    def __str__(self) -> str:
        return f"{self.name}（{self.cert_no}）"


class Conflict(models.Model):
    """Why an inspector may not check a firm 应当回避. The reason stays inside: published lists only say who was barred."""

    inspector = models.ForeignKey(
        Inspector, verbose_name="检查人员", on_delete=models.PROTECT, related_name="conflicts"
    )
    firm = models.ForeignKey(Enterprise, verbose_name="检查对象", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("回避事由", max_length=10, choices=words.RECUSALS)
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        ordering = ["inspector", "firm"]
        verbose_name = "回避关系"
        constraints = [models.UniqueConstraint(fields=["inspector", "firm"], name="one_conflict_of_a_pair")]

    def __str__(self) -> str:
        return f"{self.inspector} {self.firm}"


class Plan(models.Model):
    """The plan of the year 年度抽查计划: drafted, then approved, which makes it public."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟订"
        APPROVED = "approved", "已批准"

    year = models.PositiveSmallIntegerField("年度")
    division = division_link("区划")
    title = models.CharField("名称", max_length=80)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    approved_on = models.DateField("批准公示", null=True, blank=True)
    approved_by = person_link("批准人")
    by = person_link("拟订人")

    class Meta:
        ordering = ["-year", "division"]
        verbose_name = "年度抽查计划"
        constraints = [
            models.UniqueConstraint(fields=["year", "division"], name="one_inspection_plan_a_year")
        ]

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """Whether a division has drawn anything in the plan's year 市县两级全覆盖: one row for each that the plan covers."""

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="coverage")
    division = division_link("区划")
    planned_on = models.DateField("列入计划")
    drawn_on = models.DateField("首次抽取", null=True, blank=True)

    class Meta:
        ordering = ["division"]
        verbose_name = "监管覆盖"
        constraints = [models.UniqueConstraint(fields=["plan", "division"], name="covered_once_a_plan")]

    def __str__(self) -> str:
        return f"{self.plan} {self.division}"


def letters_of_trade(value: Any) -> None:
    if not isinstance(value, list) or any(each not in "ABCDEFGHIJKLMNOPQRST" or not each for each in value):
        raise ValidationError("行业门类应是 A 至 T 的字母。")


class Task(models.Model):
    """A task of the plan 抽查任务 and its draw: what is checked, in what scope, by which ratios; then what was frozen,
    committed and revealed. Lists, hashes and secrets are never written twice."""

    class State(models.TextChoices):
        PLANNED = "planned", "待抽取"
        FROZEN = "frozen", "名单已冻结"
        COMMITTED = "committed", "已承诺待开奖"
        DRAWN = "drawn", "已抽取"
        VOID = "void", "已作废"

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField("任务编号", max_length=30, unique=True)
    title = models.CharField("任务名称", max_length=80)
    lead = unit_link("牵头部门")
    partners = models.ManyToManyField(Unit, verbose_name="参与部门", blank=True, related_name="+")
    items = models.ManyToManyField(CheckItem, verbose_name="抽查事项", related_name="tasks")
    is_joint = models.BooleanField("部门联合", default=False, editable=False)
    division = division_link("抽取范围")
    industries = models.JSONField(
        "行业门类", default=list, blank=True, validators=[letters_of_trade], help_text="不填为不定向抽查"
    )
    ratio_a = models.DecimalField("A 类比例", max_digits=5, decimal_places=2, null=True, blank=True)
    ratio_b = models.DecimalField("B 类比例", max_digits=5, decimal_places=2, null=True, blank=True)
    ratio_c = models.DecimalField("C 类比例", max_digits=5, decimal_places=2, null=True, blank=True)
    ratio_d = models.DecimalField("D 类比例", max_digits=5, decimal_places=2, null=True, blank=True)
    by_region = models.BooleanField("分区县抽取", default=True)
    starts_on = models.DateField("检查开始")
    ends_on = models.DateField("检查截止")

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    ruleset = models.ForeignKey(
        RulesetVersion, verbose_name="规则", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pool = models.TextField("对象名单", blank=True)
    inspectors = models.TextField("人员名单", blank=True)
    terms = models.TextField("抽取条件", blank=True)
    left_out = models.PositiveIntegerField("剔除户数", null=True, blank=True)
    event = models.CharField("公开事件", max_length=120, blank=True)
    event_at = models.DateTimeField("开奖时间", null=True, blank=True)
    frozen_at = models.DateTimeField("冻结", null=True, blank=True)
    operator = person_link("经办人")
    operator_sha = models.CharField("经办承诺", max_length=64, blank=True)
    operator_nonce = models.CharField("经办随机数", max_length=64, blank=True)
    operator_saw = models.CharField("经办所见结果", max_length=80, blank=True)
    discipline = person_link("监督人")
    discipline_sha = models.CharField("监督承诺", max_length=64, blank=True)
    discipline_nonce = models.CharField("监督随机数", max_length=64, blank=True)
    discipline_saw = models.CharField("监督所见结果", max_length=80, blank=True)
    committed_at = models.DateTimeField("公布承诺", null=True, blank=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    result = models.TextField("抽取结果", blank=True)
    drawn_at = models.DateTimeField("抽取", null=True, blank=True)
    drawn_on = models.DateField("抽取日期", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "code"]
        verbose_name = "抽查任务"
        indexes = [models.Index(fields=["state", "event_at"], name="draws_that_wait")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="a_task_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state="drawn") | (~Q(seed="") & Q(drawn_at__isnull=False, committed_at__isnull=False)),
                name="drawn_has_its_seed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def ratios(self) -> dict[str, Any]:
        return {"A": self.ratio_a, "B": self.ratio_b, "C": self.ratio_c, "D": self.ratio_d}

    @property
    def item_codes(self) -> list[str]:
        return [item.code for item in self.items.all()] if self.pk else []

    @property
    def partner_names(self) -> list[str]:
        return [unit.called for unit in self.partners.all()] if self.pk else []

    @property
    def kind_said(self) -> str:
        return "定向抽查" if self.industries else "不定向抽查"


class SpotCheck(Case):
    """One visit to one firm 检查: drawn by a task, or after a lead 线索, which then has its number."""

    task = models.ForeignKey(
        Task, verbose_name="任务", null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    firm = models.ForeignKey(
        Enterprise, verbose_name="检查对象", on_delete=models.PROTECT, related_name="checks"
    )
    items = models.JSONField("抽查事项", default=list, blank=True, help_text="codes of the items to look at")
    lead_number = models.CharField("线索编号", max_length=40, blank=True)
    is_joint = models.BooleanField("部门联合", default=False)
    beyond_cap = models.PositiveSmallIntegerField(
        "超出年度频次", default=0, help_text="1 when this visit is more than the class allows in the year"
    )
    drawn_on = models.DateField("抽取日期", null=True, blank=True)
    agreed_on = models.DateField("约定检查", null=True, blank=True)
    checked_on = models.DateField("检查日期", null=True, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)

    class Meta:
        verbose_name = "检查"
        constraints = [
            models.UniqueConstraint(fields=["task", "firm"], name="a_firm_is_drawn_once_a_task"),
        ]

    @property
    def firm_shown(self) -> str:
        return self.firm.name

    @property
    def crew_shown(self) -> str:
        return crew_said(self.seats.all())


def crew_said(seats: Iterable[Seat]) -> str:
    return "、".join(seat.inspector.name for seat in seats if seat.state == Seat.State.SEATED)


class Seat(models.Model):
    """An inspector sent to a check. A recused one stays visible beside who took the place."""

    class State(models.TextChoices):
        SEATED = "seated", "派出"
        RECUSED = "recused", "回避"

    check_of = models.ForeignKey(
        SpotCheck, verbose_name="检查", on_delete=models.PROTECT, related_name="seats"
    )
    inspector = models.ForeignKey(
        Inspector, verbose_name="检查人员", on_delete=models.PROTECT, related_name="seats"
    )
    division = division_link("区划", null=True, blank=True)
    tag = models.CharField("抽取代号", max_length=16, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.SEATED)
    reason = models.CharField("回避事由", max_length=10, choices=words.RECUSALS, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="接替",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    seated_on = models.DateField("派出日期")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["check_of", "id"]
        verbose_name = "派出人员"
        constraints = [models.UniqueConstraint(fields=["check_of", "inspector"], name="seated_once_a_check")]

    def __str__(self) -> str:
        return f"{self.inspector} {self.get_state_display()}"


class Finding(models.Model):
    """What was found of one item 检查结果; a correction is a later row, and the earlier one stays readable."""

    check_of = models.ForeignKey(
        SpotCheck, verbose_name="检查", on_delete=models.PROTECT, related_name="findings"
    )
    item = models.ForeignKey(
        CheckItem, verbose_name="抽查事项", on_delete=models.PROTECT, related_name="findings"
    )
    conclusion = models.CharField("检查结果", max_length=1, choices=words.CONCLUSIONS)
    said = models.CharField("情况说明", max_length=300, blank=True)
    corrects = models.CharField("更正理由", max_length=200, blank=True)
    by = person_link("录入人")
    at = models.DateTimeField("录入")

    class Meta:
        ordering = ["check_of", "item", "id"]
        verbose_name = "检查结果"

    def __str__(self) -> str:
        return f"{self.item} {self.get_conclusion_display()}"
