"""The project itself, who answers for it, its papers, its start and the steps of its life."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luodi.kernel.identifiers import IdentifierError, ProjectCode
from luodi.kernel.models import Division, Person, Unit
from luodi.shapes.projects.life import PARTS, WORKS, PaperState
from luodi.shapes.projects.rules import plan_faults
from luodi.shapes.registers.models import Enterprise


def valid_project_code(text: str) -> None:
    try:
        ProjectCode.parse(text)
    except IdentifierError as fault:
        raise ValidationError(str(fault)) from fault


class Project(models.Model):
    """A project 项目. Money is in whole 分; what nobody knows is null, never 0.

    `kind` is the code of the `ProjectKind` it belongs to, `stage` a stage of that kind's life. `start_due_on` and
    `finish_due_on` are the plan in force: once the project is under way they change by `PlanChange` only.
    """

    class Category(models.TextChoices):
        INDUSTRY = "industry", "产业"
        INFRASTRUCTURE = "infrastructure", "基础设施"
        LIVELIHOOD = "livelihood", "民生"
        ECOLOGY = "ecology", "生态"
        OTHER = "other", "其他"

    class Nature(models.TextChoices):
        NEW = "new", "新建"
        EXTENSION = "extension", "扩建"
        RENEWAL = "renewal", "改建和技术改造"
        PURCHASE = "purchase", "单纯购置"
        MOVE = "move", "迁建"
        RESTORATION = "restoration", "恢复"

    class Approval(models.TextChoices):
        EXAMINED = "examined", "审批"
        PERMITTED = "permitted", "核准"
        FILED = "filed", "备案"

    class Rank(models.TextChoices):
        PROVINCIAL = "provincial", "省级重点"
        MUNICIPAL = "municipal", "市级重点"
        COUNTY = "county", "县级重点"

    kind = models.CharField("项目类", max_length=40)
    number = models.CharField("项目编号", max_length=30, unique=True)
    code = models.CharField("投资项目代码", max_length=24, blank=True, validators=[valid_project_code])
    name = models.CharField("项目名称", max_length=120)
    content = models.TextField("建设内容", blank=True)
    analysis = models.TextField("必要性分析", blank=True)
    category = models.CharField("类别", max_length=16, choices=Category.choices, default=Category.INDUSTRY)
    nature = models.CharField("建设性质", max_length=12, choices=Nature.choices, default=Nature.NEW)
    approval = models.CharField("立项方式", max_length=10, choices=Approval.choices, blank=True)
    rank = models.CharField("级别", max_length=12, choices=Rank.choices, default=Rank.MUNICIPAL)
    industry = models.CharField(
        "行业", max_length=5, blank=True, help_text="GB/T 4754 的门类字母，可带大中小类"
    )
    tags = models.JSONField("标签", default=list, blank=True, help_text="中央预算内、专项债券、产业链名……")

    division = models.ForeignKey(
        Division, verbose_name="所在区划", on_delete=models.PROTECT, related_name="+"
    )
    zone = models.ForeignKey(
        Division, verbose_name="所在园区", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"is_zone": True},
    )  # fmt: skip
    lead = models.ForeignKey(
        Unit, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Enterprise,
        verbose_name="项目法人（企业）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    owner_name = models.CharField("项目单位", max_length=100, blank=True, help_text="不是企业的，写单位全称")
    address = models.CharField("建设地点", max_length=120, blank=True)
    parcel = models.CharField("地块", max_length=40, blank=True, help_text="宗地编号；用来发现拆分项目")
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    total_fen = models.BigIntegerField("总投资", null=True, blank=True)
    spent_before_fen = models.BigIntegerField("本年以前完成投资", null=True, blank=True)
    land_mu = models.DecimalField("用地", max_digits=10, decimal_places=2, null=True, blank=True)
    energy_tce = models.DecimalField("年综合能耗", max_digits=12, decimal_places=2, null=True, blank=True)
    electricity_kwh = models.BigIntegerField("年用电量", null=True, blank=True)
    capacity = models.DecimalField("设计年产能", max_digits=16, decimal_places=2, null=True, blank=True)
    capacity_unit = models.CharField("产能单位", max_length=20, blank=True)
    design_output_fen = models.BigIntegerField("设计年产值", null=True, blank=True)
    design_tax_fen = models.BigIntegerField("设计年税收", null=True, blank=True)

    stage = models.CharField("阶段", max_length=16, default="lead")
    stage_since = models.DateField("进入本阶段", null=True, blank=True)
    start_due_on = models.DateField("计划开工", null=True, blank=True)
    finish_due_on = models.DateField("计划竣工", null=True, blank=True)
    operate_due_on = models.DateField("计划投产", null=True, blank=True)
    started_on = models.DateField("实际开工", null=True, blank=True)
    finished_on = models.DateField("实际竣工", null=True, blank=True)
    operated_on = models.DateField("实际投产", null=True, blank=True)
    stat_entered_on = models.DateField("入库纳统", null=True, blank=True)
    scale_entered_on = models.DateField("入规", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "项目"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_project_a_code", violation_error_message="投资项目代码已被另一个项目使用。"),
        ]  # fmt: skip
        indexes = [
            # a kind's projects by where they stand; the month's start list
            models.Index(fields=["kind", "stage"], name="projects_by_stage"),
            models.Index(fields=["kind", "start_due_on"], name="projects_by_planned_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.pk])

    def clean(self) -> None:
        """Codes are kept as their standard writes them; contradictions of the plan are told together."""
        if ProjectCode.is_valid(self.code):
            self.code = str(ProjectCode.parse(self.code))
        if said := plan_faults(vars(self)):
            raise ValidationError("".join(said))

    @property
    def owner_shown(self) -> str:
        return self.owner.name if self.owner else self.owner_name


class Charge(models.Model):
    """包抓: who answers for a project in one of three parts, from a day on. A change ends one row and begins another."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="charges"
    )
    part = models.CharField("一方", max_length=12, choices=PARTS)
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=60, blank=True)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["project", "part", "-valid_from"]
        verbose_name = "包抓责任"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "part"], condition=Q(valid_until=None), name="one_in_charge_a_part"
            )
        ]
        # the projects of a leader
        indexes = [models.Index(fields=["person", "part"], name="charges_of_a_person")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.name}"


