"""Applications over the shape of cases; what was published, and when it was due."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from luodi.kernel.models import Unit
from luodi.scenarios.disclosure import rules
from luodi.shapes.cases.models import Case


class Application(Case):
    """An application 依申请公开. Columns below `applicant` are written by its steps."""

    applicant = models.CharField("申请人类别", max_length=10, choices=rules.APPLICANTS, default="person")
    form = models.CharField("获取方式", max_length=40, blank=True, help_text="纸质、电子、邮寄、自行领取……")
    exemption = models.CharField("豁免依据", max_length=12, blank=True, choices=rules.EXEMPTIONS)
    organ = models.CharField("负责公开的机关", max_length=60, blank=True)
    confirmed_on = models.DateField("确认收到", null=True, blank=True)
    answered_on = models.DateField("答复", null=True, blank=True)
    answered_late = models.BooleanField("答复超期", null=True, blank=True)
    served_on = models.DateField("送达", null=True, blank=True)
    overturned_on = models.DateField("被纠错", null=True, blank=True)

    class Meta:
        verbose_name = "依申请公开"


class Publication(models.Model):
    """One piece of information published by itself 主动公开; `due_on` follows from the day it was made or changed."""

    number = models.CharField("索引号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=160)
    item = models.CharField("公开事项", max_length=12, choices=rules.ITEMS)
    unit = models.ForeignKey(Unit, verbose_name="公开单位", on_delete=models.PROTECT, related_name="+")
    formed_on = models.DateField("形成或变更")
    due_on = models.DateField("应公开", null=True, blank=True)
    published_on = models.DateField("公开", null=True, blank=True)
    address = models.URLField("网址", blank=True)

    class Meta:
        ordering = ["-formed_on", "number"]
        verbose_name = "主动公开"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__gte=F("formed_on")), name="published_after_it_was_made"
            )
        ]  # fmt: skip
        # what is still to be published, by the day it is due
        indexes = [models.Index(fields=["due_on"], condition=Q(published_on=None), name="publications_owed")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool | None:
        """None while there is no published day or no due day to compare."""
        if self.published_on is None or self.due_on is None:
            return None
        return self.published_on > self.due_on
