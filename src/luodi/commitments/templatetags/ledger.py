"""How figures, states and ages are printed in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.commitments import doubts as contradictions
from luodi.commitments import life, periods
from luodi.commitments.models import Check, Commitment, ProgressReport, Source, Target
from luodi.kernel.models import Unit
from luodi.reading.forms import BLANK, target_in_words

register = template.Library()


@register.simple_tag
def unit_options(units: Iterable[Unit], chosen: str) -> SafeString:
    """The units of a select: hundreds, so they are not drawn one by one by the template."""
    options = ((unit.pk, " selected" if str(unit.pk) == chosen else "", unit.name) for unit in units)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


@register.filter
def plain(value: Decimal | None) -> str:
    """A figure without padding zeros and without an exponent; nothing for None."""
    return "" if value is None else f"{value.normalize():f}"


@register.simple_tag
def target(row: Target) -> SafeString:
    """ "全社会固定资产投资 增速 ≥ 8 %", as the forms print it; the unknown is said in words, in violet, never 0."""
    return _with_blanks(target_in_words(row))


@register.simple_tag
def was(issued: dict[str, Any] | None, row: Target) -> SafeString | str:
    """The target as it was issued, struck out, when it has changed since."""
    before = (issued or {}).get("targets", {}).get(str(row.pk))
    if before is None or before == target_in_words(row):
        return ""
    return format_html('<span class="was">{}</span>', before)


@register.simple_tag
def fact_age(line: Commitment) -> SafeString | str:
    """ "最近事实 12 天前", in words and colour when it is old; nothing for a line that owes no reports."""
    if line.state not in life.OWED | {Commitment.State.CLOSING}:
        return ""
    days = line.latest.days_old if line.latest else None
    return age(days)


@register.simple_tag
def age(days: int | None) -> SafeString:
    if days is None:
        return format_html('<span class="warn">{}</span>', _("还没有事实"))
    kind = "warn" if contradictions.is_stale(days) else "src"
    words = _("今天有事实") if days == 0 else _("最近事实 %(n)d 天前") % {"n": days}
    return format_html('<span class="{}">{}</span>', kind, words)


@register.simple_tag
def doubts(report: ProgressReport) -> list[str]:
    return contradictions.sentences(report.doubts)


@register.simple_tag
def span_title(line: Commitment, start: date) -> str:
    span = periods.span_of(start, line.document.report_every, line.document.report_day)
    return _("%(year)s年%(period)s") % {"year": start.year, "period": span.title}


@register.simple_tag
def trend(reports: list[ProgressReport]) -> SafeString | str:
    """The percentages of a year as a small line beside the even pace 序时; nothing for fewer than three."""
    points = sorted((each.period, each.percent) for each in reports if each.percent is not None)
    if len(points) < 3:
        return ""
    drawn = " ".join(
        f"{day.timetuple().tm_yday * 120 // 366},{28 - percent * 26 // 100}" for day, percent in points
    )
    said = _("完成比例 %(first)d%% → %(last)d%%，虚线是序时") % {"first": points[0][1], "last": points[-1][1]}
    return format_html(
        '<svg class="trend" width="120" height="30" viewBox="0 0 120 30" role="img" aria-label="{0}"><title>{0}</title>'
        '<polyline class="pace" points="0,28 120,2"/><polyline points="{1}"/></svg>',
        said,
        drawn,
    )


@register.filter
def last_words(report: ProgressReport) -> list[tuple[str, str, str]]:
    """What the last report said, field by field, for the form of the next one."""
    titles = {
        "facts": _("进展情况"),
        "problem": _("存在问题"),
        "help_wanted": _("需要协调"),
        "next_step": _("下步措施"),
    }
    return [(name, title, getattr(report, name)) for name, title in titles.items()]


@register.simple_tag
def state_title(state: str) -> str:
    return str(Commitment.State(state).label)


@register.simple_tag
def check_title(kind: str) -> str:
    return str(Check.Kind(kind).label)


@register.simple_tag
def source_title(kind: str) -> str:
    return str(Source.Kind(kind).label)


@register.simple_tag
def stars(count: object) -> str:
    full = round(float(str(count)))
    return "★" * full + "☆" * (5 - full)


def _with_blanks(words: str) -> SafeString:
    blank = format_html('<span class="x">{}</span>', _("待补"))
    return format_html_join(blank, "{}", ((piece,) for piece in words.split(BLANK)))
