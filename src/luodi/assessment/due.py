"""What assessments wait for: objections to decide, results to seal, marks to confirm. Nothing for who may do none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.assessment import permission as may
from luodi.assessment.kinds import scheme_kind, schemes
from luodi.assessment.models import Mark, Objection, Run
from luodi.kernel.models import Person
from luodi.workbench.inbox import Due


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Three queries for those who score, none for others."""
    codes = [kind.code for kind in schemes() if may.scores(person, kind)]
    if not codes:
        return
    for each in Objection.objects.filter(
        state=Objection.State.OPEN, result__run__code__in=codes
    ).select_related("result__run"):
        if each.by_id != person.pk:
            run = each.result.run
            yield Due(
                "assessment.objection", _("待复核异议"), f"{each.result.name} {each.title}", _("复核异议，写明意见"), run.notice_until,
                reverse("assessment:objections", args=[run.pk]), verb=_("复核"), source=scheme_kind(run.code).title,
            )  # fmt: skip
    waiting = Run.objects.filter(state=Run.State.NOTICE, notice_until__lt=today, code__in=codes).exclude(
        by=person
    )
    for run in waiting:
        kind = scheme_kind(run.code)
        yield Due(
            "assessment.seal", _("待定案"), f"{kind.title} {kind.when(run.period)}", _("公示期满，复核完异议后定案"), None,
            reverse("assessment:run", args=[run.pk]), verb=_("定案"), source=kind.title,
        )  # fmt: skip
    for mark in Mark.objects.filter(state=Mark.State.WAITING, code__in=codes).exclude(author=person):
        kind = scheme_kind(mark.code)
        yield Due(
            "assessment.mark", _("待确认加减分"), f"{mark.name} {mark.title}", _("核对依据后确认或退回"), None,
            reverse("assessment:scheme", args=[mark.code]) + f"?period={mark.period}", verb=_("确认"), source=kind.title,
        )  # fmt: skip
