"""A value of a mapping by a key that a template has at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """KeyError for a key that is not there: a lamp is never guessed."""
    return mapping[key]
