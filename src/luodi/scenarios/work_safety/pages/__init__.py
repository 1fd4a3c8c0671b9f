"""What the engine of cases and the workbench are told: the kind, its papers, its desks."""

from luodi.scenarios.work_safety.pages.desks import DESKS
from luodi.scenarios.work_safety.pages.kind import CASES, DANGERS

__all__ = ["CASES", "DANGERS", "DESKS"]
