"""Old cases: entered with one leader, settled freely, watched, checked by others, and only then struck off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Unit
from luodi.scenarios.petitions.actions import backlog as ledger
from luodi.scenarios.petitions.actions import sittings
from luodi.scenarios.petitions.due import due_from
from luodi.scenarios.petitions.models import Backlog, Sitting, SittingItem
from luodi.scenarios.petitions.pages import BACKLOGS
from luodi.workbench import importing
from luodi.workbench.inbox import answered

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def old(city):
    values = {
        "number": "YCJA-1", "title": "安置房十年未交付", "category": "building", "origin": "upper", "division": Division.objects.get(code="990102"),
        "unit": Unit.objects.get(key="zhujian"), "leader": city["chengjian"], "assigned_on": date(2026, 1, 6), "first_on": date(2015, 3, 1),
    }  # fmt: skip
    return ledger.keep_backlog(city["xinfang"], Backlog(), values)


def settled(city, old, days_ago, **more):
    on = TODAY - timedelta(days=days_ago)
    return ledger.settle(city["zhujian"], old, {"way": "executed", "words": "款项到账", **more}, on)


def test_one_leader_answers_for_each(city, old):
    with pytest.raises(Refused, match="包案的应是市领导，安居乐不是"):
        ledger.keep_backlog(city["xinfang"], old, {"leader": city["zhujian"]})
    with pytest.raises(PermissionDenied):
        ledger.keep_backlog(city["fagai"], old, {"plan": "外单位"})
    with pytest.raises(Refused, match="首次信访不能晚于"):
        ledger.keep_backlog(city["xinfang"], old, {"first_on": date(2026, 2, 1)})


def test_settled_watched_checked_by_others_then_struck_off(city, old):
    old = settled(city, old, 120)
    with pytest.raises(Refused, match="现在是“已落实，观察中”，不能销账"):
        ledger.close(city["xinfang"], old)
    with pytest.raises(PermissionDenied):
        ledger.verify(city["zhujian"], old, "自己核自己")
    old = ledger.verify(city["xinfang2"], old, "入户核验属实")
    old = ledger.close(city["xinfang"], old)
    assert (old.state, old.closed_on) == ("closed", TODAY)
    assert [step.what for step in old.steps.order_by("pk")] == ["settle", "verify", "close"]
    with pytest.raises(Refused, match="已销账的积案不能再改"):
        ledger.keep_backlog(city["xinfang"], old, {"plan": "再改"})


def test_whoever_wrote_that_it_was_done_does_not_check_it(city, old):
    old = ledger.settle(city["xinfang"], old, {"way": "executed", "words": "到账"}, TODAY)
    with pytest.raises(PermissionDenied):
        ledger.verify(city["xinfang"], old, "属实")
    assert ledger.verify(city["xinfang2"], old, "属实").verified_by == city["xinfang2"]


def test_the_watch_is_ninety_days_and_a_new_petition_of_the_matter_breaks_it(city, old, bring, go):
    first = bring()
    old = ledger.keep_backlog(city["xinfang"], old, {"petition": first})
    old = ledger.verify(city["xinfang2"], settled(city, old, 89), "属实")
    with pytest.raises(Refused, match="90 日内没有再次信访：观察到"):
        ledger.close(city["xinfang"], old)
    Backlog.objects.filter(pk=old.pk).update(settled_on=TODAY - timedelta(days=200))
    again = bring(at=None)
    go(again, ("xinfang", "classify", {"stream": "claim", "nature": "repeat", "same_as": first.number}, 600))
    with pytest.raises(Refused, match="又有同一事项信访"):
        ledger.close(city["xinfang"], old)
    assert ledger.reopen(city["xinfang"], old, "又来访").settled_on is None


def test_a_pledge_is_signed_freely_before_a_witness_and_final_means_final(city, old):
    with pytest.raises(Refused, match="须出于自愿"):
        settled(city, old, 10, way="pledged", witness="社区书记", is_free=False)
    with pytest.raises(Refused, match="须关联已经复核"):
        settled(city, old, 10, way="final")
    assert settled(city, old, 10, way="pledged", witness="社区书记", is_free=True).state == "settled"


def test_the_list_comes_in_by_a_sheet_once(city):
    table = [
        ["积案编号", "事项", "包案领导", "责任单位", "区划", "领域", "来源", "列入台账", "涉及金额（万元）"],
        [
            "YCJA-7",
            "拖欠工程款",
            "程更新",
            "市住房城乡建设局",
            "澄岚区",
            "劳动社保",
            "上级交办",
            "2026-01-06",
            "120.5",
        ],
        ["YCJA-8", "征地面积争议", "", "市农业农村局", "松陂县", "征地拆迁", "本级排查", "2026-03-01", ""],
    ]
    made = importing.apply(BACKLOGS, city["xinfang"], table)
    assert made.problems == []
    assert list(Backlog.objects.values_list("number", "leader__login", "amount_fen")) == [
        ("YCJA-7", "chengjian", 120_500_000),
        ("YCJA-8", None, None),
    ]
    assert importing.plan(BACKLOGS, city["xinfang"], table).unchanged == 2
    wrong = [
        table[0],
        [
            "YCJA-9",
            "事项",
            "安居乐",
            "市住房城乡建设局",
            "澄岚区",
            "劳动社保",
            "上级交办",
            "2026-01-06",
            "十万",
        ],
    ]
    assert "第 2 行" in importing.plan(BACKLOGS, city["xinfang"], wrong).problems[0]


def test_a_sitting_decides_and_its_promise_is_followed(city, old, bring):
    reception = sittings.keep_sitting(
        city["xinfang"], Sitting(),
        {"number": "JF-1", "kind": "reception", "on": TODAY, "leader": city["chengjian"], "place": "接待中心", "way": "fixed", "state": "held"},
    )  # fmt: skip
    assert reception.post == "副市长（城市建设）"
    unit = Unit.objects.get(key="zhujian")
    given = {
        "number": old.number,
        "opinion": "两周内拿出办法",
        "unit": unit,
        "due_on": TODAY + timedelta(days=14),
    }
    item = sittings.decide(city["xinfang"], reception, given)
    assert [(due.kind, due.what, due.by) for due in answered(due_from(city["zhujian"], TODAY))] == [
        ("petitions.open", "推动达成化解方案", None), ("petitions.item", "两周内拿出办法", TODAY + timedelta(days=14)),
    ]  # fmt: skip
    assert [due.kind for due in answered(due_from(city["chengjian"], TODAY))] == ["petitions.open"]
    assert answered(due_from(city["fagai"], TODAY)) == []
    with pytest.raises(Refused, match="完成期限不能早于"):
        sittings.decide(city["xinfang"], reception, {**given, "due_on": TODAY - timedelta(days=1)})
    sealed = bring(stream="accusation", against=unit)
    with pytest.raises(Refused, match="不能交给它办理"):
        sittings.decide(city["xinfang"], reception, {**given, "number": sealed.number})
    with pytest.raises(PermissionDenied):
        sittings.finish(city["fagai"], item, "办了")
    assert sittings.finish(city["zhujian"], item, "已当面答复").done_on == TODAY
    with pytest.raises(Refused, match="已经办完"):
        sittings.finish(city["zhujian"], item, "又办")
    assert SittingItem.objects.filter(done_on=None).count() == 0


def test_a_reception_is_held_by_a_leader_on_its_day(city):
    given = {
        "number": "JF-2",
        "kind": "reception",
        "on": TODAY + timedelta(days=5),
        "place": "接待中心",
        "way": "fixed",
    }
    with pytest.raises(Refused, match="应是市领导"):
        sittings.keep_sitting(city["xinfang"], Sitting(), {**given, "leader": city["fagai"]})
    with pytest.raises(Refused, match="日期还没有到"):
        sittings.keep_sitting(
            city["xinfang"], Sitting(), {**given, "leader": city["pingan"], "state": "held"}
        )
    with pytest.raises(PermissionDenied):
        sittings.keep_sitting(city["ducha"], Sitting(), {**given, "leader": city["pingan"]})
