"""The demonstration city is whole, evidently invented, and rich in what a reader has to handle."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from luodi import demo
from luodi.kernel import townships

PLANS = ("work-plan-2026", "work-plan-2027")
SYNTHETIC = "（云川市为虚构城市，本文为演示材料）"
FIGURE = re.compile(r"\d+(?:\.\d+)?|X")

# For every system that a work plan asks for: words by which its scenario recognises what the plan says about it.
SYSTEMS = {
    1: ["三位一体”包抓", "一企一策", "周调度、月开工、季观摩、年考核", "中央预算内投资"],
    2: ["专班", "颗粒化"],
    3: ["产能核增", "复工复产", "达产达效", "直供电交易", "整县推进"],
    4: ["产业链", "产业集群", "园区"],
    5: ["链长", "三个一批”台账", "到位资金"],
    6: ["“标准地”改革"],
    7: ["重点行业运行监测", "双百双千", "新增规模以上工业企业"],
    8: ["中小企业民营经济诉求响应平台", "减税降费"],
    9: ["政务服务一体化平台", "一网通办", "就近办", "先建后验"],
    10: ["双随机、一公开"],
    11: ["证照分离", "净增经营主体"],
    12: ["防返贫动态监测"],
    13: ["衔接资金", "万企兴万村"],
    14: ["非粮化", "撂荒地", "高标准农田", "粮食播种面积"],
    15: ["首位产业", "家庭农场", "区域公用品牌", "菜篮子"],
    16: ["集体资产监管平台"],
    17: ["土地托管", "三块地"],
    18: ["户分类、村收集、镇转运、县处理", "生活污水", "粪污", "农村公路"],
    19: ["全域旅游", "沉浸式", "线路"],
    20: ["县域商业体系", "限额以上", "进出口总额"],
    21: ["市工业互联网平台", "上云上平台", "5G"],
    22: ["农业农村大数据中心"],
    23: ["果蔬冷链物流大数据平台"],
    24: ["财税数据平台", "数字经济交易额"],
    25: ["海绵城市", "管廊"],
    26: ["静态交通", "新增停车位"],
    27: ["数据融合共享交换平台"],
    28: ["智慧政务", "智慧教育", "智慧医疗"],
    29: ["数字化城市管理平台"],
    30: ["充电运营平台", "公共充电桩"],
    31: ["河道监测", "视频监控", "物联感知"],
    32: ["公租房", "老旧小区", "绿色建筑"],
    33: ["营造林", "建筑垃圾", "环保督察"],
    34: ["科技成果转化平台", "揭榜挂帅", "高新技术企业"],
    35: ["亩均论英雄"],
    36: ["产业金融合作", "数字普惠金融", "创业担保贷款"],
    37: ["高质量发展综合绩效评价", "一区（县）一策", "十镇百村"],
    38: ["混合所有制改革"],
    39: ["城镇登记失业率", "就业"],
    40: ["大班额", "双减"],
    41: ["医养结合", "公立医院", "健康村庄"],
    42: ["参保全覆盖", "低保", "养老床位", "托育", "退役军人"],
    43: ["健身", "马拉松"],
    44: ["“四早”", "接种", "预案演练", "应急物资"],
    45: ["“三保”", "隐性债务"],
    46: ["非法集资"],
    47: ["安全生产专项整治", "隐患"],
    48: ["食品药品智慧监管"],
    49: ["信访积案"],
    50: ["枫桥经验", "12345热线", "社会治安防控"],
    51: ["重大行政决策"],
    52: ["政务公开"],
    53: ["人大代表建议", "政协提案"],
    54: ["改作风", "督查激励"],
}


def test_codes_are_unique_and_outside_the_national_table() -> None:
    city = demo.city()
    codes = [city.code, city.province_code, *(division.code for division in city.divisions)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"99\d{4}", code) for code in codes)
    assert "虚构" in city.note


def test_every_six_digit_code_in_the_tables_begins_with_99() -> None:
    folder = Path(demo.__file__).parent
    codes = re.findall(r'"(\d{6})"', "".join(path.read_text("utf-8") for path in folder.glob("*.yaml")))
    assert len(codes) > 40
    assert {code[:2] for code in codes} == {"99"}


def test_townships_lie_in_counties_under_codes_that_tell_their_kind() -> None:
    city = demo.city()
    counties = {division.code for division in city.divisions if division.kind != "zone"}
    assert {row.code[:6] for row in city.townships} == counties
    assert len({row.code for row in city.townships}) == len(city.townships) > 15
    for row in city.townships:
        assert townships.kind_of(row.code) == townships.kind_named(row.name), row


def test_zones_overlap_divisions_that_are_no_zones() -> None:
    kinds = {division.code: division.kind for division in demo.city().divisions}
    zones = [division for division in demo.city().divisions if division.kind == "zone"]
    assert [zone.short_names[0] for zone in zones] == ["高新区", "经开区"]
    for zone in zones:
        assert zone.overlaps
        assert all(kinds[code] != "zone" for code in zone.overlaps)


def test_units_belong_to_the_city_and_hand_over_without_a_gap() -> None:
    city, by_code = demo.city(), {unit.code: unit for unit in demo.units()}
    assert len(by_code) == len(demo.units())
    divisions = {city.code, *(division.code for division in city.divisions)}
    for unit in by_code.values():
        assert unit.division in divisions, unit.code
        assert unit.parent is None or unit.parent in by_code, unit.code
        assert unit.duties.endswith("。"), unit.code
        for code in unit.predecessors:
            former = by_code[code]
            assert former.valid_to is not None
            assert (unit.valid_from - former.valid_to).days == 1, (former.name, unit.name)
            assert former.function == unit.function, "a function outlives the unit's name"


def test_a_name_means_one_unit_on_any_day() -> None:
    current = [unit for unit in demo.units() if unit.valid_to is None]
    names = Counter(name for unit in current for name in (unit.name, *unit.short_names))
    assert [name for name, times in names.items() if times > 1] == []
    assert len([unit for unit in current if unit.division == demo.city().code]) >= 30


def test_every_division_has_a_government_or_committee() -> None:
    seats = {unit.division for unit in demo.units()}
    assert {division.code for division in demo.city().divisions} <= seats


def test_people_sit_in_units_that_exist_today() -> None:
    current = {unit.code for unit in demo.units() if unit.valid_to is None}
    logins = [person.login for person in demo.people()]
    assert len(set(logins)) == len(logins)
    for person in demo.people():
        assert person.unit in current, person.login
        assert set(person.oversees) <= current, person.login
        assert re.fullmatch(r"[a-z]+\d?", person.login)


def test_every_role_is_filled_and_administrators_are_three_different_people() -> None:
    roles = Counter(person.role for person in demo.people())
    assert set(roles) == set(get_args(demo.Role))
    assert [roles[role] for role in ("system_admin", "security_admin", "audit_admin")] == [1, 1, 1]
    assert roles["division_liaison"] == len(demo.city().divisions)


def test_every_municipal_department_answers_to_one_leader() -> None:
    overseen = Counter(code for person in demo.people() for code in person.oversees)
    municipal = {u.code for u in demo.units() if u.valid_to is None and u.division == demo.city().code}
    assert municipal <= set(overseen)
    assert set(overseen.values()) == {1}


def test_no_table_holds_a_password() -> None:
    fields = {field for person in demo.people() for field in person.__slots__}
    assert fields == {"login", "name", "post", "unit", "role", "oversees"}


@pytest.mark.parametrize("name", demo.TEXTS)
def test_a_text_says_under_its_title_that_it_is_synthetic(name: demo.TextName) -> None:
    assert demo.text(name).splitlines()[1] == SYNTHETIC


def test_an_unknown_text_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(LookupError, match="work-plan-2026"):
        demo.text("work-plan-1999")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_has_the_size_and_the_parts_of_a_real_one(name: demo.TextName) -> None:
    plan = demo.text(name)
    assert 6_500 <= len(plan) <= 8_000
    assert re.findall(r"^([一二三四五六七八九十]+)、", plan, re.M) == list("一二三四五六七八九")
    assert 30 <= len(re.findall(r"^（[一二三四五]）", plan, re.M)) <= 36
    assert 90 <= len(FIGURE.findall(plan)) <= 150


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_uses_every_kind_of_modifier(name: demo.TextName) -> None:
    plan = demo.text(name)
    kinds = ("以上", "左右", "以内", "突破", "稳定在", "分别", "力争", "全覆盖", "不低于", "季度", "月底前")
    assert [kind for kind in kinds if not re.search(kind, plan)] == []
    assert re.search(r"\d+(?:—|至)\d+|\d%—\d", plan)
    assert all(
        re.search(stage, plan)
        for stage in ("开工", "建成", "竣工|通过验收|建成投产", "投产|投运|投用", "达产达效")
    )


def test_only_the_plan_for_2027_has_masked_figures() -> None:
    assert "X" not in demo.text("work-plan-2026")
    assert "X" not in demo.text("progress-report-2026")
    assert 10 <= demo.text("work-plan-2027").count("X") <= 15


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_plan_speaks_of_every_system(name: demo.TextName, system: int) -> None:
    assert [phrase for phrase in SYSTEMS[system] if phrase not in demo.text(name)] == []


def test_outcomes_quote_both_texts_word_for_word() -> None:
    plan, report = demo.text("work-plan-2026"), demo.text("progress-report-2026")
    for outcome in demo.outcomes():
        assert plan.count(outcome.promised) == 1, outcome.promised
        if outcome.verdict == "not_mentioned":
            assert outcome.reported is None and outcome.achieved is None, outcome.promised
        else:
            assert outcome.reported is not None
            assert report.count(outcome.reported) == 1, outcome.reported


def test_outcomes_follow_the_plan_and_cover_every_figure_in_it() -> None:
    plan = demo.text("work-plan-2026")
    spans = [
        (plan.index(outcome.promised), plan.index(outcome.promised) + len(outcome.promised))
        for outcome in demo.outcomes()
    ]
    assert spans == sorted(spans)
    described = re.compile(  # figures that describe, date or name a thing rather than promise it
        r"2026年|\d+月底前|年产\d+万吨|总投资18亿元的|4A级|5G"
    )
    covered = {
        i for start, end in [*spans, *(m.span() for m in described.finditer(plan))] for i in range(start, end)
    }
    left = [plan[m.start() - 10 : m.end() + 5] for m in FIGURE.finditer(plan) if m.start() not in covered]
    assert left == []


def test_every_verdict_follows_from_its_figures_with_room_to_spare() -> None:
    for outcome in demo.outcomes():
        assert _verdict(outcome) == outcome.verdict, outcome
    assert set(Counter(outcome.verdict for outcome in demo.outcomes())) == set(get_args(demo.Verdict))


def _verdict(outcome: demo.Outcome) -> str:
    """The verdict by the definitions at the head of truth-2026.yaml."""
    if outcome.achieved is None:
        return "not_mentioned"
    low, high = outcome.value, outcome.value_high or outcome.value
    if outcome.comparator in ("le", "lt"):
        gain = (high - outcome.achieved) / high
    elif outcome.achieved < low:
        gain = (outcome.achieved - low) / low
    else:
        gain = max(0.0, (outcome.achieved - high) / high)
    slack = 0.05 if outcome.comparator == "approx" else 0.0
    if gain >= 0.1:
        return "exceeded"
    if -slack <= gain <= 0.05:
        return "reached"
    return "missed" if gain < -0.02 else "unclear"


@pytest.mark.corpus
@pytest.mark.parametrize("name", demo.TEXTS)
def test_no_clause_of_twelve_characters_stands_in_a_real_report(name: demo.TextName, real_texts: str) -> None:
    clauses = [clause for clause in re.split(r"[，。；：、？！\n]", demo.text(name)) if len(clause) >= 12]
    assert len(clauses) > 100
    assert [clause for clause in clauses if clause in real_texts] == []


@pytest.fixture(scope="module")
def real_texts(shared: Path) -> str:
    corpus = shared / "corpus"
    paths = [corpus / "work-plan.txt", *(corpus / "reports").glob("*.txt"), *(corpus / "more").glob("*.txt")]
    return "\n".join(path.read_text("utf-8", errors="strict") for path in paths)
