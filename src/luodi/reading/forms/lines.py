"""What every official form is filled from: a head and its lines, made from a report or from ledger rows alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from luodi.reading.model import Kind


@dataclass(frozen=True, slots=True)
class FormHead:
    """What stands above a form.

    `title` is the subject alone ("云川市2027年《政府工作报告》重点任务"); each form adds its own name to it.
    `cut_off` is the last day whose facts are in it, `quarter` (1 to 4) the one reported on, `note` is printed
    below it. `None` is unknown and printed as a blank to fill.
    """

    title: str
    division: str | None = None
    year: int | None = None
    cut_off: date | None = None
    quarter: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One commitment as a form shows it. Empty text and `None` are unknown: printed as 待补 or ＿＿, never left out.

    `number` is the place in the plan, "2.1-02"; `part` and `section` are headings as printed, marker and all.
    `targets` are printed by `wording.target_in_words`; none means that no figure was promised.
    `deadline` is an ISO date or words ("全年", "长期坚持").
    `suggested` says that `lead` and `support` are proposals which no person has accepted yet; `confidence`
    (0 to 1) and `why` belong to the proposed lead.
    `work` is what the unit says it will do for the commitment (具体工作内容).
    """

    number: str
    text: str
    kind: Kind = "action"
    part: str = ""
    section: str = ""
    targets: tuple[str, ...] = ()
    lead: str | None = None
    support: tuple[str, ...] = ()
    suggested: bool = False
    confidence: float | None = None
    why: str = ""
    deadline: str | None = None
    state: str = ""
    work: str = ""
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    leader: str = ""
    office: str = ""
    handler: str = ""
    sentence: str = ""
    id: str = ""


def stamp(head: FormHead) -> datetime:
    """A creation time that depends on the content alone, so that equal ledgers give equal files."""
    day = head.cut_off or date(head.year or 2000, 1, 1)
    return datetime(day.year, day.month, day.day)
