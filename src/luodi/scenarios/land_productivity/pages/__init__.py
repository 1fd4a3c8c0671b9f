"""What the house finds: desks, schemes."""

from luodi.scenarios.land_productivity.pages.desks import DESKS
from luodi.scenarios.land_productivity.pages.grading import SCHEMES

__all__ = ["DESKS", "SCHEMES"]
