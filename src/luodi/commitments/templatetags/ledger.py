"""How figures are printed in the ledger."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.commitments.models import Target
from luodi.reading.forms import BLANK, target_in_words

register = template.Library()


@register.filter
def plain(value: Decimal | None) -> str:
    """A figure without padding zeros and without an exponent; nothing for None."""
    return "" if value is None else f"{value.normalize():f}"


@register.simple_tag
def target(row: Target) -> SafeString:
    """"全社会固定资产投资 增速 ≥ 8 %", as the forms print it; the unknown is said in words, in violet, never 0."""
    blank = format_html('<span class="x">{}</span>', _("待补"))
    return format_html_join(blank, "{}", ((words,) for words in target_in_words(row).split(BLANK)))
