"""A petition up the whole ladder through the database: each clock, each window, each door that shuts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Unit
from luodi.kernel.rotation import encrypted_fields
from luodi.scenarios.petitions.models import Petition
from luodi.scenarios.petitions.pages.kind import PETITIONS
from luodi.shapes.cases import actions
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.permission import seen_by

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
DONE = ("zhujian", "executed", {"words": "已办证"}, 44)


def test_each_door_has_its_own_clock(bring, go, city):
    case = bring()
    assert case.due_on == date(2026, 3, 17), "fifteen days to register and pass on"
    case = go(case, ("xinfang", "classify", {"stream": "claim", "nature": "first"}, 1), ("xinfang", "transfer", {"lead": Unit.objects.get(key="zhujian"), "manner": "assigned"}, 3))  # fmt: skip
    assert case.due_on == date(2026, 3, 20), "fifteen days for the unit to decide"
    case = go(case, ("zhujian", "accept", {"notified_on": date(2026, 3, 12)}, 10))
    assert (case.due_on, case.decided_late, case.notified_on) == (date(2026, 5, 11), False, date(2026, 3, 12))
    assert case.was_late is False


def test_a_late_decision_and_a_late_answer_are_two_things(handling, go):
    case = go(
        handling(),
        (
            "zhujian",
            "reply",
            {"outcome": "explained", "facts": "属实", "reply": "待上级政策", "basis": "第十四条"},
            75,
        ),
    )
    assert (case.decided_late, case.replied_late, case.was_late) == (False, True, True)


def test_an_extension_is_once_thirty_days_at_most_and_by_another_person(handling, go):
    case = go(handling(), ("zhujian", "ask_extension", {"reason": "测绘", "length": 30}, 50))
    granted = {"approver": "局长", "length": 31, "reason": "情况复杂", "told_on": date(2026, 4, 22)}
    with pytest.raises(PermissionDenied):
        go(case, ("zhujian", "grant_extension", granted, 51))
    with pytest.raises(Refused, match="延期不超过 30 日"):
        go(case, ("xinfang", "grant_extension", granted, 51))
    with pytest.raises(Refused, match="还缺：批准人"):
        go(
            case,
            (
                "xinfang",
                "grant_extension",
                {"length": 30, "reason": "复杂", "told_on": date(2026, 4, 22)},
                51,
            ),
        )
    case = go(case, ("xinfang", "grant_extension", {**granted, "length": 30}, 51))
    assert case.due_on == date(2026, 6, 10)
    with pytest.raises(Refused, match="延期以 1 次为限"):
        go(case, ("zhujian", "ask_extension", {"reason": "再等", "length": 5}, 60))


def test_an_objection_comes_within_five_working_days_and_once(bring, go):
    zhujian = Unit.objects.get(key="zhujian")
    case = go(
        bring(),
        ("xinfang", "classify", {"stream": "claim", "nature": "first"}, 1),
        ("xinfang", "transfer", {"lead": zhujian, "manner": "passed"}, 2),
    )
    with pytest.raises(Refused, match="提出异议应在 2026-03-11 前提出"):
        go(case, ("zhujian", "object", {"reason": "属自然资源局", "basis": "三定方案"}, 10))
    case = go(
        case,
        ("zhujian", "object", {"reason": "属自然资源局", "basis": "三定方案"}, 8),
        ("xinfang", "uphold", {"lead": zhujian, "reason": "系住建职责"}, 9),
    )
    assert (case.state, case.lead) == ("transferred", zhujian)
    with pytest.raises(Refused, match="异议已经裁定"):
        go(case, ("zhujian", "object", {"reason": "还是不认", "basis": "三定"}, 10))


def test_a_claim_stays_open_while_it_may_be_appealed(replied, go):
    case = go(replied(), DONE)
    assert case.served_on == date(2026, 4, 13)
    with pytest.raises(Refused, match="期限到 2026-05-13 届满，届满前不能办结"):
        go(case, ("xinfang", "close", {}, 72))
    with pytest.raises(Refused, match="申诉求决须等复查申请期限届满"):
        go(case, ("xinfang", "close_other", {}, 72))
    assert go(case, ("xinfang", "close", {}, 73)).state == "closed"


def test_without_service_nothing_begins_and_nothing_ends(handling, go):
    answer = {"outcome": "explained", "facts": "属实", "reply": "已说明", "basis": "第十四条"}
    case = go(handling(), ("zhujian", "reply", answer, 40))
    with pytest.raises(Refused, match="还没有送达的记录"):
        go(case, ("xinfang", "close", {}, 200))


def test_up_the_ladder_to_the_end_and_the_hearing_does_not_count(replied, go):
    office = Unit.objects.get(key="zhengfuban")
    case = go(replied(), DONE)
    with pytest.raises(Refused, match="申请复查应在 2026-05-13 前提出"):
        go(case, ("", "ask_review", {"reason": "不服"}, 80))
    case = go(case, ("", "ask_review", {"reason": "补偿标准有误"}, 60))
    assert (case.state, case.due_on, case.lead) == ("review_asked", date(2026, 6, 1), None)
    with pytest.raises(Refused, match="不能交给作出原意见的单位"):
        go(case, ("xinfang", "send_review", {"lead": Unit.objects.get(key="zhujian")}, 61))
    case = go(case, ("xinfang", "send_review", {"lead": office}, 61))
    finding = {"finding": "maintained", "reply": "予以维持", "basis": "第三十五条"}
    case = go(
        case,
        ("zhengwu", "review", finding, 85),
        ("xinfang", "serve", {"served_on": date(2026, 5, 27), "service": "post"}, 87),
    )
    assert (case.finding, case.reviewed_on, case.replied_late) == ("maintained", date(2026, 5, 26), False)
    case = go(case, ("", "ask_recheck", {"reason": "仍不服"}, 100))
    assert case.due_on == date(2026, 7, 10)
    with pytest.raises(Refused, match="不是该期限规定的中止事由"):
        go(case, ("xinfang", "pause", {"reason": "等人", "basis": "无"}, 102))
    case = go(
        case,
        ("xinfang", "pause", {"reason": "听证", "basis": "第三十六条"}, 103),
        ("xinfang", "resume", {}, 113),
    )
    assert case.due_on == date(2026, 7, 20), "ten days of hearing are not counted"
    case = go(
        case, ("xinfang", "recheck", {**finding, "reply": "维持复查意见"}, 120), ("xinfang", "serve", {"served_on": date(2026, 7, 1), "service": "post"}, 121),
        ("xinfang", "close_final", {}, 122),
    )  # fmt: skip
    assert (case.state, case.recheck_finding, case.was_late) == ("closed", "maintained", False)
    assert first_broken_step(case.steps.order_by("number")) is None


def test_sent_back_it_is_done_anew_by_its_own_clock(replied, go):
    case = go(
        replied(), ("xinfang", "ask_review", {"reason": "不服"}, 50), ("xinfang", "send_review", {"lead": Unit.objects.get(key="zhengfuban")}, 51),
        ("zhengwu", "review", {"finding": "redo", "reply": "事实不清", "basis": "第三十五条"}, 70), ("xinfang", "serve", {"served_on": date(2026, 5, 12), "service": "post"}, 71),
    )  # fmt: skip
    with pytest.raises(Refused, match="应重新办理，不能办结"):
        go(case, ("xinfang", "close_reviewed", {}, 120))
    case = go(case, ("xinfang", "redo", {"reason": "复查责令", "lead": Unit.objects.get(key="zhujian")}, 72))
    assert (case.state, case.round, case.outcome, case.due_on) == ("handling", 2, "", date(2026, 7, 13))


def test_a_repeat_counts_under_the_first_of_its_matter(bring, go):
    first, second, third = bring(), bring(), bring()
    second = go(
        second, ("xinfang", "classify", {"stream": "claim", "nature": "repeat", "same_as": first.number}, 1)
    )
    third = go(
        third, ("xinfang", "classify", {"stream": "claim", "nature": "repeat", "same_as": second.number}, 1)
    )
    assert [each.matter_id for each in (second, third)] == [first.pk, first.pk]
    assert third.nature == "repeat"
    with pytest.raises(Refused, match="没有编号为“XF0”"):
        go(bring(), ("xinfang", "classify", {"stream": "claim", "nature": "repeat", "same_as": "XF0"}, 1))
    with pytest.raises(Refused, match="自己的重复件"):
        go(first, ("xinfang", "link", {"same_as": second.number, "reason": "反了"}, 2))


def test_whom_an_accusation_names_never_learns_of_it(bring, city):
    case = bring(stream="accusation", against=Unit.objects.get(key="zhujian"), title="反映招标不公")
    assert (case.is_sealed, case.contact_shown) == (True, "已保密")
    assert not seen_by(city["zhujian"], Case.objects.all()).exists()
    assert seen_by(city["xinfang"], Case.objects.all()).exists()
    with pytest.raises(Refused, match="被反映单位只在检举控告类填写"):
        bring(against=Unit.objects.get(key="zhujian"))


def test_only_the_bureau_registers_and_the_public_writes_online(bring, city):
    with pytest.raises(PermissionDenied):
        bring(by="zhujian")
    assert bring(by=None).home.key == "xinfang"
    with pytest.raises(Refused, match="代表不超过 5 人"):
        bring(channel="visit", people=12, representatives=6)


def test_law_counts_from_the_day_on_which_a_letter_came_in(city, bring):
    case = bring(at=None, received_on=(MONDAY - timedelta(days=3)).date())
    assert (case.received_on, case.due_on) == (date(2026, 2, 27), date(2026, 3, 16))
    with pytest.raises(Refused, match="收到日期不能晚于今天"):
        bring(at=None, received_on=date(2099, 1, 1))


def test_who_brought_it_is_unreadable_in_the_database_and_known_again_by_a_key(bring):
    first, second, other = bring(), bring(), bring(reporter_phone="13700009999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reporter_name, reporter_phone FROM cases_case WHERE id = %s", [first.pk])
        name, phone = cursor.fetchone()
    assert name.startswith("sm4gcm:")
    assert "13900001234" not in phone
    assert first.reporter_key == second.reporter_key != other.reporter_key
    assert {"cases.case.reporter_name", "cases.case.reporter_phone"} <= {
        field.purpose for field in encrypted_fields()
    }
    again = Petition.objects.get(pk=first.pk)
    assert (again.reporter_name, again.contact_shown) == ("郑念诚", "郑*诚 139****1234")


def test_procedures_that_the_law_names_end_the_petition_there(bring, go):
    sorted_ = ("xinfang", "classify", {"stream": "claim", "nature": "first"}, 1)
    basis = {"reason": "劳动争议先裁", "basis": "第三十一条第二项"}
    with pytest.raises(Refused, match="引导办理的途径为"):
        go(bring(), sorted_, ("xinfang", "guide", {"route": "duty", **basis}, 2))
    case = go(bring(), sorted_, ("xinfang", "guide", {"route": "arbitration", **basis}, 2))
    assert (case.state, case.outcome, case.decided_late) == ("guided", "guided", False)
    sent = go(
        bring(),
        sorted_,
        ("xinfang", "transfer", {"lead": Unit.objects.get(key="zhujian"), "manner": "passed"}, 2),
    )
    sent = go(sent, ("zhujian", "accept_procedure", {"route": "duty", "basis": "城乡规划法"}, 5))
    assert (sent.state, sent.due_on) == ("procedure", None), "its period is that procedure's own"
    sent = go(sent, ("zhujian", "conclude", {"outcome": "supported", "reply": "已查处", "basis": "第六十四条"}, 20), ("zhujian", "executed", {"words": "已拆除"}, 21),
              ("zhujian", "serve", {"served_on": date(2026, 3, 23), "service": "direct"}, 21))  # fmt: skip
    with pytest.raises(Refused, match="现在是“已作出处理”"):
        go(sent, ("", "ask_review", {"reason": "不服"}, 22))
    assert go(sent, ("xinfang", "close_other", {}, 22)).state == "closed"


def test_the_kind_declares_what_the_desk_alone_may_fill():
    assert PETITIONS.only_desk_brings
    assert not {*PETITIONS.desk_offers} & {*PETITIONS.offers}
    assert actions.brings(None, Petition(kind="petitions"))
