"""Codes as people type them: the vectors of the field's rules, and what each standard's check promises to find."""

import logging
import pickle
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luodi.kernel.divisions import divisions
from luodi.kernel.identifiers import (
    CitizenId,
    CreditCode,
    DeviceId,
    DivisionCode,
    IdentifierError,
    Kind,
    LandCode,
    OrgCode,
    ProjectCode,
    Vin,
    citizen_id,
    credit_code,
    org_code,
    vin,
)

EXAMPLE = "91350100M000100Y43"  # the standard's own
PERSON = "11010519491231002X"  # the standard's own


def faults(code, text):
    """(kind, position) of every failed check."""
    with pytest.raises(IdentifierError) as refused:
        code.parse(text)
    return [(fault.kind, fault.position) for fault in refused.value.faults]


def sentence(code, text):
    with pytest.raises(IdentifierError) as refused:
        code.parse(text)
    return str(refused.value)


# 统一社会信用代码


@pytest.mark.parametrize(
    "text",
    [  # economy.md 0.1, city.md 0.3 and X.7
        EXAMPLE,
        "53640000MJX173680A",
        "53640000MJX173672F",
        "N2610204MF0000101R",
        "93610222NA00001004",
        "11610200MB0000019L",
    ],
)
def test_credit_codes_of_the_rules(text):
    assert CreditCode.parse(text).text == text
    assert OrgCode.is_valid(text[8:17])


def test_a_credit_code_tells_its_parts():
    village = CreditCode.parse("N2610204MF0000101R")
    assert (village.authority, village.category) == ("农业农村", "村级集体经济组织")
    assert (village.division.name, village.org_code) == ("耀州区", "MF0000101")
    foundation = CreditCode.parse("53640000MJX173680A")
    assert (foundation.authority, foundation.category) == ("民政", "基金会")


def test_both_checks_of_a_credit_code_are_told():
    """economy.md 0.1: outer should be L, inner should be 4."""
    assert faults(CreditCode, "91110108MA01C8W8X5") == [(Kind.CHECK, 17), (Kind.CHECK, 18)]
    assert sentence(CreditCode, "91110108MA01C8W8X5") == (
        "统一社会信用代码：主体标识码（第 9—17 位）的第 17 位校验码应为 4，实为 X；第 18 位校验码应为 L，实为 5。"
    )


def test_a_wrong_last_character_is_told():
    """city.md X.7."""
    assert sentence(CreditCode, "91350100M000100Y44") == "统一社会信用代码：第 18 位校验码应为 3，实为 4。"


@pytest.mark.parametrize("letter", "SIOVZ")
def test_letters_that_never_occur_are_told_and_not_replaced(letter):
    """economy.md 0.1: do not read O as 0."""
    text = EXAMPLE[:10] + letter + EXAMPLE[11:]
    assert faults(CreditCode, text) == [(Kind.CHARACTER, 11)]
    assert f"第 11 位字符“{letter}”" in sentence(CreditCode, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EXAMPLE[:17], (Kind.LENGTH, None)),
        ("", (Kind.LENGTH, None)),
        ("B" + EXAMPLE[1:], (Kind.CATEGORY, 1)),
        ("98" + EXAMPLE[2:], (Kind.CATEGORY, 2)),
        ("91A50100" + EXAMPLE[8:], (Kind.CHARACTER, 3)),
        ("91990100" + EXAMPLE[8:], (Kind.DIVISION, 3)),
    ],
)
def test_every_part_of_a_credit_code_is_checked(text, expected):
    assert expected in faults(CreditCode, text)


def test_national_and_zone_registries_stand_outside_the_division_table():
    national = credit_code.check_of("91" + "100000" + "M000100Y4")
    assert CreditCode.parse("91100000M000100Y4" + national).division is None
    zone = credit_code.check_of("91" + "610131" + "M000100Y4")
    assert CreditCode.parse("91610131M000100Y4" + zone).division is None


@pytest.mark.parametrize(
    "written",
    [
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100m000100y43",
        " 91350100 M000100Y 43\n",
        "\ufeff91350100M000100Y43\u200b",
        "91350100\u3000M000100Y43",
    ],
)
def test_usual_writings_are_put_right(written):
    assert CreditCode.parse(written) == CreditCode.parse(EXAMPLE)


