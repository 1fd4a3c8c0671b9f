"""What one person drafts and a second person has to approve before it counts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SecondPerson(models.Model):
    """A draft with its author and its decision. The database itself refuses an author who decides.

    Without an author it came with the software (a seed).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("已退回")

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    author = models.ForeignKey(
        "kernel.Person", verbose_name="起草人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField("起草", auto_now_add=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        "kernel.Person", verbose_name="批准人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("批准", null=True)
    opinion = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(author=F("decided_by")), name="%(class)s_needs_a_second_person"
            )
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED
