"""The ledger: documents as delivered, the lines read from them, what they promise, and who owes it.

A line keeps three texts apart: `source` is the sentence of the document and never changes while the span stands,
`text` is the wording an office works with, and what the reader suggested stays marked as a suggestion until a
person accepts it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luodi.kernel.models import Division, Job, StoredFile, Unit


class Every(models.TextChoices):
    """How often progress is reported 报送周期."""

    MONTH = "month", _("按月")
    QUARTER = "quarter", _("按季")


class Document(models.Model):
    """A work plan or report 文件, as text with offsets, and everything the reader found in it."""

    title = models.CharField("标题", max_length=200)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    division = models.ForeignKey(
        Division, verbose_name="区划", null=True, blank=True, on_delete=models.PROTECT
    )
    division_name = models.CharField("文中区划", max_length=60, blank=True)
    file = models.OneToOneField(StoredFile, verbose_name="文件", on_delete=models.PROTECT)
    job = models.ForeignKey(
        Job, verbose_name="读取作业", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    encoding = models.CharField("编码", max_length=20, blank=True)
    text = models.TextField("正文", blank=True)
    report = models.JSONField("读取结果", default=dict, help_text="design: luodi.report/1 without its text")
    report_every = models.CharField(
        "报送周期", max_length=7, choices=Every.choices, default=Every.MONTH, help_text="进展多久报一次"
    )
    report_day = models.PositiveSmallIntegerField("报送日", default=5, help_text="期满后次月的第几日前报送")
    read_at = models.DateTimeField("读完", null=True)
    created_at = models.DateTimeField("收到", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A heading of a document; its lines come after it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    level = models.PositiveSmallIntegerField("层级")
    number = models.CharField("序号", max_length=20, blank=True)
    title = models.CharField("标题", max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["-document_id", "start"]
        verbose_name = "章节"

    def __str__(self) -> str:
        return (
            f"{self.number}{'' if self.number.endswith('）') else '、'}{self.title}"
            if self.number
            else self.title
        )


class Commitment(models.Model):
    """One line of the ledger 任务: what one responsible unit reports on."""

    class Kind(models.TextChoices):
        TARGET = "target", _("指标")
        PROJECT = "project", _("项目")
        MECHANISM = "mechanism", _("机制")
        ACTION = "action", _("工作")

    class State(models.TextChoices):
        DRAFT = "draft", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        ISSUED = "issued", _("已印发")
        ACCEPTED = "accepted", _("已签收")
        RUNNING = "running", _("推进中")
        CLOSING = "closing", _("申请销号")
        VERIFIED = "verified", _("已核实")
        CLOSED = "closed", _("已销号")
        SUSPENDED = "suspended", _("挂账")

    document = models.ForeignKey(
        Document, verbose_name="文件", on_delete=models.CASCADE, related_name="commitments"
    )
    passage = models.ForeignKey(
        Passage, verbose_name="章节", null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    source = models.TextField("原文")
    text = models.TextField("任务")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    horizon = models.CharField("时段", max_length=8, default="year")
    verbs = models.JSONField("动词", default=list)
    places = models.JSONField("地点", default=list)
    deadline = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    review_on = models.DateField("挂账复核日", null=True, blank=True)
    latest = models.ForeignKey(
        "ProgressReport", verbose_name="最近进展", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    same_as = models.ForeignKey(
        "self", verbose_name="并入", null=True, on_delete=models.SET_NULL, related_name="joined"
    )
    earlier = models.ForeignKey(
        "self", verbose_name="上一年任务", null=True, on_delete=models.SET_NULL, related_name="later"
    )

    class Meta:
        ordering = ["-document_id", "start", "id"]
        verbose_name = "任务"
        indexes = [
            # the inbox: lines of one state
            models.Index(fields=["state", "document"], name="lines_of_a_state"),
            # pages of the ledger, the last as quick as the first
            models.Index(F("document").desc(), "start", "id", name="lines_in_order"),
        ]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_line_has_a_span")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def lead(self) -> Assignment | None:
        """The unit that answers for the line, once a person has settled it."""
        return next((each for each in self.owners if each.role == Assignment.Role.LEAD), None)

    @property
    def owners(self) -> list[Assignment]:
        """The settled units, the lead first."""
        return [each for each in self.assignments.all() if each.accepted and each.unit_id]


class Target(models.Model):
    """A figure to be reached 目标. `number` is what the document prints; a masked one has no value until filled."""

    class Comparator(models.TextChoices):
        EQ = "eq", "＝"
        GE = "ge", "≥"
        GT = "gt", "＞"
        LE = "le", "≤"
        LT = "lt", "＜"
        APPROX = "approx", "≈"
        RANGE = "range", _("区间")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="targets")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField("原文")
    indicator = models.CharField("指标", max_length=200)
    number = models.CharField("原文数字", max_length=40)
    value = models.DecimalField("目标值", max_digits=20, decimal_places=6, null=True, blank=True)
    value_high = models.DecimalField("上限", max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=30, blank=True)
    comparator = models.CharField("比较", max_length=6, choices=Comparator.choices)
    change = models.CharField("口径", max_length=6, choices=[("level", _("水平")), ("growth", _("增减"))])
    ambition = models.CharField("力度", max_length=7, choices=[("firm", "确定"), ("stretch", "力争")])
    horizon = models.CharField("时点", max_length=10)
    filled_from = models.CharField("补数依据", max_length=200, blank=True)

    class Meta:
        ordering = ["commitment_id", "start", "id"]
        verbose_name = "目标"

    def __str__(self) -> str:
        has_unit = self.number.endswith(self.unit)
        return f"{self.indicator} {self.number}{'' if has_unit else self.unit}"

    @property
    def is_blank(self) -> bool:
        """A masked figure that nobody has filled: unknown, never zero."""
        return self.value is None

    @property
    def is_masked(self) -> bool:
        """The document itself prints a mask, so a person may give or correct the figure."""
        return self.value is None or bool(self.filled_from)


class NamedProject(models.Model):
    """A project 项目 that a line names, and the stage it is promised to reach."""

    class Stage(models.TextChoices):
        PREPARE = "prepare", _("前期")
        START = "start", _("开工")
        BUILD = "build", _("在建")
        FINISH = "finish", _("建成")
        OPERATE = "operate", _("投用")
        OTHER = "other", _("其他")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="projects")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    name = models.CharField("项目", max_length=200)
    stage = models.CharField("阶段", max_length=8, choices=Stage.choices)

    class Meta:
        ordering = ["commitment_id", "start", "id"]
        verbose_name = "项目"

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A unit that owes a line 责任单位; a suggestion (with score and reason) until a person accepts it.

    `unit` is empty when the suggested `name` is not in the city's own list: shown, never accepted unseen.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    name = models.CharField("单位名称", max_length=80)
    role = models.CharField("角色", max_length=7, choices=Role.choices)
    accepted = models.BooleanField("已采纳", default=False)
    score = models.FloatField("把握", null=True)
    why = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        ordering = ["commitment_id", "role", "-accepted", "-score", "id"]
        verbose_name = "责任单位"
        constraints = [models.UniqueConstraint(fields=["commitment", "name"], name="a_unit_once_per_line")]
        # the ledger filtered by unit
        indexes = [models.Index(fields=["unit", "accepted"], name="lines_of_a_unit")]

    def __str__(self) -> str:
        return self.name


class Edit(models.Model):
    """One change by one person to one or several lines, with the lines before and after: what undo goes by."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="edits")
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="修改人", on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField("修改", max_length=200)
    before = models.JSONField("改前")
    after = models.JSONField("改后")
    undone = models.BooleanField("已撤销", default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = "修改记录"

    def __str__(self) -> str:
        return self.what


class EditedLine(models.Model):
    """Which lines an edit touched; no foreign key to the line, since the edit outlives it."""

    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, related_name="touched")
    line = models.BigIntegerField("任务", db_index=True)

    class Meta:
        verbose_name = "修改所及"

    def __str__(self) -> str:
        return f"{self.edit_id}:{self.line}"
