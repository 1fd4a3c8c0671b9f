"""The only writers of runs, objections and marks.

初评 → 公示 (notice of so many working days, objections) → 定案 (sealed by another person) → 发布. A sealed run stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone

from luodi.assessment import permission as may
from luodi.assessment.keeping import (
    entries_of,
    fingerprint,
    last_results,
    points_of,
    rows_of,
    scheme_of_run,
    with_corrections,
    with_marks,
)
from luodi.assessment.kinds import SchemeKind, scheme_kind
from luodi.assessment.models import Mark, Objection, Result, Run
from luodi.assessment.schemes import Entry, Scheme, faults, scheme_of, score
from luodi.kernel.action import Refused, action
from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import Period, Unit
from luodi.kernel.models import Person
from luodi.kernel.rulesets import NoRuleset, ruleset_by_id

State = Run.State
SEALED = (State.FINAL, State.PUBLISHED)
_BATCH = 500


@action("assessment.score", may=lambda by, kind: may.scores(by, kind))
def score_run(by: Person, kind: SchemeKind, period: date) -> Run:
    """Score a period anew; an earlier 初评 of it is replaced. Refused while a notice runs or once it is sealed."""
    before = Run.objects.filter(code=kind.code, period=period).exclude(state=State.REPLACED)
    if standing := before.exclude(state=State.DRAFT).first():
        raise Refused(
            "{when}的结果已{state}，不能重新初评；有误请走异议更正。",
            when=kind.when(period),
            state=standing.get_state_display(),
        )
    try:
        rules = kind.in_force(period)
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing
    scheme = scheme_of(rules.document, rules.verified, rules.values)
    last = last_run(kind.code, period)
    confirmed = Mark.objects.filter(code=kind.code, period=period, state=Mark.State.APPROVED)
    entries = with_marks(kind.gather(period, scheme), confirmed)
    if not entries:
        raise Refused(
            "{when}还没有参评的{called}，请先录入或导入数据。", when=kind.when(period), called=kind.called
        )
    if found := faults(scheme, {entry.group for entry in entries}, kind.own_targets):
        raise Refused("方案还不能用：" + "".join(found))
    before.update(state=State.REPLACED)
    run = Run(code=kind.code, period=period, ruleset_id=rules.id, cut_off=timezone.now(), by=by, last=last)
    return _kept(run, scheme, entries)


def last_run(code: str, period: date) -> Run | None:
    """The sealed run of the period before that was sealed."""
    rows = Run.objects.filter(code=code, period__lt=period, state__in=SEALED)
    return rows.order_by("-period", "-version").first()


def _kept(run: Run, scheme: Scheme, entries: list[Entry]) -> Run:
    """Score, number and keep: the run with its results and fingerprint."""
    last = last_results(run.last)
    newest = Run.objects.filter(code=run.code, period=run.period).aggregate(n=Max("version"))["n"]
    run.version = (newest or 0) + 1
    known = [_with_last(entry, last.get(entry.key)) for entry in entries]
    rows = rows_of(score(scheme, known), run, last)
    run.hash = fingerprint(ruleset_by_id(run.ruleset_id), run, rows)
    run.save()
    Result.objects.bulk_create(rows, batch_size=_BATCH)
    return run


def _with_last(entry: Entry, last: Result | None) -> Entry:
    return entry if last is None else replace(entry, last_points=points_of(last))


@action("assessment.notice", may=may.scores)
def open_notice(by: Person, run: Run, on: date | None = None) -> Run:
    """Put the result up for objections: the scheme's number of working days, the first being the next one."""
    run = _locked(run)
    if run.state != State.DRAFT:
        raise Refused("这一版已{state}，不能再公示。", state=run.get_state_display())
    today = on or timezone.localdate()
    days = scheme_of_run(run).notice_days
    run.state, run.notice_from = State.NOTICE, today
    run.notice_until = clock_in_force(on=today).last_day(today, Period(days, Unit.WORK_DAY))
    run.save(update_fields=["state", "notice_from", "notice_until"])
    return run


@action("assessment.object", may=may.objects)
def object_to(
    by: Person,
    result: Result,
    indicator: str,
    says: str,
    claimed: Decimal | None = None,
    on: date | None = None,
) -> Objection:
    """Object to one figure while the notice runs."""
    run = result.run
    if not run.takes_objections(on or timezone.localdate()):
        raise Refused("不在公示期内，不能提出异议。")
    if not says.strip():
        raise Refused("请写明异议的理由和依据。")
    item = result.points.get(indicator)
    if item is None:
        raise Refused("请选择有异议的指标。")
    if result.objections.filter(indicator=indicator, state=Objection.State.OPEN).exists():
        raise Refused("“{title}”已有一件异议待复核。", title=item["title"])
    old = result.values.get(indicator, {}).get("value")
    return Objection.objects.create(
        result=result, indicator=indicator, title=item["title"], old=None if old is None else Decimal(old),
        claimed=claimed, says=says.strip(), by=by,
    )  # fmt: skip


