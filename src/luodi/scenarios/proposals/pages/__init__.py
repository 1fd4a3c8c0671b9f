"""What the house finds of proposals: the kind of case and the desk."""

from __future__ import annotations

from luodi.scenarios.proposals.pages.kind import PROPOSALS
from luodi.shapes.cases.desk import desk_of
from luodi.workbench.desk import Column

CASES = (PROPOSALS,)

DESKS = (
    desk_of(
        PROPOSALS,
        about="交办、签收、会办、面商、分类答复、反馈、重办；承诺的事项跟踪到兑现。",
        columns=(
            Column("body_of", "类型", edit=True),
            Column("session", "届次", edit=True),
            Column("makers", "提出人", edit=True, width=14),
            Column("is_key", "重点督办", edit=True, hidden=True),
            Column("grade", "反馈", none="—"),
            Column("promise", "承诺", none="—", hidden=True, width=24),
            Column("keep_by", "兑现期限", none="—"),
            Column("kept_on", "兑现", none="—", hidden=True),
        ),
        search=("makers",),
        filters=("body_of",),
    ),
)
