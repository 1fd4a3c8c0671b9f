"""A deal from a lead to production, the changes of its contract, and the money that really came."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.investment_promotion.models.chains import Chain, Node
from luodi.scenarios.investment_promotion.rules import documents
from luodi.scenarios.investment_promotion.rules.life import LIST_OF, LISTS, STATES
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.models.project import valid_project_code
from luodi.shapes.registers.models import Enterprise, valid_credit_code


class Deal(models.Model):
    """招商项目. Intended, agreed and contracted sums stand apart; money in whole 分, unknown is null, never 0.

    `division` is the one place where the deal counts: a zone or a county, never both. `batch` is the one list of the
    三个一批 that it stands on and follows from `state`. `is_counted` with its reason is what the ruleset of the day said.
    """

    class Origin(models.TextChoices):
        CITY = "city", "市内"
        PROVINCE = "province", "市外省内"
        COUNTRY = "country", "省外境内"
        ABROAD = "abroad", "境外"

    class Exclusion(models.TextChoices):
        BETWEEN = "between", "市内县区之间投资"
        BUDGET = "budget", "财政资金项目"
        NETWORK = "network", "国家垄断行业网点"
        ESTATE = "estate", "房地产"
        MINING = "mining", "单纯采矿"
        PLANTING = "planting", "传统种养"
        SERVICE = "service", "小型服务业"
        SECOND = "second", "已计入项目的后续期"
        RELOCATION = "relocation", "市内搬迁"
        RESALE = "resale", "土地转让"
        NO_TAX = "no_tax", "不在本地纳税"

    class Works(models.TextChoices):
        TRENCH = "trench", "永久性工程正式开槽"
        PILE = "pile", "正式打桩（不开槽）"
        EQUIPMENT = "equipment", "租用厂房设备进场安装"
        LEVELLING = "levelling", "场地平整（不算开工）"
        DEMOLITION = "demolition", "拆迁、三通一平、勘察（不算开工）"

    class Currency(models.TextChoices):
        CNY = "CNY", "人民币"
        USD = "USD", "美元"
        EUR = "EUR", "欧元"
        HKD = "HKD", "港元"
        JPY = "JPY", "日元"

    class Exit(models.TextChoices):
        LAPSED = "lapsed", "协议到期未转合同"
        UNPAID = "unpaid", "资金长期不到位"
        IDLE = "idle", "拿地不开工"
        BREACH = "breach", "承诺不兑现"
        INVESTOR = "investor", "投资方退出"
        FACTORS = "factors", "要素不能落实"

    number = models.CharField("项目编号", max_length=20, unique=True, blank=True)
    name = models.CharField("项目名称", max_length=100)
    content = models.CharField("建设内容", max_length=300, blank=True)
    chain = models.ForeignKey(
        Chain, verbose_name="产业链", null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    node = models.ForeignKey(
        Node, verbose_name="补链环节", null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    division = models.ForeignKey(
        Division, verbose_name="统计区划或园区", on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    industry = models.CharField("行业门类", max_length=1, help_text="GB/T 4754 的门类字母 A—T")

    investor = models.CharField("投资方", max_length=100)
    investor_uscc = models.CharField(
        "投资方统一社会信用代码", max_length=18, blank=True, validators=[valid_credit_code]
    )
    investor_from = models.CharField("投资方所在地", max_length=60)
    investor_rep = models.CharField("投资方法定代表人", max_length=40, blank=True)
    investor_phone = models.CharField("投资方联系电话", max_length=30, blank=True)
    investor_address = models.CharField("投资方注册地址", max_length=120, blank=True)
    origin = models.CharField("资金来源地", max_length=8, choices=Origin.choices)
    outside_percent = models.DecimalField("市外出资比例", max_digits=5, decimal_places=2, default=100)
    local_percent = models.DecimalField(
        "投资方本地股东占比", max_digits=5, decimal_places=2, null=True, blank=True
    )
    exclusion = models.CharField("不计入情形", max_length=10, choices=Exclusion.choices, blank=True)
    exclusion_why = models.CharField("不计入说明", max_length=160, blank=True)

    state = models.CharField("进展", max_length=10, choices=STATES, default="lead", editable=False)
    batch = models.CharField("三个一批", max_length=7, choices=LISTS, default="talk", editable=False)
    state_since = models.DateField("进入现进展", editable=False)
    held_state = models.CharField(max_length=10, choices=STATES, blank=True, editable=False)
    found_on = models.DateField("收到线索")
    talked_on = models.DateField("最近接洽", null=True, blank=True)
    intended_fen = models.BigIntegerField("意向投资", null=True, blank=True)
    agreement_no = models.CharField("协议编号", max_length=60, blank=True)
    agreement_on = models.DateField("签订协议", null=True, blank=True)
    agreement_fen = models.BigIntegerField("协议投资", null=True, blank=True)
    convert_by = models.DateField("计划转合同", null=True, blank=True)
    contract_no = models.CharField("合同编号", max_length=60, blank=True)
    contract_on = models.DateField("签订合同", null=True, blank=True)
    contract_fen = models.BigIntegerField("合同投资（现行）", null=True, blank=True)
    first_fen = models.BigIntegerField("合同投资（签订时）", null=True, blank=True, editable=False)
    currency = models.CharField("合同币种", max_length=3, choices=Currency.choices, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="项目公司", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_on = models.DateField("注册落地", null=True, blank=True)
    project_code = models.CharField(
        "投资项目代码", max_length=24, blank=True, validators=[valid_project_code]
    )
    start_due_on = models.DateField("约定开工", null=True, blank=True)
    permit_no = models.CharField("施工许可或承诺书编号", max_length=60, blank=True)
    works = models.CharField("开工内容", max_length=10, choices=Works.choices, blank=True)
    started_on = models.DateField("开工", null=True, blank=True)
    project = models.ForeignKey(
        Project,
        verbose_name="重点项目编号",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    invoice_no = models.CharField("首张产品发票号", max_length=40, blank=True)
    producing_on = models.DateField("投产", null=True, blank=True)
    exit_reason = models.CharField("退出原因", max_length=8, choices=Exit.choices, blank=True)
    exit_why = models.CharField("退出说明", max_length=200, blank=True)
    exit_asked_on = models.DateField("提请清退", null=True, blank=True, editable=False)
    exit_by = models.ForeignKey(
        Unit, verbose_name="提请单位", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    out_on = models.DateField("退出台账", null=True, blank=True, editable=False)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    is_counted = models.BooleanField("计入签约", null=True, editable=False)
    uncounted_why = models.CharField("不计入签约的原因", max_length=120, blank=True, editable=False)
    is_large = models.BooleanField("亿元以上", default=False, editable=False)
    begun_in_year = models.BooleanField("当年签约当年开工", default=False, editable=False)
    rules_id = models.IntegerField(null=True, editable=False, help_text="the ruleset that counted it")

    class Meta:
        ordering = ["number"]
        verbose_name = "招商项目"
        constraints = [
            models.UniqueConstraint(
                fields=["contract_no"], condition=~Q(contract_no=""), name="one_deal_a_contract",
                violation_error_message="合同编号已登记在另一个项目上，同一合同不能重复统计。",
            ),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(enterprise__isnull=False, exclusion="") & ~Q(state="out"), name="one_counted_deal_a_firm",
                violation_error_message="这个项目公司已有计入的项目；后续期请选不计入情形“已计入项目的后续期”。",
            ),
            models.CheckConstraint(
                condition=Q(outside_percent__gte=0, outside_percent__lte=100), name="outside_share_is_a_share",
                violation_error_message="市外出资比例应在 0 到 100 之间。",
            ),
            models.CheckConstraint(
                condition=Q(*(Q(batch=batch, state__in=[s for s, b in LIST_OF.items() if b == batch]) for batch, _ in LISTS), _connector=Q.OR),
                name="deal_on_the_list_of_its_state",
            ),
        ]  # fmt: skip
        # a list of a division; contracts of a year
        indexes = [
            models.Index(fields=["batch", "division"], name="deals_by_list"),
            models.Index(fields=["contract_on"], name="deals_by_contract"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("investment_promotion:deal", args=[self.pk])

    def clean(self) -> None:
        if said := documents.contradictions(self):
            raise ValidationError("".join(said))

    @property
    def missing(self) -> list[str]:
        """What the next step still lacks; empty where nothing does."""
        return documents.missing_for_next(self)


class Amendment(models.Model):
    """补充协议: the contract's sum changed by a document. Both sums stay; funds may then follow the new one."""

    deal = models.ForeignKey(Deal, verbose_name="项目", on_delete=models.CASCADE, related_name="amendments")
    number = models.CharField("补充协议编号", max_length=60, unique=True)
    on = models.DateField("签订")
    old_fen = models.BigIntegerField("原合同投资", editable=False)
    new_fen = models.BigIntegerField("现合同投资")
    why = models.CharField("事由", max_length=160)

    class Meta:
        ordering = ["-on"]
        verbose_name = "合同变更"

    def __str__(self) -> str:
        return self.number


