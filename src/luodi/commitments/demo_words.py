"""The words and figures of the demonstration's year: what a unit reports each month, drawn from the line itself."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from luodi.commitments.models import Commitment, Target
from luodi.reading.verdicts import goes_down

OFFICES = ("综合科", "规划科", "项目科", "业务科", "督办科")
NODES = ("完成前期手续和招标", "基础工程完工", "主体工程完工", "完成验收，投入使用")
REASONS = ("汛期偏长，停工 40 天", "设备到货推迟两个月", "拆迁户签约晚于计划", "上级资金下达推迟")
PROJECT = (
    "完成施工图审查，启动招标", "完成招标，施工单位进场", "完成场地平整，基础开挖 {a} 处", "基础施工过半，累计完成投资 {b} 万元",
    "基础工程完工，转入主体施工", "主体完成约三分之二，现场 {a} 台设备作业", "主体封顶，安装同步展开", "安装完成 {c}%，开始单机调试",
    "装饰和室外工程收尾，整改问题 {a} 个", "联合试运行，资料组卷", "通过预验收，整改收尾问题 {a} 个", "竣工验收备案",
)  # fmt: skip
ROUTINE = (
    "印发实施方案，分解到 {a} 个责任单位", "召开部署会，建立台账 {b} 条", "组织专题调度，协调问题 {a} 个", "开展自查，整改问题 {b} 个",
    "上门服务 {b} 次，办结诉求 {a} 件", "完成中期评估，调整措施 {a} 项", "组织交叉检查，通报问题 {a} 个", "经验做法在县区推广，新增试点 {a} 个",
    "开展回头看，复查 {b} 处", "督促 {a} 个单位补齐短板", "完成年度评估初稿", "形成长效制度",
)  # fmt: skip
PROBLEMS = (
    "个别点位进度偏慢",
    "配套资金还差一部分没有到位",
    "专业技术人员不足",
    "部分手续办理时间较长",
    "县区之间进度不平衡",
)
WANTED = ("请财政部门加快拨付配套资金", "请自然资源部门协调用地手续", "请属地协助做好征拆")
NEXT = (
    "对照节点倒排工期，每周调度",
    "督促施工单位增加班组",
    "组织一次现场推进会",
    "逐户上门，补齐缺项",
    "抓好收尾和资料归档",
)
VOICES = (
    (5, "家门口就办成了，方便。"), (4, ""), (4, "比去年好走多了，路灯再亮一点更好。"), (3, "停车场建好了，引导牌不好找。"),
    (5, ""), (2, "说是完工了，北门那段还在挖。"), (5, "窗口态度好，一趟办完。"), (4, "希望周末也开放。"),
)  # fmt: skip
BUILT = ("建成", "竣工", "投产", "达产", "通车", "投用", "建设项目", "改造工程")
COUNTED = set("个户家座项所件条处人场批次套台辆") | {"人次", "场次"}
SEASON = (4, 10, 19, 27, 36, 46, 55, 64, 74, 83, 92, 100)
"""Share of a year's work that is done by the end of each month, in percent."""


@dataclass
class Month:
    """What a line's report says of one month."""

    facts: str
    percent: int | None = None
    percent_why: str = ""
    problem: str = ""
    help_wanted: str = ""
    next_step: str = ""


