"""`{{ account.phone|masked:"phone" }}`: personal data on a page, unless somebody gave a reason to see it."""

from __future__ import annotations

from django import template

from luodi.kernel.masking import MASKS

register = template.Library()


@register.filter
def masked(value: str | None, kind: str) -> str:
    """Empty for nothing. Raises KeyError for a kind that has no mask: better no page than a bare number."""
    return MASKS[kind](str(value)) if value else ""