@pytest.mark.parametrize("digit", ["٩", "९", "⑨", "玖"])
def test_digits_of_other_scripts_are_refused(digit):
    assert faults(CreditCode, digit + EXAMPLE[1:]) == [(Kind.CHARACTER, 1)]


# 组织机构代码


@pytest.mark.parametrize("text", ["M000100Y4", "M000100Y-4", "MJX173680", "MA01C8W84"])
def test_organisation_codes(text):
    assert OrgCode.is_valid(text)


@pytest.mark.parametrize("look_alike", ["ı", "ſ", "Ｉ", "і"])
def test_only_full_width_letters_are_put_right(look_alike):
    """A dotless i, a long s and a Cyrillic i are other letters, though Python's upper() makes I and S of two."""
    real = "I0000000" + org_code.check_of("I0000000")
    assert OrgCode.is_valid(look_alike + real[1:]) is (look_alike == "Ｉ")


def test_an_organisation_code_with_a_wrong_check_is_told():
    assert sentence(OrgCode, "MA01C8W8X") == "组织机构代码：第 9 位校验码应为 4，实为 X。"


# 公民身份号码


@pytest.mark.parametrize("text", [PERSON, "440524188001010014", "610204199001010018"])
def test_citizen_ids_of_the_rules(text):
    """economy.md 0.1; city.md 0.3 and X.7."""
    assert CitizenId.parse(text).text == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("110105194912310021", (Kind.CHECK, 18)),  # city.md X.7
        ("110105194913310020", (Kind.DATE, 7)),  # city.md X.7: a thirteenth month
        ("110105190002290000", (Kind.DATE, 7)),  # 1900 was no leap year
        ("99010519491231002X", (Kind.DIVISION, 1)),
        ("61000019491231002X", (Kind.DIVISION, 1)),  # a whole province gives no numbers
        ("X1010519491231002X", (Kind.CHARACTER, 1)),
        ("110105491231002", (Kind.LENGTH, None)),
    ],
)
def test_what_is_first_wrong_with_a_citizen_id(text, first):
    assert faults(CitizenId, text)[0] == first


def test_a_birth_date_in_the_future_is_refused():
    born_tomorrow = "61020420261125001"
    text = born_tomorrow + citizen_id.check_of(born_tomorrow)
    with pytest.raises(IdentifierError, match="第 7—14 位出生日期晚于今天"):
        CitizenId.parse(text, today=date(2026, 11, 24))
    assert CitizenId.parse(text, today=date(2026, 11, 25)).age_on(date(2026, 11, 25)) == 0


def test_an_abolished_division_stays_in_the_number_for_life():
    body = "61020219850301002"  # 610202 was 城区 until 2000
    person = CitizenId.parse(body + citizen_id.check_of(body))
    assert person.division_code == "610202"
    assert CitizenId.is_valid("440524188001010014")  # 潮阳县, gone since 1993


@pytest.mark.parametrize("division", ["440301", "441900", "810000", "830000"])
def test_divisions_that_are_no_counties_give_numbers_too(division):
    """Shenzhen's districts as a whole, Dongguan without counties, residents from Hong Kong and Taiwan."""
    body = division + "19850301002"
    assert CitizenId.is_valid(body + citizen_id.check_of(body))


def test_an_old_number_is_upgraded():
    """economy.md 0.1: 19 after the sixth digit, and a check."""
    assert CitizenId.from_old("610204900101001").text == "610204199001010018"
    assert (
        sentence(CitizenId, "610204900101001") == "公民身份号码：长度应为 18 位，实为 15 位（旧号请先升位）。"
    )
    with pytest.raises(IdentifierError, match="旧号应为 15 位，实为 18 位"):
        CitizenId.from_old(PERSON)
    with pytest.raises(IdentifierError, match="第 15 位应为数字"):
        CitizenId.from_old("61020490010100X")


def test_sex_and_age():
    person = CitizenId.parse("１１０１０５１９４９１２３１００２ｘ")
    assert (person.sex, person.born_on) == ("女", date(1949, 12, 31))
    assert [person.age_on(date(2026, 12, day)) for day in (30, 31)] == [76, 77]


def test_a_number_never_shows_itself(caplog):
    """city.md L: first four and last two; never the birth date, in no log line and no error."""
    person = CitizenId.parse(PERSON)
    with caplog.at_level(logging.INFO):
        logging.getLogger("x").info("%s %r %s", person, person, f"{person}")
    assert caplog.text.count("1101************2X") == 3
    assert "19491231" not in caplog.text
    for wrong in ("110105194912310021", "11010519491331002X", "9901051949123100", "110105194912O1002X"):
        with pytest.raises(IdentifierError) as refused:
            CitizenId.parse(wrong)
        assert not any(part in str(refused.value) for part in ("110105", "990105", "1949", "1231", "1331"))


