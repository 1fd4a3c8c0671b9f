"""The only writer of enterprises."""

from __future__ import annotations

from typing import Any

from luodi.kernel.action import action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_supervision
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.desk import changed

REGISTRARS = ("市场监管", "政务服务")
"""Functions of units that register enterprises or meet them at the window."""


def keeps_enterprises(person: Any, _subject: Any = None) -> bool:
    return is_supervision(person) or any(post.unit.function in REGISTRARS for post in person.current_posts)


@action("registers.keep_enterprise", may=keeps_enterprises)
def keep_enterprise(by: Person, enterprise: Enterprise, values: dict[str, Any]) -> Enterprise:
    return changed(enterprise, values)
