"""What the house finds: desks, schemes."""

from luodi.scenarios.county_performance.pages.desks import DESKS
from luodi.scenarios.county_performance.pages.scoring import SCHEMES

__all__ = ["DESKS", "SCHEMES"]