def story_of(line: Commitment, random: Random) -> Callable[[int, bool], Month]:
    """How the line goes: a function of the month and of whether it is finished by then."""
    pace = random.uniform(0.82, 1.12)
    target = next((each for each in line.targets.all() if each.value), None)
    numbers = {"a": random.randint(3, 9), "b": random.randint(12, 60), "c": random.randint(60, 90)}

    def told(month: int, is_done: bool) -> Month:
        share = 100 if is_done else min(98, round(SEASON[month - 1] * pace))
        if target is not None:
            said = Month(_figure_so_far(target, month, share, pace))
        else:
            stages = PROJECT if _is_built(line) else ROUTINE
            at = len(stages) - 1 if is_done else min(len(stages) - 2, round(share / 100 * (len(stages) - 1)))
            grown = {
                name: number + month * (1 + number // 10) for name, number in numbers.items() if name != "c"
            }
            said = Month(
                _done(line)
                if is_done
                else f"{month}月，{stages[at].format(**grown, c=min(98, numbers['c'] + month))}。"
            )
        if _is_built(line) or (target is not None and _counts_up(target)):
            said.percent, said.percent_why = share, "按形象进度" if target is None else "按累计完成量"
        if not is_done:
            said.next_step = random.choice(NEXT)
            if random.random() < 0.3:
                said.problem = random.choice(PROBLEMS)
            if said.problem and random.random() < 0.25:
                said.help_wanted = random.choice(WANTED)
        return said

    return told


def _is_built(line: Commitment) -> bool:
    return line.kind == Commitment.Kind.PROJECT or any(word in line.text for word in BUILT)


def _done(line: Commitment) -> str:
    return f"已完成“{line.text[:40].rstrip('，。')}”，{'通过验收并投入使用' if _is_built(line) else '成果已移交，转入日常工作'}。"


def _counts_up(target: Target) -> bool:
    return target.change == "level" and "%" not in target.unit and target.comparator not in {"le", "lt"}


def _figure_so_far(target: Target, month: int, share: int, pace: float) -> str:
    """ "截至9月底，技术改造项目累计38个，完成年度目标的84%": cumulative for counts, a level for rates."""
    value = target.value or Decimal(0)
    name = target.indicator
    if _counts_up(target):
        places = 0 if target.unit in COUNTED or value >= 200 else 1
        reached = round(float(value) * share / 100, places)
        return f"截至{month}月底，{name}累计{reached:g}{target.unit}，完成年度目标的{share}%。"
    drift = Decimal(str(round((pace - 1) * 4 + (month % 3 - 1) * 0.2, 1)))
    now = max(Decimal("0.1"), value + drift * min(Decimal(1), value / 10))
    if target.change == "level" and "%" in target.unit:
        now = min(now, Decimal(100))
    word = "为" if target.change == "level" else "同比下降" if goes_down(target.quote) else "同比增长"
    return f"1—{month}月，{name}{word}{now.quantize(Decimal('0.1'))}{target.unit}，年度目标{value.normalize():f}{target.unit}。"


def proof_of(line: Commitment, is_picture: bool) -> tuple[bytes, str]:
    """A small file that stands for evidence, marked as made up: a drawn picture, or a page of text."""
    name = line.text[:18].replace("/", "")
    if is_picture:
        return _picture(line.pk), f"{name}（演示图）.png"
    return (
        f"演示材料\n{line.text}\n完成情况说明，附验收表和照片目录。\n".encode(),
        f"{name}完成情况说明（演示）.txt",
    )


def pairs_of(text: str) -> set[str]:
    """Neighbouring characters, without figures: what two years' wordings of one promise share."""
    plain = "".join(char for char in text if not char.isdigit() and char not in "，。、；：“”X%.")
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _picture(seed: int, width: int = 320, height: int = 240) -> bytes:
    """A PNG of sky, hills and a building that grows: recognisably drawn, never mistaken for a photo."""
    random = Random(seed)
    sky, hill, wall = ((190, 214, 232), (126, 152, 118), (214, 196, 172))
    left, top = random.randint(60, 130), random.randint(70, 120)
    bump = [random.uniform(18, 44) for _ in range(4)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            ridge = 150 - bump[x * 4 // width] * (1 - abs((x * 4 / width) % 1 - 0.5))
            is_wall = left < x < left + 110 and top < y < 200
            is_window = is_wall and (x - left) % 22 > 12 and (y - top) % 26 > 14
            rows += bytes((90, 110, 130) if is_window else wall if is_wall else hill if y > ridge else sky)
    return _png(width, height, bytes(rows))


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
