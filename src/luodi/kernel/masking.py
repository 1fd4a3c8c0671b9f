"""How personal data is shown where nobody needs to see it whole (common practice of government lists).

Names keep the first and last character, an identity number its first four and last two, never the birthday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from luodi.kernel.identifiers import CitizenId


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


def email(text: str) -> str:
    """zhang@example.cn → z***@example.cn."""
    name_of_box, _, host = text.partition("@")
    return f"{name_of_box[:1]}***@{host}"


def free(text: str) -> str:
    """Running text with every identity number, telephone, bank card, plate and e-mail address in it masked.

    Numbers count only where their check digits hold, so that case numbers and sums stay readable.
    """
    for pattern, holds, mask in _IN_TEXT:
        text = pattern.sub(partial(_masked_where_it_holds, holds, mask), text)
    return text


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


def _masked_where_it_holds(
    holds: Callable[[str], bool], mask: Callable[[str], str], found: re.Match[str]
) -> str:
    return mask(found[0]) if holds(found[0]) else found[0]


def _luhn(text: str) -> bool:
    """The check of bank cards (ISO/IEC 7812-1)."""
    digits = [int(sign) for sign in reversed(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_IN_TEXT: tuple[tuple[re.Pattern[str], Callable[[str], bool], Callable[[str], str]], ...] = (
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), CitizenId.is_valid, citizen_id),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), _luhn, bank_card),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), bool, phone),
    (re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), bool, phone),
    (re.compile(rf"[{_PROVINCES}][A-HJ-Z]·?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])"), bool, plate),
    (re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), bool, email),
)
