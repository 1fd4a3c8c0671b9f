"""Rules with the vectors that were published, and those of the software's own limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from types import SimpleNamespace as Row

import pytest

from luodi.assessment.kinds import scheme_kind
from luodi.assessment.schemes import Entry, Event, Given, scheme_of, score
from luodi.kernel.models import RulesetVersion
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.investment_promotion.rules import alerts, counting, rates
from luodi.scenarios.investment_promotion.rules.life import LIST_OF, STATES, next_state, reached

YI = counting.FEN_PER_YI
LIMITS = {
    "silent_days": 30,
    "register_days": 90,
    "start_days": 180,
    "funds_days": 90,
    "local_most": D(50),
}
RULES = {"counts_abroad": True, "least_level": 2, "local_most": D(50), "large_yi": D(1), "exclusions": [{"code": "estate"}]}  # fmt: skip
DAY = date(2026, 11, 24)


def deal(**told):
    blank = {
        "state": "talk", "batch": "talk", "talked_on": None, "convert_by": None, "contract_on": None, "start_due_on": None, "started_on": None, "local_percent": None, "exclusion": "",
        "origin": "country", "outside_percent": D(100), "get_exclusion_display": lambda: "房地产", "investor": "甲", "investor_rep": "", "investor_phone": "", "investor_address": "", "investor_uscc": "", "division_id": 1,
    }  # fmt: skip
    return Row(**(blank | told))


def test_every_state_is_on_one_list_and_the_road_leads_on():
    assert set(LIST_OF) == {code for code, _ in STATES}
    assert (next_state("talk", False), next_state("talk", True), next_state("dispute", True)) == ("mou", "contract", None)  # fmt: skip
    assert reached("funded", "started") and not reached("contract", "started") and not reached("out", "talk")


def test_what_counts_as_funds_from_outside():
    def of(level=2, **told):
        return counting.counted_fen(Row(level=level, fen=101, deal=deal(**told)), RULES)

    assert of(level=1)[0] is None
    assert of() == (101, "")
    assert of(outside_percent=D(50)) == (51, "")  # half a 分 is rounded up
    assert of(exclusion="estate") == (0, "不计入情形：房地产")
    assert of(exclusion="second") == (101, "")  # a city may strike an exclusion from its rules
    assert of(origin="city")[0] == 0 and of(local_percent=D("50.01"))[0] == 0 and of(local_percent=D(50))[0] == 101  # fmt: skip
    assert counting.counted_fen(Row(level=3, fen=5, deal=deal(origin="abroad")), RULES | {"counts_abroad": False})[0] == 0  # fmt: skip
    assert counting.is_large(YI, RULES) and not counting.is_large(YI - 1, RULES) and not counting.is_large(None, RULES)  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["silent"], {"talked_on": date(2026, 10, 24)}),
        ([], {"talked_on": date(2026, 10, 25)}),  # thirty days are still in order
        (["convert"], {"state": "mou", "convert_by": date(2026, 11, 23)}),
        (["unregistered"], {"state": "contract", "batch": "signed", "contract_on": date(2026, 8, 25)}),
        ([], {"state": "contract", "batch": "signed", "contract_on": date(2026, 8, 26)}),
        (["unstarted"], {"state": "registered", "batch": "signed", "contract_on": date(2026, 5, 27)}),
        (["start_due"], {"state": "registered", "batch": "signed", "contract_on": date(2026, 9, 1), "start_due_on": date(2026, 11, 1)}),
        (["no_funds"], {"state": "started", "batch": "started", "contract_on": date(2026, 1, 1), "started_on": date(2026, 8, 1)}),
        (["local"], {"local_percent": D(60)}),
        ([], {"state": "out", "batch": "out", "contract_on": date(2025, 1, 1)}),
    ],
)  # fmt: skip
def test_alerts_begin_the_day_after_the_limit(codes, told):
    assert [each.code for each in alerts.alerts(deal(**told), 0, DAY, LIMITS)] == codes


def test_one_partner_under_several_names_and_one_in_two_places():
    rows = [deal(investor="甲", investor_rep="言某"), deal(investor="乙", investor_rep="言某"), deal(investor="丙", investor_phone="1"), deal(investor="丙", investor_phone="1")]  # fmt: skip
    assert alerts.shells(rows) == [("不同投资方的法定代表人相同", rows[:2])]
    same = [deal(investor_uscc="X", division_id=1), deal(investor_uscc="X", division_id=2)]
    assert alerts.shells(same) == [("同一投资方在不同区划统计", same)]


def contract(state, fen=YI, **told):
    return Row(state=state, is_counted=True, is_large=fen >= YI, contract_fen=fen, enterprise_id=None, project_code="", begun_in_year=state in ("started", "producing"), agreement_fen=None, intended_fen=None, **told)  # fmt: skip


def test_rates_over_the_contracts_of_the_year():
    city = rates.Standing()
    for state, arrived in (
        ("contract", 0),
        ("registered", YI // 4),
        ("started", YI // 2),
        ("producing", YI),
        ("out", 0),
    ):
        city.add(contract(state), arrived)
    city.add(Row(is_counted=False), YI)
    names = ("kept", "begun", "begun_in_year", "producing", "landed", "arrived")
    assert [city.percent(name) for name in names] == [
        D(60),
        D(40),
        D(40),
        D(20),
        D(0),
        D(35),
    ]  # one partner left, one deal does not count
    assert (city.signed, city.uncounted) == (5, 1)
    assert rates.Standing().percent("kept") is None
    city.add_funds("province", 3)
    city.add_funds("abroad", 4)
    assert (city.outside_fen, city.province_fen) == (7, 4)


def test_the_weight_of_a_promise():
    rows = [contract("contract"), Row(state="mou", contract_fen=None, agreement_fen=2 * YI, intended_fen=9), Row(state="lead", contract_fen=None, agreement_fen=None, intended_fen=None)]  # fmt: skip
    assert rates.quality_fen(rows, {"contract": D(60), "mou": D(30), "lead": D(5)}) == YI * 12 // 10


@pytest.fixture
def versions(db):
    from luodi.kernel.models import Division

    Division.objects.get_or_create(code="450900", defaults={"name": "玉林市"})
    load_seeds()
    return scheme_kind("investment")


def scheme_in(kind, code):
    row = RulesetVersion.objects.get(key=kind.ruleset, division__code=code) if code else RulesetVersion.objects.get(key=kind.ruleset, division=None)  # fmt: skip
    from luodi.kernel.rulesets import ruleset_by_id

    found = ruleset_by_id(row.pk)
    assert not found.verified
    return scheme_of(found.document, found.verified, found.values)


def given(**values):
    return {key: Given(D(str(value)), None if goal is None else D(str(goal))) for key, (value, goal) in values.items()}  # fmt: skip


def test_yulin_weights(versions):
    scheme = scheme_in(versions, "")
    assert [(each.key, each.weight) for each in scheme.indicators] == [("kept", 10), ("begun", 20), ("arrived", 35), ("amount", 35)]  # fmt: skip
    values = given(kept=(0.9, None), begun=(0.75, None), arrived=(0.4, None), amount=(24, 20))
    assert score(scheme, [Entry("县", "县", values=values)])[0].score == D(
        "73.00"
    )  # 9 + 15 + 14 + 35, capped


def test_the_2024_bulletin(versions):
    """[(28 ÷ 27) × 50 % + (177.7 ÷ 54) × 50 %] × 0.5; −0.1 each past its limit, −0.2 each falsified."""
    scheme = scheme_in(versions, "450900")
    values = given(count=(28, 27), sum=("177.7", 54), province=(0, 1))
    exact = (Fraction(28, 27) / 2 + Fraction("177.7") / 54 / 2) / 2
    events = (Event("late", D(3)), Event("falsified", D(1)))
    found = score(scheme, [Entry("甲", "甲", values=values), Entry("乙", "乙", values=values, events=events)])
    assert [each.score for each in found] == [D("1.0819"), D("0.5819")]
    assert round(D(exact.numerator) / exact.denominator, 4) == D("1.0819")
