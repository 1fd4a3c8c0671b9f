"""What is known on a day about the year of a plan: from measures, from what units reported, and from the ledger itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from luodi.commitments import life
from luodi.commitments.ledger import Ledger, ledger_of
from luodi.commitments.models import Commitment, Document, ProgressReport, Target
from luodi.drafting.figures import Kind, Known, place_in
from luodi.kernel.models import Division
from luodi.measures.binding import deadline_of, stands
from luodi.measures.growth import growth
from luodi.measures.judging import Standing, judge, promise_of
from luodi.measures.models import Binding, Series, Value
from luodi.measures.periods import in_words
from luodi.reading.compare import ENOUGH
from luodi.reading.likeness import likeness, normal
from luodi.reading.model import Span
from luodi.reading.statements import measured
from luodi.reading.verdicts import goes_down, to_base

State = Commitment.State
_VERBS = (
    "规范提升", "归集共享", "实施", "完成", "建成", "培育", "发放", "开展", "组建", "举办", "投入", "兑现", "争取", "建设", "发布",
    "推出", "处置", "设立", "打通", "帮助",
)  # fmt: skip
"""Verbs of a plan that tell a result as well."""


@dataclass(slots=True)
class Knowledge:
    """Everything that may be said. `best` is the one result for a target: a measure goes before a report."""

    ledger: Ledger
    until: date
    places: tuple[str, ...] = ()
    figures: list[Known] = field(default_factory=list)
    best: dict[int, Known] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)
    reports: dict[int, ProgressReport] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """A figure whose name holds a place (高新区供热管网) is of that place."""
        if not known.place and (place := place_in(known.indicator, self.places)):
            known = replace(known, place=place)
        self.figures.append(known)
        if known.target is not None and known.kind == Kind.RESULT:
            self.best.setdefault(known.target, known)


def knowledge_of(document: Document, until: date) -> Knowledge:
    """In eight queries, whatever the size of the plan. `until` is the cut-off: what came later is not known."""
    divisions = list(Division.objects.all())
    home = document.division or next((each for each in divisions if each.parent_id is None), None)
    found = Knowledge(
        ledger_of(document, with_projects=False),
        until,
        tuple(each.short_name for each in divisions if each != home),
    )
    for row in found.ledger.lines:
        row.line.document = document
        for target in row.line.targets.all():
            target.commitment = row.line
    year = document.year or until.year
    values = _values(date(year - 1, 1, 1), until)
    _of_bindings(found, values, year)
    _of_series(found, values, year, home)
    _of_reports(found)
    _of_ledger(found)
    for promise in promises(found.ledger):
        found.add(promise)
    return found


def next_promises(document: Document) -> list[Known]:
    """What the ledgers of the year after promise: the other half of a report that reviews this year."""
    rows = Document.objects.filter(division=document.division, year=(document.year or 0) + 1)
    return [
        promise
        for later in rows.defer("text", "report")
        for promise in promises(ledger_of(later, with_projects=False))
    ]


Numbers = dict[tuple[int, int], list[Value]]


def _values(first: date, until: date) -> Numbers:
    """Current numbers of the divisions by series and division, oldest first."""
    rows = Value.objects.filter(is_current=True, owner=None, period__range=(first, until))
    found: Numbers = defaultdict(list)
    for row in rows.select_related("series", "division").order_by("period"):
        found[row.series_id, row.division_id].append(row)
    return found


def _of_bindings(found: Knowledge, values: Numbers, year: int) -> None:
    targets = {target.pk: target for row in found.ledger.lines for target in row.line.targets.all()}
    bindings = Binding.objects.filter(state=Binding.State.CONFIRMED, target__in=targets)
    for binding in bindings.select_related("series", "division"):
        target, numbers = targets[binding.target_id], values.get((binding.series_id, binding.division_id), [])
        mine = [each for each in numbers if each.period.year == year]
        if not mine:
            continue
        found.standing[target.pk] = stands(
            target, binding.series, numbers, year, with_outlook=False
        ).judged.standing
        for known in _of_value(binding.series, mine[-1], numbers, ""):
            if known.is_growth == (target.change == "growth") and _comparable(known.unit, target.unit):
                found.add(_named(known, target))


def _named(known: Known, target: Target) -> Known:
    """The measure's number under the name, and in the unit, that the plan uses."""
    factor = Decimal(repr(to_base(1, known.unit)[0])) / Decimal(repr(to_base(1, target.unit)[0]))
    return replace(
        known, indicator=target.indicator, value=known.value * factor, unit=target.unit, verb=_verb(target),
        phrase=target.quote, target=target.pk,
    )  # fmt: skip


def _verb(target: Target) -> str:
    """What the plan says before the name: 实施 in 实施技术改造项目45个."""
    line = target.commitment
    before = line.source[: target.start - line.start]
    return next((verb for verb in _VERBS if before.endswith(verb)), "")


def _comparable(one: str, other: str) -> bool:
    return to_base(1, one)[1] == to_base(1, other)[1]


