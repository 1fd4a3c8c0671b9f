"""Evaluation 综合评价 of a span: by district, street, department, post and collector, with points, grades and the arithmetic."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Avg,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import NoRuleset, Ruleset, ruleset
from luodi.scenarios.city_management.actions import SCORING
from luodi.scenarios.city_management.models import CityCase, DutyGrid
from luodi.scenarios.city_management.rules import evaluation
from luodi.scenarios.city_management.rules.evaluation import Counts, Faults, Rate, Score
from luodi.shapes.cases.models import Step
from luodi.shapes.cases.permission import seen_by

PERIODS = (("day", "今日"), ("week", "本周"), ("month", "本月"), ("quarter", "本季"), ("year", "本年"))
POSTS = (
    ("accept", "受理员"),
    ("file", "立案员（值班长）"),
    ("dispatch", "派遣员"),
    ("verify", "核实"),
    ("pass_check", "核查"),
    ("fail_check", "核查"),
)
SHOWN_RATES = (
    "handled_in_time",
    "handled",
    "closed",
    "closed_in_time",
    "reworked",
    "returned",
    "accurate",
    "filed_in_time",
)


@dataclass(frozen=True)
class Line:
    """One evaluated object of a table."""

    title: str
    counts: Counts
    score: Score
    grade: str
    hours: Decimal | None

    @property
    def rates(self) -> list[Rate]:
        found = evaluation.rates(self.counts)
        return [found[name] for name in SHOWN_RATES]


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    first, last, period = span_of(request)
    rows, scheme = _rows(request), _scheme(last)
    context = {
        "tables": [(title, lines(rows, by, first, last, scheme)) for title, by in (("全市", ""), ("按区域", "division__name"), ("按街道", "grid__street"), ("按处置单位", "lead__name"))],
        "posts": posts(rows, first, last), "collectors": collectors(rows, first, last), "first": first, "last": last, "period": period,
        "periods": PERIODS, "titles": [rate.title for rate in map(evaluation.rates(Counts()).get, SHOWN_RATES) if rate], "scheme": scheme,
    }  # fmt: skip
    return render(request, "city_management/league.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same tables as CSV for Excel, with both figures of every rate."""
    first, last, _ = span_of(request)
    rows, scheme = _rows(request), _scheme(last)
    out = io.StringIO()
    writer = csv.writer(out)
    names = [each.name for each in fields(Counts)]
    rates = list(evaluation.rates(Counts()).values())
    writer.writerow(["评价维度", "对象", "起", "止", *(_HEADS[name] for name in names), *(f"{rate.title}（%）" for rate in rates), "平均处置时长（小时）", "得分", "可得分", "等级"])  # fmt: skip
    for title, by in (
        ("全市", ""),
        ("区域", "division__name"),
        ("街道", "grid__street"),
        ("处置单位", "lead__name"),
    ):
        for line in lines(rows, by, first, last, scheme):
            found = evaluation.rates(line.counts).values()
            cells = [getattr(line.counts, name) for name in names]
            percents = ["" if rate.percent is None else rate.percent for rate in found]
            points = "" if line.score.points is None else line.score.points
            writer.writerow([title, _plain(line.title), first, last, *cells, *percents, "" if line.hours is None else line.hours, points, line.score.full, line.grade])  # fmt: skip
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="city-evaluation-{first}-{last}.csv"'
    return answer


def lines(rows: QuerySet[Any], by: str, first: date, last: date, scheme: Ruleset | None) -> list[Line]:
    """One line for all, or one for each value of the path `by`: two queries."""
    span = (first, min(last, timezone.localdate()))
    due, paused = Q(due_on__range=span), (Q(is_paused=True) | Q(state="hung")) & Q(suspended_on__range=span)
    handled, urgent = due & Q(finished_at__isnull=False), Q(is_urgent=True)
    conditions = {
        "reported": Q(received_on__range=span), "accepted": Q(accepted_on__range=span), "filed": Q(filed_on__range=span),
        "filed_in_time": Q(filed_on__range=span, is_filed_in_time=True), "dispatched": Q(dispatched_on__range=span),
        "returned": Q(dispatched_on__range=span, returns__gt=0), "due": due, "handled": handled, "handled_in_time": handled & Q(was_late=False),
        "handled_late": handled & Q(was_late=True), "overdue": due & Q(finished_at=None, due_at__lte=timezone.now()), "suspended": paused,
        "closed": due & Q(state="closed"), "closed_in_time": due & Q(state="closed", was_late=False), "reworked": due & Q(state="closed", round__gt=1),
        "self_handled": Q(received_on__range=span, state="self_handled"), "by_public": Q(received_on__range=span, is_public_source=True),
        "repeated": Q(received_on__range=span, state="merged"), "urgent_due": urgent & due, "urgent_suspended": urgent & paused,
        "urgent_closed": urgent & due & Q(state="closed"), "urgent_closed_in_time": urgent & due & Q(state="closed", was_late=False),
    }  # fmt: skip
    failed = Case(
        When(due & Q(round__gt=1), then=F("round") - 1), default=Value(0), output_field=IntegerField()
    )
    thrice = Case(
        When(due & Q(round__gt=3), then=F("round") - 3), default=Value(0), output_field=IntegerField()
    )
    marked = Q(is_marked=True)
    taken = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    sums = {f"{name}_n": Count("pk", filter=condition) for name, condition in conditions.items()} | {
        "failed_n": Sum(failed), "refused_n": Sum("faults", filter=due), "thrice_n": Sum(thrice), "failed_marked_n": Sum(failed, filter=marked), "thrice_marked_n": Sum(thrice, filter=marked),
        "mean_taken": Avg(taken, filter=handled),
    }  # fmt: skip
    if by == "lead__name":
        rows = rows.filter(lead__isnull=False)  # what nobody was sent yet is nobody's to answer for
    found = rows.order_by().values(by).annotate(**sums) if by else [rows.order_by().aggregate(**sums)]
    out = [_line(str(row.get(by) or "待定") if by else "全市", row, scheme) for row in found]
    return sorted((line for line in out if any(getattr(line.counts, each.name) for each in fields(Counts))), key=lambda line: (line.score.share is None, -(line.score.share or 0), line.title))  # fmt: skip


