"""Change a ruleset: one person drafts a dated version, a second approves it. Nothing is changed or removed after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luodi.kernel import approval
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Division, Person, RulesetVersion
from luodi.kernel.permission import approves_rulesets, keeps_rulesets
from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.holidays import HOLIDAYS, check_arrangement
from luodi.kernel.rulesets.shape import Misfit, kept_of
from luodi.kernel.spoken import listed


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
        raise Refused("没有“{key}”这组规则参数。", key=key)
    told = ((_("依据文件"), document, 200), (_("出处"), source, 400), (_("修改理由"), reason, 200))
    if missing := [title for title, text, _most in told if not text.strip()]:
        raise Refused("请填写{fields}。", fields=listed(missing))
    for title, text, most in told:
        if len(text.strip()) > most:
            raise Refused("{field}不能超过 {most} 字。", field=title, most=most)
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
    return approval.approve(by, approval.waiting_for(by, version), opinion)


@action("rulesets.decline", may=approves_rulesets)
def decline_version(by: Person, version: RulesetVersion, opinion: str = "") -> RulesetVersion:
    """Send a draft back with an opinion. It stays in the history."""
    return approval.decline(by, approval.waiting_for(by, version), opinion)
