"""Structural rules as programs: a scenario folder has its few names, and no foreign key joins two scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from luodi.kernel.scenario import ROOT

NEEDED = ("__init__.py", "scenario.py", "models.py", "measures.py", "tests")
PARTS = ("models", "rules", "actions", "pages")
"""A module, or a package where one file would grow too long."""
ALLOWED = {
    *NEEDED, *(f"{part}.py" for part in PARTS), *PARTS, "urls.py", "due.py", "links.py", "recurring.py", "demo.py", "rulesets",
    "templates", "templatetags", "static", "locale", "migrations", "README.md", "__pycache__",
}  # fmt: skip
PREFIX = "luodi.scenarios."


@register
def scenario_folders(**_: Any) -> list[CheckMessage]:
    return list(faults_of_folders(ROOT))


@register
def scenario_foreign_keys(**_: Any) -> list[CheckMessage]:
    return list(faults_of_foreign_keys(apps.get_models()))


def faults_of_folders(root: Path) -> Iterable[CheckMessage]:
    """Each folder under `root` holds the needed names and none but the allowed ones."""
    for folder in sorted(place for place in root.iterdir() if place.is_dir() and place.name != "__pycache__"):
        present = {place.name for place in folder.iterdir()}
        for name in sorted(name for name in set(NEEDED) - present if name.removesuffix(".py") not in present):
            yield Error(f"scenario {folder.name} lacks {name}", id="luodi.E001")
        for name in sorted(present - ALLOWED):
            yield Error(f"scenario {folder.name} has {name}, which is none of its names", id="luodi.E002")


def faults_of_foreign_keys(models: Iterable[type[Model]]) -> Iterable[CheckMessage]:
    """Scenarios meet in shared registers and in the exchange, never by a foreign key."""
    for model in models:
        home = _scenario_of(model)
        if home is None:
            continue
        for field in model._meta.get_fields():
            other = _scenario_of(field.related_model) if field.is_relation and field.related_model else None
            if other and other != home and not field.auto_created:
                yield Error(
                    f"{model._meta.label}.{field.name} points from scenario {home} to scenario {other}",
                    obj=model, id="luodi.E003",
                )  # fmt: skip


def _scenario_of(model: Any) -> str | None:
    module = getattr(model, "__module__", "")
    return module.removeprefix(PREFIX).split(".")[0] if module.startswith(PREFIX) else None
