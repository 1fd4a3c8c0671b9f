"""The page before the meeting, a deal's sheet, the forms, the inbox, and the ledger in and out."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.urls import reverse

from luodi.scenarios.investment_promotion import actions
from luodi.scenarios.investment_promotion.due import due_from
from luodi.scenarios.investment_promotion.models import Arrival, Deal
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.tests.conftest import TODAY, USCC, YI
from luodi.workbench.finding import desk_for
from luodi.workbench.importing import apply, plan
from luodi.workbench.inbox import answered
from luodi.workbench.sheets import table_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/investment_promotion/", "当年开工率"),
        ("/investment_promotion/?month=2026-06&by=chain", "截至 2026-06-30"),
        ("/work/investment-deals/", "下一步还缺"),
        ("/work/investment-deals/board", "注册落地"),
        ("/work/investment-arrivals/", "核实等级"),
        ("/work/industry-chains/", "链长"),
        ("/work/chain-nodes/", "怎么补"),
        ("/work/investment-goals/", "市外到位资金"),
        ("/work/investment-look-backs/", "整改单位"),
        ("/work/investment-visits/", "下一步时限"),
        ("/assessment/investment/?period=2026-01-01", "招商引资年度考核"),
    ],
)
def test_pages_of_the_year(client, year, django_assert_max_num_queries, address, words):
    client.force_login(year["touzi"])
    client.get("/work/")  # the session is written once
    with django_assert_max_num_queries(12, info=address):
        answer = client.get(address, follow=False)
    assert answer.status_code == 200 and words in answer.content.decode()


def test_the_sheet_of_each_state(client, year, django_assert_max_num_queries):
    client.force_login(year["touzi"])
    for state in ("lead", "mou", "contract", "registered", "started", "funded", "dispute", "out"):
        deal = Deal.objects.filter(state=state).first()
        with django_assert_max_num_queries(12, info=state):
            page = client.get(deal.get_absolute_url()).content.decode()
        assert deal.name in page and deal.investor in page
        assert all(each in page for each in deal.missing)


def test_a_deal_moves_from_its_sheet(client, deal, day):
    client.force_login(day["touzi"])
    address = reverse("investment_promotion:advance", args=[deal.pk])
    answer = client.post(address, HTTP_REFERER=deal.get_absolute_url(), follow=True)
    assert "转为意向协议还缺：协议编号" in answer.content.decode() and Deal.objects.get().state == "talk"
    actions.keep_deal(day["touzi"], deal, {"agreement_no": "协1", "agreement_on": date(2026, 3, 1), "agreement_fen": YI, "convert_by": date(2026, 4, 1)})  # fmt: skip
    assert client.post(address).status_code == 302
    deal.refresh_from_db()
    assert deal.state == "mou"


def test_the_bulletin_adds_up(client, year):
    client.force_login(year["touzi"])
    text = client.get("/investment_promotion/forms/divisions.csv?month=2026-10").content.decode("utf-8-sig")
    head, *lines, city = [row for row in csv.reader(text.splitlines()) if len(row) > 5]
    for title in ("签约亿元以上（个）", "签约额（亿元）", "市外到位（亿元）", "不计入（个）"):
        at = head.index(title)
        total = sum(float(line[at]) for line in lines)
        assert total == pytest.approx(float(city[at]), abs=0.05) and total > 0, title
    assert client.get("/investment_promotion/forms/chains.docx").status_code == 200
    ledger = client.get("/investment_promotion/forms/ledger.csv").content.decode("utf-8-sig")
    assert ledger.count("ZS2026-") == Deal.objects.count()
    assert client.get("/investment_promotion/forms/else.csv").status_code == 404


def test_each_place_scores_against_its_own_goal(year):
    from luodi.assessment.kinds import scheme_kind
    from luodi.assessment.schemes import score

    kind, period = scheme_kind("investment"), date(2026, 1, 1)
    found = score(kind.scheme(period), kind.gather(period, kind.scheme(period)))
    assert len(found) == 8 and all(0 < each.score <= 100 for each in found)
    assert found[0].items[0].value is not None and "签约" in found[0].entry.values["kept"].says


def test_what_is_due(year, django_assert_max_num_queries):
    for login, most, wanted in (
        ("songpi", 1, {"investment_promotion.start", "investment_promotion.mend"}),
        ("touzi", 1, {"investment_promotion.exit"}),
        ("gongye", 0, set()),
        ("shenji", 0, set()),
    ):
        person = year[login]
        assert person.current_posts
        with django_assert_max_num_queries(most, info=login):
            assert {each.kind for each in answered(due_from(person, TODAY))} >= wanted


LEDGER = (
    "项目编号,项目名称,统计区划或园区,责任单位,行业门类,投资方,投资方统一社会信用代码,投资方所在地,资金来源地,意向投资（万元）,收到线索\n"
    f"ZS2026-0901,压铸项目,松陂县,松陂县人民政府,C,江南试验集团,{USCC},江苏省苏州市,省外境内,20000,2026-03-01\n"
)


def test_the_ledger_comes_in_once_all_or_nothing(day):
    desk = desk_for(day["touzi"], "investment-deals")
    bad = (
        LEDGER
        + "ZS2026-0902,坏行,没有这个县,松陂县人民政府,C,乙,91350100M000100Y44,上海市,省外境内,1,2026-03-01\n"
    )
    seen = plan(desk, day["touzi"], table_of("台账.csv", bad.encode()))
    assert any("没有这个县" in each for each in seen.problems)
    assert apply(desk, day["touzi"], table_of("台账.csv", bad.encode())).problems and not Deal.objects.exists()  # fmt: skip
    good = table_of("台账.csv", LEDGER.encode())
    assert apply(desk, day["touzi"], good).problems == []
    row = Deal.objects.get()
    assert (row.intended_fen, row.origin, row.state) == (2 * YI, "country", "lead")
    assert apply(desk, day["touzi"], good).rows == []  # the second delivery changes nothing


def test_funds_come_in_by_the_number_of_their_deal(day, signed):
    desk = desk_for(day["touzi"], "investment-arrivals")
    sheet = f"凭证号,项目,凭证种类,到账,付款方,币种,折人民币（万元）\nHD9,{signed.number},银行回单,2026-05-06,江南试验集团,人民币,5000\n"
    assert apply(desk, day["touzi"], table_of("到位.csv", sheet.encode())).problems == []
    assert Arrival.objects.get().fen == YI // 2
    again = sheet.replace("5000", "50000000")
    found = apply(desk, day["touzi"], table_of("到位.csv", again.encode()))
    assert any("1.1 倍" in each for each in found.problems)


def test_a_month_that_is_no_month_is_today(day):
    assert look.end_of_month("2026-13") == look.end_of_month("") == TODAY
    assert look.end_of_month("2026-02") == date(2026, 2, 28)
