"""What citizens say of a line."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luodi.commitments.models.life import line_of, person


class Rating(models.Model):
    """A citizen's stars and words 群众评价. Nothing says who wrote it; words are shown once a person has read them."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待审核")
        SHOWN = "shown", _("已公开")
        HIDDEN = "hidden", _("不公开")

    commitment = line_of("ratings")
    stars = models.PositiveSmallIntegerField("评分")
    words = models.CharField("评价", max_length=300, blank=True)
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField("时间", default=timezone.now)
    judged_by = person("审核人", null=True)
    why = models.CharField("不公开的理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "群众评价"
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="one_to_five_stars")
        ]
        indexes = [models.Index(fields=["state", "commitment"], name="ratings_of_a_line")]

    def __str__(self) -> str:
        return f"{'★' * self.stars} {self.words[:30]}"
