"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address. A forwarded one is believed only as far as our own proxies (LUODI_PROXIES) wrote it."""
    address: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    while address in settings.LUODI_PROXIES and forwarded:
        address = forwarded.pop()
    return address[:45]
