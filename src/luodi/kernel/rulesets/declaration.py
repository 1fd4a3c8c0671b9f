"""Which rulesets there are: every `rulesets/*.yaml` of an installed package declares one, with its shape and seeds.

key: dispatch.lights
title: 红黄绿灯
about: 一句话说明
shape:
  yellow: {title: 黄灯, kind: decimal, unit: 个百分点, low: 0}
versions:
- valid_from: 2025-01-01
  document: 文号或文件名
  source: 章节、网址
  verified: no
  content: {yellow: 10}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from luodi.kernel.rulesets.shape import Field, kept_of, read_shape


@dataclass(frozen=True, slots=True)
class Seed:
    """A version that comes with the software; `division` is a code by GB/T 2260, empty for all."""

    valid_from: date
    valid_until: date | None
    division: str
    document: str
    source: str
    verified: bool
    content: Mapping[str, Any]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A ruleset that the software knows: its key, what it is for, the shape of its content, its seeds."""

    key: str
    title: str
    about: str
    shape: tuple[Field, ...]
    seeds: tuple[Seed, ...]


@cache
def declared() -> Mapping[str, Declared]:
    """Every declared ruleset by its key. Raises ValueError for a file that does not keep the form."""
    found: dict[str, Declared] = {}
    for place in sorted(
        file
        for app in apps.get_app_configs()
        if app.name.startswith("luodi.")
        for file in Path(app.path, "rulesets").glob("*.yaml")
    ):
        each = read_declared(place.read_text(encoding="utf-8"))
        if each.key in found:
            raise ValueError(f"{place}: {each.key} is declared twice")
        found[each.key] = each
    return found


def read_declared(text: str) -> Declared:
    """One ruleset from the text of its file."""
    told = yaml.safe_load(text)
    shape = read_shape(_shared(told["shape"]))
    return Declared(
        key=told["key"],
        title=told["title"],
        about=told.get("about", ""),
        shape=shape,
        seeds=tuple(_seed(shape, version) for version in told.get("versions") or ()),
    )


def _shared(shape: Any) -> Any:
    """A shape that several rulesets keep is a file of its own: `shape: luodi.assessment/scheme.yaml`."""
    if not isinstance(shape, str):
        return shape
    package, _, name = shape.partition("/")
    return yaml.safe_load(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


def _seed(shape: tuple[Field, ...], told: Mapping[str, Any]) -> Seed:
    content = kept_of(shape, told["content"])
    plain = json.dumps({**told, "content": content}, sort_keys=True, ensure_ascii=False, default=str)
    return Seed(
        valid_from=told["valid_from"],
        valid_until=told.get("valid_until"),
        division=str(told.get("division") or ""),
        document=told["document"],
        source=told["source"],
        verified=told["verified"],
        content=content,
        fingerprint=hashlib.sha256(plain.encode()).hexdigest(),
    )
