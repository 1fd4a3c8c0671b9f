"""From a commitment's words to the units that would report on it."""

from __future__ import annotations

import time

import pytest

from luodi.reading.model import Commitment, Division, Heading, UnitSuggestion
from luodi.reading.units import Roster, suggest_units


def suggested(
    sentence: str,
    *,
    title: str = "",
    roster: Roster | None = None,
    places: tuple[Division, ...] = (),
    behind: str = "。",
) -> tuple[UnitSuggestion, ...]:
    """The units suggested for one sentence of a city's plan of 2022, standing under a heading."""
    text = f"{title}\n{sentence}{behind}"
    start = len(title) + 1
    heading = Heading("h1", 1, "一", title, 0, len(title))
    commitment = Commitment(
        "c1", start, start + len(sentence), sentence, "h1", "year", "action", places=places
    )
    (done,) = suggest_units(
        text, [commitment], [heading], roster, division=Division("610200", "铜川市"), year=2022
    )
    return done.units


def lead(sentence: str, *, roster: Roster | None = None) -> str:
    return next(unit.name for unit in suggested(sentence, roster=roster) if unit.role == "lead")


def test_duties_find_the_lead() -> None:
    assert lead("改造老旧小区50个，加装电梯100部") == "市住房城乡建设局"
    assert lead("建成高标准农田8万亩") == "市农业农村局"
    assert lead("新增幼儿园学位3000个") == "市教育局"
    assert lead("城镇新增就业1.2万人") == "市人力资源社会保障局"
    assert lead("规上工业增加值增长8%以上") == "市工业和信息化局"
    assert lead("招商引资到位资金300亿元") == "市投资促进局"
    assert lead("一般公共预算收入增长6%") == "市财政局"


def test_the_longest_phrase_speaks() -> None:
    # 农村 alone would be the farm bureau's, 公路 is not.
    assert lead("新改建农村公路200公里") == "市交通运输局"


def test_the_reason_names_the_words() -> None:
    unit = suggested("新增养老床位1000张")[0]
    assert unit.why == "职责词“养老床位”"


def test_a_heading_speaks_when_the_sentence_does_not() -> None:
    units = suggested("力争总量再上新台阶", title="做大做强文化旅游产业")
    assert units[0].name == "市文化广电旅游局"
    assert "所在标题“" in units[0].why


def test_scores_fall_from_first_to_last_and_stay_in_range() -> None:
    units = suggested("办好非遗展示、户厕改造、学位供给、疫苗接种")
    scores = [unit.score for unit in units]
    assert len(units) >= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_never_more_than_two_leads_and_three_supports() -> None:
    units = suggested("统筹教育、医疗、养老服务、就业、住房保障、公共文化、体育、托育服务")
    roles = [unit.role for unit in units]
    assert roles.count("lead") <= 2
    assert roles.count("support") <= 3
    assert len({unit.name for unit in units}) == len(units)


def test_a_sentence_that_says_nothing_gets_no_unit() -> None:
    assert suggested("谱写新篇章") == ()


def test_own_list_wins_over_the_usual_names() -> None:
    task = "开展以商招商，新签约项目30个"
    assert lead(task, roster=Roster.of([["市招商局"], ["市商务局"]])) == "市招商局"
    assert lead(task, roster=Roster.of([["市发改委"], ["市商务局"]])) == "市商务局"


def test_own_duties_find_a_unit_whose_name_tells_nothing() -> None:
    roster = Roster.of([["市发改委"], ["市陶瓷产业发展中心", "", "", "负责陶瓷产业振兴、古窑址活化利用"]])
    unit = suggested("推动古窑址活化利用", roster=roster)[0]
    assert unit.name == "市陶瓷产业发展中心"
    assert unit.why.startswith("本单位职责写有“古窑址活化利用”")


