"""Townships: what their codes tell, how they come into the register, and that what is counted there counts above too."""

from datetime import date

import pytest

from luodi.kernel import townships
from luodi.kernel.action import Refused
from luodi.kernel.models import Division
from luodi.kernel.places import placed
from luodi.kernel.townships import Kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("610202001", Kind.SUBDISTRICT), ("610202099", Kind.SUBDISTRICT), ("220581102", Kind.TOWN),
        ("150525204", Kind.TOWNSHIP), ("659001399", Kind.TOWNSHIP), ("659001401", Kind.ALIKE),
        ("610202000", None), ("610202600", None), ("610202999", None),
    ],
)  # fmt: skip
def test_the_seventh_digit_tells_the_kind(code, kind):
    assert townships.kind_of(code) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("滨江街道办事处", Kind.SUBDISTRICT),
        ("城关镇", Kind.TOWN),
        ("云顶回族乡", Kind.TOWNSHIP),
        ("红星农场", None),
    ],
)
def test_most_names_tell_it_too(name, kind):
    assert townships.kind_named(name) == kind


def test_a_township_finds_its_county_and_kind_by_its_code(city):
    told = placed(Division(), {"code": "990123300", "name": "远山乡"})
    assert told == {
        "code": "990123300",
        "name": "远山乡",
        "kind": "乡",
        "parent": Division.objects.get(code="990123"),
    }
    county = placed(Division(), {"code": "990124", "name": "新设县"})
    assert county["parent"] == Division.objects.get(code="990100")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"code": "990199001", "name": "滨江街道"}, "还没有登记"),
        ({"code": "990123001", "name": "城关镇"}, "按代码是街道，与“镇”不符"),
        ({"code": "990123100", "name": "城关", "kind": "乡"}, "按代码是镇，与“乡”不符"),
        ({"code": "990123000", "name": "城关镇"}, "不是乡镇街道的代码"),
        ({"code": "9901231", "name": "城关镇"}, "应为 6 位"),
        ({"code": "９９０１２３", "name": "禾丰县"}, "应为数字"),
        ({"code": "990123", "name": "禾丰县", "kind": "镇"}, "只有 9 位代码"),
        ({"code": "990123102", "name": "某镇", "valid_from": date(2026, 6, 1), "valid_until": date(2026, 6, 1)}, "停用日应晚于启用日"),
    ],
)  # fmt: skip
def test_what_a_code_contradicts_is_refused(city, values, said):
    with pytest.raises(Refused, match=said):
        placed(Division(), values)


def test_a_township_is_not_moved_under_another_county(city):
    with pytest.raises(Refused, match="按代码属于禾丰县，上级不能是松陂县"):
        placed(
            Division(), {"code": "990123103", "name": "某镇", "parent": Division.objects.get(code="990121")}
        )


def test_what_lies_in_a_division_is_found_by_its_code_and_zones_lie_in_none(city):
    def inside(code):
        return set(Division.objects.inside(Division.objects.get(code=code)).values_list("code", flat=True))

    assert inside("990123") == {"990123", "990123100", "990123101", "990123200"}
    assert inside("990123100") == {"990123100"}
    assert inside("990171") == {"990171"}
    whole = inside("990100")
    assert {"990102", "990102001", "990181101"} < whole
    assert not {"990171", "990172"} & whole


def test_a_town_that_became_a_subdistrict_has_two_codes_and_each_its_time(city):
    names = {
        day: set(Division.objects.on(day).filter(parent__code="990181").values_list("code", flat=True))
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    }
    assert "990181100" in names[date(2026, 5, 31)] and "990181002" not in names[date(2026, 5, 31)]
    assert "990181002" in names[date(2026, 6, 1)] and "990181100" not in names[date(2026, 6, 1)]
