"""The words of the regulation 《信访工作条例》: streams, ways, conclusions, grounds of refusal, with their articles."""

from __future__ import annotations

SUGGESTION, ACCUSATION, CLAIM, LITIGATION = "suggestion", "accusation", "claim", "litigation"
STREAMS = (
    (SUGGESTION, "建议意见"), (ACCUSATION, "检举控告"), (CLAIM, "申诉求决"), (LITIGATION, "涉法涉诉"),
)  # fmt: skip
"""The four streams, decided when a petition is sorted; changed once at most, with a reason."""

COURT, ARBITRATION, PARTY, ADMINISTRATIVE, DUTY, OPINION = (
    "court", "arbitration", "party", "administrative", "duty", "opinion",
)  # fmt: skip
ROUTES = (
    (COURT, "诉讼、检察、公安等法律程序（第三十一条第一项）"),
    (ARBITRATION, "仲裁（第三十一条第二项）"),
    (PARTY, "党员申诉、申请复审（第三十一条第三项）"),
    (ADMINISTRATIVE, "行政复议、裁决、确认、许可、处罚等行政程序（第三十一条第四项）"),
    (DUTY, "查处违法行为、履行法定职责（第三十一条第五项）"),
    (OPINION, "信访程序，出具处理意见书（第三十一条第六项）"),
)
GUIDED = (COURT, ARBITRATION, PARTY)
"""Ways to which a petitioner is directed; the petition itself ends there."""
BY_PROCEDURE = (ADMINISTRATIVE, DUTY)
"""Ways that the unit goes itself, under the periods of that procedure."""

FIRST, REPEAT = "first", "repeat"
NATURES = ((FIRST, "初信初访"), (REPEAT, "重复信访"))
MANNERS = (("passed", "转送"), ("assigned", "交办（须报结果）"))

SUPPORTED, EXPLAINED, UNSUPPORTED, ADOPTED, NOTED = (
    "supported",
    "explained",
    "unsupported",
    "adopted",
    "noted",
)
OUTCOMES = (
    (SUPPORTED, "支持"), (EXPLAINED, "解释说明"), (UNSUPPORTED, "不支持"), (ADOPTED, "采纳"), (NOTED, "留作参考"),
    ("handed_over", "移送"), ("guided", "告知法定途径"), ("refused", "不予受理"),
)  # fmt: skip
CONCLUSIONS = {CLAIM: (SUPPORTED, EXPLAINED, UNSUPPORTED), SUGGESTION: (ADOPTED, NOTED, EXPLAINED)}
"""What an answer may conclude, by stream (第三十二条; 建议意见：第二十九条的采纳与回复)."""

LINES = (("solve", "诉求合理，解决到位"), ("teach", "诉求无理，教育到位"), ("help", "生活困难，帮扶到位"), ("law", "行为违法，依法处理"))  # fmt: skip

MAINTAINED, CHANGED, REDO = "maintained", "changed", "redo"
FINDINGS = ((MAINTAINED, "维持"), (CHANGED, "变更"), (REDO, "撤销，责令重新办理"))

REFUSALS = (
    ("in_process", "同一事项正在受理、办理期限内，又向上级提出（第十九条）"),
    ("lawful_way", "已经或者依法应当通过诉讼、仲裁、行政复议等法定途径解决（第十九条、第三十一条）"),
    ("final", "复核终结后以同一事实和理由再次提出（第三十六条）"),
    ("no_review", "无正当理由超过期限未申请复查、复核（第三十五条、第三十六条）"),
    ("not_ours", "不属于本机关、单位职权范围（第二十三条）"),
)
ORGANS = (("discipline", "纪检监察机关"), ("political_legal", "政法机关"), ("other", "其他有权处理的机关"))

CATEGORIES = (
    ("building", "城乡建设"), ("land", "征地拆迁"), ("rural", "农村农业"), ("labour", "劳动社保"), ("education", "教育"),
    ("health", "医疗卫生"), ("environment", "生态环境"), ("transport", "交通运输"), ("welfare", "民政优抚"),
    ("finance", "金融财贸"), ("order", "政法治安"), ("other", "其他"),
)  # fmt: skip
CHANNELS = (
    ("letter", "来信"), ("visit", "来访"), ("online", "网上"), ("phone", "电话"), ("upper", "上级转送"),
    ("reception", "领导接访"), ("hotline", "12345 转办"),
)  # fmt: skip
WAYS_OF_SERVICE = (
    ("direct", "直接送达"),
    ("post", "邮寄"),
    ("left", "留置"),
    ("online", "网上"),
    ("notice", "公告"),
)

GROUP_FROM = 5
"""So many people with one matter are a group, which chooses representatives (第二十条)."""
MOST_REPRESENTATIVES = 5


def group_fault(people: int | None, representatives: int | None, channel: str) -> str:
    """What is wrong with how a visit of many was written down, or "" (第二十条: 推选代表，不超过 5 人)."""
    if representatives is not None and representatives > MOST_REPRESENTATIVES:
        return f"走访应推选代表，代表不超过 {MOST_REPRESENTATIVES} 人，现填 {representatives} 人。"
    if people is not None and representatives is not None and representatives > people:
        return "代表人数不能多于信访人数。"
    if channel == "visit" and people is not None and people >= GROUP_FROM and not representatives:
        return f"{GROUP_FROM} 人以上走访应当推选代表，请填写代表人数（不超过 {MOST_REPRESENTATIVES} 人）。"
    return ""
