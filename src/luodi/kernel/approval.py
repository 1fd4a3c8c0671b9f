"""The one way a draft is decided: by a second person, once, and never without a word when it goes back."""

from __future__ import annotations

from typing import TypeVar

from django.utils import timezone

from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.kernel.models.approval import SecondPerson

Draft = TypeVar("Draft", bound=SecondPerson)


def waiting_for(by: Person, draft: Draft) -> Draft:
    """The draft, locked, for `by` to decide. Raises Refused when that was done, or when `by` drafted it."""
    draft = type(draft)._base_manager.select_for_update().get(pk=draft.pk)
    if not draft.is_waiting:
        raise Refused(
            "这份{what}{state}，不能再办理。", what=draft._meta.verbose_name, state=draft.get_state_display()
        )
    if draft.author_id == by.pk:
        raise Refused("起草人不能批准或退回自己的{what}，请由第二人办理。", what=draft._meta.verbose_name)
    return draft


def approve(by: Person, draft: Draft, opinion: str = "") -> Draft:
    """Decide a draft that `waiting_for` answered."""
    return _decide(by, draft, SecondPerson.State.APPROVED, opinion)


def decline(by: Person, draft: Draft, opinion: str) -> Draft:
    """Send it back; it stays in the history. Raises Refused without an opinion."""
    if not opinion.strip():
        raise Refused("退回请写明意见。")
    return _decide(by, draft, SecondPerson.State.DECLINED, opinion)


def _decide(by: Person, draft: Draft, state: str, opinion: str) -> Draft:
    draft.state, draft.decided_by, draft.decided_at = state, by, timezone.now()
    draft.opinion = opinion.strip()[:200]
    draft.save(update_fields=["state", "decided_by", "decided_at", "opinion"])
    return draft
