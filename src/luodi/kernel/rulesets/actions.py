"""Change a ruleset: one person drafts a dated version, a second approves it. Nothing is changed or removed after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Division, Person, RulesetVersion
from luodi.kernel.permission import approves_rulesets, keeps_rulesets
from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.holidays import HOLIDAYS, check_arrangement
from luodi.kernel.rulesets.shape import Misfit, kept_of

State = RulesetVersion.State


@action("rulesets.draft", may=keeps_rulesets)
def draft_version(
    by: Person,
    key: str,
    content: dict[str, Any],
    *,
    document: str,
    source: str,
    verified: bool,
    valid_from: date,
    valid_until: date | None = None,
    division: Division | None = None,
    reason: str,
) -> RulesetVersion:
    """A new version of a declared ruleset, waiting for a second person."""
    if key not in declaration.declared():
        raise Refused(f"没有“{key}”这组规则参数。")
    told = (("依据文件", document, 200), ("出处", source, 400), ("修改理由", reason, 200))
    if missing := [title for title, text, _ in told if not text.strip()]:
        raise Refused(f"请填写{'、'.join(missing)}。")
    if long := [f"{title}不能超过 {most} 字" for title, text, most in told if len(text.strip()) > most]:
        raise Refused("；".join(long) + "。")
    if valid_until is not None and valid_until <= valid_from:
        raise Refused("废止日应晚于施行日。")
    try:
        kept = kept_of(declaration.declared()[key].shape, content)
        if key == HOLIDAYS:
            check_arrangement(kept, document, valid_from, valid_until)
    except Misfit as misfit:
        raise Refused(str(misfit)) from misfit
    return RulesetVersion.objects.create(
        key=key,
        division=division,
        document=document.strip(),
        source=source.strip(),
        verified=verified,
        valid_from=valid_from,
        valid_until=valid_until,
        content=kept,
        reason=reason.strip(),
        author=by,
    )


@action("rulesets.approve", may=approves_rulesets)
def approve_version(by: Person, version: RulesetVersion, opinion: str = "") -> RulesetVersion:
    """Put a draft in force from its day on. Its author can't."""
    version = _waiting(version)
    if version.author_id == by.pk:
        raise Refused("起草人不能批准自己的修改，请由第二人批准。")
    return _decided(version, by, State.APPROVED, opinion)


@action("rulesets.decline", may=approves_rulesets)
def decline_version(by: Person, version: RulesetVersion, opinion: str = "") -> RulesetVersion:
    """Send a draft back with an opinion. It stays in the history."""
    version = _waiting(version)
    if version.author_id == by.pk:
        raise Refused("起草人不能退回自己的修改；请由第二人退回。")
    if not opinion.strip():
        raise Refused("退回请写明意见。")
    return _decided(version, by, State.DECLINED, opinion)


def _waiting(version: RulesetVersion) -> RulesetVersion:
    """The draft, locked. Raises Refused when it has been decided already."""
    version = RulesetVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_waiting:
        raise Refused(f"这一版{version.get_state_display()}，不能再办理。")
    return version


def _decided(version: RulesetVersion, by: Person, state: str, opinion: str) -> RulesetVersion:
    version.state, version.decided_by, version.decided_at = state, by, timezone.now()
    version.opinion = opinion.strip()[:200]
    version.save(update_fields=["state", "decided_by", "decided_at", "opinion"])
    return version