@action("assessment.decide", may=may.decides)
def decide(
    by: Person, objection: Objection, is_upheld: bool, opinion: str, new: Decimal | None = None
) -> Objection:
    """Another person says whether the objection holds, and the figure that is right if it does."""
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.state != Objection.State.OPEN:
        raise Refused("这件异议已经复核过了。")
    if not opinion.strip():
        raise Refused("请写明复核意见。")
    if is_upheld and new is None:
        raise Refused("异议成立的，请填写更正后的数。")
    if is_upheld and new == objection.old:
        raise Refused("更正后的数和原数相同；不成立的请选“不成立”。")
    objection.state = Objection.State.UPHELD if is_upheld else Objection.State.REJECTED
    objection.new, objection.opinion = new if is_upheld else None, opinion.strip()
    objection.decided_by, objection.decided_at = by, timezone.now()
    objection.save()
    return objection


@action("assessment.seal", may=may.seals)
def seal(by: Person, run: Run, on: date | None = None) -> Run:
    """定案 by another person than the one who scored, after the notice, with every objection decided.

    Upheld objections give a new version, scored with the corrected figures; the version put up stays as it was.
    """
    run = _locked(run)
    if run.state != State.NOTICE:
        raise Refused("这一版是{state}，公示期满才能定案。", state=run.get_state_display())
    if run.notice_until is not None and (on or timezone.localdate()) <= run.notice_until:
        raise Refused("公示到 {notice_until} 为止，期满才能定案。", notice_until=run.notice_until)
    objections = Objection.objects.filter(result__run=run).select_related("result")
    if waiting := objections.filter(state=Objection.State.OPEN).count():
        raise Refused("还有 {waiting} 件异议没有复核，不能定案。", waiting=waiting)
    final = _corrected(run, list(objections.filter(state=Objection.State.UPHELD)))
    final.state, final.sealed_by, final.sealed_at = State.FINAL, by, timezone.now()
    final.save(update_fields=["state", "sealed_by", "sealed_at"])
    return final


def _corrected(run: Run, upheld: list[Objection]) -> Run:
    if not upheld:
        return run
    entries = with_corrections(entries_of(run), upheld)
    new = Run(
        code=run.code, period=run.period, ruleset_id=run.ruleset_id, cut_off=run.cut_off, by=run.by, last=run.last,
        corrects=run, notice_from=run.notice_from, notice_until=run.notice_until,
    )  # fmt: skip
    new = _kept(new, scheme_of_run(run), entries)
    run.state = State.REPLACED
    run.save(update_fields=["state"])
    return new


@action("assessment.publish", may=may.scores)
def publish(by: Person, run: Run) -> Run:
    run = _locked(run)
    if run.state != State.FINAL:
        raise Refused("定案之后才能发布。")
    run.state = State.PUBLISHED
    run.save(update_fields=["state"])
    return run


@action("assessment.mark", may=lambda by, kind: may.scores(by, kind))
def mark(by: Person, kind: SchemeKind, period: date, values: Mapping[str, Any]) -> Mark:
    """Note what adds, takes or decides; `values`: key, name, rule, count, document, reason."""
    scheme = kind.scheme(period)
    titles = {each.key: each.title for each in (*scheme.adjustments, *scheme.vetoes)}
    if values.get("rule") not in titles:
        raise Refused("请选择方案里列出的加减分或否决事项。")
    if not str(values.get("document", "")).strip():
        raise Refused("请写明依据的文件或通报。")
    if Run.objects.filter(code=kind.code, period=period, state__in=SEALED).exists():
        raise Refused("{when}已经定案，不能再记加减分。", when=kind.when(period))
    return Mark.objects.create(
        code=kind.code, period=period, author=by, title=titles[values["rule"]],
        **{name: values[name] for name in ("key", "name", "rule", "document")},
        count=values.get("count") or 1, reason=str(values.get("reason", ""))[:200],
    )  # fmt: skip


@action("assessment.confirm_mark", may=may.confirms)
def confirm_mark(by: Person, found: Mark, is_right: bool, opinion: str = "") -> Mark:
    """A second person confirms or declines a mark; declining asks for an opinion."""
    found = Mark.objects.select_for_update().get(pk=found.pk)
    if not found.is_waiting:
        raise Refused("这一条已经办理过了。")
    if not is_right and not opinion.strip():
        raise Refused("退回请写明意见。")
    found.state = Mark.State.APPROVED if is_right else Mark.State.DECLINED
    found.decided_by, found.decided_at, found.opinion = by, timezone.now(), opinion.strip()[:200]
    found.save()
    return found


def kind_of(run: Run) -> SchemeKind:
    return scheme_kind(run.code)


def _locked(run: Run) -> Run:
    return Run.objects.select_for_update().select_related("last").get(pk=run.pk)