class Arrival(models.Model):
    """One sum in place 到位资金 with its voucher. `counted_fen` is null until verified, 0 where the rules leave it out."""

    class Kind(models.TextChoices):
        BANK = "bank", "银行回单"
        CAPITAL = "capital", "验资报告"
        EQUIPMENT = "equipment", "设备清单和发票"
        LAND = "land", "土地价款票据"
        WORKS = "works", "工程结算单"
        APPRAISAL = "appraisal", "无形资产评估报告"

    class Level(models.IntegerChoices):
        REPORTED = 0, "L0 已报"
        COMPLETE = 1, "L1 资料齐"
        CROSS = 2, "L2 交叉核对"
        FIELD = 3, "L3 现场核查"

    deal = models.ForeignKey(Deal, verbose_name="项目", on_delete=models.PROTECT, related_name="arrivals")
    voucher = models.CharField("凭证号", max_length=60, unique=True)
    kind = models.CharField("凭证种类", max_length=10, choices=Kind.choices)
    on = models.DateField("到账")
    payer = models.CharField("付款方", max_length=100)
    currency = models.CharField("币种", max_length=3, choices=Deal.Currency.choices)
    original = models.DecimalField("原币金额", max_digits=18, decimal_places=2, null=True, blank=True)
    fen = models.BigIntegerField("折人民币")
    usd = models.DecimalField(
        "折美元", max_digits=18, decimal_places=2, null=True, blank=True, help_text="境外资金填写"
    )
    fixed_fen = models.BigIntegerField("形成固定资产投资", null=True, blank=True)
    level = models.PositiveSmallIntegerField("核实等级", choices=Level.choices, default=0, editable=False)
    checked_with = models.CharField("核对依据", max_length=120, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="填报人", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    verified_by = models.ForeignKey(
        Person, verbose_name="核实人", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    verified_on = models.DateField("核实", null=True, editable=False)
    origin = models.CharField("资金来源地", max_length=8, choices=Deal.Origin.choices, editable=False)
    counted_fen = models.BigIntegerField("计入市外到位", null=True, editable=False)
    uncounted_why = models.CharField("不计入的原因", max_length=120, blank=True, editable=False)
    rules_id = models.IntegerField(null=True, editable=False, help_text="the ruleset that counted it")

    class Meta:
        ordering = ["-on", "voucher"]
        verbose_name = "到位资金"
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0), name="arrival_is_a_sum", violation_error_message="到位资金应大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(fixed_fen=None) | Q(fixed_fen__gte=0, fixed_fen__lte=models.F("fen")), name="fixed_within_arrival",
                violation_error_message="形成固定资产投资不能大于到位资金。",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["on", "level"], name="arrivals_by_day")]

    def __str__(self) -> str:
        return self.voucher

    def clean(self) -> None:
        if said := documents.arrival_contradictions(self):
            raise ValidationError("".join(said))

    def validate_unique(self, exclude: Any = None) -> None:
        """A voucher that stands elsewhere is named with its deal: one receipt, one deal."""
        other = (
            Arrival.objects.filter(voucher=self.voucher).exclude(pk=self.pk).select_related("deal").first()
        )
        if other is not None and other.deal_id != self.deal_id:
            raise ValidationError(
                {"voucher": f"{self.voucher} 已用于“{other.deal.name}”，同一凭证不能用于两个项目。"}
            )
        super().validate_unique(exclude)
