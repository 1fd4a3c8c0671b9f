"""The only writers of the ledger, one file a stage: wording and units, issue and receipt, reports, closing, citizens."""

from luodi.commitments.actions.citizens import judge_rating, rate
from luodi.commitments.actions.closing import (
    apply_for,
    check,
    close,
    decide,
    reopen,
    resume,
    suspend,
    verify,
    withdraw,
)
from luodi.commitments.actions.issuing import (
    add_source,
    confirm_ready,
    decline,
    insist,
    issue,
    join,
    link_earlier,
    set_rhythm,
    sign,
    sign_all,
)
from luodi.commitments.actions.ledger import (
    accept_units,
    add_line,
    assign,
    change_kind,
    confirm,
    drop_line,
    fill_blank,
    merge,
    respan,
    reword,
    set_deadline,
    split,
    undo_edit,
)
from luodi.commitments.actions.reporting import (
    attach,
    detach,
    judge_nodes,
    return_report,
    save_report,
    send_report,
    set_nodes,
)

__all__ = [
    "accept_units", "add_line", "add_source", "apply_for", "assign", "attach", "change_kind", "check", "close",
    "confirm", "confirm_ready", "decide", "decline", "detach", "drop_line", "fill_blank", "insist", "issue", "join",
    "judge_nodes", "judge_rating", "link_earlier", "merge", "rate", "reopen",
    "respan", "resume", "return_report", "reword", "save_report", "send_report", "set_deadline", "set_nodes",
    "set_rhythm", "sign", "sign_all", "split", "suspend", "undo_edit", "verify", "withdraw",
]  # fmt: skip
