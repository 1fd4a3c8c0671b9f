"""From four departments' sheets to grades, policy and land put to use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from luodi.assessment import actions as assessment
from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Run
from luodi.engines import engine
from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Unit
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.measures.actions import count, series_of
from luodi.measures.declare import declared
from luodi.measures.models import Value
from luodi.scenarios.land_productivity import actions
from luodi.scenarios.land_productivity.due import due_from
from luodi.scenarios.land_productivity.models import LowUseLand, Outcome, Parcel, Succession, YearRecord
from luodi.scenarios.land_productivity.pages.grading import RECORD_PAGE
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.finding import desk_for
from luodi.workbench.importing import apply, plan
from luodi.workbench.inbox import answered
from luodi.workbench.sheets import table_of

pytestmark = pytest.mark.django_db
CODES = ("91350100M000100Y43", "53640000MJX173680A", "53640000MJX173672F")


@pytest.fixture
def firms(city):
    load_seeds()
    place = Division.objects.get(code="990121")
    return [
        Enterprise.objects.create(
            uscc=code, name=f"云川试验{n}号有限公司", division=place, industry="C", is_above_scale=True
        )
        for n, code in enumerate(CODES, 1)
    ]


def sheet(city, login, code, text):
    desk = desk_for(city[login], code)
    return apply(desk, city[login], table_of("表.csv", text.encode()))


def fill(city):
    """Every department its own sheet; the third firm has no emission figure."""
    keys = [f"2025,{code}" for code in CODES]
    told = {
        ("caizheng", "land-tax", "评价税收（万元）"): ("1200", "600", "90"), ("shengtai", "land-emission", "主要污染物排放（吨）"): ("1.2", "2.4", ""),
    }  # fmt: skip
    sheet(city, "tongji", "land-statistics", "年度,统一社会信用代码,工业增加值（万元）,主营业务收入（万元）,研发经费（万元）,年均从业人数（人）,行业大类\n" + "\n".join(
        f"{key},{added},{revenue},{rd},{people},32" for key, added, revenue, rd, people in zip(keys, (6000, 3300, 900), (20000, 12000, 4000), (600, 240, 20), (300, 210, 90), strict=True)
    ))  # fmt: skip
    sheet(
        city,
        "fagai",
        "land-power",
        "年度,统一社会信用代码,用电量（千瓦时）,能耗（吨标煤）\n"
        + "\n".join(
            f"{key},{kwh},{tce}"
            for key, kwh, tce in zip(keys, (9000000, 6000000, 3000000), (2400, 1700, 900), strict=True)
        ),
    )
    for (login, code, title), figures in told.items():
        sheet(
            city,
            login,
            code,
            f"年度,统一社会信用代码,{title}\n"
            + "\n".join(f"{key},{figure}" for key, figure in zip(keys, figures, strict=True)),
        )
    for n, firm in enumerate(Enterprise.objects.order_by("pk"), 1):
        actions.keep_parcel(
            city["gongxin"],
            Parcel(),
            {"parcel_no": f"GB{n}", "enterprise": firm, "division": firm.division, "area_mu": D(50)},
        )
    for record in YearRecord.objects.all():
        actions.sum_land(city["gongxin"], record)


def test_sheets_meet_by_the_code_and_say_who_is_missing(city, firms):
    found = sheet(
        city,
        "caizheng",
        "land-tax",
        f"年度,统一社会信用代码,评价税收（万元）\n2025,{CODES[0]},1200\n2025,{CODES[1]},-3\n",
    )
    assert (len(found.new), found.problems) == (2, [])
    record = YearRecord.objects.get(enterprise=firms[0])
    assert (record.tax_fen, record.scale, record.division) == (1_200_000_000, "large", firms[0].division)
    assert record.lacks == ["自然资源（用地）", "供电（用电、能耗）", "生态环境（排放）", "统计（增加值等）"]
    assert (
        sheet(
            city, "caizheng", "land-tax", f"年度,统一社会信用代码,评价税收（万元）\n2025,{CODES[0]},1200\n"
        ).unchanged
        == 1
    )
    assert YearRecord.objects.get(enterprise=firms[1]).doubts == ["退税后评价税收为负，亩均税收按最低分计"]


def test_a_code_that_nobody_registered_and_a_department_that_is_not_the_owner(city, firms):
    desk = desk_for(city["caizheng"], "land-tax")
    wrong = plan(
        desk,
        city["caizheng"],
        table_of("表.csv", "年度,统一社会信用代码,评价税收（万元）\n2025,91110108MA01C8W8X5,5\n".encode()),
    )
    assert "企业名录里没有“91110108MA01C8W8X5”" in wrong.problems[0]
    with pytest.raises(PermissionDenied):
        actions.keep_tax(city["shengtai"], YearRecord(), {"year": 2025, "enterprise": firms[0], "tax_fen": 1})


def test_land_is_summed_over_parcels(city, firms):
    fill(city)
    record = YearRecord.objects.get(enterprise=firms[0])
    actions.keep_parcel(
        city["gongxin"],
        Parcel(),
        {
            "parcel_no": "GB9",
            "enterprise": firms[0],
            "division": Division.objects.get(code="990172"),
            "area_mu": D(10),
            "tenure": "rented",
        },
    )
    actions.keep_parcel(
        city["gongxin"],
        Parcel(),
        {
            "parcel_no": "GB1",
            "enterprise": firms[0],
            "division": firms[0].division,
            "area_mu": D(4),
            "tenure": "sublet",
        },
    )
    assert actions.sum_land(city["gongxin"], record).land_mu == D("56.00")
    with pytest.raises(Refused, match="应大于 0 亩"):
        actions.keep_parcel(
            city["gongxin"],
            Parcel(),
            {"parcel_no": "GB8", "enterprise": firms[0], "division": firms[0].division, "area_mu": D(0)},
        )


def evaluated(city):
    fill(city)
    kind = scheme_kind("land_large")
    run = assessment.score_run(city["gongxin"], kind, date(2025, 1, 1))
    run = assessment.open_notice(city["gongxin"], run, date(2026, 9, 21))
    return assessment.seal(city["ducha"], run, date(2026, 9, 28))


def test_grades_lead_to_policy_and_d_years_survive_a_new_registration(city, firms):
    third = firms[2]
    old = Enterprise.objects.create(
        uscc="N2610204MF0000101R", name="旧厂", division=third.division, industry="C"
    )
    Outcome.objects.create(
        year=2024,
        enterprise=old,
        division=third.division,
        scale="large",
        grade="D",
        score=1,
        decided_on=date(2025, 9, 30),
    )
    actions.keep_succession(
        city["gongxin"],
        Succession(),
        {"old": old, "new": third, "on": date(2025, 5, 1), "document": "资产转让协议"},
    )
    run = evaluated(city)
    assert [row.grade for row in run.results.all()] == ["B", "B", "D"]
    missing = run.results.get(key=third.uscc)
    assert missing.points["emission"]["words"].startswith("缺数，取行业 32 2 个的平均分")
    assert actions.carry_out(city["gongxin"], 2025, date(2026, 9, 30)) == 3
    outcome = Outcome.objects.get(enterprise=third, year=2025)
    assert (outcome.grade, outcome.d_years, outcome.surcharge_li) == ("D", 2, 100)
    assert "用电：电价加价 0.1 元/千瓦时" in outcome.policies
    assert actions.carry_out(city["gongxin"], 2025, date(2026, 9, 30)) == 3
    assert Outcome.objects.filter(year=2025).count() == 3
    with pytest.raises(Refused, match="2025年已经定案"):
        actions.keep_tax(city["caizheng"], YearRecord.objects.get(enterprise=third), {"tax_fen": 1})


def test_policy_waits_for_the_seal(city, firms):
    with pytest.raises(Refused, match="还没有定案"):
        actions.carry_out(city["gongxin"], 2025)


def test_the_page_of_a_record_is_where_scores_say(city, firms):
    fill(city)
    record = YearRecord.objects.first()
    assert RECORD_PAGE.format(record.pk) == reverse("workbench:detail", args=["land-years", record.pk])


def low(city, **told):
    songpi = Unit.objects.get(key="songpi")
    values = {
        "number": "DX1",
        "parcel_no": "GB77",
        "division": songpi.division,
        "lead": songpi,
        "reason": "idle",
        "area_mu": D(120),
        "found_on": date(2026, 1, 5),
    }
    return actions.keep_low_use(city["gongxin"], LowUseLand(), {**values, **told})


def test_low_use_land_counts_when_another_unit_has_accepted_it(city, firms):
    land = low(city)
    with pytest.raises(Refused, match="不能转为已验收销号"):
        actions.accept(city["gongxin"], land, {"disposed_mu": D(100)})
    with pytest.raises(Refused, match="处置方式和完成时限"):
        actions.plan(city["songpi"], land, {"way": "buy"})
    land = actions.plan(city["songpi"], land, {"way": "buy", "due_on": date(2026, 8, 1)})
    land = actions.begin(city["songpi"], land)
    with pytest.raises(PermissionDenied):
        actions.accept(city["songpi"], land, {"disposed_mu": D(100)})
    with pytest.raises(Refused, match="不能大于认定面积"):
        actions.accept(city["gongxin"], land, {"disposed_mu": D(121)})
    land.refresh_from_db()
    land = actions.accept(city["gongxin"], land, {"disposed_mu": D(100), "accepted_on": date(2026, 7, 2)})
    with pytest.raises(Refused, match="不能再改"):
        actions.keep_low_use(city["gongxin"], land, {"area_mu": D(90)})
    measure = declared()["low_use_disposed"]
    with engine("database") as counting:
        count(city["tongji"], series_of(city["tongji"], measure), measure, counting, date(2026, 10, 31))
    got = {
        row.period.month: row.value
        for row in Value.objects.filter(
            series__key="low_use_disposed", division__code="990100", owner=None, is_current=True
        )
    }
    assert (got.get(6), got[7], got[10]) == (None, D(100), D(100))


def test_measures_of_the_evaluation(city, firms):
    evaluated(city)
    actions.carry_out(city["gongxin"], 2025, date(2026, 9, 30))
    with engine("database") as counting:
        for key in ("land_scored", "tax_per_mu", "share_d"):
            measure = declared()[key]
            count(city["tongji"], series_of(city["tongji"], measure), measure, counting, date(2026, 10, 31))

    def of(key, year):
        return Value.objects.get(
            series__key=key, division__code="990100", owner=None, period=date(year, 1, 1), is_current=True
        ).value

    assert of("land_scored", 2026) == 100
    assert of("tax_per_mu", 2025) == D("12.60")  # (1200 + 600 + 90) ÷ 150
    assert of("share_d", 2026) == D("33.33")


def test_pages(client, city, firms, django_assert_max_num_queries):
    run = evaluated(city)
    client.force_login(city["gongxin"])
    for address, words in {
        "/land_productivity/?year=2025": "数据齐了没有",
        "/work/land-years/": "缺谁的数",
        "/work/land-outcomes/": "亩均结果运用",
    }.items():
        with django_assert_max_num_queries(12, info=address):
            assert words in client.get(address).content.decode()
    client.post("/land_productivity/carry-out", {"year": "2025"})
    assert Outcome.objects.count() == 3
    client.logout()
    public = client.get("/land_productivity/notice/", {"year": "2025"}).content.decode()
    assert "云川试验1号有限公司" in public and "公示期已满" in public
    assert not any(secret in public for secret in ("1200", "6000", "24.0000", "亩均税收"))
    assert Run.objects.get().pk == run.pk
    assert "还没有公示" in client.get("/land_productivity/notice/", {"year": "2020"}).content.decode()


def test_the_inbox_of_the_unit_names_its_land(city, firms):
    land = low(city)
    assert [(each.what, each.by) for each in answered(due_from(city["songpi"], date(2026, 7, 20)))] == [
        ("定处置方式和完成时限", None)
    ]
    land = actions.plan(city["songpi"], land, {"way": "buy", "due_on": date(2026, 8, 1)})
    assert [(each.what, each.by) for each in answered(due_from(city["songpi"], date(2026, 7, 20)))] == [
        ("处置完报请验收", date(2026, 8, 1))
    ]
    assert answered(due_from(city["songpi"], date(2026, 5, 1))) == []
    assert answered(due_from(city["hefeng"], date(2026, 7, 20))) == []
