"""How figures are printed in the ledger."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.commitments.models import Target

register = template.Library()


@register.filter
def plain(value: Decimal | None) -> str:
    """A figure without padding zeros and without an exponent; nothing for None."""
    return "" if value is None else f"{value.normalize():f}"


@register.simple_tag
def target(row: Target) -> SafeString:
    """ "全社会固定资产投资 增速 ≥ 8%": unknown is said in words, in violet, never blank and never 0."""
    growth = _("增减") if row.change == "growth" and row.unit in {"%", "个百分点"} else ""
    if row.is_blank:
        figure = format_html('<span class="x">{}</span>', _("待补"))
    elif row.value_high is not None:
        figure = format_html("{}—{}", plain(row.value), plain(row.value_high))
    else:
        figure = format_html("{}", plain(row.value))
    sign = "" if row.comparator == "range" else row.get_comparator_display()
    return format_html("{} {} <b>{} {}</b> {}", row.indicator, growth, sign, figure, row.unit)
