"""Tables of investment promotion: chains with gaps and goals, deals with funds, and the people's work on them."""

from luodi.scenarios.investment_promotion.models.chains import Chain, Goal, Node
from luodi.scenarios.investment_promotion.models.deals import Amendment, Arrival, Deal
from luodi.scenarios.investment_promotion.models.work import LookBack, Team, Visit

__all__ = ["Amendment", "Arrival", "Chain", "Deal", "Goal", "LookBack", "Node", "Team", "Visit"]
