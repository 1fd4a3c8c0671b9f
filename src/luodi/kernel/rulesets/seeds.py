"""Bring the seeds of the YAML files into the database: once, again without effect, and never over a person's version."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from luodi.kernel import audit
from luodi.kernel.models import Division, RulesetVersion
from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.declaration import Declared, Seed

State = RulesetVersion.State


@transaction.atomic
def load_seeds() -> list[RulesetVersion]:
    """Add the seeds that are not there yet; returns what was added.

    Once a person has approved a version for a key and division, newer seeds arrive as drafts that wait for approval:
    an update of the software never changes a city's own rules. A seed for a division not in the database waits too:
    it is loaded when the division is there.
    """
    known = set(RulesetVersion.objects.exclude(seed="").values_list("key", "seed"))
    wanted = [
        (about, seed)
        for about in declaration.declared().values()
        for seed in about.seeds
        if (about.key, seed.fingerprint) not in known
    ]
    divisions = Division.objects.in_bulk([seed.division for _, seed in wanted], field_name="code")
    added = [
        _added(about, seed, divisions.get(seed.division))
        for about, seed in wanted
        if not seed.division or seed.division in divisions
    ]
    if added:
        audit.record(None, "rulesets.load", None, {"versions": [version.pk for version in added]})
    return added


def _added(about: Declared, seed: Seed, division: Division | None) -> RulesetVersion:
    is_edited = RulesetVersion.objects.filter(
        key=about.key, division=division, state=State.APPROVED, author__isnull=False
    ).exists()
    return RulesetVersion.objects.create(
        key=about.key,
        division=division,
        document=seed.document,
        source=seed.source,
        verified=seed.verified,
        valid_from=seed.valid_from,
        valid_until=seed.valid_until,
        content=dict(seed.content),
        seed=seed.fingerprint,
        reason="随软件提供",
        state=State.WAITING if is_edited else State.APPROVED,
        decided_at=None if is_edited else timezone.now(),
    )