def test_a_unit_written_in_brackets_is_taken_at_its_word() -> None:
    units = suggested("新建停车泊位1000个（牵头单位：市住建局、市公安局）")
    assert [(unit.name, unit.role) for unit in units[:2]] == [("市住建局", "lead"), ("市公安局", "lead")]
    assert units[0].why == "文中写明“市住建局”"


def test_a_bracket_behind_the_sentence_governs_all_of_it() -> None:
    for behind in ("。（市住建局负责）", "，完善收费办法（市住建局负责）。", "。\n责任单位：市住建局"):
        assert suggested("新建停车泊位1000个", behind=behind)[0].name == "市住建局"


def test_who_helps_is_no_lead() -> None:
    units = suggested("新建停车泊位1000个（市住建局牵头，市财政局、市公安局配合）")
    assert [(unit.name, unit.role) for unit in units[:3]] == [
        ("市住建局", "lead"),
        ("市财政局", "support"),
        ("市公安局", "support"),
    ]
    units = suggested("新建停车泊位1000个", behind="。\n牵头单位：市住建局\n责任单位：各县（市）区政府")
    assert [(unit.name, unit.role) for unit in units[:2]] == [
        ("市住建局", "lead"),
        ("各县（市）区政府", "support"),
    ]


def test_a_printed_unit_stands_for_its_function() -> None:
    # The usual list calls it 市住房公积金管理中心; both would be one unit twice.
    units = suggested("推行公积金网上提取（牵头单位：铜川公积金中心）")
    assert [unit.name for unit in units] == ["铜川公积金中心"]


def test_a_third_printed_lead_stands_among_the_supports() -> None:
    units = suggested("新建停车泊位1000个（牵头单位：市住建局、市公安局、市财政局）")
    assert [(unit.name, unit.role) for unit in units[1:3]] == [("市公安局", "lead"), ("市财政局", "support")]


def test_a_bracket_that_names_no_unit_says_nothing() -> None:
    assert suggested("新建停车泊位1000个（由专人负责）")[0].why == "职责词“停车泊位”"


@pytest.mark.parametrize("aliases", ["市住建局", ""])
def test_a_short_name_in_brackets_becomes_the_listed_one(aliases: str) -> None:
    roster = Roster.of([["市住房和城乡建设局", aliases], ["市教育局"]])
    assert lead("新建停车泊位1000个（市住建局牵头）", roster=roster) == "市住房和城乡建设局"


def test_where_two_listed_units_would_do_the_printed_name_stays() -> None:
    roster = Roster.of([["市住房和城乡建设局"], ["市房产管理局"]])
    assert lead("新建停车泊位1000个（市建委牵头）", roster=roster) == "市建委"


def test_a_county_is_not_its_own_support() -> None:
    county = Division("610222", "宜君县")
    commitment = Commitment("c1", 0, 12, "新建农村公路100公里", None, "year", "action", places=(county,))
    (done,) = suggest_units("新建农村公路100公里。", [commitment], [], division=county, year=2022)
    assert [unit.name for unit in done.units] == ["县交通运输局"]


def test_places_answer_beside_the_unit_in_charge() -> None:
    units = suggested("指导各县（市、区）新建农村公路100公里")
    assert units[0].name == "市交通运输局"
    assert ("各县（市、区）", "support") in [(unit.name, unit.role) for unit in units]
    units = suggested("新建农村公路100公里", places=(Division("610222", "宜君县"),))
    assert ("宜君县人民政府", "support") in [(unit.name, unit.role) for unit in units]


def test_a_whole_report_takes_milliseconds() -> None:
    sentence = "推进城镇老旧小区改造和农村公路建设，新增学位三千个"
    commitments = [
        Commitment(f"c{at}", 0, len(sentence), sentence, None, "year", "action") for at in range(350)
    ]
    suggest_units(sentence, commitments[:1], [], None)
    start = time.perf_counter()
    suggest_units(sentence, commitments, [], None)
    # A wide bound for busy machines; the usual figure is in README.md.
    assert time.perf_counter() - start < 0.25
