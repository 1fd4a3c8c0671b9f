"""What every page knows: the six steps of the road, the person, and whether the data is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def surroundings(_request: HttpRequest) -> dict[str, Any]:
    return {"is_demo": settings.LUODI_DEMO}
