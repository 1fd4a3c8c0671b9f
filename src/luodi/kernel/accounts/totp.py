"""One-time codes by the clock (RFC 6238 with HMAC-SHA-1, 6 digits, 30 seconds), as any authenticator app shows them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 asks."""
    return base64.b32encode(os.urandom(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one 30-second step (RFC 4226, dynamic truncation)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, seconds: float, after: int) -> int | None:
    """The step that a code belongs to, one step early or late allowed; None for a wrong code.

    Only a step later than `after` counts, the last one used: a code seen over a shoulder does not open twice.
    """
    now = int(seconds) // STEP_SECONDS
    given = "".join(code.split())
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), given.encode()):
            return step
    return None


def address(secret: str, login: str, issuer: str = "落地") -> str:
    """What the QR code says to the authenticator app."""
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?secret={secret}&issuer={quote(issuer)}"
