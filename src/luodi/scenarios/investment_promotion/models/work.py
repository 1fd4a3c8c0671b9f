"""Work on deals: teams that go out, visits with what came of them, and looking back at promises."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.kernel.models import Person, Unit
from luodi.scenarios.investment_promotion.models.chains import Chain
from luodi.scenarios.investment_promotion.models.deals import Deal


class Team(models.Model):
    """驻点招商 or 小分队: whose, where, for how long."""

    class Kind(models.TextChoices):
        STATION = "station", "驻点招商"
        SQUAD = "squad", "招商小分队"

    name = models.CharField("名称", max_length=60, unique=True)
    kind = models.CharField("形式", max_length=8, choices=Kind.choices)
    chain = models.ForeignKey(
        Chain, verbose_name="产业链", null=True, blank=True, on_delete=models.PROTECT, related_name="teams"
    )
    unit = models.ForeignKey(Unit, verbose_name="派出单位", on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(
        Person, verbose_name="领队", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.CharField("区域", max_length=40, help_text="长三角、大湾区、京津冀……")
    city = models.CharField("驻地", max_length=40, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "招商队伍"

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """One visit: whom, by whom, what came of it, and what comes next until when."""

    class Way(models.TextChoices):
        OUT = "out", "外出拜访"
        IN = "in", "接待来访"
        EVENT = "event", "推介会"

    number = models.CharField("编号", max_length=20, unique=True)
    team = models.ForeignKey(
        Team, verbose_name="招商队伍", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    deal = models.ForeignKey(
        Deal, verbose_name="项目", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    way = models.CharField("形式", max_length=6, choices=Way.choices)
    on = models.DateField("日期")
    firm = models.CharField("对方", max_length=100)
    place = models.CharField("地点", max_length=60, blank=True)
    led_by = models.CharField("带队", max_length=60)
    outcome = models.CharField("成果", max_length=300)
    next_step = models.CharField("下一步", max_length=200, blank=True)
    next_by = models.DateField("下一步时限", null=True, blank=True)
    done_on = models.DateField("已落实", null=True, blank=True)

    class Meta:
        ordering = ["-on", "number"]
        verbose_name = "招商活动"
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step="") | Q(next_by__isnull=False), name="next_step_has_its_day",
                violation_error_message="下一步要写明时限。",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["next_by"], name="visits_by_next_step")]

    def __str__(self) -> str:
        return f"{self.on} {self.firm}"


class LookBack(models.Model):
    """回头看: what the contract promised and what stands there; what fails is mended by a unit until a day."""

    class Found(models.TextChoices):
        KEPT = "kept", "履约"
        PARTLY = "partly", "部分履约"
        BROKEN = "broken", "未履约"
        FALSE = "false", "弄虚作假"

    deal = models.ForeignKey(Deal, verbose_name="项目", on_delete=models.PROTECT, related_name="look_backs")
    on = models.DateField("核查")
    found = models.CharField("结论", max_length=6, choices=Found.choices)
    investor_side = models.CharField("投资方承诺兑现", max_length=300)
    city_side = models.CharField("政府承诺兑现", max_length=300)
    problem = models.CharField("存在问题", max_length=300, blank=True)
    owner = models.ForeignKey(
        Unit, verbose_name="整改单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("整改时限", null=True, blank=True)
    done_on = models.DateField("整改完成", null=True, blank=True)
    result = models.CharField("整改结果", max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "deal"]
        verbose_name = "履约回头看"
        constraints = [
            models.UniqueConstraint(fields=["deal", "on"], name="one_look_back_a_day"),
            models.CheckConstraint(
                condition=Q(found="kept") | Q(owner__isnull=False, due_on__isnull=False) & ~Q(problem=""), name="unkept_has_owner_and_day",
                violation_error_message="没有完全履约的，要写明问题、整改单位和整改时限。",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(result=""), name="mended_says_how", violation_error_message="整改完成要写明结果。",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["owner", "due_on"], name="look_backs_to_mend")]

    def __str__(self) -> str:
        return f"{self.deal} {self.on}"
