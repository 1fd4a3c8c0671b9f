"""Items with their materials and where they are handled; cases, ratings, bad reviews, promises; openings of firms by the month."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from luodi.kernel.models import Division, Unit
from luodi.scenarios.government_services.rules import building, catalogue, codes, reviews
from luodi.shapes.cases.models import Case
from luodi.shapes.registers.models import Enterprise, valid_credit_code


def valid_item_code(text: str) -> None:
    try:
        codes.read(text)
    except codes.CodeFault as fault:
        raise ValidationError(str(fault)) from fault


def division_link(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        Division, verbose_name="区划", on_delete=models.PROTECT, related_name="+", **more
    )


class Item(models.Model):
    """An item as one body carries it out 实施清单. Its basic code and type follow from the implementing code."""

    code = models.CharField("实施编码", max_length=31, unique=True, validators=[valid_item_code])
    basic = models.CharField("基本编码", max_length=12, editable=False)
    name = models.CharField("事项名称", max_length=120)
    type = models.CharField("事项类型", max_length=2, choices=codes.TYPES, editable=False)
    legal_basis = models.TextField("设定依据")
    unit = models.ForeignKey(Unit, verbose_name="实施机构", on_delete=models.PROTECT, related_name="+")
    division = division_link()
    powers = models.CharField("权限划分", max_length=200, blank=True)
    conditions = models.TextField("受理条件", blank=True)
    served = models.CharField("服务对象", max_length=6, choices=catalogue.OBJECTS, default="both")
    handling = models.CharField("办件类型", max_length=10, choices=catalogue.HANDLINGS)
    legal_days = models.PositiveSmallIntegerField(
        "法定时限", null=True, blank=True, help_text="工作日；法律没有规定的留空"
    )
    promised_days = models.PositiveSmallIntegerField("承诺时限", null=True, blank=True, help_text="工作日")
    days_saved = models.SmallIntegerField(
        "压缩时限", null=True, editable=False, help_text="法定减承诺；没有法定时限的不算"
    )
    is_joint = models.BooleanField("联合办理", default=False)
    special = models.CharField("特别程序", max_length=200, blank=True, help_text="及其时限")
    depth = models.PositiveSmallIntegerField("网办深度", choices=catalogue.DEPTHS)
    visits = models.PositiveSmallIntegerField("到现场次数", validators=[MaxValueValidator(9)])
    is_nearby = models.BooleanField("就近办", default=False, editable=False)
    is_everywhere = models.BooleanField("通办", default=False, help_text="跨省、跨市或全市通办")
    fee = models.CharField("收费", max_length=120, blank=True)
    result = models.CharField("结果名称", max_length=80, blank=True)
    intermediary = models.CharField("中介服务", max_length=80, blank=True)
    phone = models.CharField("咨询电话", max_length=40, blank=True)
    complaints = models.CharField("投诉电话", max_length=40, blank=True)
    address = models.URLField("办理网址", blank=True)
    listed_on = models.DateField("列入清单")
    cancelled_on = models.DateField("取消", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "政务服务事项"
        indexes = [
            # 四级四同: what the same basic item is called elsewhere
            models.Index(fields=["basic"], name="items_by_basic_code"),
            # the guide that the public searches
            models.Index(fields=["cancelled_on", "name"], name="items_in_force_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_days=None) | Q(promised_days=None) | Q(promised_days__lte=models.F("legal_days")),
                name="a_promise_is_no_longer_than_the_law",
                violation_error_message="承诺时限不能超过法定时限。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        return self.cancelled_on is None

    def clean(self) -> None:
        """What follows from the code is written from it; what the item says against itself is refused."""
        try:
            found = codes.read(self.code)
        except codes.CodeFault:
            return  # the field says what is wrong
        self.code, self.basic, self.type = str(found), found.basic, found.type
        is_counted = (
            self.handling == catalogue.PROMISED and self.legal_days and self.promised_days is not None
        )
        self.days_saved = self.legal_days - self.promised_days if is_counted else None
        if faults := catalogue.faults_of(self.facts(materials=())):
            raise ValidationError("".join(faults))

    def facts(self, materials: tuple[str, ...]) -> catalogue.Facts:
        return catalogue.Facts(
            self.code, self.basic, self.name, self.type, self.legal_basis, self.handling, self.legal_days,
            self.promised_days, self.depth, self.visits, materials,
        )  # fmt: skip


class Material(models.Model):
    """One paper that an item asks for 申请材料. Whatever has no name can't be asked for."""

    class Form(models.TextChoices):
        ORIGINAL = "original", "原件"
        COPY = "copy", "复印件"
        ELECTRONIC = "electronic", "电子件"

    class Source(models.TextChoices):
        OWN = "own", "申请人自备"
        ISSUED = "issued", "政府部门核发"
        AGENCY = "agency", "中介或其他机构出具"

    item = models.ForeignKey(Item, verbose_name="事项", on_delete=models.CASCADE, related_name="materials")
    name = models.CharField("材料名称", max_length=120)
    form = models.CharField("形式", max_length=10, choices=Form.choices, default=Form.ORIGINAL)
    copies = models.PositiveSmallIntegerField("份数", default=1, validators=[MinValueValidator(1)])
    source = models.CharField("来源", max_length=8, choices=Source.choices, default=Source.OWN)
    may_be_late = models.BooleanField("可容缺", default=False)
    is_spared = models.BooleanField("免提交", default=False)

    class Meta:
        ordering = ["item", "id"]
        verbose_name = "申请材料"
        constraints = [models.UniqueConstraint(fields=["item", "name"], name="a_material_once_an_item")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if catalogue.is_vague(self.name):
            raise ValidationError({"name": "不能写兜底的“其他材料”，应写明具体材料。"})


class Package(models.Model):
    """一件事: several items of one event in life or business, asked for once."""

    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    lead = models.ForeignKey(Unit, verbose_name="牵头单位", on_delete=models.PROTECT, related_name="+")
    items = models.ManyToManyField(Item, verbose_name="包含事项", related_name="packages")
    materials = models.PositiveSmallIntegerField("合并后材料", help_text="份")
    visits = models.PositiveSmallIntegerField("合并后跑动", help_text="次")
    promised_days = models.PositiveSmallIntegerField("合并后时限", null=True, blank=True, help_text="工作日")
    online_on = models.DateField("上线", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "一件事"

    def __str__(self) -> str:
        return self.name

    @property
    def item_codes(self) -> list[str]:
        return [item.code for item in self.items.all()] if self.pk else []


class Point(models.Model):
    """A place near the people 镇村便民服务站点 and the items that are handled there."""

    class Tier(models.TextChoices):
        TOWN = "town", "镇（街道）"
        VILLAGE = "village", "村（社区）"

    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    town = models.CharField("镇街", max_length=40)
    division = division_link()
    tier = models.CharField("层级", max_length=8, choices=Tier.choices)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    set_up_on = models.DateField("设立")
    standard_on = models.DateField("规范化达标", null=True, blank=True)
    items = models.ManyToManyField(Item, verbose_name="可办事项", blank=True, related_name="points")

    class Meta:
        ordering = ["division", "town", "code"]
        verbose_name = "便民服务站点"

    def __str__(self) -> str:
        return self.name

    @property
    def item_codes(self) -> list[str]:
        return [item.code for item in self.items.all()] if self.pk else []


class ServiceCase(Case):
    """A case 办件. `is_online` is how it was filed, whatever the item's own depth; days are working days."""

    item = models.ForeignKey(Item, verbose_name="事项", on_delete=models.PROTECT, related_name="cases")
    firm = models.ForeignKey(
        Enterprise, verbose_name="申请企业", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_online = models.BooleanField("网上申请", default=False)
    accepted_at = models.DateTimeField("受理", null=True, blank=True)
    promised_on = models.DateField("承诺期限", null=True, blank=True)
    legal_on = models.DateField("法定期限", null=True, blank=True)
    decided_on = models.DateField("决定", null=True, blank=True)
    in_promise = models.BooleanField("按承诺办结", null=True, blank=True)
    in_law = models.BooleanField("按法定办结", null=True, blank=True)
    is_early = models.BooleanField("提前办结", null=True, blank=True)
    visits_made = models.PositiveSmallIntegerField("实际到场", null=True, blank=True)
    document = models.CharField("证照编号", max_length=60, blank=True)

    class Meta:
        verbose_name = "办件"

    days_gone = 0
    """Working days that had passed when the case was deemed accepted 视为受理; only while that step is taken."""


class Rating(models.Model):
    """One rating of one service 好差评. Who rated is kept as a keyed hash; a void one does not count."""

    item = models.ForeignKey(Item, verbose_name="事项", on_delete=models.PROTECT, related_name="ratings")
    division = division_link(null=True, blank=True)
    case_number = models.CharField("办件编号", max_length=40)
    service_no = models.PositiveSmallIntegerField("第几次服务", default=1)
    way = models.CharField("渠道", max_length=10, choices=reviews.WAYS)
    stars = models.PositiveSmallIntegerField("星级", choices=reviews.STARS)
    tags = models.JSONField("评价指标", default=list, blank=True)
    words = models.CharField("评价内容", max_length=500, blank=True)
    rater_key = models.CharField("评价人标识", max_length=64, blank=True, editable=False)
    device = models.CharField("设备", max_length=40, blank=True)
    is_own_accord = models.BooleanField("主动评价", default=True)
    is_doubtful = models.BooleanField("疑似刷评", default=False, editable=False)
    is_void = models.BooleanField("不计入", default=False, editable=False)
    rated_at = models.DateTimeField("评价时间")
    rated_on = models.DateField("评价日期", editable=False)

    class Meta:
        ordering = ["-rated_at", "-id"]
        verbose_name = "服务评价"
        indexes = [models.Index(fields=["device", "rated_at"], name="ratings_of_a_device")]
        constraints = [
            models.UniqueConstraint(
                fields=["case_number", "service_no"], name="one_rating_a_service",
                violation_error_message="这次服务已经评价过：一次服务一次评价。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_number} {self.get_stars_display()}"


class BadReview(Case):
    """What follows from one or two stars 差评整改."""

    rating = models.OneToOneField(
        Rating, verbose_name="评价", on_delete=models.PROTECT, related_name="review"
    )

    class Meta:
        verbose_name = "差评整改"


class BuildFirst(Case):
    """A project that builds on its promise and is accepted after 先建后验."""

    firm = models.ForeignKey(Enterprise, verbose_name="企业", on_delete=models.PROTECT, related_name="+")
    standards = models.TextField("承诺达到的标准和要求")
    promised_on = models.DateField("承诺日期", null=True, blank=True)
    promised_until = models.DateField("承诺验收期限", null=True, blank=True)
    began_on = models.DateField("开工", null=True, blank=True)
    accepted_on = models.DateField("验收合格日期", null=True, blank=True)
    saved_days = models.PositiveSmallIntegerField("节省工期", null=True, blank=True)
    consequence = models.CharField("违诺处理", max_length=8, choices=building.CONSEQUENCES, blank=True)

    class Meta:
        verbose_name = "先建后验"


class Opening(models.Model):
    """One firm's way from the first form to being able to trade 企业开办, in working days of eight hours."""

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True, validators=[valid_credit_code])
    name = models.CharField("企业名称", max_length=100)
    division = division_link()
    filed_at = models.DateTimeField("提交申请")
    licensed_at = models.DateTimeField("核发执照", null=True, blank=True)
    ready_at = models.DateTimeField(
        "全流程办结", null=True, blank=True, help_text="执照、印章、发票、社保、公积金、银行预约"
    )
    ready_on = models.DateField("办结日期", null=True, blank=True, editable=False)
    workdays = models.DecimalField(
        "用时", max_digits=7, decimal_places=2, null=True, blank=True, editable=False, help_text="工作日"
    )
    is_online = models.BooleanField("全程网办", default=True)

    class Meta:
        ordering = ["-filed_at", "uscc"]
        verbose_name = "企业开办"

    def __str__(self) -> str:
        return self.name


class EntityMonth(models.Model):
    """Market entities of a division in a month 经营主体: opened, ended, and the net that the plan promises."""

    division = division_link()
    month_on = models.DateField("月份", help_text="写该月第一天")
    opened = models.PositiveIntegerField("新登记")
    ended = models.PositiveIntegerField("注销吊销")
    net = models.IntegerField("净增", editable=False)

    class Meta:
        ordering = ["-month_on", "division"]
        verbose_name = "经营主体月报"
        constraints = [models.UniqueConstraint(fields=["division", "month_on"], name="entities_once_a_month")]

    def __str__(self) -> str:
        return f"{self.division} {self.month_on:%Y-%m}"

    def clean(self) -> None:
        if self.month_on and self.month_on.day != 1:
            raise ValidationError({"month_on": "月份写该月第一天，例如 2026-03-01。"})
        if self.opened is not None and self.ended is not None:
            self.net = self.opened - self.ended