def test_what_was_pasted_into_the_wrong_field_is_not_repeated():
    pasted = "张三家住宜阳街道电话一二三四五六七八"
    assert len(pasted) == 18
    assert not set(pasted) & set(sentence(CitizenId, pasted))
    assert sentence(CitizenId, PERSON[:17] + "A") == "公民身份号码：第 18 位应为数字或 X。"


def test_errors_travel_between_processes():
    with pytest.raises(IdentifierError) as refused:
        CreditCode.parse("91350100M000100Y44")
    arrived = pickle.loads(pickle.dumps(refused.value))
    assert (str(arrived), arrived.faults) == (str(refused.value), refused.value.faults)


@pytest.mark.parametrize(
    ("code", "text", "masked"),
    [
        (CitizenId, "61020419900101001X", "6102************1X"),  # invalid, and masked all the same
        (CitizenId, "6102041990010", "*************"),  # a fragment shows nothing
        (CreditCode, EXAMPLE, "91350100********43"),
        (OrgCode, "M000100Y-4", "M0*****Y4"),
        (Vin, "1M8GDM9AXKP042788", "1M8**********2788"),
        (ProjectCode, "2203-610200-48-03-123456", "2203610200********56"),
    ],
)
def test_masks(code, text, masked):
    assert code.mask(text) == masked


# 投资项目代码


def test_a_project_code_tells_its_parts():
    """economy.md 0.1: YYMM-RRRRRR-DD-TT-NNNNNC; the check digit's algorithm was not found, so nothing is claimed."""
    project = ProjectCode.parse("2203-610204-48-03-123456")
    assert str(project) == "2203-610204-48-03-123456"
    assert (project.given, project.division.name) == ((2022, 3), "耀州区")
    assert (project.department, project.project_type) == ("48", "03")
    assert project.check_verified is None


def test_the_older_form_begins_with_the_whole_year():
    assert ProjectCode.parse("2018-610204-48-03-123456").given == (2018, None)
    assert ProjectCode.parse("2020-610204-48-03-123456").given == (2020, None)
    assert ProjectCode.parse("2012-610204-48-03-123456").given == (2020, 12)


def test_central_projects_carry_a_department_in_place_of_a_region():
    assert ProjectCode.parse("2017-000052-48-01-001234").division is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2213-610204-48-03-123456", [(Kind.DATE, 1)]),
        ("1903-610204-48-03-123456", [(Kind.DATE, 1)]),  # months came in 2020
        ("2203-990204-48-03-123456", [(Kind.DIVISION, 5)]),
        ("2203-610204-48-03-12345", [(Kind.LENGTH, None)]),
        ("2203-610204-48-03-12345X", [(Kind.CHARACTER, 20)]),
    ],
)
def test_what_is_wrong_with_a_project_code(text, expected):
    assert faults(ProjectCode, text) == expected


# 农村承包地编码


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("61020410420001", "发包方"),
        ("610204104200010001", "承包方"),
        ("6102041042000100001", "地块"),
        ("610204104200010001j", "承包合同"),
    ],
)
def test_codes_of_contracted_land(text, kind):
    """economy.md 0.1: all built on the division code."""
    code = LandCode.parse(text)
    assert (code.kind, code.issuer, code.division.name) == (kind, "61020410420001", "耀州区")


def test_what_is_wrong_with_a_code_of_contracted_land():
    assert faults(LandCode, "61029910420001") == [(Kind.DIVISION, 1)]
    assert faults(LandCode, "6102041042000J") == [(Kind.CHARACTER, 14)]
    assert faults(LandCode, "610204104200") == [(Kind.LENGTH, None)]


# 行政区划代码, 车辆识别代号, 视频设备编码


def test_division_codes():
    town = DivisionCode.parse("610204104")  # economy.md 0.1: 照金镇 of 耀州区
    assert (town.division.name, town.township_code) == ("耀州区", "610204104")
    assert DivisionCode.parse("610202").township_code is None
    gone = DivisionCode.parse("440524")
    assert (gone.division.name, gone.in_force_in(1990), gone.in_force_in(2026)) == ("潮阳县", True, False)
    assert faults(DivisionCode, "610299") == [(Kind.DIVISION, 1)]
    assert faults(DivisionCode, "6102") == [(Kind.LENGTH, None)]


