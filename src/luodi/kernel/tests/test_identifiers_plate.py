"""Number plates as gates read them and people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.identifiers import IdentifierError, Kind, Plate, PlateKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("陕B12345", PlateKind.ORDINARY),
        ("陕B·A2C45", PlateKind.ORDINARY),
        ("陕b 12345", PlateKind.ORDINARY),
        ("陕ＢＤ１２３４５", PlateKind.NEW_ENERGY_SMALL),
        ("陕BF01234", PlateKind.NEW_ENERGY_SMALL),
        ("陕B12345D", PlateKind.NEW_ENERGY_LARGE),
        ("陕B1234挂", PlateKind.TRAILER),
        ("陕B1234学", PlateKind.TRAINING),
        ("陕B1234警", PlateKind.POLICE),
        ("粤ZA123港", PlateKind.HONG_KONG_MACAO),
        ("使014578", PlateKind.EMBASSY),
        ("224578使", PlateKind.EMBASSY),
        ("沪A0023领", PlateKind.CONSULATE),
        ("陕X1234应急", PlateKind.RESCUE),
        ("WJ京1234X", PlateKind.ARMED_POLICE),
    ],
)
def test_kinds_of_plates(text, kind):
    assert Plate.parse(text).kind is kind


@pytest.mark.parametrize(
    ("text", "electric"),
    [
        ("陕BD12345", True),
        ("陕BE12345", True),
        ("陕BF12345", False),
        ("陕B12345A", True),
        ("陕B12345K", False),
        ("陕B12345", None),
    ],
)
def test_the_energy_letter(text, electric):
    plate = Plate.parse(text)
    assert plate.is_pure_electric is electric
    assert plate.is_new_energy is (electric is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("陕B1234", [(Kind.LENGTH, None)]),
        ("秦B12345", [(Kind.CHARACTER, 1)]),  # 秦 is no plate's character
        ("BD12345", [(Kind.CHARACTER, 1)]),  # a camera missed the province
        ("陕I12345", [(Kind.CHARACTER, 2)]),
        ("陕B1O345", [(Kind.CHARACTER, 4)]),  # O for 0
        ("陕B12港45", [(Kind.CHARACTER, 5)]),
        ("陕BL12345", [(Kind.CATEGORY, None)]),
        ("陕BDI2345", [(Kind.CHARACTER, 4)]),
        ("陕BD1234A", [(Kind.CHARACTER, 8)]),
        ("陕B123A5D", [(Kind.CHARACTER, 6)]),
    ],
)
def test_what_is_wrong_with_a_plate(text, expected):
    with pytest.raises(IdentifierError) as refused:
        Plate.parse(text)
    assert [(fault.kind, fault.position) for fault in refused.value.faults] == expected


def test_the_sentence_names_the_place():
    with pytest.raises(IdentifierError) as refused:
        Plate.parse("陕B1O345")
    assert str(refused.value) == "机动车号牌：第 4 位“O”不能用于序号（数字，或 I、O 以外的字母）。"


def test_a_masked_plate():
    """city.md L: 陕B·***12."""
    assert [Plate.mask(text) for text in ("陕B34512", "陕BD12345", "陕B1")] == [
        "陕B·***12",
        "陕B·****45",
        "***",
    ]


@given(st.text(Plate.alphabet, min_size=7, max_size=8))
def test_any_plate_has_a_kind_or_a_fault(text):
    if Plate.is_valid(text):
        assert Plate.parse(text).kind in PlateKind
    else:
        with pytest.raises(IdentifierError) as refused:
            Plate.parse(text)
        assert refused.value.faults