def _of_series(found: Knowledge, values: Numbers, year: int, home: Division | None) -> None:
    """The year's newest number of every series, whether a target is bound to it or not."""
    for numbers in values.values():
        last = numbers[-1]
        if last.period.year == year:
            place = "" if last.division == home else last.division.short_name
            for known in _of_value(last.series, last, numbers, place):
                found.add(known)


def _of_value(series: Series, value: Value, numbers: Iterable[Value], place: str) -> Iterator[Known]:
    """The number itself, and its growth where there is one."""
    when, year = in_words(value.period, series.period), value.period.year
    url = reverse("measures:why", args=[value.pk])
    source = f"指标“{series.title}”（{when}）"
    if value.value is not None:
        yield Known(series.title, value.value, series.unit, place=place, year=year, source=source, url=url)
    grown = value.growth
    if grown is None and not series.unit.startswith(("%", "％")):
        grown = growth({each.period: each.value for each in numbers}, value.period)
    if grown is not None:
        yield Known(series.title, grown, "%", Kind.RESULT, True, None, place, year, "", f"{source}同比", url)


def _of_reports(found: Knowledge) -> None:
    """Figures in the newest report of each line's lead, where they are of a target of that line."""
    lines = {row.line.pk: row.line for row in found.ledger.lines}
    sent = ProgressReport.objects.filter(state=ProgressReport.State.SENT, period__lte=found.until)
    newest = sent.filter(commitment=OuterRef("commitment"), unit=OuterRef("unit")).order_by("-period")
    of_lines = sent.filter(commitment__document=found.ledger.document)
    for report in of_lines.filter(pk=Subquery(newest.values("pk")[:1])).select_related("unit"):
        lead = lines[report.commitment_id].lead
        if lead is not None and report.unit_id == lead.unit_id:
            found.reports[report.commitment_id] = report
    for pk, report in found.reports.items():
        for target in lines[pk].targets.all():
            if known := _reported(report, target):
                found.add(known)
                found.standing.setdefault(target.pk, _standing(target, known, report, found))


def _standing(target: Target, known: Known, report: ProgressReport, found: Knowledge) -> Standing:
    until = deadline_of(target, found.ledger.document.year or found.until.year, "month")
    actual = (known.source, known.value)
    return judge(promise_of(target), [actual], known.unit, is_due=report.period >= until).standing


def _reported(report: ProgressReport, target: Target) -> Known | None:
    """The first figure of the report that is of this target; its plan figure, told behind it, is not."""
    name, text = normal(target.indicator), report.facts
    for each in (each for _, found in measured(text, Span(0, len(text)), ()) for each in found):
        figure = each.figure
        if (
            figure.value is not None
            and figure.high is None
            and "目标" not in each.lead
            and each.change == target.change
            and _comparable(figure.unit, target.unit)
            and likeness(name, normal(each.indicator)) >= ENOUGH
        ):
            value = Decimal(repr(figure.value))
            is_growth = each.change == "growth"
            month = f"{report.period.year}年{report.period.month}月"
            return Known(
                target.indicator,
                -value if is_growth and goes_down(text[each.start : each.end]) else value,
                figure.unit,
                is_growth=is_growth,
                year=report.period.year,
                verb=_verb(target),
                phrase=target.quote,
                source=f"{report.unit.name}{month}进展（单位报送）",
                url=reverse("commitments:line", args=[report.commitment_id]),
                target=target.pk,
            )
    return None


def _of_ledger(found: Knowledge) -> None:
    """How many lines there are, and how many are over."""
    document = found.ledger.document
    url = reverse("commitments:tasks") + f"?document={document.pk}"
    states = [row.line.state for row in found.ledger.lines if row.line.same_as_id is None]
    for name, number in (
        ("台账任务", len(states)),
        ("销号任务", states.count(State.CLOSED)),
        ("在办任务", sum(state in life.OWED for state in states)),
        ("挂账任务", states.count(State.SUSPENDED)),
    ):
        source = f"台账《{document.title}》"
        found.add(Known(name, Decimal(number), "项", year=found.until.year, source=source, url=url))


def promises(ledger: Ledger) -> Iterator[Known]:
    """Every target with a figure."""
    for row in ledger.lines:
        for target in row.line.targets.all():
            if target.value is not None:
                is_growth = target.change == "growth"
                yield Known(
                    target.indicator,
                    -target.value if is_growth and goes_down(target.quote) else target.value,
                    target.unit,
                    Kind.PROMISE,
                    is_growth,
                    target.value_high,
                    year=ledger.document.year,
                    phrase=target.quote,
                    source=f"台账 {row.number} 的目标",
                    url=reverse("commitments:line", args=[row.line.pk]),
                    target=target.pk,
                )


def plans() -> QuerySet[Document]:
    """Documents that have a ledger that was issued, the newest year first; whole, with their text."""
    issued = Commitment.objects.filter(document=OuterRef("pk")).exclude(state__in=life.PREPARED)
    return Document.objects.filter(Exists(issued)).select_related("division").order_by("-year", "-pk")


def plan_of(year: int | None) -> Document | None:
    """The newest issued ledger of a year, or of any year."""
    return plans().filter(year=year).first() if year else plans().first()
