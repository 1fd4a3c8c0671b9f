"""Cases from the form to the archive, a bad review to its end, a promise kept and one broken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Unit
from luodi.scenarios.government_services.actions import catalogue, ratings
from luodi.scenarios.government_services.models import (
    BadReview,
    Item,
    Material,
    Package,
    Point,
    Rating,
    ServiceCase,
)
from luodi.scenarios.government_services.pages.kinds import BUILDINGS, SERVICES
from luodi.scenarios.government_services.recurring import deem
from luodi.scenarios.government_services.tests.conftest import make_item
from luodi.shapes.cases import actions as cases

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=CHINA)
REMEDY = "六十日内申请行政复议"


def days(n: int, hour: int = 10) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=n)


def file(item, channel="online", by=None, at=MONDAY, **more):
    sent = {"title": item.name, "body": "新设门店", "item": item, "channel": channel, **more}
    return cases.bring(by, SERVICES, sent, at)


def take(by, case, move, at, **values):
    return cases.take(by, case, move, values, at)


def accepted(city, item, **more):
    case = take(city["xingzheng"], file(item, **more), "receive", days(0), lead=item.unit)
    return take(city["shichang"], case, "accept", days(0))


def approved(city, case, at):
    return take(city["shichang"], case, "approve", at, outcome="approved", reply="符合条件，准予。")


def delivered(city, case, at):
    case = take(city["shichang"], case, "issue", at, document="JY19901020000001")
    return take(city["shichang"], case, "deliver", at, channel="online", visits=0)


def test_a_case_is_decided_by_its_promise_issued_delivered_rated_and_archived(city, item):
    case = accepted(city, item)
    assert (case.category, case.is_online, case.state) == ("promised", True, "review")
    assert (case.due_on, case.promised_on, case.legal_on) == (
        date(2026, 9, 20),
        date(2026, 9, 20),
        date(2026, 10, 16),
    )
    case = approved(city, case, days(2))
    assert (case.in_promise, case.in_law, case.is_early, case.decided_on) == (
        True,
        True,
        True,
        date(2026, 9, 16),
    )
    with pytest.raises(Refused, match="不能评价"):
        take(None, case, "rate", days(2), score=5)
    case = delivered(city, case, days(3))
    assert case.document == "JY19901020000001"
    case = take(None, case, "rate", days(4), score=5, words="很快")
    rating = Rating.objects.get(case_number=case.number)
    assert (rating.stars, rating.way, rating.item, rating.is_own_accord) == (5, "online", item, True)
    assert not BadReview.objects.exists()
    assert take(city["xingzheng"], case, "archive", days(5)).state == "archived"


def test_late_by_promise_is_not_yet_late_by_law(city, item):
    case = approved(city, accepted(city, item), days(10))
    assert (case.was_late, case.in_promise, case.in_law, case.is_early) == (True, False, True, False)
    late = approved(city, accepted(city, item), days(33))
    assert (late.in_promise, late.in_law) == (False, False)


def test_what_is_lacking_is_told_once(city, item):
    case = take(city["xingzheng"], file(item), "receive", days(0), lead=item.unit)
    case = take(city["shichang"], case, "ask_supplement", days(1), words="缺场所使用证明")
    case = take(None, case, "supply", days(2), words="已补场所使用证明")
    with pytest.raises(Refused, match="一次性告知"):
        take(city["shichang"], case, "ask_supplement", days(2), words="再缺健康证")
    with pytest.raises(Refused, match=r"还缺：.*救济途径"):
        take(city["shichang"], case, "refuse_acceptance", days(2), reason="不属本机关", basis="第三十二条")
    refused = take(
        city["shichang"],
        case,
        "refuse_acceptance",
        days(2),
        reason="不属本机关",
        basis="第三十二条",
        remedy=REMEDY,
    )
    assert refused.state == "not_accepted"


def test_silence_for_five_working_days_is_acceptance_on_receipt(city, item):
    case = take(city["xingzheng"], file(item), "receive", days(0), lead=item.unit)
    assert "0 件" in deem(days(3))
    assert "1 件" in deem(days(8, hour=0))
    case = ServiceCase.objects.get(pk=case.pk)
    assert case.state == "review"
    assert case.accepted_at == days(0)
    assert case.legal_on == date(2026, 10, 16), "the law counts from the receipt"


def test_hearings_do_not_count_and_only_lawful_reasons_stop_the_clock(city, item):
    case = accepted(city, item)
    with pytest.raises(Refused, match="不是该期限规定的中止事由"):
        take(city["shichang"], case, "pause", days(1), reason="经办人休假", basis="无")
    case = take(city["shichang"], case, "pause", days(1), reason="检验", basis="第四十五条")
    assert (case.promised_on, case.legal_on) == (None, None)
    case = take(city["shichang"], case, "resume", days(8))
    assert case.promised_on == case.due_on == date(2026, 9, 29)
    with pytest.raises(Refused, match="不得超过 10 个工作日"):
        asked = take(city["shichang"], case, "ask_extension", days(8), reason="情况复杂", length=12)
        take(city["xingzheng"], asked, "grant_extension", days(8), reason="同意", length=12)
    case = ServiceCase.objects.get(pk=case.pk)
    case = take(city["xingzheng"], case, "grant_extension", days(9), reason="同意", length=10)
    assert case.promised_on == case.due_on
    assert case.promised_on > date(2026, 10, 9)


def test_a_matter_of_the_same_day_is_finished_that_day(city):
    item = make_item(2, handling="instant", promised_days=None, name="营业执照遗失补领")
    case = accepted(city, item)
    assert (case.due_on, case.promised_on) == (date(2026, 9, 14), date(2026, 9, 14))
    assert approved(city, case, days(0, hour=16)).in_promise is True
    assert approved(city, accepted(city, item), days(1)).in_promise is False
    with pytest.raises(Refused, match="即办件不能延期"):
        slow = take(city["shichang"], accepted(city, item), "ask_extension", days(0), reason="慢", length=1)
        take(city["xingzheng"], slow, "grant_extension", days(0), reason="慢", length=1)


def test_what_can_not_be_asked_for_is_told(city, firm):
    gone = make_item(3, cancelled_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="取消，不再受理"):
        file(gone)
    offline = make_item(4, depth=2, visits=1)
    with pytest.raises(Refused, match="还不能网上申请"):
        file(offline)
    assert not file(offline, channel="window").is_online
    for_firms = make_item(5, served="firm")
    with pytest.raises(Refused, match="由法人申请"):
        file(for_firms)
    assert file(for_firms, firm=firm).firm == firm
    wrong = file(make_item(6, unit="shengtai"))
    with pytest.raises(Refused, match="由市生态环境局办理"):
        take(city["xingzheng"], wrong, "receive", days(0), lead=Unit.objects.get(key="shichang"))


def test_an_item_that_contradicts_itself_is_not_kept(city, item):
    by = city["shichang"]
    with pytest.raises(Refused, match="超过法定时限"):
        catalogue.keep_item(by, item, {"promised_days": 30})
    with pytest.raises(Refused, match="31 位"):
        catalogue.keep_item(by, Item.objects.get(pk=item.pk), {"code": "123"})
    with pytest.raises(Refused, match="兜底"):
        catalogue.keep_material(by, Material(item=item), {"name": "其他材料"})
    with pytest.raises(PermissionDenied):
        catalogue.keep_item(city["nongye"], item, {"name": "改名"})
    with pytest.raises(ValidationError, match="legal_basis"):
        make_item(9, legal_basis="")


def test_the_same_basic_item_differs_between_two_bodies(city, item):
    make_item(1, name="食品经营许可证核发", code=item.code.replace(item.code[:18], "TEFT11010600010006"))
    assert any("名称不一致" in fault for fault in catalogue.catalogue_faults())


def test_an_item_is_near_the_people_as_long_as_some_point_handles_it(city, item, firm):
    by = city["xingzheng"]
    place = {
        "town": "云水街道",
        "division": firm.division,
        "set_up_on": date(2026, 2, 1),
        "item_codes": [item.code],
    }
    points = [
        catalogue.keep_point(by, Point(), {**place, "code": f"P{n}", "name": f"站点{n}", "tier": "town"})
        for n in range(2)
    ]
    for point, is_nearby in ((points[0], True), (points[1], False)):
        catalogue.keep_point(by, point, {"item_codes": []})
        item.refresh_from_db()
        assert item.is_nearby is is_nearby
    with pytest.raises(Refused, match="没有现行的 123"):
        catalogue.keep_point(by, points[0], {"item_codes": ["123"]})
    with pytest.raises(PermissionDenied):
        catalogue.keep_point(city["nongye"], points[0], {"name": "改名"})


def test_a_package_is_made_of_two_items_at_least(city, item):
    sent = {
        "code": "Y1",
        "name": "开店一件事",
        "lead": item.unit,
        "materials": 3,
        "visits": 0,
        "item_codes": [item.code],
    }
    with pytest.raises(Refused, match="至少要有两个事项"):
        catalogue.keep_package(city["xingzheng"], Package(), sent)
    other = make_item(2)
    row = catalogue.keep_package(
        city["xingzheng"], Package(), {**sent, "item_codes": [item.code, other.code]}
    )
    assert row.items.count() == 2


def test_a_cancelled_item_is_not_revived(city, item):
    row = catalogue.keep_item(city["shichang"], item, {"cancelled_on": date(2026, 10, 1)})
    with pytest.raises(Refused, match="不能恢复"):
        catalogue.keep_item(city["shichang"], row, {"cancelled_on": None})


def test_joint_matters_may_be_lengthened_by_fifteen_days(city):
    item = make_item(8, is_joint=True, legal_days=45, promised_days=30)
    case = take(
        city["shichang"], accepted(city, item), "ask_extension", days(1), reason="多部门联审", length=15
    )
    case = take(city["xingzheng"], case, "grant_extension", days(1), reason="同意", length=15)
    assert case.promised_on == case.due_on
    assert case.legal_on > case.promised_on


# ratings


def rate(city, stars, number="W-1", **more):
    item = Item.objects.first()
    sent = {"case_number": number, "item": item, "way": "window", "stars": stars, "rated_at": days(5), **more}
    return ratings.keep_rating(city["xingzheng"], Rating(), sent)


def test_a_bad_review_goes_to_the_unit_the_same_minute_and_is_called_back_by_another(city, item, second):
    rating = rate(city, 1, words="跑了三趟")
    review = BadReview.objects.get(rating=rating)
    assert (review.lead.key, review.state) == ("shichang", "bad")
    review = take(city["shichang"], review, "verify", days(6), words="情况属实")
    assert review.due_on == date(2026, 10, 16), "15 working days from the verification"
    with pytest.raises(Refused, match="电话联系"):
        take(city["shichang"], review, "rectify", days(7), outcome="fixed", reply="已改")
    review = take(city["shichang"], review, "contact", days(7), words="已致歉")
    review = take(city["shichang"], review, "rectify", days(8), outcome="fixed", reply="合并窗口，一次办结")
    with pytest.raises(PermissionDenied):
        take(city["shichang"], review, "call_back", days(9), channel="phone", reached=True, score=5)
    with pytest.raises(Refused, match="再次评价"):
        take(city["xingzheng"], review, "call_back", days(9), channel="phone", reached=True)
    review = take(city["xingzheng"], review, "call_back", days(9), channel="phone", reached=True, score=2)
    with pytest.raises(Refused, match="仍为差评"):
        take(city["xingzheng"], review, "close", days(9))
    review = take(city["xingzheng"], review, "redo", days(9), reason="仍不满意")
    review = take(city["shichang"], review, "contact", days(10), words="上门")
    review = take(city["shichang"], review, "rectify", days(11), outcome="fixed", reply="当场办结")
    review = take(city["xingzheng"], review, "call_back", days(12), channel="phone", reached=True, score=4)
    assert take(city["xingzheng"], review, "close", days(12)).state == "closed"
    rating.refresh_from_db()
    assert rating.stars == 1, "the first word stays; the second is in the case"


def test_an_appeal_that_holds_takes_the_rating_out_of_the_count(city, item):
    review = BadReview.objects.get(rating=rate(city, 2))
    review = take(city["shichang"], review, "appeal", days(6), reason="申请人误点，已书面确认")
    with pytest.raises(PermissionDenied):
        take(city["shichang"], review, "void", days(6), outcome="void", reason="属实")
    review = take(city["xingzheng"], review, "void", days(7), outcome="void", reason="核实为误点")
    assert (review.state, Rating.objects.get().is_void) == ("voided", True)


def test_one_service_one_rating_and_bursts_do_not_count(city, item):
    rate(city, 5)
    with pytest.raises(Refused, match="已经评价过"):
        rate(city, 4)
    with pytest.raises(Refused, match="不能修改"):
        ratings.keep_rating(city["xingzheng"], Rating.objects.get(), {"stars": 5})
    for number in range(7):
        rate(
            city, 5, f"D-{number}", device="1 号窗口评价器", rated_at=days(6) + timedelta(seconds=number * 20)
        )
    assert list(Rating.objects.filter(device__gt="").order_by("rated_at").values_list("is_doubtful", flat=True)) == [False] * 5 + [True] * 2  # fmt: skip


def test_a_case_under_way_can_not_be_rated_from_outside(city, item):
    case = accepted(city, item)
    with pytest.raises(Refused, match="还没有办结"):
        rate(city, 5, case.number)


# 先建后验


def promised(city, firm):
    sent = {
        "title": "智能装备一期",
        "body": "标准厂房两栋",
        "category": "industry",
        "firm": firm,
        "standards": "环评、消防、人防按标准建设",
    }
    case = cases.bring(city["xingzheng"], BUILDINGS, sent, MONDAY)
    return take(
        city["xingzheng"], case, "promise", days(1), words="已签承诺并公示", promised_until=date(2026, 12, 31), lead=Unit.objects.get(key="zhujian")
    )  # fmt: skip


def test_a_promise_then_building_then_acceptance(city, firm, second):
    case = promised(city, firm)
    with pytest.raises(Refused, match="先承诺，后开工"):
        take(city["zhujian"], case, "begin", days(2), began_on=date(2026, 9, 1))
    case = take(city["zhujian"], case, "begin", days(2), began_on=date(2026, 9, 16))
    case = take(city["zhujian"], case, "ask_acceptance", days(60))
    with pytest.raises(PermissionDenied):
        take(
            city["zhujian"],
            case,
            "pass_acceptance",
            days(61),
            outcome="passed",
            document="验〔2026〕1号",
            saved_days=65,
        )
    case = take(
        second, case, "pass_acceptance", days(61), outcome="passed", document="验〔2026〕1号", saved_days=65
    )
    assert (case.state, case.saved_days, case.accepted_on, case.was_late) == (
        "accepted",
        65,
        date(2026, 11, 14),
        False,
    )


def test_a_broken_promise_has_consequences_and_a_second_person(city, firm, second):
    case = promised(city, firm)
    case = take(city["zhujian"], case, "begin", days(2), began_on=date(2026, 9, 16))
    with pytest.raises(PermissionDenied):
        take(
            city["xingzheng"],
            case,
            "breach",
            days(90),
            outcome="breached",
            reason="擅自改变用途",
            consequence="both",
        )
    case = take(
        second, case, "breach", days(90), outcome="breached", reason="擅自改变用途", consequence="both"
    )
    assert (case.state, case.consequence) == ("breached", "both")
