"""What counts as a signed deal and as funds from outside the city 市外到位资金. Each answer comes with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from luodi.kernel.spoken import say

FEN_PER_YI = 10_000_000_000
"""分 in 亿元."""
BEYOND_PROVINCE = ("country", "abroad")


def why_not(deal: Any, rules: Mapping[str, Any]) -> str:
    """Why a deal and its money don't count, or "" where they do.

    Listed exclusions of the ruleset; money of the city itself; a partner that is outside in name only: local
    shareholders hold more than `local_most` percent of it.
    """
    if deal.exclusion and any(row["code"] == deal.exclusion for row in rules["exclusions"]):
        return say("不计入情形：{words}", words=deal.get_exclusion_display())
    if deal.origin == "city":
        return say("资金来源地在市内")
    if deal.origin == "abroad" and not rules["counts_abroad"]:
        return say("境外资金另行统计")
    if deal.local_percent is not None and deal.local_percent > rules["local_most"]:
        return say(
            "投资方的本地股东占 {percent}%，不是真正的市外资金", percent=f"{deal.local_percent.normalize():f}"
        )
    return ""


def counted_fen(arrival: Any, rules: Mapping[str, Any]) -> tuple[int | None, str]:
    """The part of a sum that counts as funds from outside, with the reason where it is less than nothing known.

    None before the level of verification is reached; 0 with its reason for what the rules leave out; else the sum times
    the share that partners from outside hold in the deal (合资按市外方比例).
    """
    if arrival.level < rules["least_level"]:
        return None, say("核实等级不到 L{level}", level=rules["least_level"])
    if reason := why_not(arrival.deal, rules):
        return 0, reason
    share = Decimal(arrival.fen) * arrival.deal.outside_percent / 100
    return int(share.quantize(Decimal(1), ROUND_HALF_UP)), ""


def is_large(contract_fen: int | None, rules: Mapping[str, Any]) -> bool:
    return contract_fen is not None and contract_fen >= rules["large_yi"] * FEN_PER_YI
