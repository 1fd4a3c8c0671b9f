"""The year's report 年度报告: what came in, how it was answered, what is carried over; as a page and as a workbook."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.disclosure import rules
from luodi.scenarios.disclosure.models import Application

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[str, list[int], int]


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    if not is_staff_of_the_city(request.user) or not 2008 <= year <= 2200:
        raise Http404
    table = rules.year_table(handled(), year)
    if request.GET.get("form") == "xlsx":
        answer = HttpResponse(workbook(table, year), content_type=MEDIA_TYPE)
        name = _("%(year)s年政府信息公开申请统计.xlsx") % {"year": year}
        answer["Content-Disposition"] = content_disposition_header(True, name) or ""
        return answer
    today = timezone.localdate()
    dates = ruleset(rules.PUBLISHING, on=today).values
    context = {
        "table": table, "year": year, "rows": list(rows_of(table)), "applicants": rules.APPLICANTS, "next": year + 1,
        "department_report": dates["department_report"], "government_report": dates["government_report"],
        "earlier": year - 1, "later": year + 1 if year < today.year else None,
    }  # fmt: skip
    return render(request, "disclosure/year.html", context)


def handled() -> Iterator[rules.Handled]:
    """Every application as the report counts it. One with an answer is over on the day of the answer, whatever follows."""
    fields = ("applicant", "received_on", "answered_on", "closed_on", "outcome", "exemption", "is_open")
    for applicant, received, answered, closed, outcome, exemption, is_open in Application.objects.values_list(
        *fields
    ):
        over = answered or (None if is_open else closed)
        yield rules.Handled(applicant, received, over, outcome if answered else "", exemption)


def rows_of(table: rules.YearTable) -> Iterator[Row]:
    """The lines of the report in their order: title, a figure for each kind of applicant, their sum."""
    yield _row("一、本年新收", table.fresh)
    yield _row("二、上年结转", table.carried_in)
    exemptions = dict(rules.EXEMPTIONS)
    for outcome, title in (*rules.OUTCOMES, ("ended", "放弃、撤回")):
        found = {key: counts for key, counts in table.outcomes.items() if key[0] == outcome}
        yield _row(f"三、{title}", sum(found.values(), Counter()))
        for (_code, exemption), counts in sorted(found.items()):
            if exemption:
                yield _row(f"　　其中：{exemptions[exemption]}", counts)
    yield _row("四、办理结果合计", table.handled)
    yield _row("五、结转下年", table.carried_out)


def _row(title: str, counts: Counter[str]) -> Row:
    return title, [counts[code] for code, _ in rules.APPLICANTS], sum(counts.values())


def workbook(table: rules.YearTable, year: int) -> bytes:
    """Figures as numbers, words as text, no formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(f"{year}年")
        bold = book.add_format({"bold": True})
        page.set_column(0, 0, 38)
        page.write_row(0, 0, ["项目", *(title for _, title in rules.APPLICANTS), "合计"], bold)
        for at, (title, counts, total) in enumerate(rows_of(table), 1):
            page.write_string(at, 0, title)
            page.write_row(at, 1, [*counts, total])
    return out.getvalue()