class Paper(models.Model):
    """One permit or document 要件 of a project; its scan is kept as evidence of this row."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("要件", max_length=24)
    state = models.CharField(
        "状态", max_length=12, choices=[(each, each.label) for each in PaperState], default=PaperState.MISSING
    )
    number = models.CharField("文号或证号", max_length=60, blank=True)
    issuer = models.CharField("核发单位", max_length=60, blank=True)
    issued_on = models.DateField("核发", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    promised_until = models.DateField("承诺办结", null=True, blank=True)
    reason = models.CharField("不需要的理由", max_length=120, blank=True)

    class Meta:
        ordering = ["project", "pk"]
        verbose_name = "手续要件"
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="one_paper_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(state="obtained") | Q(issued_on__isnull=False), name="obtained_paper_has_its_day",
                violation_error_message="已取得的要件要有核发日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state="promised") | Q(promised_until__isnull=False), name="promised_paper_has_its_day",
                violation_error_message="承诺办理的要件要有承诺办结的日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(reason=""), name="paper_not_needed_has_its_reason",
                violation_error_message="不需要的要件要写明理由。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.project} {self.kind}"


class Start(models.Model):
    """The evidence of a start 开工: which works, where, seen by whom. Photos are evidence of this row."""

    project = models.OneToOneField(
        Project, verbose_name="项目", on_delete=models.CASCADE, related_name="start"
    )
    on = models.DateField("开工")
    works = models.CharField(
        "开工内容", max_length=12, choices=[(each.code, each.title) for each in WORKS if each.counts]
    )
    words = models.CharField("开工部位", max_length=120, blank=True)
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    verifier = models.CharField("现场核实人", max_length=80, help_text="姓名、单位、职务")
    by = models.ForeignKey(Person, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记", auto_now_add=True)

    class Meta:
        ordering = ["-on"]
        verbose_name = "开工记录"

    def __str__(self) -> str:
        return f"{self.project} {self.on}"


class Step(models.Model):
    """One step of a project's life, sealed over the step before it: never changed, never removed."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField("序号")
    source = models.CharField("从", max_length=16, blank=True)
    to = models.CharField("到", max_length=16)
    on = models.DateField("日期")
    reason = models.CharField("事由", max_length=200, blank=True)
    by = models.ForeignKey(Person, verbose_name="经办", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("记录")
    seal = models.CharField("封印", max_length=64)

    class Meta:
        ordering = ["project", "number"]
        verbose_name = "阶段变更"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="steps_in_order")]

    def __str__(self) -> str:
        return f"{self.source or '—'} → {self.to}"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a step is never changed")
        super().save(**{**kwargs, "force_insert": True})
