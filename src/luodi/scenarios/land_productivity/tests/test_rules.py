"""亩均: the published vectors, exemptions, doubts, D years over predecessors, and the surcharge that is never added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from luodi.assessment.schemes import Entry, Given, faults, scheme_of, score
from luodi.kernel.rulesets.declaration import declared
from luodi.kernel.rulesets.shape import values_of
from luodi.scenarios.land_productivity import rules

SCOPE = {"least_small_mu": D(5), "grace_years": 2, **rules.DEFAULTS}
VECTOR = {"tax": "30", "added": "120", "energy": "2.0", "emission": "6000", "labour": "20", "rd": "0.02"}


def preset(key, division):
    about = declared()[f"land_productivity.{key}"]
    seed = next(each for each in about.seeds if each.division == division)
    return scheme_of(seed.document, seed.verified, values_of(about.shape, seed.content))


def record(**told):
    known = dict.fromkeys(
        (
            "land_mu",
            "tax_fen",
            "added_fen",
            "revenue_fen",
            "rd_fen",
            "tech_fen",
            "employees",
            "power_kwh",
            "energy_tce",
            "emission_t",
            "began_on",
        )
    )
    return SimpleNamespace(
        **{**known, "year": 2025, "scale": "large", "exemption": "", "exempt_why": "", **told}
    )


def test_huangyan_as_shipped_gives_its_published_case():
    scheme = preset("large", "331003")
    entry = Entry("甲", "甲", values={key: Given(D(value)) for key, value in VECTOR.items()})
    assert score(scheme, [entry])[0].score == D("99.64")
    assert not scheme.verified


@pytest.mark.parametrize("key", ["large", "small"])
def test_every_shipped_scheme_can_be_used(key):
    for seed in declared()[f"land_productivity.{key}"].seeds:
        assert faults(preset(key, seed.division)) == [], seed.document


def test_tax_per_mu_with_its_division_in_words():
    given = rules.ratio_of("tax", record(tax_fen=1_234_567_800, land_mu=D("51.20")))
    assert (given.value, given.says) == (D("24.1127"), "评价税收 1234.57 万元 ÷ 用地 51.2 亩")


def test_power_tax_is_by_ten_thousand_kilowatt_hours():
    given = rules.ratio_of("power", record(tax_fen=235_200_000, power_kwh=D("10000000")))
    assert given.value == D("0.2352")


def test_what_is_unknown_is_named_and_nothing_is_divided_by_zero():
    assert rules.ratio_of("emission", record(added_fen=100)).says == "排放待补"
    assert rules.ratio_of("tax", record()).says == "评价税收、用地待补"
    zero = rules.ratio_of("labour", record(added_fen=100_000_000, employees=0))
    assert (zero.value, zero.says) == (None, "增加值 100 万元 ÷ 从业 0 人：分母不大于 0")


def test_sublet_land_does_not_count_and_land_in_two_zones_is_one():
    parcels = [
        SimpleNamespace(tenure="owned", area_mu=D("40.5")),
        SimpleNamespace(tenure="owned", area_mu=D(10)),
        SimpleNamespace(tenure="rented", area_mu=D(5)),
        SimpleNamespace(tenure="sublet", area_mu=D("8.5")),
    ]
    assert rules.land_of(parcels) == D("47.0")
    assert rules.land_of([]) is None


@pytest.mark.parametrize(
    ("began", "is_exempt"),
    [(date(2025, 3, 1), True), (date(2024, 12, 31), True), (date(2023, 12, 31), False), (None, False)],
)
def test_new_firms_have_two_full_years(began, is_exempt):
    found = rules.exemption_of(record(began_on=began), SCOPE)
    assert (found is not None and found.key == "startup") is is_exempt


def test_small_firms_take_part_from_five_mu_and_closed_ones_never():
    assert rules.takes_part(record(scale="small", land_mu=D("5")), SCOPE)
    assert not rules.takes_part(record(scale="small", land_mu=D("4.99")), SCOPE)
    assert not rules.takes_part(record(scale="small"), SCOPE)
    assert not rules.takes_part(record(exemption="closed"), SCOPE)
    assert rules.exemption_of(record(exemption="utility", exempt_why="供热"), SCOPE).says == "供热"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"tax_fen": 2_000_000_000, "land_mu": D("3.2")}, "疑似用地按公顷填报"),
        ({"tax_fen": -5}, "退税后评价税收为负"),
        ({"employees": 0}, "从业人数为 0"),
        ({"land_mu": D(0)}, "用地不大于 0 亩"),
        ({"power_kwh": D(1000000), "energy_tce": D(900000)}, "疑似把千瓦时填成吨标煤"),
        ({"power_kwh": D(1000000), "energy_tce": D(100)}, "少于用电折算的 122.9 吨标煤"),
    ],
)
def test_doubts(told, words):
    assert any(words in each for each in rules.doubts(record(**told)))


def test_ten_times_last_year_is_asked_about():
    assert rules.doubts(record(tax_fen=5000), record(tax_fen=400)) == ["评价税收与上年相差 12.5 倍"]
    assert rules.doubts(record(power_kwh=D(1000000), energy_tce=D(200))) == []


def test_d_years_are_counted_without_a_gap():
    assert rules.d_years({2023: "D", 2024: "D", 2025: "D"}, 2025) == 3
    assert rules.d_years({2022: "D", 2024: "D", 2025: "D"}, 2025) == 2
    assert rules.d_years({2024: "D", 2025: "C"}, 2025) == 0


def test_shandong_surcharge_by_year_and_the_highest_never_the_sum():
    """0.05, 0.10, 0.15 yuan for the first, second, third year and after."""
    about = declared()["land_productivity.policies"]
    table = values_of(about.shape, next(seed for seed in about.seeds if seed.division == "370000").content)[
        "policies"
    ]
    powers = [rules.policies_for("D", years, table)[0]["value"] for years in (1, 2, 3, 6)]
    assert powers == [D("0.05"), D("0.10"), D("0.15"), D("0.15")]
    assert rules.policies_for("A", 0, table) == []
    assert rules.surcharge(D("0.10"), [D("0.3"), D("0.02")]) == D("0.3")
