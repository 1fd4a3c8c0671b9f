"""Proposals over the shape of cases; what answers promised."""

from __future__ import annotations

from django.db import models

from luodi.scenarios.proposals import rules
from luodi.shapes.cases.models import Case


class Proposal(Case):
    """A suggestion of deputies 建议 or a proposal of the consultative committee 提案. Its makers act in public office."""

    body_of = models.CharField("类型", max_length=10, choices=rules.BODIES)
    session = models.CharField("届次", max_length=40, help_text="六届二次会议")
    makers = models.CharField("提出人", max_length=200, help_text="领衔人在前，顿号分开")
    is_key = models.BooleanField("重点督办", default=False)
    grade = models.CharField("反馈", max_length=10, blank=True, choices=rules.GRADES)
    was_talked_over = models.BooleanField("已面商", default=False)
    promise = models.CharField("承诺", max_length=300, blank=True)
    keep_by = models.DateField("兑现期限", null=True, blank=True)
    kept_on = models.DateField("兑现", null=True, blank=True)
    is_open_answer = models.BooleanField("答复公开", default=False)
    answered_on = models.DateField("答复", null=True, blank=True)
    answered_late = models.BooleanField("答复超期", null=True, blank=True)

    class Meta:
        verbose_name = "建议提案"
        # what was promised and not yet kept
        indexes = [
            models.Index(fields=["keep_by"], condition=models.Q(kept_on=None), name="promises_to_keep")
        ]
