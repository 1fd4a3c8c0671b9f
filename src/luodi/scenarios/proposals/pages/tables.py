"""The year's tables of proposals, promises to keep, and answers that everybody may read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.proposals import actions, rules
from luodi.scenarios.proposals.models import Proposal
from luodi.shapes.cases.models import Step
from luodi.shapes.cases.permission import seen_by

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Answered, in time, talked over, by class and by grade: the whole, each body, each unit; and promises to keep."""
    if not is_staff_of_the_city(request.user) or not 1980 <= year <= 2200:
        raise Http404
    lines = rules.table(items(year))
    if request.GET.get("form") == "xlsx":
        answer = HttpResponse(workbook(lines, year), content_type=MEDIA_TYPE)
        name = _("%(year)s年建议提案办理统计.xlsx") % {"year": year}
        answer["Content-Disposition"] = content_disposition_header(True, name) or ""
        return answer
    today = timezone.localdate()
    promises = (
        seen_by(request.user, Proposal.objects.exclude(promise=""))
        .select_related("lead")
        .order_by("kept_on", "keep_by")
    )
    context = {
        "lines": [(line, [line.classes.get(code, 0) for code, _ in rules.CLASSES], [line.grades.get(code, 0) for code, _ in rules.GRADES], rules.noted_too_often(line)) for line in lines],
        "year": year, "classes": rules.CLASSES, "grades": rules.GRADES, "earlier": year - 1, "later": year + 1 if year < today.year else None,
        "promises": [
            (each, rules.is_broken(each.keep_by, each.kept_on, today), actions.keeps_promise(request.user, each)) for each in promises
        ],
    }  # fmt: skip
    return render(request, "proposals/year.html", context)


def items(year: int) -> Iterator[rules.Item]:
    """Proposals received in a year that were taken up."""
    rows = (
        Proposal.objects.filter(received_on__year=year)
        .exclude(state__in=("merged", "not_filed"))
        .select_related("lead")
    )
    for row in rows:
        yield rules.Item(
            row.body_of, row.lead.called if row.lead else "", row.outcome, row.grade, row.answered_late, row.was_talked_over,
            row.answered_on is not None,
        )  # fmt: skip


def workbook(lines: list[rules.Line], year: int) -> bytes:
    """One sheet; shares as numbers, words as text, no formula."""
    out = io.BytesIO()
    titles = [
        "单位",
        "件数",
        "办复",
        "办复率%",
        "按期率%",
        "面商率%",
        *(title for _, title in rules.CLASSES),
        "A+B%",
        *(title for _, title in rules.GRADES),
        "满意率%",
    ]
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(f"{year}年")
        page.write_row(0, 0, titles, book.add_format({"bold": True}))
        for at, line in enumerate(lines, 1):
            page.write_string(at, 0, line.title)
            figures = [
                line.count, line.answered, line.answer_rate, line.in_time, line.talked, *(line.classes.get(code, 0) for code, _ in rules.CLASSES),
                line.solved_or_planned, *(line.grades.get(code, 0) for code, _ in rules.GRADES), line.content,
            ]  # fmt: skip
            for column, figure in enumerate(figures, 1):
                if figure is None:
                    page.write_string(at, column, "待补")
                else:
                    page.write_number(at, column, float(figure))
    return out.getvalue()


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised has been done."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    row = get_object_or_404(seen_by(request.user, Proposal.objects.all()), pk=pk)
    try:
        on = (
            date.fromisoformat(request.POST.get("on", "")) if request.POST.get("on") else timezone.localdate()
        )
    except ValueError:
        raise Refused("兑现日期应写成 2026-11-30。") from None
    actions.keep_promise(request.user, row, on, request.POST.get("words", ""))
    return redirect("proposals:year", row.received_on.year)


@login_not_required
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Answers that units made public: matter, who made it, the answer; open to everybody."""
    rows = list(
        Proposal.objects.filter(is_open_answer=True, answered_on__isnull=False)
        .select_related("lead")
        .order_by("-answered_on")[:200]
    )
    said = {}
    for case, filled in (
        Step.objects.filter(case__in=rows, move="answer").order_by("number").values_list("case", "filled")
    ):
        said[case] = filled.get("reply", "")
    return render(request, "proposals/answers.html", {"rows": [(row, said.get(row.pk, "")) for row in rows]})
