"""先建后验: a promise in writing, building at once, acceptance after; a broken promise has consequences."""

from __future__ import annotations

from luodi.shapes.cases.guards import after, nothing_pending, unsupervised
from luodi.shapes.cases.machine import DESK, LEAD, Effect, Machine, Move, State
from luodi.shapes.cases.moves import supervision

LIMITS = "government_services.building"
CATEGORIES = (("industry", "工业"), ("storage", "仓储物流"), ("service", "服务业"), ("other", "其他"))
OUTCOMES = (("passed", "验收合格"), ("breached", "失信违诺"))
CONSEQUENCES = (
    ("revoke", "撤销许可"),
    ("restore", "限期恢复"),
    ("record", "记入信用记录"),
    ("both", "撤销许可并记入信用记录"),
)
_ON_THE_WAY = ("promised", "building", "accepting", "rectifying")

MACHINE = Machine(
    start="applied",
    states=(
        State("applied", "待承诺", "已申请", "hollow", limit="promise"),
        State("promised", "已承诺公示", "已承诺", "blue"),
        State("building", "建设中", "建设中", "yellow"),
        State("accepting", "验收中", "验收中", "yellow"),
        State("rectifying", "限期整改", "整改中", "yellow", limit="rectify"),
        State("accepted", "验收合格", "验收合格", "green", is_end=True, proof=("promise", "ask_acceptance")),
        State("breached", "违诺处理", "违诺", "red", is_end=True, proof=("promise",)),
        State("refused", "不适用", "不适用", "grey", is_end=True),
    ),
    moves=(
        Move("promise", "签承诺并公示", ("applied",), "promised", needs=("words", "promised_until", "lead")),
        Move("refuse", "不适用先建后验", ("applied",), "refused", needs=("reason", "basis")),
        Move("begin", "开工", ("promised",), "building", by=(DESK, LEAD), needs=("began_on",)),
        Move("inspect", "事中核查", ("building",), by=(DESK, LEAD), needs=("words",)),
        Move("ask_acceptance", "申请验收", ("building", "rectifying"), "accepting", by=(DESK, LEAD), takes=("words",), effect=Effect.START),
        Move("pass_acceptance", "验收合格", ("accepting",), "accepted", by=(DESK, LEAD), needs=("outcome", "document", "saved_days"), effect=Effect.FINISH, guards=(after("ask_acceptance", "还没有申请验收。"), nothing_pending, unsupervised), apart_from=("ask_acceptance",)),
        Move("rectify", "责令整改", ("accepting", "building"), "rectifying", by=(DESK, LEAD), needs=("reason", "review_on")),
        Move("breach", "认定违诺", _ON_THE_WAY, "breached", needs=("outcome", "reason", "consequence"), guards=(nothing_pending,), apart_from=("promise",)),
        *supervision(_ON_THE_WAY),
    ),
)  # fmt: skip
