"""Applications, checks and the end of a line: 申请调整, 转办, 挂账, 申请销号, 核实, 销号."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from luodi.commitments import life
from luodi.commitments.actions.ledger import send_receipts
from luodi.commitments.history import edit
from luodi.commitments.intake import Units
from luodi.commitments.models import Application, Assignment, Check, Commitment
from luodi.commitments.permission import edits_ledger, leads
from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.reading.forms import target_in_words
from luodi.reading.forms.wording import PERIODS

Kind = Application.Kind
CHANGES = {"text": "任务文字", "deadline": "完成时限"}


@action("commitments.apply", may=leads)
def apply_for(
    by: Person, line: Commitment, kind: str, reason: str, field: str = "", new: str = ""
) -> Application:
    """The lead unit asks: to close (`kind` close), to change a `field`, to hand over, or to suspend the line.

    `new` is the wanted value as typed: words, a date (2026-10-31), a figure, a unit's name, or a review date.
    """
    if kind not in Kind.values:
        raise Refused("没有这种申请。")
    if not reason.strip():
        raise Refused("请写明理由或完成情况。")
    if line.same_as_id:
        raise Refused("这项任务已并入另一项，请在那一项里办理。")
    key = field if kind == Kind.ADJUST else ""
    if line.applications.filter(kind=kind, field=key, state=Application.State.OPEN).exists():
        raise Refused("同样的申请已经提交，正在等待审批。")
    application = Application(commitment=line, kind=kind, field=key, reason=reason.strip()[:1000], by=by)
    if kind == Kind.CLOSE:
        life.expect(line, "apply")
        if not evidence.of(line).exists():
            raise Refused("没有佐证，不能申请销号：请先上传证明完成的文件或照片。")
        life.take(by, line, "apply", note=reason.strip())
    elif line.state not in life.OWED:
        raise Refused("这项任务现在是“{state}”，不能提出这种申请。", state=line.get_state_display())
    else:
        application.what, application.old, application.new = _wanted(line, kind, key, new.strip())
        if application.old == application.new:
            raise Refused("申请的新值和现在的一样。")
    application.save()
    return application


@action("commitments.withdraw", may=leads)
def withdraw(by: Person, line: Commitment, application: Application) -> Commitment:
    """Take back an application that nobody has decided."""
    _is_open(line, application)
    if application.kind == Kind.CLOSE:
        life.take(by, line, "withdraw")
    _decided(by, application, Application.State.WITHDRAWN, "")
    return line


@action("commitments.decide", may=edits_ledger)
def decide(
    by: Person, line: Commitment, application: Application, approve: bool, opinion: str = ""
) -> Commitment:
    """Grant an application and carry it out, or refuse it with an opinion. Closing is decided by `verify`."""
    _is_open(line, application)
    if application.kind == Kind.CLOSE:
        raise Refused("销号申请要经过核实来决定。")
    if not approve and not opinion.strip():
        raise Refused("不同意请写明意见。")
    if approve:
        _carry_out(by, line, application)
    _decided(by, application, Application.State.APPROVED if approve else Application.State.REFUSED, opinion)
    return line


@action("commitments.check", may=edits_ledger)
def check(
    by: Person,
    line: Commitment,
    kind: str,
    on: date,
    findings: str,
    place: str = "",
    holds: bool | None = None,
) -> Check:
    """Record what was seen on site, in papers or heard from citizens; possible at any time after issue."""
    if kind not in Check.Kind.values:
        raise Refused("请选择核实的方式。")
    if not findings.strip():
        raise Refused("请写明看到的情况。")
    if on > timezone.localdate():
        raise Refused("核实的日期在今天以后。")
    if kind == Check.Kind.SITE and not place.strip():
        raise Refused("现场核查请写明地点。")
    if not life.is_issued(line):
        raise Refused("任务印发以后才有核实。")
    return Check.objects.create(
        commitment=line, kind=kind, on=on, findings=findings.strip()[:1000], place=place.strip()[:120], holds=holds, by=by
    )  # fmt: skip


@action("commitments.verify", may=edits_ledger)
def verify(
    by: Person, line: Commitment, holds: bool, findings: str, kind: str = Check.Kind.PAPERS, on: date | None = None,
    place: str = "",
) -> Commitment:  # fmt: skip
    """Another person than the applicant says whether the line is done. If not, it runs on, with the findings."""
    life.expect(line, "verify")
    application = line.applications.filter(kind=Kind.CLOSE, state=Application.State.OPEN).first()
    if application is None:
        raise Refused("没有待核实的销号申请。")
    if application.by_id == by.pk:
        raise Refused("不能核实自己提出的销号申请，请另一个人来核实。")
    if holds and not evidence.of(line).exists():
        raise Refused("没有佐证，不能核实为属实。")
    check(by, line, kind, on or timezone.localdate(), findings, place, holds)
    life.take(by, line, "verify" if holds else "fail", note=findings.strip())
    state = Application.State.APPROVED if holds else Application.State.REFUSED
    _decided(by, application, state, findings)
    return line


@action("commitments.close", may=edits_ledger)
def close(by: Person, line: Commitment) -> Commitment:
    """销号: the line is over."""
    return life.take(by, line, "close")


@action("commitments.reopen", may=edits_ledger)
def reopen(by: Person, line: Commitment, reason: str) -> Commitment:
    """A closed line runs again: it rebounded, or was closed in error."""
    if not reason.strip():
        raise Refused("请写明重新办理的原因。")
    return life.take(by, line, "reopen", note=reason.strip())


@action("commitments.suspend", may=edits_ledger)
def suspend(by: Person, line: Commitment, reason: str, review_on: date) -> Commitment:
    """挂账: the line rests for a reason, and is looked at again on a day."""
    if not reason.strip():
        raise Refused("挂账请写明原因。")
    return life.take(by, line, "suspend", note=reason.strip(), review_on=_later_day(review_on))


@action("commitments.resume", may=edits_ledger)
def resume(by: Person, line: Commitment, note: str = "") -> Commitment:
    return life.take(by, line, "resume", note=note.strip(), review_on=None)


def _wanted(line: Commitment, kind: str, field: str, new: str) -> tuple[str, str, str]:
    """What is to change, its value now, and the wanted value in its proper form; refuses what can't be read."""
    if not new:
        raise Refused("请填写申请的新值。")
    if kind == Kind.SUSPEND:
        return "复核日", "", _later_day(_day(new)).isoformat()
    if kind == Kind.TRANSFER:
        units = Units()
        if units.get(new) is None:
            raise Refused("单位名录里没有：{names}。", names=new)
        return "牵头单位", line.lead.name if line.lead else "", units.called(new)
    if field == "text":
        return CHANGES[field], line.text, new
    if field == "deadline":
        return CHANGES[field], _deadline(line), _day(new).isoformat()
    target = next((each for each in line.targets.all() if field == f"target:{each.pk}"), None)
    if target is None:
        raise Refused("请选择要调整的内容。")
    old = "" if target.value is None else f"{target.value.normalize():f}"
    return f"{target_in_words(target)[:200]}", old, f"{_figure(new).normalize():f}"


