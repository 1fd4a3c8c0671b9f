"""How pages of projects print money and shares: in 万元, to one decimal, and 待补 where nobody knows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luodi.workbench.kinds import Money

register = template.Library()
_WAN = Money("万元")
_UNKNOWN = SafeString('<span class="todo">待补</span>')


@register.filter
def wan(fen: int | None) -> str:
    return _UNKNOWN if fen is None else _WAN.show(fen)


@register.filter
def yi(fen: int | None) -> str:
    """For sums of many projects: 亿元 to two decimals."""
    return _UNKNOWN if fen is None else f"{Decimal(fen) / 10_000_000_000:,.2f}"


@register.filter
def share(value: Any) -> str:
    """A percentage to one decimal, without its sign."""
    return _UNKNOWN if value is None else f"{value:.1f}"


@register.filter
def points(value: Any) -> str:
    """A gap in percentage points, with its sign and a lamp's colour."""
    if value is None:
        return _UNKNOWN
    return format_html('<span class="{}">{}</span>', "behind" if value < 0 else "ahead", f"{value:+.1f}")


@register.filter
def width(value: Any) -> str:
    """A percentage as the width of a bar, at most the whole of it."""
    return "0" if value is None else f"{min(max(float(value), 0), 100):.1f}"


@register.filter
def known(value: Any) -> Any:
    return _UNKNOWN if value in (None, "") else value


@register.filter
def count(counts: Any, key: str) -> int:
    """Of a mapping of counts; what is not there is none."""
    return counts.get(str(key), 0)
