"""Industry chains 产业链 with their leaders, what they have and lack, and what a year asks of a chain or a division."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Division, Person, Unit
from luodi.shapes.registers.models import Enterprise


class Chain(models.Model):
    """One chain: 链长 is a leader of the city, 链主 a leading firm, the lead unit keeps its office."""

    code = models.CharField("编号", max_length=10, unique=True)
    name = models.CharField("产业链", max_length=40, unique=True)
    province_chain = models.CharField("对接的省级产业链", max_length=40, blank=True)
    leader = models.ForeignKey(
        Person, verbose_name="链长", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputy = models.ForeignKey(
        Person, verbose_name="副链长", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(Unit, verbose_name="牵头单位", on_delete=models.PROTECT, related_name="+")
    head_firm = models.ForeignKey(
        Enterprise, verbose_name="链主企业", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    bank = models.CharField("行长（主办银行）", max_length=60, blank=True)
    set_up_on = models.DateField("建链", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "产业链"

    def __str__(self) -> str:
        return self.name


class Node(models.Model):
    """A link of a chain's map 图谱: what the city has, has weakly, or lacks, and whom it wants for it."""

    class Stage(models.TextChoices):
        UP = "up", "上游"
        MIDDLE = "middle", "中游"
        DOWN = "down", "下游"

    class Status(models.TextChoices):
        HAS = "has", "有"
        WEAK = "weak", "弱"
        LACKS = "lacks", "缺"

    chain = models.ForeignKey(Chain, verbose_name="产业链", on_delete=models.CASCADE, related_name="nodes")
    stage = models.CharField("环节", max_length=6, choices=Stage.choices)
    product = models.CharField("产品或服务", max_length=60)
    industry = models.CharField("行业代码", max_length=5, blank=True, help_text="GB/T 4754，门类字母加数字")
    was = models.CharField("建图谱时", max_length=5, choices=Status.choices)
    status = models.CharField("现状", max_length=5, choices=Status.choices)
    gap = models.CharField("缺什么", max_length=160, blank=True)
    wanted = models.CharField("目标企业", max_length=200, blank=True)
    measures = models.CharField("怎么补", max_length=200, blank=True)
    filled_on = models.DateField("补齐", null=True, blank=True)

    class Meta:
        ordering = ["chain", "stage", "product"]
        verbose_name = "链条环节"
        constraints = [
            models.UniqueConstraint(fields=["chain", "product"], name="one_node_a_product"),
            models.CheckConstraint(
                condition=Q(status="has") | Q(filled_on=None), name="filled_gap_is_had",
                violation_error_message="补齐了的环节，现状应是“有”。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.chain} {self.product}"


class Goal(models.Model):
    """What a year asks of a chain or of a division: large contracts, their sum, funds from outside. Money in 分."""

    year = models.PositiveSmallIntegerField("年度")
    chain = models.ForeignKey(
        Chain, verbose_name="产业链", null=True, blank=True, on_delete=models.PROTECT, related_name="goals"
    )
    division = models.ForeignKey(
        Division, verbose_name="区划或园区", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deals = models.PositiveIntegerField("签约亿元以上项目", null=True, blank=True)
    contract_fen = models.BigIntegerField("签约额", null=True, blank=True)
    outside_fen = models.BigIntegerField("市外到位资金", null=True, blank=True)
    province_fen = models.BigIntegerField("其中省际到位资金", null=True, blank=True)
    document = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["-year", "chain", "division"]
        verbose_name = "招商目标"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "chain"], condition=Q(chain__isnull=False), name="one_goal_a_chain"
            ),
            models.UniqueConstraint(
                fields=["year", "division"], condition=Q(division__isnull=False), name="one_goal_a_division"
            ),
            models.CheckConstraint(
                condition=Q(chain=None, division__isnull=False) | Q(chain__isnull=False, division=None),
                name="goal_is_of_a_chain_or_a_division",
                violation_error_message="目标要么给产业链，要么给区划或园区，二者填一个。",
            ),
            models.CheckConstraint(
                condition=Q(province_fen=None)
                | Q(outside_fen=None)
                | Q(province_fen__lte=models.F("outside_fen")),
                name="province_goal_within_outside", violation_error_message="省际到位资金是市外到位资金的一部分，不能更大。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.chain or self.division}"
