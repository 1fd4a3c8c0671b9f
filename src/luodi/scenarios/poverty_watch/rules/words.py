"""The words of the watch: codes and titles, and which help fits which cause."""

from __future__ import annotations

from collections.abc import Mapping

SELF, SURVEY, WARNING = "self", "survey", "warning"
CHANNELS = (
    (SELF, "农户自主申报"), (SURVEY, "干部排查"), (WARNING, "部门预警"), ("supervision", "督查发现"), ("platform", "平台监测"),
)  # fmt: skip
ILLNESS, SCHOOL, DISABILITY, DISASTER, ACCIDENT, JOB, BUSINESS, HOUSING, WATER = (
    "illness", "school", "disability", "disaster", "accident", "job", "business", "housing", "water",
)  # fmt: skip
CAUSES = (
    (ILLNESS, "因病"), (SCHOOL, "因学"), (DISABILITY, "因残"), (DISASTER, "因灾"), (ACCIDENT, "因意外"), (JOB, "就业"),
    (BUSINESS, "产业"), (HOUSING, "住房"), (WATER, "饮水"),
)  # fmt: skip

UNSTABLE, EDGE, SUDDEN = "unstable", "edge", "sudden"
KINDS = ((UNSTABLE, "脱贫不稳定户"), (EDGE, "边缘易致贫户"), (SUDDEN, "突发严重困难户"))

REFUSALS = (
    ("no_risk", "核实后没有返贫致贫风险"), ("not_here", "不是本村农户或已迁出"), ("same_household", "本户已经在册"),
    ("not_agreed", "民主评议没有通过"), ("no_authority", "农户不授权核查"),
)  # fmt: skip

HELPS = (
    ("industry", "产业帮扶"), ("work", "就业帮扶"), ("loan", "小额信贷"), ("health", "健康帮扶"), ("schooling", "教育帮扶"),
    ("house", "住房安全"), ("water", "饮水安全"), ("floor", "兜底保障"), ("relief", "临时救助"), ("social", "社会帮扶"),
)  # fmt: skip
FITTING: Mapping[str, tuple[str, ...]] = {
    ILLNESS: ("health", "floor", "relief", "social"),
    SCHOOL: ("schooling", "relief", "social"),
    DISABILITY: ("health", "floor", "work", "relief", "social"),
    DISASTER: ("relief", "house", "industry", "social"),
    ACCIDENT: ("relief", "health", "floor", "social"),
    JOB: ("work", "industry", "loan"),
    BUSINESS: ("industry", "loan", "work"),
    HOUSING: ("house", "relief"),
    WATER: ("water",),
}
"""Help that answers a cause 因户施策; anything else has to say why."""

RELATIONS = (
    ("head", "户主"), ("spouse", "配偶"), ("child", "子女"), ("parent", "父母"), ("grandchild", "孙辈"), ("other", "其他"),
)  # fmt: skip
LEAVINGS = (("died", "去世"), ("moved", "迁出"), ("married", "婚嫁"))
SPECIALS = (("public_post", "有公职人员"), ("firm_owner", "有企业主"), ("estate", "有商品房或大额资产"))
GUARANTEES = (
    ("education", "义务教育"), ("medical", "基本医疗"), ("housing", "住房安全"), ("water", "饮水安全"),
)  # fmt: skip


def fit_fault(cause: str, kind: str, why: str) -> str:
    """The sentence that refuses help which does not answer the cause and does not say why, or ""."""
    if kind in FITTING.get(cause, ()) or why.strip():
        return ""
    return f"“{dict(HELPS)[kind]}”与“{dict(CAUSES)[cause]}”的风险不对应；确有需要的，请写明理由。"
