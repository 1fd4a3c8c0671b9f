"""The only writer of kept promises. Proposals are written by the engine of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Role
from luodi.kernel.permission import is_supervision
from luodi.scenarios.proposals.models import Proposal


def keeps_promise(person: Any, proposal: Proposal | None = None) -> bool:
    """The unit that answered, the office that handed it out, supervision."""
    if is_supervision(person) or proposal is None:
        return is_supervision(person)
    units = {post.unit_id for post in person.current_posts if post.role == Role.LIAISON}
    return bool(units & {proposal.lead_id, proposal.home_id})


@action("proposals.keep_promise", may=keeps_promise)
def keep_promise(by: Person, proposal: Proposal, on: date, words: str) -> Proposal:
    """Record that what an answer promised has been done; `words` say how."""
    if not proposal.promise:
        raise Refused("这件答复没有承诺。")
    if proposal.kept_on:
        raise Refused(f"承诺已于 {proposal.kept_on} 兑现。")
    if not words.strip():
        raise Refused("请写明怎样兑现的。")
    if on > timezone.localdate() or (proposal.answered_on and on < proposal.answered_on):
        raise Refused("兑现日期应在答复之后、今天之前。")
    proposal.kept_on, proposal.promise = on, f"{proposal.promise}（{words.strip()}）"[:300]
    proposal.save(update_fields=["kept_on", "promise"])
    return proposal
