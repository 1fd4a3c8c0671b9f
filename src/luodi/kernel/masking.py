"""How personal data is shown where nobody needs to see it whole (common practice of government lists).

Names keep the first and last character, an identity number its first four and last two, never the birthday.
"""

from __future__ import annotations

import re
from collections.abc import Callable


def name(text: str) -> str:
    """张三 → 张*，欧阳修远 → 欧**远."""
    return text[:1] + "*" if len(text) <= 2 else text[0] + "*" * (len(text) - 2) + text[-1]


def phone(text: str) -> str:
    """13812345678 → 138****5678; a landline keeps its last two digits."""
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"1\d{10}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(0, len(digits) - 2) + digits[-2:]


def citizen_id(text: str) -> str:
    return _between(text, 4, 2)


def bank_card(text: str) -> str:
    return _between(text, 0, 4)


def plate(text: str) -> str:
    """陕B12345 → 陕B·***45."""
    bare = text.replace("·", "")
    return f"{bare[:2]}·***{bare[-2:]}" if len(bare) > 4 else "*" * len(bare)


def address(text: str) -> str:
    """Down to the street; the house is not shown."""
    street = re.match(r".*?(?:街道|[街路道巷镇乡])", text)
    return f"{street[0] if street else text[: min(6, len(text) // 2)]}****"


MASKS: dict[str, Callable[[str], str]] = {
    "name": name,
    "phone": phone,
    "citizen_id": citizen_id,
    "bank_card": bank_card,
    "plate": plate,
    "address": address,
}


def _between(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]
