"""What the engine of cases and the workbench are told: the kind, its papers, its desks."""

from luodi.scenarios.city_management.pages.desks import DESKS
from luodi.scenarios.city_management.pages.kind import CASES, CITY

__all__ = ["CASES", "CITY", "DESKS"]
