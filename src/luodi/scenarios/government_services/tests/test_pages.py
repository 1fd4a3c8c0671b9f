"""The pages: the guide that people read, filing and asking without signing in, letters, desks, sheets in and out."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.urls import reverse

from luodi.scenarios.government_services.models import (
    BadReview,
    EntityMonth,
    Item,
    Material,
    Opening,
    Package,
    Point,
    Rating,
    ServiceCase,
)
from luodi.scenarios.government_services.pages import DESKS
from luodi.scenarios.government_services.tests.conftest import body_of, make_item
from luodi.scenarios.government_services.tests.test_road import accepted, approved, days, delivered, take
from luodi.workbench import importing
from luodi.workbench.exporting import write
from luodi.workbench.sheets import table_of

pytestmark = pytest.mark.django_db

BY_CODE = {desk.code: desk for desk in DESKS}


def test_the_guide_is_searched_and_an_item_told_in_full(client, item):
    Material.objects.create(item=item, name="营业执照", source="issued", is_spared=True)
    make_item(2, name="取消了的事项", cancelled_on="2026-03-01")
    page = client.get(reverse("government_services:guide"), {"q": "食品"}).content.decode()
    assert "食品经营许可" in page
    assert "取消了的事项" not in client.get(reverse("government_services:guide")).content.decode()
    assert (
        "没有找到" in client.get(reverse("government_services:guide"), {"q": "没有这样的"}).content.decode()
    )
    page = client.get(reverse("government_services:item", args=[item.code.lower()])).content.decode()
    assert "承诺 5 个工作日" in page
    assert "法定 20 个工作日" in page
    assert "其中 1 份不用交" in page
    assert client.get(reverse("government_services:item", args=["1" * 31])).status_code == 404


def test_the_catalogue_goes_out_with_its_keys(client, item):
    told = client.get(reverse("government_services:catalogue")).json()
    assert told["items"][0]["code"] == item.code
    assert (told["items"][0]["legal_days"], told["items"][0]["fee"]) == (20, None)


def test_a_case_is_filed_asked_about_and_rated_without_signing_in(client, city, item):
    sent = {
        "item": item.code,
        "title": "开饺子馆",
        "body": "新设门店",
        "reporter_name": "陈老板",
        "reporter_phone": "13800001234",
    }
    answer = client.post("/ask/government_services/", sent)
    assert answer.status_code == 200, answer.content.decode()
    code = re.search(r"查询码 <b>(\d{8})</b>", answer.content.decode())[1]
    case = ServiceCase.objects.get()
    assert (case.is_online, case.channel) == (True, "online")
    case = take(city["xingzheng"], case, "receive", case.received_at, lead=item.unit)
    case = take(city["shichang"], case, "accept", case.received_at)
    case = delivered(city, approved(city, case, case.received_at), case.received_at)
    page = client.post("/ask/", {"number": case.number, "code": code}).content.decode()
    assert "准予" in page
    assert client.post(
        "/ask/rate", {"number": case.number, "code": code, "score": "1", "words": "跑了三趟"}
    ).status_code in {200, 302}
    assert Rating.objects.get().stars == 1
    assert BadReview.objects.get().lead == item.unit
    assert "13800001234" not in page


def test_the_guide_leads_to_a_form_that_names_the_item(client, city, item):
    guide = client.get(reverse("government_services:item", args=[item.code])).content.decode()
    address = re.search(r'href="([^"]*/ask/government_services/[^"]*)"', guide)[1].replace("&amp;", "&")
    form = client.get(f"{address}&reporter_phone=13800001234").content.decode()
    assert f'name="item" value="{item.code}"' in form
    assert f'name="title" value="{item.name}"' in form
    assert 'value="13800001234"' not in form, "an address is kept in logs: who asks never comes from it"
    assert client.get(f"{address}&no_such_field=1&lon=x").status_code == 200


def test_a_pause_is_chosen_from_the_reasons_of_the_rule(client, city, item):
    case = accepted(city, item)
    client.force_login(city["shichang"])
    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    chosen = re.search(r'<select id="pause-reason".*?</select>', page, re.DOTALL)
    assert chosen, page
    assert re.findall(r'<option value="([^"]+)"', chosen[0])[:3] == ["听证", "招标", "拍卖"]


def test_papers_of_a_case_are_word_documents(client, city, item):
    case = accepted(city, item)
    client.force_login(city["shichang"])
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "食品经营许可（" in page
    for name in ("receipt", "accepted"):
        letter = client.get(f"/cases/{case.pk}/letters/{name}")
        with zipfile.ZipFile(io.BytesIO(letter.content)) as packed:
            assert case.number in packed.read("word/document.xml").decode()
    assert client.get(f"/cases/{case.pk}/letters/denied").status_code != 200


def test_the_checkup_names_what_differs(client, city, item, django_assert_max_num_queries):
    make_item(1, name="食品经营许可证核发", code=item.code.replace(item.code[:18], "TEFT11010600010006"))
    client.force_login(city["xingzheng"])
    with django_assert_max_num_queries(12):
        page = client.get(reverse("government_services:checkup")).content.decode()
    assert "名称不一致" in page
    assert "没有列申请材料" in page


def filled(city, firm):
    """Some rows on every desk."""
    for number in range(2, 12):
        item = make_item(number)
        Material.objects.create(item=item, name="申请表")
    case = delivered(city, approved(city, accepted(city, item), days(1)), days(1))
    take(None, case, "rate", days(2), score=1)
    package = Package.objects.create(code="Y", name="一件事", lead=item.unit, materials=1, visits=0)
    point = Point.objects.create(
        code="P", name="站点", town="镇", division=firm.division, tier="town", set_up_on="2026-01-01"
    )
    package.items.set(Item.objects.all())
    point.items.set(Item.objects.all())


@pytest.mark.parametrize("codes", [tuple(BY_CODE)])
def test_every_desk_opens_and_asks_little(client, city, firm, codes, django_assert_max_num_queries):
    filled(city, firm)
    client.force_login(city["xingzheng"])
    for code in codes:
        with django_assert_max_num_queries(12):
            assert client.get(f"/work/{code}/").status_code == 200, code
    client.logout()
    for name in ("guide", "catalogue"):
        with django_assert_max_num_queries(12):
            client.get(reverse(f"government_services:{name}"))
    with django_assert_max_num_queries(12):
        client.get(reverse("government_services:item", args=[Item.objects.first().code]))


def test_late_by_promise_is_yellow_and_by_law_red_on_the_desk(city, item):
    desk = BY_CODE["government-services"]
    made = {
        "none": approved(city, accepted(city, item), days(2)),
        "promise": approved(city, accepted(city, item), days(10)),
        "law": approved(city, accepted(city, item), days(40)),
    }
    found = dict(desk.seen_by(city["xingzheng"]).values_list("pk", "overdue"))
    assert {name: found[case.pk] for name, case in made.items()} == {name: name for name in made}


HEAD = [
    "实施编码",
    "事项名称",
    "实施机构",
    "区划",
    "设定依据",
    "办件类型",
    "法定时限（个工作日）",
    "承诺时限（个工作日）",
    "网办深度",
    "到现场次数",
    "列入清单",
]


def row(number: int, **more) -> list[str]:
    given = {
        "code": f"{body_of(1)}3000131{number:03}000", "name": f"导入事项{number}", "unit": "市市场监管局", "division": "云川市", "basis": "《条例》",
        "handling": "承诺件", "legal": "20", "promised": "5", "depth": "Ⅳ 全程网办", "visits": "0", "listed": "2026-01-05", **more,
    }  # fmt: skip
    return list(given.values())


def test_a_catalogue_comes_in_by_a_sheet_and_goes_out_as_it_came(city):
    desk, by = BY_CODE["service-items"], city["shichang"]
    table = [HEAD, row(61), row(62, handling="即办件", promised="")]
    assert importing.apply(desk, by, table).problems == []
    kept = Item.objects.get(name="导入事项61")
    assert (kept.type, kept.basic, kept.days_saved) == ("01", kept.code[19:], 15)
    out = write("xlsx", desk.title, "", desk.columns, desk.seen_by(by), kept.ratings.model._meta.get_field("rated_at").to_python("2026-11-24 00:00"))  # fmt: skip
    again = importing.plan(desk, by, table_of("目录.xlsx", out))
    assert (again.problems, len(again.rows), again.unchanged) == ([], 0, 2)


def test_wrong_rows_of_a_catalogue_are_told_one_by_one(city):
    table = [HEAD, row(63, promised="30"), row(64, basis="待补"), row(65, code="123"), row(66, visits="1")]
    plan = importing.apply(BY_CODE["service-items"], city["shichang"], table)
    said = "\n".join(plan.problems)
    for words in ("超过法定时限", "31 位", "到现场次数应为 0"):
        assert words in said
    assert len(plan.problems) >= 4
    assert not Item.objects.exists()


def test_openings_and_months_come_in_by_sheets(city):
    by = city["shichang"]
    table = [
        ["统一社会信用代码", "企业名称", "区划", "提交申请", "全流程办结"],
        [body_of(91, "91100000"), "新办一号", "澄岚区", "2026-09-14 08:00", "2026-09-14 12:00"],
    ]
    assert importing.apply(BY_CODE["firm-openings"], by, table).problems == []
    assert str(Opening.objects.get().workdays) == "0.50"
    table[1][4] = "2026-09-13 12:00"
    table[1][0] = body_of(92, "91100000")
    assert "早于提交申请" in "".join(importing.apply(BY_CODE["firm-openings"], by, table).problems)
    months = [["区划", "月份", "新登记（户）", "注销吊销（户）"], ["澄岚区", "2026-08-01", "500", "620"]]
    assert importing.apply(BY_CODE["entity-months"], by, months).problems == []
    assert EntityMonth.objects.get().net == -120
    wrong = [months[0], ["澄岚区", "2026-08-15", "1", "1"]]
    assert "第一天" in "".join(importing.apply(BY_CODE["entity-months"], by, wrong).problems)


def test_ratings_come_in_by_a_sheet(city, item):
    head = ["办件编号", "第几次服务", "事项", "星级", "渠道", "评价指标", "评价时间"]
    table = [
        head,
        ["W-1", "1", item.code, "非常不满意", "窗口", "服务态度", "2026-09-14 10:00"],
        ["W-2", "1", item.code, "满意", "窗口", "", "2026-09-14 10:05"],
    ]
    assert importing.apply(BY_CODE["service-ratings"], city["xingzheng"], table).problems == []
    assert BadReview.objects.count() == 1
    wrong = [head, ["W-3", "1", item.code, "满意", "APP", "服务态度", "2026-09-14 10:00"]]
    assert "不是这个渠道" in "".join(
        importing.apply(BY_CODE["service-ratings"], city["xingzheng"], wrong).problems
    )