def posts(rows: QuerySet[Any], first: date, last: date) -> list[dict[str, Any]]:
    """How many steps each person at a post made, and how many of them in time or right: one query."""
    right = {"file": Q(case__citycase__is_filed_in_time=True), "dispatch": Q(case__citycase__returns=0)}
    checked = Q(case__citycase__is_checked_in_time=True, move__in=("pass_check", "fail_check"))
    verified = Q(case__citycase__is_verified_in_time=True, move="verify")
    good = checked | verified | Q(move="accept")
    for move, condition in right.items():
        good |= Q(move=move) & condition
    steps = Step.objects.filter(
        move__in=dict(POSTS), at__date__range=(first, last), by__isnull=False, case__in=rows.values("pk")
    )
    found = (
        steps.order_by("move", "by__name")
        .values("move", "by__name")
        .annotate(n=Count("pk"), good=Count("pk", filter=good))
    )
    return [{"post": dict(POSTS)[row["move"]], "name": row["by__name"], "n": row["n"], "rate": Rate("", row["good"], row["n"]), "judged": row["move"] != "accept"} for row in found]  # fmt: skip


def collectors(rows: QuerySet[Any], first: date, last: date) -> list[dict[str, Any]]:
    """有效上报率, 漏报率 and 覆盖率 of each duty grid: three queries.

    Missed is what the public reported in one's grids and was filed: the collector did not see it first.
    """
    span = (first, last)
    own = rows.filter(received_on__range=span, grid__duty__isnull=False).order_by()
    sums = {
        row["grid__duty"]: row
        for row in own.values("grid__duty").annotate(
            reported=Count("pk", filter=Q(channel="collector")),
            valid=Count(
                "pk", filter=Q(channel="collector") & (Q(filed_on__isnull=False) | Q(state="self_handled"))
            ),
            filed=Count("pk", filter=Q(filed_on__isnull=False)),
            missed=Count("pk", filter=Q(filed_on__isnull=False, is_public_source=True)),
            seen=Count("grid", distinct=True, filter=Q(channel="collector")),
        )
    }
    duties = DutyGrid.objects.select_related("collector").annotate(n_grids=Count("grids")).order_by("code")
    empty = dict.fromkeys(("reported", "valid", "filed", "missed", "seen"), 0)
    out = []
    for duty in duties:
        row = sums.get(duty.pk, empty)
        rates = [
            Rate("有效上报率", row["valid"], row["reported"]),
            Rate("漏报率", row["missed"], row["filed"]),
            Rate("网格覆盖率", row["seen"], duty.n_grids),
        ]
        out.append({"duty": duty, "reported": row["reported"], "rates": rates})
    return out


def span_of(request: HttpRequest) -> tuple[date, date, str]:
    """The first and last day of the period asked for, or of the days typed; this month without a word."""
    today = timezone.localdate()
    try:
        first, last = (date.fromisoformat(request.GET[name]) for name in ("first", "last"))
    except (KeyError, ValueError):
        period = request.GET.get("period", "month")
        period = period if period in dict(PERIODS) else "month"
        month = {"month": today.month, "quarter": (today.month - 1) // 3 * 3 + 1, "year": 1}.get(
            period, today.month
        )
        start = {"day": today, "week": today - timedelta(days=today.weekday())}.get(
            period, today.replace(month=month, day=1)
        )
        return start, today, period
    return min(first, last), max(first, last), ""


def _rows(request: HttpRequest) -> QuerySet[Any]:
    if not is_staff_of_the_city(request.user):
        raise Http404
    return seen_by(request.user, CityCase.objects.all())


def _scheme(on: date) -> Ruleset | None:
    try:
        return ruleset(SCORING, on=on)
    except NoRuleset:
        return None


def _line(title: str, row: dict[str, Any], scheme: Ruleset | None) -> Line:
    counts = Counts(**{each.name: row[f"{each.name}_n"] for each in fields(Counts)})
    faults = Faults(
        *(row[f"{name}_n"] or 0 for name in ("failed", "thrice", "failed_marked", "thrice_marked", "refused"))
    )
    scored = evaluation.score(counts, faults, scheme.values) if scheme else Score((), ())
    mean = row["mean_taken"]
    hours = None if mean is None else (Decimal(mean.total_seconds()) / 3600).quantize(Decimal("0.1"))
    return Line(
        title, counts, scored, evaluation.grade(scored.share, scheme["grades"]) if scheme else "", hours
    )


def _plain(text: str) -> str:
    """No formula in a file that Excel opens."""
    return f"'{text}" if text[:1] in "=+-@\t" else text


_HEADS = {
    "reported": "上报", "accepted": "受理", "filed": "立案", "filed_in_time": "按时立案", "dispatched": "派遣", "returned": "被退单", "due": "应处置",
    "handled": "处置", "handled_in_time": "按期处置", "handled_late": "超期处置", "overdue": "超期未处置", "suspended": "缓办", "closed": "结案",
    "closed_in_time": "按期结案", "reworked": "返工", "self_handled": "自行处置", "by_public": "公众上报", "repeated": "重复", "urgent_due": "紧急应处置",
    "urgent_suspended": "紧急缓办", "urgent_closed": "紧急结案", "urgent_closed_in_time": "紧急按期结案",
}  # fmt: skip
