"""How numbers of a series are printed: with all that is known about them, and never as 0 when unknown."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.measures.judging import Standing

register = template.Library()

LAMPS = {
    Standing.MET: "green", Standing.SHORT: "red", Standing.STRETCH_SHORT: "yellow",
    Standing.OPEN: "grey", Standing.UNKNOWN: "grey",
}  # fmt: skip


@register.filter
def grouped(value: Decimal | None) -> str | SafeString:
    """ "12,345.6"; unknown in violet."""
    if value is None:
        return format_html('<span class="todo">{}</span>', _("待补"))
    words = f"{value:,.4f}".rstrip("0").rstrip(".")
    return words if words not in {"", "-0"} else "0"


@register.filter
def lamp(standing: Standing) -> str:
    """The light beside a standing; its words stand next to it."""
    return LAMPS[standing]
