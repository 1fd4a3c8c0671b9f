"""What the house is told of random inspections: the kind of case and the desks; pages of their own are in the modules beside."""

from luodi.scenarios.random_inspections.pages.desks import DESKS
from luodi.scenarios.random_inspections.pages.kinds import CASES

__all__ = ["CASES", "DESKS"]
