"""A deal from a lead to production, its money, and the ways out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.scenarios.investment_promotion import actions
from luodi.scenarios.investment_promotion.models import Amendment, Arrival, Deal, LookBack, Node, Visit
from luodi.scenarios.investment_promotion.tests.conftest import CONTRACT, YI

pytestmark = pytest.mark.django_db


def sum_of(deal, fen, voucher="HD1", **more):
    return {
        "deal": deal, "voucher": voucher, "kind": "bank", "on": date(2026, 4, 1), "payer": "江南试验集团", "currency": "CNY", "fen": fen, **more,
    }  # fmt: skip


def verified(city, deal, fen, voucher="HD1", **more):
    row = actions.keep_arrival(city["touzi2"], Arrival(), sum_of(deal, fen, voucher, **more))
    row = actions.complete(city["touzi"], row)
    return actions.cross_check(city["touzi"], row, {"checked_with": "项目投资月报"})


def test_from_a_lead_to_the_end(day, signed, firm):
    by = day["touzi"]
    assert (signed.batch, signed.is_counted, signed.is_large, signed.number) == (
        "signed",
        True,
        True,
        "ZS2026-0001",
    )
    with pytest.raises(Refused, match="项目公司（统一社会信用代码）、注册落地日期、投资项目代码"):
        actions.advance(by, signed)
    deal = actions.keep_deal(
        by, signed, {"enterprise": firm, "registered_on": date(2026, 3, 20), "project_code": "2603-610200-04-01-123456"}
    )  # fmt: skip
    deal = actions.advance(by, deal)
    deal = actions.keep_deal(
        by, deal, {"permit_no": "施1", "works": "levelling", "started_on": date(2026, 5, 1)}
    )
    with pytest.raises(Refused, match="不算开工"):
        actions.advance(by, deal)
    deal = actions.advance(by, actions.keep_deal(by, deal, {"works": "trench"}))
    assert (deal.batch, deal.begun_in_year) == ("started", True)
    with pytest.raises(Refused, match="不到合同投资的 80%"):
        actions.advance(by, deal)
    verified(day, deal, 17 * YI // 10)
    deal = actions.advance(by, deal)
    deal = actions.advance(
        by, actions.keep_deal(by, deal, {"invoice_no": "F1", "producing_on": date(2026, 11, 1)})
    )
    with pytest.raises(Refused, match="回头看"):
        actions.advance(by, deal)
    actions.keep_look_back(by, LookBack(), {"deal": deal, "on": date(2026, 11, 20), "found": "kept", "investor_side": "兑现", "city_side": "兑现"})  # fmt: skip
    assert actions.advance(by, deal).state == "done"


def test_a_sum_counts_when_somebody_else_verified_it(day, signed):
    row = actions.keep_arrival(day["touzi"], Arrival(), sum_of(signed, YI))
    assert (row.counted_fen, row.uncounted_why) == (None, "核实等级不到 L2")
    with pytest.raises(PermissionDenied):
        actions.complete(day["touzi"], row)  # who reported it never verifies it
    with pytest.raises(PermissionDenied):
        actions.complete(day["fagai"], row)
    actions.complete(day["touzi2"], row)
    with pytest.raises(Refused, match="与什么核对"):
        actions.cross_check(day["touzi2"], row, {})
    row = actions.cross_check(day["touzi2"], row, {"checked_with": "实缴资本"})
    assert row.counted_fen == YI
    with pytest.raises(Refused, match="先上传"):
        actions.field_check(day["touzi2"], row)
    with pytest.raises(Refused, match="已核实"):
        actions.keep_arrival(day["touzi"], row, {"fen": 2 * YI})
    # a joint venture: only the part of those from outside; a local partner in disguise: nothing
    actions.keep_deal(day["touzi"], signed, {"outside_percent": D(60)})
    row.refresh_from_db()
    assert row.counted_fen == YI * 6 // 10
    actions.keep_deal(day["touzi"], signed, {"local_percent": D(51)})
    row.refresh_from_db()
    signed.refresh_from_db()
    assert (row.counted_fen, signed.is_counted) == (0, False) and "51%" in row.uncounted_why


def test_bad_input_is_told_in_words(day, deal, signed, place, county):
    by = day["touzi"]
    for fault, more in (
        ("早于签订合同", {"on": date(2026, 2, 1)}),
        ("今天之后", {"on": date(2026, 12, 1)}),
        ("请写明币种", {"currency": None}),
        ("1.1 倍", {"fen": 3 * YI}),
        ("外币到账要填原币金额", {"currency": "USD"}),
        ("元还是万元", {"original": D(100)}),
        ("不能大于到位资金", {"fixed_fen": 2 * YI}),
    ):
        with pytest.raises(Refused, match=fault):
            actions.keep_arrival(by, Arrival(), sum_of(signed, YI) | more)
    for fault, values in (
        ("补充协议", {"contract_fen": 4 * YI}),
        ("早于", {"started_on": date(2026, 2, 1)}),
        ("要写明依据", {"exclusion": "estate"}),
        ("市外出资比例应为 0", {"origin": "city"}),
        ("校验码", {"investor_uscc": "91350100M000100Y44"}),
    ):
        with pytest.raises(Refused, match=fault):
            actions.keep_deal(by, Deal.objects.get(pk=signed.pk), values)
    twice = {"name": "另一个", "division": place, "lead": county, "industry": "C", "investor": "乙", "investor_from": "上海市", "origin": "country", **CONTRACT}  # fmt: skip
    with pytest.raises(Refused, match="同一合同不能重复统计"):
        actions.keep_deal(by, Deal(), twice | {"found_on": date(2026, 1, 1)})


def test_one_receipt_stands_for_one_deal(day, signed, place, county):
    actions.keep_arrival(day["touzi"], Arrival(), sum_of(signed, YI))
    other = actions.keep_deal(
        day["touzi"], Deal(),
        {"name": "乙项目", "division": place, "lead": county, "industry": "C", "investor": "乙", "investor_uscc": "53640000MJX173672F", "investor_from": "上海市", "origin": "country", "found_on": date(2026, 1, 1), "talked_on": date(2026, 1, 2), "intended_fen": YI, **CONTRACT, "contract_no": "合2"},
    )  # fmt: skip
    other = actions.advance(day["touzi"], actions.advance(day["touzi"], other))
    with pytest.raises(Refused, match="已用于“镁合金压铸项目”"):
        actions.keep_arrival(day["touzi"], Arrival(), sum_of(other, YI))


def test_a_contract_grows_by_its_amendment(day, signed):
    verified(day, signed, 2 * YI)
    with pytest.raises(Refused, match="先登记补充协议"):
        actions.keep_arrival(day["touzi"], Arrival(), sum_of(signed, YI, "HD2"))
    values = {"deal": signed, "number": "补1", "on": date(2026, 7, 1), "new_fen": 3 * YI, "why": "增加产线"}
    row = actions.amend(day["touzi"], Amendment(), values)
    signed.refresh_from_db()
    assert (row.old_fen, signed.contract_fen, signed.first_fen) == (2 * YI, 3 * YI, 2 * YI)
    actions.keep_arrival(day["touzi"], Arrival(), sum_of(signed, YI, "HD2"))
    with pytest.raises(Refused, match="更正请再登记一份"):
        actions.amend(day["touzi"], row, {"new_fen": YI})


def test_clearing_out_takes_two_units(day, signed, county):
    with pytest.raises(Refused, match="退出原因"):
        actions.ask_exit(day["touzi"], signed, {"exit_reason": "breach"})
    actions.ask_exit(day["touzi"], signed, {"exit_reason": "breach", "exit_why": "承诺不兑现"})
    with pytest.raises(PermissionDenied):
        actions.clear_out(day["touzi2"], signed)  # of the unit that asked
    with pytest.raises(PermissionDenied):
        actions.clear_out(day["fagai"], signed)
    out = actions.clear_out(day["ducha"], signed)
    assert (out.batch, out.is_counted) == ("out", True)  # signed it was, and stays so
    with pytest.raises(Refused, match="已退出台账"):
        actions.keep_deal(day["touzi"], out, {"name": "改名"})


def test_a_dispute_stops_a_deal_where_it_is(day, signed):
    held = actions.dispute(day["touzi"], signed)
    with pytest.raises(Refused, match="没有下一步"):
        actions.advance(day["touzi"], held)
    assert actions.settle(day["touzi"], held).state == "contract"


def test_visits_gaps_and_look_backs(day, signed, place):
    by = day["touzi"]
    values = {"number": "HD1", "deal": signed, "way": "out", "on": date(2026, 11, 3), "firm": "甲", "led_by": "乙", "outcome": "谈妥"}  # fmt: skip
    with pytest.raises(Refused, match="时限"):
        actions.keep_visit(by, Visit(), values | {"next_step": "回访"})
    actions.keep_visit(by, Visit(), values)
    signed.refresh_from_db()
    assert signed.talked_on == date(2026, 11, 3)
    with pytest.raises(Refused, match="整改单位"):
        actions.keep_look_back(by, LookBack(), {"deal": signed, "on": date(2026, 11, 1), "found": "broken", "investor_side": "未兑现", "city_side": "兑现"})  # fmt: skip
    from luodi.kernel.models import Unit
    from luodi.scenarios.investment_promotion.models import Chain

    chain = Chain.objects.create(code="C1", name="轻合金", lead=Unit.objects.get(key="gongxin"))
    with pytest.raises(Refused, match="不算补齐"):
        actions.keep_node(day["gongxin"], Node(), {"chain": chain, "stage": "up", "product": "锻件", "status": "has", "filled_on": date(2026, 5, 1)})  # fmt: skip
    with pytest.raises(Refused, match="牵头单位维护"):
        actions.keep_node(
            day["nongye"], Node(), {"chain": chain, "stage": "up", "product": "锻件", "status": "lacks"}
        )


def test_who_may_keep_a_deal(day, signed):
    with pytest.raises(PermissionDenied):
        actions.keep_deal(day["fagai"], signed, {"name": "改名"})
    with pytest.raises(PermissionDenied):
        actions.keep_deal(day["shenji"], Deal(), {"name": "新"})
