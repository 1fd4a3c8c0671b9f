"""A joint task from the frozen list to the last follow-up, with everything that is refused on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division, Job, Unit
from luodi.scenarios.random_inspections.actions import checks, draws, sending
from luodi.scenarios.random_inspections.models import Conflict, Coverage, Inspector, SpotCheck, Subject
from luodi.scenarios.random_inspections.pages.kinds import CHECKS
from luodi.scenarios.random_inspections.rules.draw import sha256
from luodi.scenarios.random_inspections.tests.conftest import make_task
from luodi.scenarios.random_inspections.tests.draws import EVENT, MONDAY, OUTCOME, drawn
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

pytestmark = pytest.mark.django_db

CLEAN = {"SC-01": ("1", ""), "ST-01": ("1", "")}


def take(by, check, move, at=None, **values):
    return cases.take(by, check, move, values, at)


def visited(city, second, check, findings=CLEAN, day=date(2026, 9, 21)):
    """Told, visited, recorded and looked over, ready to be published."""
    check = take(city["shichang"], check, "notify", MONDAY + timedelta(days=1), agreed_on=day)
    check = checks.fill_in_sheet(
        city["shichang"], check, findings, {"checked_on": day, "signature": "signed"}
    )
    return take(second, check, "review", datetime(2026, 9, 22, 10, tzinfo=CHINA))


def test_a_draw_sends_a_crew_of_both_departments_to_every_firm_drawn(task, libraries):
    task = drawn(libraries, task)
    rows = SpotCheck.objects.filter(task=task).prefetch_related("seats__inspector__unit")
    by_class = {name: sum(row.level == name for row in rows) for name in "ABCD"}
    assert by_class == {"A": 1, "B": 3, "C": 6, "D": 8}, "3, 10, 30 and 80 per cent, rounded up"
    assert {row.state for row in rows} == {"assigned"}
    for row in rows:
        assert {seat.inspector.unit.key for seat in row.seats.all()} == {"shichang", "shengtai"}
    assert rows[0].lead.key == "shichang"
    assert set(rows[0].assignments.values_list("unit__key", flat=True)) == {"shichang", "shengtai"}


def test_hashes_stand_before_the_event_and_nothing_moves_out_of_turn(task, libraries):
    shichang, ducha = libraries["shichang"], libraries["ducha"]
    with pytest.raises(Refused, match="须在冻结之后"):
        draws.freeze(shichang, task, "收盘点位", MONDAY, MONDAY)
    task = draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    pool = sha256(task.pool)
    with pytest.raises(Refused, match="名单已冻结"):
        draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    mine = draws.commit(shichang, task, MONDAY)
    with pytest.raises(Refused, match="已经承诺过了"):
        draws.commit(shichang, task, MONDAY)
    with pytest.raises(PermissionDenied):
        draws.commit(libraries["nongye"], task, MONDAY)
    theirs = draws.commit(ducha, task, MONDAY)
    assert (theirs.state, theirs.committed_at) == ("committed", MONDAY)
    assert mine.nonce_once not in (theirs.operator_sha, theirs.operator_nonce)
    with pytest.raises(Refused, match="不能提前公开"):
        draws.reveal(shichang, task, mine.nonce_once, OUTCOME, EVENT - timedelta(minutes=1))
    with pytest.raises(Refused, match="与当初的承诺不符"):
        draws.reveal(shichang, task, "0" * 64, OUTCOME, EVENT)
    draws.reveal(shichang, task, mine.nonce_once, OUTCOME, EVENT)
    with pytest.raises(Refused, match="两方都公开"):
        draws.draw(shichang, task, EVENT)
    draws.reveal(ducha, task, theirs.nonce_once, "3876.45", EVENT)
    with pytest.raises(Refused, match="不一致"):
        draws.draw(shichang, task, EVENT)
    draws.reveal(ducha, task, theirs.nonce_once, OUTCOME, EVENT)
    with pytest.raises(PermissionDenied):
        draws.draw(ducha, task, EVENT)
    task = draws.draw(shichang, task, EVENT)
    assert sha256(task.pool) == pool
    with pytest.raises(Refused, match="已抽取"):
        draws.draw(shichang, task, EVENT)


def test_a_commitment_after_the_event_is_worth_nothing(task, libraries):
    task = draws.freeze(libraries["shichang"], task, "收盘点位", EVENT, MONDAY)
    draws.commit(libraries["shichang"], task, MONDAY)
    with pytest.raises(Refused, match="已经发生"):
        draws.commit(libraries["ducha"], task, EVENT)
    task = draws.void(libraries["ducha"], task, "监督部门未按时承诺")
    assert (task.state, bool(task.pool)) == ("void", True)


def test_unfit_libraries_are_refused_with_names(task, libraries):
    shichang = libraries["shichang"]
    closed = Enterprise.objects.first()
    closed.status = "cancelled"
    closed.save()
    ungraded = Subject.objects.exclude(firm=closed).first()
    ungraded.credit_class = ""
    ungraded.save()
    with pytest.raises(Refused, match=ungraded.firm.name):
        draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    ungraded.credit_class = "A"
    ungraded.save()
    task.ratio_d = 50
    task.save()
    with pytest.raises(Refused, match="D 类抽查比例应在 61"):
        draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    task.ratio_d = 100
    task.save()
    Inspector.objects.filter(unit__key="shengtai").update(valid_to=date(2026, 10, 30))
    with pytest.raises(Refused, match="符合条件的检查人员只有 0 人"):
        draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    Inspector.objects.filter(unit__key="shengtai").update(valid_to=date(2027, 1, 1))
    task = draws.freeze(shichang, task, "收盘点位", EVENT, MONDAY)
    assert task.left_out == 1
    assert closed.uscc not in task.pool


def test_whoever_had_the_years_visit_is_not_drawn_again(task, libraries):
    first = drawn(libraries, task)
    seen = set(SpotCheck.objects.filter(task=first, level__in="ABC").values_list("firm__uscc", flat=True))
    other = drawn(libraries, make_task("RW-2", starts_on=date(2026, 10, 9)), MONDAY + timedelta(days=7))
    again = set(SpotCheck.objects.filter(task=other).values_list("firm__uscc", flat=True))
    assert seen
    assert not seen & again, "once a year for A, B and C"
    assert all(f"spent|{uscc}\n" in other.terms for uscc in seen)
    assert not SpotCheck.objects.filter(beyond_cap=1).exists()


def test_conflicts_and_the_last_round_bar_an_inspector_without_saying_why(task, libraries):
    kin = Inspector.objects.filter(unit__key="shichang").first()
    for subject in Subject.objects.filter(credit_class="D"):
        Conflict.objects.create(inspector=kin, firm=subject.firm, reason="kin")
    task = drawn(libraries, task)
    assert not SpotCheck.objects.filter(task=task, level="D", seats__inspector=kin).exists()
    assert "kin" not in task.inspectors
    assert kin.name not in task.inspectors
    assert kin.cert_no not in task.inspectors
    sent = dict(SpotCheck.objects.filter(task=task, level="D", seats__inspector__unit__key="shichang").values_list("firm", "seats__inspector"))  # fmt: skip
    later = drawn(libraries, make_task("RW-3", ratio_d=100), MONDAY + timedelta(days=7))
    again = dict(SpotCheck.objects.filter(task=later, level="D", seats__inspector__unit__key="shichang").values_list("firm", "seats__inspector"))  # fmt: skip
    assert all(again[firm] != inspector for firm, inspector in sent.items())


def test_nobody_adds_a_firm_to_a_drawn_list(task, libraries):
    task = drawn(libraries, task)
    left = Enterprise.objects.exclude(checks__task=task).first()
    sent = {"title": "加一户", "body": "领导交办", "category": "site", "firm": left, "channel": "drawn"}
    with pytest.raises(Refused, match="只能由抽取产生"):
        cases.bring(libraries["shichang"], CHECKS, {**sent, "lead_number": "X1"})
    with pytest.raises(Refused, match="不能人工增添"):
        cases.open_case(libraries["shichang"], SpotCheck(kind="random_inspections", task=task), {**sent, "lead_number": "X1"})  # fmt: skip
    lead = cases.bring(
        libraries["shichang"], CHECKS, {**sent, "channel": "complaint", "lead_number": "12345-0914-7"}
    )
    assert lead.state == "drawn"


def test_a_recused_inspector_is_followed_by_the_next_hash_and_both_stay_visible(task, libraries, second):
    task = drawn(libraries, task)
    check = SpotCheck.objects.filter(task=task).first()
    gone = check.seats.filter(inspector__unit__key="shengtai").get()
    take(
        libraries["shengtai"],
        check,
        "ask_recusal",
        MONDAY + timedelta(days=1),
        inspector=gone.inspector.cert_no,
        recusal="employer",
        words="2023 年前在该公司任职",
    )
    with pytest.raises(Refused, match="还有申请没有审批"):
        take(libraries["shichang"], check, "notify", agreed_on=date(2026, 9, 21))
    with pytest.raises(Refused, match="与申请的内容不一致"):
        take(libraries["ducha"], check, "grant_recusal", inspector="别人", reason="属实")
    take(
        second,
        check,
        "grant_recusal",
        MONDAY + timedelta(days=2),
        inspector=gone.inspector.cert_no,
        reason="属实",
    )
    gone.refresh_from_db()
    follower = gone.replaced_by
    assert (gone.state, gone.reason) == ("recused", "employer")
    assert follower.inspector.unit.key == "shengtai", "the department keeps its seat"
    assert follower.inspector != gone.inspector
    with pytest.raises(Refused, match="没有派出这个证号"):
        take(
            libraries["shengtai"],
            check,
            "ask_recusal",
            inspector=gone.inspector.cert_no,
            recusal="kin",
            words="再来",
        )
        take(second, check, "grant_recusal", inspector=gone.inspector.cert_no, reason="再来")


def test_a_problem_is_published_in_time_put_right_and_followed_up(task, libraries, second):
    task = drawn(libraries, task)
    check = SpotCheck.objects.filter(task=task).first()
    shichang = libraries["shichang"]
    found = {"SC-01": ("1", ""), "ST-01": ("5", "台账缺失两个月，已责令改正")}
    with pytest.raises(Refused, match="请写明情况"):
        checks.fill_in_sheet(shichang, take(shichang, check, "notify", MONDAY + timedelta(days=1), agreed_on=date(2026, 9, 21)), {"ST-01": ("5", "")})  # fmt: skip
    check = SpotCheck.objects.get(pk=check.pk)
    assert check.state == "notified"
    with pytest.raises(Refused, match="手机号"):
        checks.fill_in_sheet(shichang, check, {"ST-01": ("5", "负责人 13800001234 已签收")})
    with pytest.raises(Refused, match="还有事项没有录入结果：ST-01"):
        checks.fill_in_sheet(shichang, check, {"SC-01": ("1", "")}, {"checked_on": date(2026, 9, 21), "signature": "signed"})  # fmt: skip
    check = checks.fill_in_sheet(
        shichang, check, found, {"checked_on": date(2026, 9, 21), "signature": "signed"}
    )
    assert (check.state, check.outcome, check.checked_on) == ("recorded", "5", date(2026, 9, 21))
    assert check.due_on == date(2026, 10, 26), (
        "20 working days over Mid-Autumn and the National Day, two Saturdays worked"
    )
    with pytest.raises(PermissionDenied):
        take(shichang, check, "review")
    check = take(second, check, "review", datetime(2026, 9, 22, 10, tzinfo=CHINA))
    check = take(shichang, check, "publish", datetime(2026, 9, 28, 10, tzinfo=CHINA))
    assert (check.published_on, check.was_late) == (date(2026, 9, 28), False)
    with pytest.raises(Refused, match="须先后续处理"):
        take(shichang, check, "close")
    check = checks.ask_correction(shichang, check, {"ST-01": ("7", "")}, "经复核该企业已停产")
    check = checks.grant_correction(second, check, "同意")
    assert check.outcome == "1", "the gravest of what stands now"
    rows = check.findings.filter(item__code="ST-01").order_by("pk")
    assert [(row.conclusion, row.corrects) for row in rows] == [("5", ""), ("7", "同意")]
    check = take(shichang, check, "close")
    assert check.state == "closed"


def test_an_unreachable_firm_goes_to_the_list_in_ten_working_days(task, libraries, second):
    task = drawn(libraries, task)
    check = visited(
        libraries,
        second,
        SpotCheck.objects.filter(task=task).first(),
        {"SC-01": ("4", "登记地址为空地"), "ST-01": ("4", "登记地址为空地")},
    )
    at = datetime(2026, 9, 28, 10, tzinfo=CHINA)
    check = take(libraries["shichang"], check, "publish", at)
    with pytest.raises(Refused, match="列入异常名录"):
        take(libraries["shichang"], check, "follow_up", measure="reinspect")
    check = take(libraries["shichang"], check, "list_abnormal", at)
    assert (check.state_due_at - timedelta(seconds=1)).astimezone(CHINA).date() == date(2026, 10, 16)
    check = take(libraries["shichang"], check, "resolve", document="云市监异〔2026〕12号", words="已列入")
    assert check.state == "closed"


def test_a_lead_needs_its_number_two_named_inspectors_and_counts_against_the_cap(task, libraries, second):
    task = drawn(libraries, task)
    firm = SpotCheck.objects.filter(task=task, level="B").first().firm
    desk = libraries["shichang"]
    check = cases.bring(
        desk, CHECKS,
        {"title": "举报虚假公示", "body": "举报", "category": "site", "level": "B", "firm": firm, "channel": "complaint", "lead_number": "T-7", "division": firm.division},
        MONDAY + timedelta(days=1),
    )  # fmt: skip
    at = MONDAY + timedelta(days=1)
    check = take(desk, check, "assign", at, lead=Unit.objects.get(key="shichang"), items=["SC-01"])
    assert check.beyond_cap == 1
    with pytest.raises(Refused, match="不得少于两人"):
        take(desk, check, "notify", agreed_on=date(2026, 9, 21))
    a, b = Inspector.objects.filter(unit__key="shichang")[:2]
    Conflict.objects.create(inspector=b, firm=firm, reason="interest")
    take(desk, check, "fill_seat", at, inspector=a.cert_no, reason="值班")
    with pytest.raises(Refused, match="回避关系"):
        take(desk, check, "fill_seat", at, inspector=b.cert_no, reason="值班")
    b.conflicts.all().delete()
    take(desk, check, "fill_seat", at, inspector=b.cert_no, reason="值班")
    assert take(desk, check, "notify", at, agreed_on=date(2026, 9, 21)).state == "notified"


def test_a_draw_covers_its_divisions(task, libraries):
    top = Division.objects.get(code="990100")
    for division in (top, *Division.objects.filter(parent=top, is_zone=False)):
        Coverage.objects.create(plan=task.plan, division=division, planned_on=date(2026, 1, 20))
    drawn(libraries, task)
    covered = set(Coverage.objects.exclude(drawn_on=None).values_list("division__code", flat=True))
    assert covered == {"990100", "990102", "990103"}


def test_a_long_list_is_sent_out_by_a_job_that_may_run_twice(client, task, libraries, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE_MOST", 3)
    task = drawn(libraries, task)
    assert not task.checks.exists(), "drawn, not yet sent"
    client.force_login(libraries["shichang"])
    assert "0 / 18 户" in client.get(f"/random_inspections/tasks/{task.pk}/").content.decode()
    waiting = Job.objects.get(kind__endswith="send_all")
    assert sending.send_all(Progress(waiting), waiting.by, task=task.pk) == {"sent": 18}
    assert sending.send_all(Progress(waiting), waiting.by, task=task.pk) == {"sent": 0}
    assert [check.firm.uscc for check in task.checks.order_by("pk")] == [
        line.split("|")[0] for line in task.result.splitlines()
    ]
    assert {check.received_at for check in task.checks.all()} == {task.drawn_at}
