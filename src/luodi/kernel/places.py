"""Keeping the register of divisions: a code says what stands above and, below the county, what kind it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.kernel import townships
from luodi.kernel.action import Refused
from luodi.kernel.models import Division


def placed(division: Division, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` for a division, new or kept, with what its code tells: the division above, the kind of a township.

    Raises Refused for a code of no form, above which nothing stands yet, or which contradicts the kind or the name.
    """
    told = {
        name: values.get(name, getattr(division, name, None)) for name in ("code", "name", "kind", "is_zone")
    }
    parent = values.get("parent", division.parent)
    first, until = (values.get(name, getattr(division, name)) for name in ("valid_from", "valid_until"))
    if first and until and until <= first:
        raise Refused("停用日应晚于启用日。")
    code = str(told["code"] or "")
    if not code.isascii() or not code.isdigit():
        raise Refused("区划代码应为数字，不是“{code}”。", code=code)
    if told["is_zone"]:
        return dict(values)
    if townships.is_township(code):
        return {**values, **_township(code, str(told["name"] or ""), str(told["kind"] or ""), parent)}
    if len(code) != townships.COUNTY_DIGITS:
        raise Refused("区划代码“{code}”应为 6 位（县及以上）或 9 位（乡镇街道）。", code=code)
    if told["kind"]:
        raise Refused("只有 9 位代码的乡镇街道有类别，{code} 没有。", code=code)
    return {**values, "parent": parent or _above(code)}


def _township(code: str, name: str, given: str, parent: Division | None) -> dict[str, Any]:
    county = Division.objects.filter(code=code[: townships.COUNTY_DIGITS], is_zone=False).first()
    if county is None:
        raise Refused("{code} 前六位的县（市、区）还没有登记，请先登记。", code=code)
    if parent is not None and parent != county:
        raise Refused(
            "{code} 按代码属于{county}，上级不能是{parent}。", code=code, county=county, parent=parent
        )
    kind = townships.kind_of(code)
    if kind is None:
        raise Refused(
            "{code} 的后三位不是乡镇街道的代码（街道 001—099，镇 100—199，乡 200—399）。", code=code
        )
    for told in (given, townships.kind_named(name)):
        if told and told != kind:
            raise Refused("{code} 按代码是{kind}，与“{told}”不符。", code=code, kind=kind, told=told)
    return {"parent": county, "kind": str(kind)}


def _above(code: str) -> Division | None:
    """The prefecture or province that a six-digit code lies in, where the register has it."""
    above = [upper for upper in (code[:4] + "00", code[:2] + "0000") if upper != code]
    found = {division.code: division for division in Division.objects.filter(code__in=above, is_zone=False)}
    return next((found[upper] for upper in above if upper in found), None)
