"""What makes the catalogue right, and the measures read off it. Pure: over plain values of items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

INSTANT, PROMISED, FORWARDED = "instant", "promised", "forwarded"
HANDLINGS = ((INSTANT, "即办件"), (PROMISED, "承诺件"), (FORWARDED, "上报件"))
DEPTHS = ((1, "Ⅰ 信息公布"), (2, "Ⅱ 下载和预审"), (3, "Ⅲ 网上申请、到场一次"), (4, "Ⅳ 全程网办"))
ONLINE_FROM, WHOLLY_ONLINE = 3, 4
OBJECTS = (("person", "自然人"), ("firm", "法人"), ("both", "自然人和法人"))
SAME = (("name", "名称"), ("type", "类型"), ("legal_basis", "设定依据"), ("basic", "基本编码"))
"""四级四同: what the same basic item must have the same at every level."""
VAGUE = ("其他", "其它", "有关材料", "相关材料", "其他材料", "其它材料")


@dataclass(frozen=True, slots=True)
class Facts:
    """An item as the rules look at it. Days are working days; None where the law sets no limit."""

    code: str
    basic: str
    name: str
    type: str
    legal_basis: str
    handling: str
    legal_days: int | None
    promised_days: int | None
    depth: int
    visits: int
    materials: tuple[str, ...] = ()


def faults_of(item: Facts) -> list[str]:
    """Sentences on what an item lacks or says against itself; none for a right one."""
    said = []
    if not item.legal_basis.strip():
        said.append("没有设定依据。")
    if item.handling == INSTANT and item.promised_days not in (None, 0):
        said.append("即办件当日办结，不填承诺时限。")
    if item.handling == PROMISED and not item.promised_days:
        said.append("承诺件须填承诺时限。")
    if item.promised_days and item.legal_days is not None and item.promised_days > item.legal_days:
        said.append(f"承诺时限 {item.promised_days} 个工作日超过法定时限 {item.legal_days} 个工作日。")
    if item.depth == WHOLLY_ONLINE and item.visits > 0:
        said.append("全程网办的事项到现场次数应为 0。")
    if item.depth < ONLINE_FROM and item.visits == 0:
        said.append("不能网上申请的事项到现场次数不能是 0。")
    said += [f"材料“{name}”是兜底条款，应写明具体材料。" for name in item.materials if is_vague(name)]
    return said


def is_vague(material: str) -> bool:
    """“其他材料” and its like: nobody can prepare what has no name."""
    bare = material.strip().rstrip("。")
    return bare in VAGUE or bare.startswith(("其他", "其它")) or "规定的其他" in bare


def differences(items: Iterable[Facts]) -> list[str]:
    """四级四同: for every basic item that several bodies carry out, what they call or base differently."""
    by_basic: dict[str, list[Facts]] = defaultdict(list)
    for item in items:
        by_basic[item.basic].append(item)
    said = []
    for basic, group in sorted(by_basic.items()):
        for name, title in SAME:
            values = sorted({str(getattr(each, name)) for each in group})
            if len(values) > 1:
                said.append(f"{basic} 的{title}不一致：{'；'.join(values)}。")
    return said


def compression(items: Iterable[Facts]) -> Decimal | None:
    """承诺时限压缩比: 1 - promised / legal over promise items with a legal limit, in per cent; None without any."""
    counted = [
        each
        for each in items
        if each.handling == PROMISED and each.legal_days and each.promised_days is not None
    ]
    legal = sum(each.legal_days or 0 for each in counted)
    promised = sum(each.promised_days or 0 for each in counted)
    return None if not legal else (100 * (1 - Decimal(promised) / legal)).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Saved:
    """一件事: what a package of items spares against one by one."""

    materials: int
    visits: int
    days: int | None


def saved_by(
    apart: Sequence[tuple[int, int, int | None]], materials: int, visits: int, days: int | None
) -> Saved:
    """`apart` are materials, visits and promised days of each item; the package's own figures come after."""
    known = [each[2] for each in apart]
    longest = None if days is None or None in known else sum(day or 0 for day in known) - days
    return Saved(sum(each[0] for each in apart) - materials, sum(each[1] for each in apart) - visits, longest)
