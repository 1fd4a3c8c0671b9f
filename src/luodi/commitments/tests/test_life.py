"""A year of a commitment: issued, signed, reported on, checked and closed, by the people who do it."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image, ImageDraw

from luodi.commitments import actions, intake, life
from luodi.commitments.due import due_from
from luodi.commitments.history import snapshot
from luodi.commitments.models import Application, Commitment, Edit, Node, ProgressReport, Receipt
from luodi.commitments.periods import span_of
from luodi.commitments.versions import amendments, issued_values
from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.jobs import Progress
from luodi.kernel.models import AuditEntry
from luodi.workbench.inbox import answered

PLAN = """云川市2026年工作要点
一、扩大有效投资
（一）抓项目促投资。全年开工重点项目35个以上。6月底前建成澄岚大桥，抓好项目前期工作。
（二）精准招商引资。引进市外到位资金120亿元以上，建立“三个一批”项目清单台账。
"""
State = Commitment.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(city):
    return city["ducha"]


@pytest.fixture
def plan(officer):
    document, _ = intake.deliver_text(officer, PLAN)
    intake.read_document(Progress(document.job), officer, document.pk)
    document.refresh_from_db()
    return document


@pytest.fixture
def issued(plan, officer, city):
    """Every line is led by the commission of development and issued; the bridge has 住建 beside it."""
    for line in plan.commitments.all():
        support = ["市住建局"] if "大桥" in line.text else []
        actions.assign(officer, line, ["市发展改革委"], support)
        actions.confirm(officer, line)
    actions.issue(officer, plan, "云政办发〔2026〕1号")
    return plan


@pytest.fixture
def bridge(issued):
    return issued.commitments.get(text__contains="大桥")


@pytest.fixture
def running(bridge, city):
    actions.sign(city["fagai"], bridge, leader="副主任", office="投资科")
    actions.sign(city["zhujian"], bridge)
    actions.send_report(city["fagai"], bridge, this_month(), {"facts": "主塔封顶，合龙段开始架设。"})
    return again(bridge)


def owed(person, kind):
    """What is due today of one kind."""
    return [
        due for due in answered(due_from(person, timezone.localdate())) if due.kind == f"commitments.{kind}"
    ]


def again(line):
    return Commitment.objects.get(pk=line.pk)


def this_month(months_back=0):
    span = span_of(timezone.localdate(), "month", 5)
    for _ in range(months_back):
        span = span_of(span.start - timedelta(days=1), "month", 5)
    return span


PROOF = ("合龙.txt", "11月20日合龙，照片见后。".encode())


# ---- the machine itself


def test_every_state_is_reached_from_a_draft_and_none_but_closed_is_an_end():
    reached, waiting = set(), {State.DRAFT}
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting |= {step.end for step in life.LIFE.values() if state in step.start} - reached
    assert reached == set(State.values)
    ends = {state for state in State.values if all(state not in step.start for step in life.LIFE.values())}
    assert ends == set()
    assert {step.end for step in life.LIFE.values() if State.CLOSED in step.start} == {State.RUNNING}


def test_a_step_out_of_order_is_refused_with_the_state_it_needs(issued, officer):
    line = issued.commitments.first()
    with pytest.raises(Refused, match="现在是“已印发”，不能销号；要在“已核实”时才行"):
        actions.close(officer, line)


def test_two_people_who_take_a_step_at_once_take_it_once(running, officer, city):
    actions.suspend(officer, running, "等待通航批复", timezone.localdate() + timedelta(days=30))
    stale = again(running)
    stale.state = State.RUNNING
    with pytest.raises(Refused, match="刚刚被别人改动"):
        life.take(officer, stale, "suspend")


# ---- 印发


def test_issuing_freezes_a_numbered_version(issued, officer):
    first = issued.issues.get()
    assert (first.number, first.reference, len(first.lines)) == (
        1,
        "云政办发〔2026〕1号",
        issued.commitments.count(),
    )
    assert {line["lead"] for line in first.lines} == {"市发展改革委"}
    assert set(issued.commitments.values_list("state", flat=True)) == {State.ISSUED}
    with pytest.raises(Refused, match="没有新的内容可以印发"):
        actions.issue(officer, issued)


def test_a_line_without_a_lead_is_not_issued(plan, officer):
    line = plan.commitments.first()
    actions.confirm(officer, line)
    with pytest.raises(Refused, match="还没有核定牵头单位"):
        actions.issue(officer, plan)


def test_a_later_change_is_an_amendment_with_both_values(issued, officer, bridge):
    issue = issued.issues.get()
    assert amendments(issue) == []
    actions.set_deadline(officer, bridge, date(2026, 9, 30))
    (change,) = amendments(issue)
    assert (change.line, change.issued, change.now) == (bridge.pk, "2026-06-30", "2026-09-30")
    second = actions.issue(officer, issued)
    assert second.number == 2
    assert amendments(second) == []
    assert len(amendments(issue)) == 1
    assert issued_values(bridge)["deadline"] == "2026-09-30"


@pytest.mark.parametrize(
    "change",
    [
        lambda by, line: actions.drop_line(by, line),
        lambda by, line: actions.split(by, line, line.start + 4),
        lambda by, line: actions.respan(by, line, line.start, line.end - 1),
        lambda by, line: actions.confirm(by, line, False),
        lambda by, line: actions.undo_edit(by, Edit.objects.filter(touched__line=line.pk).first()),
    ],
)
def test_what_was_issued_stands(bridge, officer, change):
    before = snapshot([bridge.pk])
    with pytest.raises(Refused):
        change(officer, bridge)
    assert snapshot([bridge.pk]) == before


def test_undoing_a_change_keeps_what_points_to_the_line(plan, officer):
    line, other = plan.commitments.all()[:2]
    Commitment.objects.filter(pk=other.pk).update(earlier=line)
    actions.reword(officer, line, "换一种说法")
    actions.undo_edit(officer, Edit.objects.first())
    assert again(other).earlier_id == line.pk


# ---- 签收


def test_a_line_is_accepted_when_each_of_its_units_has_signed(bridge, city):
    actions.sign(city["fagai"], bridge, leader="副主任", office="投资科", handler="计长远")
    assert again(bridge).state == State.ISSUED
    actions.sign(city["zhujian"], bridge)
    assert again(bridge).state == State.ACCEPTED


def test_the_people_of_a_unit_are_typed_once(issued, city):
    first, second = issued.commitments.exclude(text__contains="大桥")[:2]
    actions.sign(city["fagai"], first, leader="副主任", office="投资科", handler="计长远")
    actions.sign(city["fagai"], second)
    receipt = second.receipts.get()
    assert (receipt.leader, receipt.office, receipt.handler) == ("副主任", "投资科", "计长远")


def test_a_unit_signs_all_its_lines_at_once(issued, city):
    assert actions.sign_all(city["fagai"], issued) == issued.commitments.count()
    assert issued.commitments.filter(state=State.ACCEPTED).count() == issued.commitments.count() - 1
    with pytest.raises(Refused, match="没有等待签收"):
        actions.sign_all(city["fagai"], issued)


def test_a_unit_gives_back_what_is_not_its_own(bridge, city, officer):
    with pytest.raises(Refused, match="请写明退回的理由"):
        actions.decline(city["zhujian"], bridge, " ")
    actions.decline(city["zhujian"], bridge, "桥梁由交通部门主管")
    (due,) = owed(officer, "reassign")
    assert "市住房和城乡建设局退回：桥梁由交通部门主管" in due.what
    actions.insist(officer, bridge, bridge.receipts.get(state=Receipt.State.RETURNED), "引桥在城区，请配合")
    assert "引桥在城区" in owed(city["zhujian"], "sign")[0].note
    actions.decline(city["zhujian"], bridge, "仍不属于")
    actions.assign(officer, bridge, ["市发展改革委"], ["市交通局"])
    units = {receipt.unit.called for receipt in bridge.receipts.all()}
    assert units == {"市发展改革委", "市交通运输局"}


def test_a_foreign_unit_does_nothing(bridge, city):
    for deed in (actions.sign, lambda by, line: actions.decline(by, line, "不是我的")):
        with pytest.raises(PermissionDenied):
            deed(city["jiaoyu"], bridge)


# ---- 进展


def test_the_first_report_starts_the_line(running):
    assert running.state == State.RUNNING
    assert running.latest.facts.startswith("主塔封顶")
    assert running.latest.days_old == 0


def test_a_support_unit_reports_its_part_and_the_leads_word_stands(running, city):
    actions.send_report(city["zhujian"], running, this_month(), {"facts": "引桥路灯完成招标。"})
    assert again(running).latest.unit.called == "市发展改革委"


def test_nothing_is_reported_before_it_is_signed_or_twice(bridge, city, running):
    with pytest.raises(Refused, match="已经报送；要改请督查室退回"):
        actions.send_report(city["fagai"], running, this_month(), {"facts": "再报一次"})
    other = bridge.document.commitments.exclude(pk=bridge.pk).first()
    with pytest.raises(Refused, match="请先签收"):
        actions.send_report(city["fagai"], other, this_month(), {"facts": "开工"})


def test_a_hand_set_percentage_needs_its_reason(running, city):
    with pytest.raises(Refused, match="请写明依据"):
        actions.send_report(city["zhujian"], running, this_month(), {"facts": "完成一半", "percent": 50})


def test_contradictions_are_told_before_sending_and_kept_after(running, city):
    said = {"facts": "已经通车。", "percent": 90, "percent_why": "按里程", "is_done": True}
    with pytest.raises(Refused, match="不到 100%；报了完成，但没有任何佐证"):
        actions.send_report(city["zhujian"], running, this_month(), said)
    report = actions.send_report(city["zhujian"], running, this_month(), said, despite=True)
    assert report.doubts == ["done_not_full", "done_no_evidence"]


def test_a_returned_report_is_due_again_with_the_opinion(running, city, officer):
    report = running.latest
    actions.return_report(officer, running, report, "请写明合龙日期")
    running = again(running)
    assert running.latest is None
    (due,) = owed(city["fagai"], "rewrite")
    assert "请写明合龙日期" in due.what
    actions.send_report(city["fagai"], running, this_month(), {"facts": "11月20日合龙。"})
    assert again(running).latest == report
    assert report.commitment.reports.count() == 1


def test_a_draft_is_kept_and_counts_for_nothing(running, city):
    actions.save_report(city["zhujian"], running, this_month(1), {"facts": "写到一半"})
    report = ProgressReport.objects.get(state="draft")
    assert (report.facts, again(running).latest.period) == ("写到一半", this_month().start)


def test_a_late_report_stays_late(running, city):
    span = this_month(2)
    report = actions.send_report(city["fagai"], running, span, {"facts": "补报。"})
    assert report.is_late
    assert not running.latest.is_late


def test_the_same_photo_on_another_line_is_pointed_out(running, city, issued):
    by = city["fagai"]
    other = issued.commitments.exclude(pk=running.pk).first()
    actions.attach(by, running, *PROOF)
    actions.sign(by, other)
    actions.attach(by, other, *PROOF)
    with pytest.raises(Refused, match="佐证文件在别的任务里用过"):
        actions.send_report(by, other, this_month(), {"facts": "现场施工。"})


def picture(seed, size=(640, 480), quality=90):
    """A drawn scene, other for each seed, as a JPEG that says when it was taken."""
    random = Random(seed)
    scene = Image.new("RGB", size, (180, 210, 235))
    pen = ImageDraw.Draw(scene)
    for _ in range(14):
        x, y = random.random() * size[0], random.random() * size[1]
        shade = tuple(random.randrange(256) for _ in range(3))
        pen.rectangle(
            (x, y, x + size[0] * random.random() / 3, y + size[1] * random.random() / 3), fill=shade
        )
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:09:14 10:20:30"
    out = io.BytesIO()
    scene.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def test_the_same_shot_again_is_pointed_out_on_both_lines(running, issued, city, officer, client):
    by, other = city["fagai"], issued.commitments.exclude(pk=running.pk).first()
    shot = picture(1)
    first = actions.attach(by, running, "塔.jpg", shot, "主塔封顶")
    assert timezone.localtime(first.file.picture.taken_at).isoformat() == "2026-09-14T10:20:30+08:00"
    smaller = io.BytesIO()
    Image.open(io.BytesIO(shot)).resize((320, 240)).save(smaller, "JPEG", quality=70)
    actions.attach(by, other, "另一处.jpg", smaller.getvalue(), "另一处工地")
    client.force_login(officer)
    told = client.get(reverse("commitments:suspicions", args=[running.pk])).content.decode()
    assert "主塔封顶 · 拍于 2026-09-14 10:20" in told
    for line, sentence in ((running, "另一处工地"), (other, "主塔封顶")):
        said = client.get(reverse("commitments:suspicions", args=[line.pk])).content.decode()
        assert f"与“{sentence}”的照片几乎相同" in said
    with pytest.raises(Refused, match="佐证文件在别的任务里用过"):
        actions.sign(by, other)
        actions.send_report(by, other, this_month(), {"facts": "现场施工。"})


def test_evidence_of_a_report_is_taken_back_before_it_is_sent_and_stays_on_record(running, city):
    by = city["fagai"]
    draft = actions.save_report(by, running, this_month(1), {"facts": "封顶。"})
    piece = actions.attach(by, running, *PROOF, report=draft)
    actions.detach(by, running, piece)
    piece.refresh_from_db()
    assert (piece.withdrawn_why, evidence.of(running).exists()) == ("报送前撤回", False)
    again_piece = actions.attach(by, running, *PROOF, report=draft)
    actions.send_report(by, running, this_month(1), {"facts": "封顶。"})
    with pytest.raises(Refused, match="已经报送的佐证不能撤回"):
        actions.detach(by, running, again_piece)


def test_evidence_is_a_known_kind_of_file(running, city):
    by = city["fagai"]
    with pytest.raises(Refused, match="不是可用的佐证"):
        actions.attach(by, running, "看看.html", b"<script>")


def test_nodes_are_set_by_the_lead_and_approved_by_the_office(running, city, officer):
    by = city["fagai"]
    with pytest.raises(Refused, match="晚于任务时限"):
        actions.set_nodes(by, running, [(date(2026, 9, 30), "通车")])
    actions.set_nodes(by, running, [(date(2026, 3, 31), "主塔封顶"), (date(2026, 6, 30), "通车")])
    with pytest.raises(PermissionDenied):
        actions.judge_nodes(by, running, True)
    actions.judge_nodes(officer, running, False, "一季度节点太粗")
    assert any("太粗" in due.what for due in owed(by, "plan"))
    actions.set_nodes(by, running, [(date(2026, 3, 31), "主塔封顶，边跨合龙"), (date(2026, 6, 30), "通车")])
    actions.judge_nodes(officer, running, True)
    assert set(running.nodes.values_list("state", flat=True)) == {Node.State.APPROVED}
    assert len(owed(by, "node")) == 2
    node = running.nodes.first()
    actions.send_report(by, running, this_month(1), {"facts": "封顶。"}, reached=[node.pk])
    assert len(owed(by, "node")) == 1


# ---- 申请


def test_an_approved_adjustment_keeps_both_values(running, city, officer):
    by = city["fagai"]
    ask = actions.apply_for(by, running, "adjust", "汛期偏长，停工 40 天", "deadline", "2026-09-30")
    assert (ask.old, ask.new, again(running).deadline) == ("2026-06-30", "2026-09-30", date(2026, 6, 30))
    with pytest.raises(Refused, match="正在等待审批"):
        actions.apply_for(by, running, "adjust", "再申请", "deadline", "2026-10-31")
    actions.decide(officer, running, ask, True, "同意，不再延期")
    assert again(running).deadline == date(2026, 9, 30)
    (change,) = amendments(running.document.issues.get())
    assert (change.issued, change.now, change.decision) == ("2026-06-30", "2026-09-30", ask)


def test_a_target_is_adjusted_and_a_refusal_changes_nothing(issued, city, officer):
    by = city["fagai"]
    actions.sign_all(by, issued)
    line = issued.commitments.get(text__contains="到位资金")
    target = line.targets.get()
    ask = actions.apply_for(by, line, "adjust", "两个项目落户外地", f"target:{target.pk}", "100")
    with pytest.raises(Refused, match="不同意请写明意见"):
        actions.decide(officer, line, ask, False)
    actions.decide(officer, line, ask, False, "目标不降")
    target.refresh_from_db()
    assert (target.value, ask.state) == (120, Application.State.REFUSED)


def test_a_line_is_handed_to_another_unit_which_signs_it(running, city, officer):
    ask = actions.apply_for(city["fagai"], running, "transfer", "职能划转", new="市交通局")
    actions.decide(officer, running, ask, True)
    line = again(running)
    assert line.lead.name == "市交通运输局"
    assert line.receipts.get(unit=line.lead.unit).state == Receipt.State.WAITING
    with pytest.raises(PermissionDenied):
        actions.apply_for(city["fagai"], line, "suspend", "不再牵头", new="2027-01-31")


def test_a_line_rests_and_comes_back_on_its_review_day(running, city, officer):
    soon = timezone.localdate() + timedelta(days=5)
    ask = actions.apply_for(city["fagai"], running, "suspend", "等待通航批复", new=soon.isoformat())
    actions.decide(officer, running, ask, True)
    line = again(running)
    assert (line.state, line.review_on) == (State.SUSPENDED, soon)
    assert [due.by for due in owed(officer, "review")] == [soon]
    assert all(due.about != line.text for due in answered(due_from(city["fagai"], timezone.localdate())))
    actions.resume(officer, line, "批复已到")
    assert (again(line).state, again(line).review_on) == (State.RUNNING, None)


# ---- 销号


@pytest.fixture
def applied(running, city):
    by = city["fagai"]
    with pytest.raises(Refused, match="没有佐证，不能申请销号"):
        actions.apply_for(by, running, "close", "大桥通车")
    actions.attach(by, running, *PROOF, "合龙现场")
    actions.apply_for(by, running, "close", "大桥已于11月20日通车")
    return again(running)


def test_another_person_verifies_and_the_line_is_closed(applied, city, officer):
    assert applied.state == State.CLOSING
    assert any(due.about == applied.text for due in owed(officer, "verify"))
    actions.verify(officer, applied, True, "现场可见通车", "site", place="澄岚大桥北岸")
    assert again(applied).state == State.VERIFIED
    actions.close(city["ducha2"], again(applied))
    assert again(applied).state == State.CLOSED
    steps = list(applied.steps.values_list("step", flat=True))
    assert steps == ["issue", "accept", "start", "apply", "verify", "close"]


def test_nobody_verifies_what_they_applied_for(applied, officer, city):
    Application.objects.filter(commitment=applied).update(by=officer)
    with pytest.raises(Refused, match="请另一个人来核实"):
        actions.verify(officer, applied, True, "属实")


def test_what_does_not_hold_runs_on_with_the_findings(applied, city, officer):
    actions.verify(officer, applied, False, "引桥尚未完工", "site", place="南岸")
    line = again(applied)
    assert line.state == State.RUNNING
    assert line.applications.get().opinion == "引桥尚未完工"
    assert line.checks.get().holds is False


def test_a_closed_line_runs_again_for_a_reason(applied, officer):
    actions.verify(officer, applied, True, "属实")
    line = actions.close(officer, again(applied))
    with pytest.raises(Refused, match="请写明重新办理的原因"):
        actions.reopen(officer, line, "")
    actions.reopen(officer, line, "引桥沉降")
    assert again(line).state == State.RUNNING


# ---- several papers, several years


def test_one_thing_asked_by_two_papers_is_one_line(running, officer, city):
    other_paper, _ = intake.deliver_text(
        officer, "云川市2026年民生实事\n一、交通。\n建成澄岚大桥，方便群众出行。"
    )
    intake.read_document(Progress(other_paper.job), officer, other_paper.pk)
    other = other_paper.commitments.first()
    actions.join(officer, running, other)
    actions.add_source(
        officer, running, "instruction", "市长批示", "云督批〔2026〕8号", date(2026, 5, 6), "抓紧通车"
    )
    kinds = [source.kind for source in running.sources.all()]
    assert kinds == ["plan", "instruction"]
    assert again(other).same_as == running
    with pytest.raises(Refused, match="不能合并"):
        actions.join(officer, running, again(other))


def test_a_line_carries_on_one_of_an_earlier_year(running, officer):
    next_year, _ = intake.deliver_text(officer, "云川市2027年工作要点\n一、交通。\n完善澄岚大桥配套路网。")
    intake.read_document(Progress(next_year.job), officer, next_year.pk)
    line = Commitment.objects.get(document=next_year)
    actions.link_earlier(officer, line, running)
    assert running.later.get() == line
    with pytest.raises(Refused, match="年度要早于"):
        actions.link_earlier(officer, running, line)


# ---- the trail


def test_each_deed_has_its_entry_in_the_log(applied, officer):
    names = set(
        AuditEntry.objects.filter(subject=f"commitments.commitment:{applied.pk}").values_list(
            "action", flat=True
        )
    )
    assert {"commitments.sign", "commitments.send_report", "commitments.attach", "commitments.apply"} <= names


def test_a_missed_report_is_due_with_its_day(running, city, settings):
    """Issued two months ago, reported only this month: the month before this one is due since the 5th."""
    started = datetime.combine(this_month(2).start, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    running.receipts.update(sent_at=started)
    (due,) = owed(city["fagai"], "report")
    assert due.by == this_month(1).due_on
    assert "此前还有 1 期没有报" in due.note
