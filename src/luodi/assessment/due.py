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
from luodi.workbench.inbox import Ask, Due


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only questions to be asked with all others: no query of its own."""
    codes = [kind.code for kind in schemes() if may.scores(person, kind)]
    if not codes:
        return
    objections = Objection.objects.filter(state=Objection.State.OPEN, result__run__code__in=codes)
    yield Ask(
        objections.exclude(by=person), ("result__name", "title", "result__run__code"), by="result__run__notice_until",
        key="result__run", say=_objection,
    )  # fmt: skip
    waiting = Run.objects.filter(state=Run.State.NOTICE, notice_until__lt=today, code__in=codes)
    yield Ask(waiting.exclude(by=person), ("code", "period"), say=_run)
    marks = Mark.objects.filter(state=Mark.State.WAITING, code__in=codes)
    yield Ask(marks.exclude(author=person), ("name", "title", "code", "period"), say=_mark)


def _objection(run: int, by: date | None, name: str, title: str, code: str) -> Due:
    return Due(
        "assessment.objection", _("待复核异议"), f"{name} {title}", _("复核异议，写明意见"), by,
        reverse("assessment:objections", args=[run]), verb=_("复核"), source=scheme_kind(code).title,
    )  # fmt: skip


def _run(run: int, _by: date | None, code: str, period: str) -> Due:
    kind = scheme_kind(code)
    when = kind.when(date.fromisoformat(period))
    return Due(
        "assessment.seal", _("待定案"), f"{kind.title} {when}", _("公示期满，复核完异议后定案"), None,
        reverse("assessment:run", args=[run]), verb=_("定案"), source=kind.title,
    )  # fmt: skip


def _mark(_key: int, _by: date | None, name: str, title: str, code: str, period: str) -> Due:
    return Due(
        "assessment.mark", _("待确认加减分"), f"{name} {title}", _("核对依据后确认或退回"), None,
        reverse("assessment:scheme", args=[code]) + f"?period={period}", verb=_("确认"), source=scheme_kind(code).title,
    )  # fmt: skip
