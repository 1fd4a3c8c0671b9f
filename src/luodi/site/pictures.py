"""Pictures that pages carry in themselves."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str) -> SafeString:
    """A QR code as SVG, black on white whatever the colours of the page: telephones read no other."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        scale=4,
        border=3,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=False,
        omitsize=False,
    )
    return mark_safe(out.getvalue().decode())