def test_vehicle_numbers():
    assert Vin.is_valid("1M8GDM9AXKP042788")
    assert faults(Vin, "1M8GDM9A1KP042788") == [(Kind.CHECK, 9)]
    assert faults(Vin, "1M8GDM9AXKPO42788") == [(Kind.CHARACTER, 12)]
    assert Vin.is_valid("WVWZZZ1JZ3W386752")  # Europe leaves the ninth character free


def test_video_device_codes():
    server = DeviceId.parse("34020000002000000001")  # city.md C.5
    assert (server.division.name, server.type_name, server.centre) == (
        "芜湖市",
        "中心信令控制服务器",
        "34020000",
    )
    assert DeviceId.parse("34020000009990000001").type_name is None
    assert faults(DeviceId, "99020000002000000001") == [(Kind.DIVISION, 1)]


# What each check promises

ALL = [CitizenId, CreditCode, DeviceId, DivisionCode, LandCode, OrgCode, ProjectCode, Vin]

counties = st.sampled_from(sorted({row.code for row in divisions().in_year(2026) if row.level == "county"}))
bodies = st.text(credit_code.ALPHABET, min_size=8, max_size=8)
categories = st.sampled_from(
    [first + second for first, each in credit_code.AUTHORITIES.items() for second in each.categories]
)


@st.composite
def credit_codes(draw):
    body = draw(bodies)
    front = draw(categories) + draw(counties) + body + org_code.check_of(body)
    return front + credit_code.check_of(front)


@st.composite
def citizen_ids(draw):
    born = draw(st.dates(date(1900, 1, 1), date(2020, 12, 31)))
    body = draw(counties) + f"{born:%Y%m%d}" + f"{draw(st.integers(0, 999)):03}"
    return body + citizen_id.check_of(body)


@st.composite
def vins(draw):
    text = "L" + draw(st.text(Vin.alphabet, min_size=16, max_size=16))
    return text[:8] + vin.check_of(text) + text[9:]


def replaced(text, place, character):
    return text[:place] + character + text[place + 1 :]


@given(credit_codes())
def test_generated_credit_codes_are_valid(text):
    assert CreditCode.parse(text).text == text


@given(credit_codes(), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_any_one_wrong_character_of_a_credit_code_is_found(text, place, character):
    assume(text[place] != character)
    assert not CreditCode.is_valid(replaced(text, place, character))


@given(credit_codes(), st.integers(0, 16))
def test_any_two_neighbours_swapped_in_a_credit_code_are_found(text, place):
    assume(text[place] != text[place + 1])
    assert not CreditCode.is_valid(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


@given(bodies, st.integers(0, 7), st.sampled_from(credit_code.ALPHABET))
def test_a_wrong_character_of_an_organisation_code_is_found_unless_eleven_apart(body, place, character):
    values = org_code._VALUES
    apart = values[body[place]] - values[character]
    wrong = replaced(body, place, character) + org_code.check_of(body)
    assert OrgCode.is_valid(wrong) == (apart % 11 == 0)


@given(citizen_ids())
def test_generated_citizen_ids_are_valid(text):
    assert CitizenId.parse(text).text == text


@given(citizen_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_wrong_digit_of_a_citizen_id_is_found(text, place, digit):
    assume(text[place] != digit)
    assert not CitizenId.is_valid(replaced(text, place, digit))


@given(citizen_ids(), st.integers(0, 16))
def test_any_two_neighbours_swapped_in_a_citizen_id_are_found(text, place):
    assume(text[place] != text[place + 1])
    assert not CitizenId.is_valid(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


@given(vins(), st.data())
def test_a_wrong_digit_of_a_vehicle_number_is_found(text, data):
    places = [place for place in range(1, 17) if text[place].isdigit()]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789".replace(text[place], "")))
    assert Vin.is_valid(text)
    assert not Vin.is_valid(replaced(text, place, digit))


@given(st.sampled_from(ALL), st.text())
def test_any_text_is_a_code_or_refused_with_a_sentence(code, text):
    try:
        code.parse(text)
    except IdentifierError as error:
        assert str(error).startswith(f"{code.title}：")
        assert error.faults
