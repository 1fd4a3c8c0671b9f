"""`{{ templates|at:form }}`: what a mapping holds under a key, nothing where it holds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(held: Mapping[str, Any], key: str) -> Any:
    return held.get(key)
