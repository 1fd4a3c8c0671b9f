"""What the house finds: desks, the scheme of assessment."""

from luodi.scenarios.investment_promotion.pages.desks import DESKS
from luodi.scenarios.investment_promotion.pages.grading import SCHEMES

__all__ = ["DESKS", "SCHEMES"]
