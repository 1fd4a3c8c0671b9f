"""A kind of case for the tests of the engine: broken street lamps 路灯报修, as city management would declare them."""

from luodi.shapes.cases.guards import after
from luodi.shapes.cases.machine import DESK, LEAD, Effect, Machine, Move, State
from luodi.shapes.cases.moves import extension, merging, pause, supervision, withdrawal

OPEN = ("reported", "sent", "mending", "checking")

LAMPS = Machine(
    start="reported",
    states=(
        State("reported", "已报告"),
        State("sent", "已派单", limit="sign"),
        State("mending", "维修中"),
        State("checking", "待核查"),
        State("closed", "已结案", is_end=True, proof=("mended", "check")),
        State("merged", "已并件", is_end=True, proof=("merge",)),
        State("withdrawn", "已撤回", is_end=True),
    ),
    moves=(
        Move("dispatch", "派单", ("reported",), "sent", needs=("lead",), takes=("co",), effect=Effect.START),
        Move("sign", "签收", ("sent",), "mending", by=(LEAD,), assignment="signed"),
        Move("return", "退单", ("sent",), "reported", by=(LEAD,), needs=("reason", "basis"), assignment="returned"),
        Move(
            "mended", "报告修复", ("mending",), "checking", by=(LEAD,), needs=("words",), effect=Effect.FINISH
        ),
        Move(
            "check", "核查通过", ("checking",), "closed", by=(DESK,), apart_from_unit=("mended",),
            guards=(after("mended", "还没有修复。"),),
        ),
        Move("rework", "返工", ("checking",), "mending", by=(DESK,), needs=("reason",), effect=Effect.CONTINUE, new_round=True),
        *pause(("sent", "mending")),
        *extension(("sent", "mending")),
        *supervision(OPEN),
        *merging(("reported", "sent", "mending")),
        *withdrawal(("reported", "sent")),
    ),
)  # fmt: skip
