"""Chains, goals, teams, visits and look-backs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.investment_promotion.actions.roles import deal_of, keeps, organises
from luodi.scenarios.investment_promotion.models import Chain, Deal, Goal, LookBack, Node, Team, Visit
from luodi.workbench.desk import changed


@action("investment_promotion.keep_chain", may=organises)
def keep_chain(by: Person, chain: Chain, values: dict[str, Any]) -> Chain:
    return changed(chain, values)


@action("investment_promotion.keep_goal", may=organises)
def keep_goal(by: Person, goal: Goal, values: dict[str, Any]) -> Goal:
    return changed(goal, values)


def keeps_node(person: Any, node: Any = None) -> bool:
    """The bureau, and the lead unit of the chain."""
    lead = node.chain.lead_id if node is not None and node.chain_id else None
    return organises(person) or (is_liaison(person) and (lead is None or lead in person.unit_ids))


@action("investment_promotion.keep_node", may=keeps_node)
def keep_node(by: Person, node: Node, values: dict[str, Any]) -> Node:
    """A link of a chain's map. What was had from the first is not a gap that was filled."""
    if node.pk is None and "was" not in values:
        values = {**values, "was": values.get("status")}
    if values.get("filled_on", node.filled_on) and values.get("was", node.was) == Node.Status.HAS:
        raise Refused("建图谱时就有的环节，不算补齐。")
    if (chain := values.get("chain")) and chain.lead_id not in by.unit_ids and not organises(by):
        raise Refused("“{chain}”由牵头单位维护。", chain=chain.name)
    return changed(node, values)


@action("investment_promotion.keep_team", may=organises)
def keep_team(by: Person, team: Team, values: dict[str, Any]) -> Team:
    return changed(team, values)


def keeps_visit(person: Any, visit: Any = None) -> bool:
    """Whoever keeps its deal, the unit that sent the team, the bureau."""
    if visit is None or visit.pk is None:
        return is_liaison(person) or organises(person)
    sent = visit.team.unit_id if visit.team_id else None
    own = deal_of(visit)
    return organises(person) or sent in person.unit_ids or (own is not None and keeps(person, own))


@action("investment_promotion.keep_visit", may=keeps_visit)
def keep_visit(by: Person, visit: Visit, values: dict[str, Any]) -> Visit:
    """A visit; the deal's last contact follows."""
    if (on := values.get("on", visit.on)) and on > timezone.localdate():
        raise Refused("活动日期不能在今天之后。")
    visit = changed(visit, values)
    deal = visit.deal
    if deal is not None and (deal.talked_on is None or deal.talked_on < visit.on):
        Deal.objects.filter(pk=deal.pk).update(talked_on=visit.on)
    return visit


def looks_back(person: Any, row: Any = None) -> bool:
    """The bureau looks back; the unit that has to mend writes what it did."""
    own = row is not None and row.pk is not None and row.owner_id in person.unit_ids
    return organises(person) or (own and is_liaison(person))


@action("investment_promotion.keep_look_back", may=looks_back)
def keep_look_back(by: Person, row: LookBack, values: dict[str, Any]) -> LookBack:
    """回头看 of a signed deal. Who only mends changes nothing but its result."""
    deal = values.get("deal") or (row.deal if row.deal_id else None)
    if deal is None or deal.first_fen is None:
        raise Refused("回头看只对签了合同的项目。")
    today = timezone.localdate()
    if (on := values.get("on", row.on)) and on > today:
        raise Refused("核查日期不能在今天之后。")
    if (done := values.get("done_on")) and (done > today or done < (on or done)):
        raise Refused("整改完成应在核查之后、今天之前。")
    if not organises(by) and (other := set(values) - {"done_on", "result"}):
        titles = "、".join(str(LookBack._meta.get_field(name).verbose_name) for name in sorted(other))
        raise Refused("整改单位只填整改完成和整改结果，不能改{titles}。", titles=titles)
    return changed(row, values)