def _carry_out(by: Person, line: Commitment, application: Application) -> None:
    kind, field, new = application.kind, application.field, application.new
    if kind == Kind.SUSPEND:
        life.take(by, line, "suspend", note=application.reason, review_on=date.fromisoformat(new))
        return
    with edit(
        line.document, by, f"经批准调整{application.what[:60]}：{application.old[:40]} → {new[:60]}", [line]
    ):
        if kind == Kind.TRANSFER:
            _hand_over(line, new)
        elif field == "text":
            line.text = new
            line.save(update_fields=["text"])
        elif field == "deadline":
            line.deadline = date.fromisoformat(new)
            line.save(update_fields=["deadline"])
        else:
            target = line.targets.get(pk=field.removeprefix("target:"))
            target.value = Decimal(new)
            target.save(update_fields=["value"])


def _hand_over(line: Commitment, name: str) -> None:
    """The new unit leads; the old one is out of it, and the new one is asked to sign."""
    unit = Units().get(name)
    if unit is None:
        raise Refused("单位名录里没有：{names}。", names=name)
    line.assignments.filter(role=Assignment.Role.LEAD).delete()
    line.assignments.filter(name=unit.called).delete()
    Assignment.objects.create(
        commitment=line, unit=unit, name=unit.called, role=Assignment.Role.LEAD, accepted=True
    )
    send_receipts(line)


def _is_open(line: Commitment, application: Application) -> None:
    if application.commitment_id != line.pk or application.state != Application.State.OPEN:
        raise Refused("这份申请已经有了结果。")


def _decided(by: Person, application: Application, state: str, opinion: str) -> None:
    application.state, application.opinion = state, opinion.strip()[:400]
    application.decided_by, application.decided_at = by, timezone.now()
    application.save()


def _deadline(line: Commitment) -> str:
    return line.deadline.isoformat() if line.deadline else PERIODS.get(line.horizon, "全年")  # type: ignore[call-overload]


def _day(printed: str) -> date:
    try:
        return date.fromisoformat(printed)
    except ValueError as error:
        raise Refused("“{printed}”不是日期，请写成 2026-10-31。", printed=printed) from error


def _later_day(day: date) -> date:
    if day <= timezone.localdate():
        raise Refused("复核日要在今天以后。")
    return day


def _figure(printed: str) -> Decimal:
    try:
        value = Decimal(printed)
    except InvalidOperation as error:
        raise Refused("“{printed}”不是数字。", printed=printed) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise Refused("“{printed}”超出了可以记录的范围。", printed=printed)
    return value
