"""Clues over the shape of cases; households with their people, looks, help and steps; warnings of departments; linked funds.

Personal data stands in `Household` and `Member` alone, encrypted, and is deleted when the purpose ends. A clue and its
sealed steps name nobody.
"""

from __future__ import annotations

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luodi.kernel import masking
from luodi.kernel.models import Division, Person, RulesetVersion, Unit
from luodi.kernel.models.encrypted import BlindIndexField, EncryptedTextField
from luodi.scenarios.poverty_watch.rules import judging, standing, words
from luodi.shapes.cases.models import Case


def person_link(title: str) -> models.ForeignKey:
    return models.ForeignKey(Person, verbose_name=title, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip


class Village(models.Model):
    """A village 行政村 of a township; its number of households is what shares are told of."""

    division = models.ForeignKey(Division, verbose_name="乡镇", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("村", max_length=40)
    households = models.PositiveIntegerField("总户数", null=True, blank=True)

    class Meta:
        ordering = ["division__code", "name"]
        verbose_name = "行政村"
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="one_village_of_a_name")]

    def __str__(self) -> str:
        return f"{self.division.name}{self.name}"


class Household(models.Model):
    """A household 农户 from its first clue on. States and days are written by its steps."""

    number = models.CharField("编号", max_length=30, unique=True)
    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.PROTECT, related_name="watched")
    unit = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    head_name = EncryptedTextField("户主", blank=True, validators=[MaxLengthValidator(40)])
    phone = EncryptedTextField("联系电话", blank=True, validators=[MaxLengthValidator(20)])
    population = models.PositiveSmallIntegerField("家庭人口", validators=[MinValueValidator(1)])
    was_poor = models.BooleanField("脱贫户", null=True, blank=True)
    has_no_labour = models.BooleanField("整户无劳动能力", null=True, blank=True)
    is_in_long_treatment = models.BooleanField("有成员长期治疗", null=True, blank=True)
    special = models.CharField("特殊情形", max_length=12, blank=True, choices=words.SPECIALS)
    special_note = models.CharField("特殊情形说明", max_length=120, blank=True)
    cause = models.CharField("主要风险", max_length=12, choices=words.CAUSES)
    helper = models.CharField("帮扶联系人", max_length=40, blank=True)
    helper_post = models.CharField("联系人单位职务", max_length=60, blank=True)
    # written by its steps
    kind = models.CharField("对象类别", max_length=10, blank=True, choices=words.KINDS)
    state = models.CharField("状态", max_length=10, choices=standing.STATES, default=standing.CHECKING)
    times = models.PositiveSmallIntegerField("纳入次数", default=0)
    listed_on = models.DateField("纳入", null=True, blank=True)
    help_due_on = models.DateField("帮扶安排期限", null=True, blank=True)
    helped_on = models.DateField("开始帮扶", null=True, blank=True)
    last_visit_on = models.DateField("最近走访", null=True, blank=True)
    proposed_on = models.DateField("提出消除", null=True, blank=True)
    proposed_by = person_link("提出人")
    confirmed_on = models.DateField("复核公示", null=True, blank=True)
    confirmed_by = person_link("复核人")
    cleared_on = models.DateField("风险消除", null=True, blank=True)
    cleared_by = person_link("审定人")
    watch_until = models.DateField("跟踪到", null=True, blank=True)
    relisted_on = models.DateField("重新纳入", null=True, blank=True)
    rejected_on = models.DateField("未纳入", null=True, blank=True)
    forgotten_on = models.DateField("个人信息删除", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "农户"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=standing.CLEARED) | Q(cleared_on__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="risk_is_gone_by_two_people",
            ),
            models.CheckConstraint(condition=Q(population__gte=1), name="a_household_has_somebody"),
            models.CheckConstraint(condition=~Q(state__in=standing.ON_LIST) | ~Q(kind="") & Q(listed_on__isnull=False), name="who_is_listed_has_a_kind"),
        ]  # fmt: skip
        indexes = [
            # a unit's households by where they stand; shares of a village
            models.Index(fields=["unit", "state"], name="households_of_a_unit"),
            models.Index(fields=["village", "state"], name="households_of_a_village"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.head_shown}".strip()

    def get_absolute_url(self) -> str:
        return reverse("poverty_watch:household", args=[self.pk])

    @property
    def head_shown(self) -> str:
        """The head's name as every list, page and file shows it."""
        return masking.name(self.head_name) if self.head_name else ""

    @property
    def personal(self) -> str:
        """Everything personal in one text, for whoever said why it is needed (`actions.households.reveal`)."""
        people = [
            f"{each.get_relation_display()} {each.name} {each.citizen_id}"
            for each in self.members.filter(left_on=None)
        ]
        return "\n".join([f"户主 {self.head_name}　电话 {self.phone or '待补'}", *people])

    @property
    def is_on_list(self) -> bool:
        return self.state in standing.ON_LIST


class Member(models.Model):
    """One person of a household. `left_on` with its reason when they died or moved away."""

    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.CASCADE, related_name="members"
    )
    name = EncryptedTextField("姓名", validators=[MaxLengthValidator(40)])
    citizen_id = EncryptedTextField("身份证号", validators=[MaxLengthValidator(18)])
    citizen_index = BlindIndexField(of="citizen_id")
    relation = models.CharField("与户主关系", max_length=12, choices=words.RELATIONS)
    left_on = models.DateField("减少", null=True, blank=True)
    left_why = models.CharField("减少原因", max_length=10, blank=True, choices=words.LEAVINGS)

    class Meta:
        ordering = ["household", "id"]
        verbose_name = "家庭成员"
        constraints = [
            models.UniqueConstraint(fields=["citizen_index"], condition=Q(left_on=None), name="nobody_lives_in_two_households"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name_shown

    @property
    def name_shown(self) -> str:
        return masking.name(self.name)

    @property
    def citizen_id_shown(self) -> str:
        return masking.citizen_id(self.citizen_id)


class Clue(Case):
    """One clue 线索: from the household itself, a cadre's visit, a department's warning. Its steps are the nine of the rule."""

    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.PROTECT, related_name="clues"
    )
    amount_fen = models.BigIntegerField("涉及金额", null=True, blank=True)
    attended = models.PositiveIntegerField("评议到会", null=True, blank=True)
    agreed = models.PositiveIntegerField("评议同意", null=True, blank=True)
    refusal = models.CharField("不予纳入情形", max_length=16, blank=True, choices=words.REFUSALS)
    visited_on = models.DateField("入户", null=True, blank=True)
    met_on = models.DateField("评议", null=True, blank=True)
    posted_on = models.DateField("公示", null=True, blank=True)
    decided_on = models.DateField("识别", null=True, blank=True)
    decided_late = models.BooleanField("识别超期", null=True, blank=True)

    class Meta:
        verbose_name = "线索"


class Assessment(models.Model):
    """One reckoning 核算: income by its sources, what was found, what the rule suggests and what people decided.

    Never changed afterwards; the newest counts. Sums are of the household, for the months of its window.
    """

    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.CASCADE, related_name="assessments"
    )
    on = models.DateField("核算日期")
    since = models.DateField("收入起")
    until = models.DateField("收入止")
    population = models.PositiveSmallIntegerField("家庭人口")
    wages_fen = models.BigIntegerField("工资性收入", null=True, blank=True)
    business_fen = models.BigIntegerField("生产经营净收入", null=True, blank=True)
    property_fen = models.BigIntegerField("财产性收入", null=True, blank=True)
    transfer_fen = models.BigIntegerField("转移性收入", null=True, blank=True)
    spent_fen = models.BigIntegerField("刚性支出", null=True, blank=True, help_text="单列，不从收入里扣减")
    education = models.BooleanField("义务教育", null=True, blank=True)
    medical = models.BooleanField("基本医疗", null=True, blank=True)
    housing = models.BooleanField("住房安全", null=True, blank=True)
    water = models.BooleanField("饮水安全", null=True, blank=True)
    is_burdened = models.BooleanField("刚性支出大或收入骤减", null=True, blank=True)
    can_cope = models.BooleanField("能自行应对", null=True, blank=True)
    is_in_hardship = models.BooleanField("基本生活严重困难", null=True, blank=True)
    per_capita_fen = models.BigIntegerField("人均纯收入", null=True, blank=True)
    line_fen = models.BigIntegerField("监测线", null=True, blank=True)
    ruleset = models.ForeignKey(
        RulesetVersion, verbose_name="监测线依据", null=True, on_delete=models.PROTECT, related_name="+"
    )
    suggested = models.CharField("规则提示", max_length=10, blank=True, choices=words.KINDS)
    reasons = models.JSONField("理由", default=list)
    kind = models.CharField("判断", max_length=10, blank=True, choices=words.KINDS)
    why = models.CharField("与提示不一致的理由", max_length=200, blank=True)
    by = person_link("核算人")

    class Meta:
        ordering = ["household", "on", "id"]
        verbose_name = "核算"

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    @property
    def income(self) -> judging.Income:
        return judging.Income(self.wages_fen, self.business_fen, self.property_fen, self.transfer_fen)

    @property
    def guarantees(self) -> dict[str, bool | None]:
        return {code: getattr(self, code) for code, _ in words.GUARANTEES}

    @property
    def line_year(self) -> int | None:
        """The year that its line was set for."""
        return self.ruleset.content.get("year") if self.ruleset else None


