"""What the house is told of government services: three kinds of cases, and the desks."""

from luodi.scenarios.government_services.pages.desks import DESKS
from luodi.scenarios.government_services.pages.kinds import CASES

__all__ = ["CASES", "DESKS"]
