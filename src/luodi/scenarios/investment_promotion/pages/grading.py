"""The assessment of places: the engine's, with values of the ledger and goals as targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Entry, Event, Given, Scheme
from luodi.scenarios.investment_promotion.models import LookBack
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.rules.alerts import past_start
from luodi.scenarios.investment_promotion.rules.counting import FEN_PER_YI
from luodi.scenarios.investment_promotion.scenario import SCENARIO

RATES = ("kept", "begun", "arrived")
SUMS = {"count": "signed", "sum": "contract_fen", "amount": "outside_fen", "province": "province_fen"}
GOALS = {"count": "deals", "sum": "contract_fen", "amount": "outside_fen", "province": "province_fen"}


def entries(period: date, scheme: Scheme) -> Sequence[Entry]:
    """Every place with a goal, up to the year's end or today."""
    until = min(period.replace(month=12, day=31), timezone.localdate())
    view = look.picture(until)
    late, false = _penalties(view, until)
    return [
        _entry(line, late.get(line.code, 0), false.get(line.code, 0))
        for line in view.lines("division")
        if line.goal is not None
    ]


def _entry(line: look.Line, late: int, false: int) -> Entry:
    values = {key: _rate(line, key) for key in RATES} | {key: _sum(line, key) for key in SUMS}
    events = [
        Event(key, Decimal(times), says)
        for key, times, says in (("late", late, f"{late} 个项目超时限未开工"), ("falsified", false, f"{false} 个项目弄虚作假"))
        if times
    ]  # fmt: skip
    address = f"/work/investment-deals/?division={line.goal.division_id}" if line.goal else ""
    return Entry(
        line.code, line.title, values=values, events=tuple(events), division=line.code, address=address
    )


def _rate(line: look.Line, key: str) -> Given:
    over, under = line.standing.parts(key)
    if not under:
        return Given(None, says="当年没有签约项目")
    if key == "arrived":
        says = f"到位 {_yi(over)} 亿元 ÷ 合同 {_yi(under)} 亿元"
    else:
        says = f"{over} 个 ÷ 签约 {under} 个"
    return Given(round(Decimal(over) / under, 4), says=says)


def _sum(line: look.Line, key: str) -> Given:
    """A number against the place's own goal."""
    value, goal = getattr(line.standing, SUMS[key]), getattr(line.goal, GOALS[key], None)
    if key == "count":
        return Given(Decimal(value), target=None if goal is None else Decimal(goal))
    return Given(_yi(value), target=None if not goal else _yi(goal))


def _yi(fen: int) -> Decimal:
    return round(Decimal(fen) / FEN_PER_YI, 4)


def _penalties(view: look.Picture, until: date) -> tuple[dict[str, int], dict[str, int]]:
    limits: Any = look.limits_on(until).values
    late: dict[str, int] = {}
    places = {each.pk: each.division.code for each in view.deals}
    for each in view.deals:
        if each.is_counted and past_start(each, until, limits):
            late[each.division.code] = late.get(each.division.code, 0) + 1
    false: dict[str, int] = {}
    for pk in (
        LookBack.objects.filter(found="false", on__year=until.year).values_list("deal", flat=True).distinct()
    ):
        false[places[pk]] = false.get(places[pk], 0) + 1
    return late, false


SCHEMES = (
    SchemeKind(
        "investment", "招商引资年度考核", "investment_promotion.assessment", entries, lead=SCENARIO.lead, called="区县和园区", own_targets=True,
        about="履约率、开工率、资金到位率按当年签约的合同项目，到位资金按各自目标；每个数都能点回项目。", links=(("招商一览", "/investment_promotion/"), ("招商目标", "/work/investment-goals/")),
    ),
)  # fmt: skip
