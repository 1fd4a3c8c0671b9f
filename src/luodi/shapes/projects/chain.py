"""The steps of a project's life, sealed one over the other like the audit log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date

from django.utils import timezone

from luodi.kernel import chain
from luodi.kernel.models import Person
from luodi.shapes.projects.models import Project, Step


def append(project: Project, source: str, to: str, on: date, reason: str, by: Person | None) -> Step:
    """Write the newest step under the next number and seal."""
    before = project.steps.order_by("number").last()
    step = Step(
        project=project,
        number=before.number + 1 if before else 1,
        source=source,
        to=to,
        on=on,
        reason=reason[:200],
        by=by,
        at=timezone.now(),
    )
    step.seal = seal_of(before.seal if before else chain.GENESIS, step)
    step.save()
    return step


def seal_of(previous: str, step: Step) -> str:
    content = [
        step.project_id, step.number, step.source, step.to, step.on.isoformat(), step.reason, step.by_id,
        step.at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]  # fmt: skip
    return chain.seal_of(previous, json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def first_broken_step(steps: Iterable[Step]) -> str | None:
    """None when every seal of a project's steps, in order, holds; else a sentence that names the first that does not."""
    previous, number = chain.GENESIS, 0
    for step in steps:
        if step.number != number + 1 or step.seal != seal_of(previous, step):
            return f"第 {number + 1} 步与封印不符：{step}"
        previous, number = step.seal, step.number
    return None
