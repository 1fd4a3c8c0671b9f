"""The only writers of chains, deals, funds and the work on them."""

from luodi.scenarios.investment_promotion.actions.deals import (
    advance,
    amend,
    ask_exit,
    clear_out,
    dispute,
    keep_deal,
    refuse_exit,
    settle,
)
from luodi.scenarios.investment_promotion.actions.funds import (
    complete,
    cross_check,
    field_check,
    keep_arrival,
)
from luodi.scenarios.investment_promotion.actions.work import (
    keep_chain,
    keep_goal,
    keep_look_back,
    keep_node,
    keep_team,
    keep_visit,
)

__all__ = [
    "advance", "amend", "ask_exit", "clear_out", "complete", "cross_check", "dispute", "field_check", "keep_arrival", "keep_chain", "keep_deal",
    "keep_goal", "keep_look_back", "keep_node", "keep_team", "keep_visit", "refuse_exit", "settle",
]  # fmt: skip
