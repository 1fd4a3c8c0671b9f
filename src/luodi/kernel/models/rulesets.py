"""Dated parameters 规则参数: every version that ever was, none changed or removed once it is approved."""

from __future__ import annotations

from django.db import models

from luodi.kernel.models.approval import SecondPerson
from luodi.kernel.models.places import Division, InForce


class RulesetVersion(SecondPerson):
    """One version of one ruleset: what holds from a day on, by which document, for one division or for all."""

    key = models.CharField("代号", max_length=80)
    division = models.ForeignKey(
        Division, verbose_name="适用区划", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.CharField("依据文件", max_length=200)
    source = models.CharField("出处", max_length=400)
    verified = models.BooleanField("已核实", default=False)
    valid_from = models.DateField("施行")
    valid_until = models.DateField("废止", null=True, blank=True)
    content = models.JSONField("内容")
    seed = models.CharField(max_length=64, blank=True, help_text="fingerprint of the YAML entry it came from")

    objects = InForce.as_manager()

    class Meta(SecondPerson.Meta):
        abstract = False
        ordering = ["key", "-valid_from", "-id"]
        verbose_name = "规则参数"
        indexes = [
            # what holds for a key on a day
            models.Index(fields=["key", "state", "valid_from"], name="ruleset_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"

    @property
    def scope(self) -> str:
        return self.division.name if self.division else "全部地区"
