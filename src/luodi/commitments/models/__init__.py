"""Tables of the ledger: what documents promise (`ledger`), what becomes of it (`life`), what citizens say (`people`)."""

from luodi.commitments.models.ledger import (
    Assignment,
    Commitment,
    Document,
    Edit,
    EditedLine,
    Every,
    NamedProject,
    Passage,
    Target,
)
from luodi.commitments.models.life import (
    Application,
    Check,
    Issue,
    Node,
    ProgressReport,
    Receipt,
    Source,
    StateChange,
)
from luodi.commitments.models.people import Rating

__all__ = [
    "Application",
    "Assignment",
    "Check",
    "Commitment",
    "Document",
    "Edit",
    "EditedLine",
    "Every",
    "Issue",
    "NamedProject",
    "Node",
    "Passage",
    "ProgressReport",
    "Rating",
    "Receipt",
    "Source",
    "StateChange",
    "Target",
]