class Visit(models.Model):
    """One visit 走访 while a household is on the list or watched after it: what was found, for the gates of clearing."""

    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.CASCADE, related_name="visits"
    )
    on = models.DateField("走访日期")
    per_capita_fen = models.BigIntegerField("人均纯收入", null=True, blank=True)
    education = models.BooleanField("义务教育", null=True, blank=True)
    medical = models.BooleanField("基本医疗", null=True, blank=True)
    housing = models.BooleanField("住房安全", null=True, blank=True)
    water = models.BooleanField("饮水安全", null=True, blank=True)
    risk_gone = models.BooleanField("原风险已解除", null=True, blank=True)
    new_risk = models.BooleanField("有新的风险", null=True, blank=True)
    spending_held = models.BooleanField("刚性支出可控", null=True, blank=True)
    by = person_link("走访人")

    class Meta:
        ordering = ["household", "on", "id"]
        verbose_name = "走访"

    def __str__(self) -> str:
        return str(self.on)

    def fact(self) -> standing.Visit:
        found = {code: getattr(self, code) for code, _ in words.GUARANTEES}
        return standing.Visit(
            self.on, self.per_capita_fen, found, self.risk_gone, self.new_risk, self.spending_held
        )


class Help(models.Model):
    """One measure of help 帮扶措施, by the cause that it answers; ended by its effect."""

    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.PROTECT, related_name="helps"
    )
    kind = models.CharField("措施", max_length=12, choices=words.HELPS)
    cause = models.CharField("针对风险", max_length=12, choices=words.CAUSES)
    what = models.CharField("内容", max_length=120)
    why = models.CharField("不对应时的理由", max_length=120, blank=True)
    unit = models.ForeignKey(Unit, verbose_name="实施单位", on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField("开始")
    planned_on = models.DateField("计划完成", null=True, blank=True)
    done_on = models.DateField("见成效", null=True, blank=True)
    effect = models.CharField("成效", max_length=200, blank=True)

    class Meta:
        ordering = ["household", "started_on", "id"]
        verbose_name = "帮扶措施"
        # what a unit still has to bring to an effect
        indexes = [
            models.Index(fields=["unit", "planned_on"], condition=Q(done_on=None), name="helps_that_run")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("poverty_watch:household", args=[self.household_id])


class HouseholdStep(models.Model):
    """One thing that was done about a household. Its words go when personal data goes."""

    household = models.ForeignKey(
        Household, verbose_name="农户", on_delete=models.CASCADE, related_name="steps"
    )
    on = models.DateField("日期")
    what = models.CharField("步骤", max_length=12)
    words = models.TextField("内容", blank=True)
    by = person_link("办理人")

    class Meta:
        ordering = ["household", "on", "id"]
        verbose_name = "农户经过"

    def __str__(self) -> str:
        return f"{self.on} {self.title}"

    @property
    def title(self) -> str:
        return standing.TITLES.get(self.what, self.what)


class Warned(models.Model):
    """A row of a department's warning that was needed: which department, what about, which clue it led to. No name, no number;
    `mark` is a keyed hash by which the same row is not taken in twice."""

    batch = models.CharField("批次", max_length=40)
    unit = models.ForeignKey(Unit, verbose_name="预警部门", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField("事由", max_length=12, choices=words.CAUSES)
    on = models.DateField("发生日期")
    amount_fen = models.BigIntegerField("金额", null=True, blank=True)
    mark = models.CharField("标识", max_length=64, unique=True)
    clue = models.ForeignKey(
        Clue, verbose_name="线索", null=True, on_delete=models.PROTECT, related_name="warned"
    )
    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, on_delete=models.PROTECT, related_name="warned"
    )

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = "部门预警"

    def __str__(self) -> str:
        return f"{self.on} {self.get_cause_display()}"


class Fund(models.Model):
    """A project of linked funds 衔接资金项目: what was allotted by which paper, and what of it has been paid."""

    class Level(models.TextChoices):
        CENTRAL = "central", "中央"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"

    number = models.CharField("项目编号", max_length=30, unique=True)
    name = models.CharField("项目", max_length=80)
    division = models.ForeignKey(Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name="实施单位", on_delete=models.PROTECT, related_name="+")
    level = models.CharField("资金级次", max_length=10, choices=Level.choices)
    paper = models.CharField("指标文号", max_length=60, blank=True)
    is_industry = models.BooleanField("用于产业发展", null=True, blank=True)
    allotted_fen = models.BigIntegerField("下达资金", validators=[MinValueValidator(1)])
    allotted_on = models.DateField("下达日期")
    paid_fen = models.BigIntegerField("已支出", default=0, validators=[MinValueValidator(0)])
    reported_on = models.DateField("支出截至", null=True, blank=True)

    class Meta:
        ordering = ["-allotted_on", "number"]
        verbose_name = "衔接资金项目"
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_fen__lte=F("allotted_fen")), name="no_more_is_paid_than_allotted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def progress(self) -> float | None:
        """Percent paid."""
        return round(100 * self.paid_fen / self.allotted_fen, 2) if self.allotted_fen else None
