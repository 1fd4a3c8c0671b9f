"""Classes of components 部件 and events 事件: what a report can be about.

Codes and names as a running system uses them (domain section B.2); those nobody could read in a source are in
`UNREAD`. A city that regroups them by GB/T 30428.2 keeps the codes and retires what it no longer takes.
"""

from __future__ import annotations

from dataclasses import dataclass

COMPONENT, EVENT = "1", "2"
KINDS = {COMPONENT: "部件", EVENT: "事件"}

_COMPONENTS = {
    "01 公用设施": "01上水井盖 02污水井盖 03雨水井盖 04雨水箅子 05电力井盖 06路灯井盖 07通讯井盖 08电视井盖 09网络井盖 10热力井盖 "
    "11燃气井盖 12公安井盖 13消防设施 14无主井盖 15通讯交接箱 16电力设施 17立杆 18路灯 19地灯 20景观灯 21报刊亭 22电话亭 23邮筒 "
    "24信息亭 25自动售货机 26健身设施 27中水井盖 28公交井盖 29输油（气）井盖 30特殊井盖 31民用水井 32供水器 33高压线铁塔 "
    "34变压器（箱） 35燃气调压站（箱） 36监控电子眼 37售货亭 38治安岗亭",
    "02 道路交通": "01停车场 02停车咪表 03公交站亭 04出租车站牌 05过街天桥 06地下通道 07高架立交桥 08跨河桥 09交通标志牌 10交通信号灯 "
    "11交通护栏 12存车支架 13路名牌 14交通信号设施 15道路信息显示屏 16道路隔音屏 17交通岗亭",
    "03 市容环境": "01公共厕所 02化粪池 03公厕指示牌 04垃圾间（楼） 05垃圾箱 06灯箱霓虹灯 07广告牌匾 08环保监测站 09气象监测站 "
    "10污水口监测站 11噪声显示屏",
    "04 园林绿化": "01古树名木 02行道树 03护树设施 04花架花钵 05绿地 06雕塑 07街头坐椅 08绿地护栏 09绿地维护设施 10喷泉",
    "05 房屋土地": "01宣传栏 02人防工事 03公房地下室",
    "06 其他设施": "01重大危险源 02工地 03水域附属设施 04水域护栏 05港监设施 06防洪墙",
}
_EVENTS = {
    "01 市容环境": "01私搭乱建 02暴露垃圾 03积存、建筑垃圾渣土 04道路不洁 05水域不洁 06绿地脏乱 07焚烧垃圾树叶 08绿地养护",
    "02 宣传广告": "01非法小广告 02违章张贴悬挂广告 03占道广告牌",
    "03 施工管理": "01施工占道 02施工扬尘 03工地物料乱堆 04无证掘路",
    "04 突发事件": "01路面塌陷 02自来水管破裂 03燃气管道破裂 04热力管道破裂 05架空线垂落 06道路积水 07道路遗撒",
    "05 街面秩序": "01无照经营游商 02占道经营 03机动车乱停放 04非机动车乱停放 05占道废弃车辆",
}
UNREAD = {"10110", "10202", "10311", "10503", "10605"} | {
    f"2{big}{small:02}" for big, most in (("02", 3), ("03", 4), ("04", 7), ("05", 5)) for small in range(1, most + 1)
}  # fmt: skip
"""Classes whose code or name was not read in a source (from memory, or the software's own): never shown as official."""


@dataclass(frozen=True, slots=True)
class SmallClass:
    """A 小类: `code` is the kind's digit, two of the 大类, two of the 小类."""

    code: str
    group: str
    title: str

    @property
    def kind(self) -> str:
        return self.code[0]

    @property
    def is_component(self) -> bool:
        return self.kind == COMPONENT

    @property
    def big(self) -> str:
        return self.code[1:3]

    @property
    def small(self) -> str:
        return self.code[3:]

    @property
    def is_read(self) -> bool:
        return self.code not in UNREAD


def _read(kind: str, groups: dict[str, str]) -> list[SmallClass]:
    return [
        SmallClass(f"{kind}{head[:2]}{word[:2]}", head[3:], word[2:])
        for head, words in groups.items()
        for word in words.split()
    ]


CLASSES: dict[str, SmallClass] = {
    each.code: each for each in (*_read(EVENT, _EVENTS), *_read(COMPONENT, _COMPONENTS))
}
CATEGORIES = tuple((each.code, f"{KINDS[each.kind]}·{each.title}") for each in CLASSES.values())

FOR_CITIZENS = (
    "20102", "20104", "20401", "20405", "20406", "20502", "20503", "20201", "20103", "20106",
    "10118", "10101", "10103", "10104", "10205", "10210", "10211", "10305", "10301", "10126",
)  # fmt: skip
"""What anybody meets in the street and can name: offered on the citizens' page and by Open311."""


def title_of(code: str) -> str:
    found = CLASSES.get(code)
    return found.title if found else code


def component_class(big: str, small: str) -> SmallClass | None:
    return CLASSES.get(f"{COMPONENT}{big}{small[-2:]}")
