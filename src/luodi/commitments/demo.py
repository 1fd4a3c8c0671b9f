"""A year in the ledger of the demonstration city: its 2026 plan issued in January, reported on each month, partly closed.

Synthetic and seeded: the same city has the same year. Written in bulk, by the rules that `actions` keep (tests hold
it to them), since ten months of some 300 lines through single actions would keep a newcomer waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from luodi.commitments import actions, demo_words, life
from luodi.commitments.doubts import Said, doubts
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import (
    Application,
    Assignment,
    Check,
    Commitment,
    Document,
    Issue,
    Node,
    ProgressReport,
    Rating,
    Receipt,
    Source,
    StateChange,
)
from luodi.commitments.periods import Span, ended
from luodi.commitments.versions import frozen
from luodi.kernel import audit
from luodi.kernel import evidence as evidences
from luodi.kernel.models import Evidence, Person, Posting, Role, Unit

State = Commitment.State
ISSUED_ON = date(2026, 1, 20)
LAST_DAY = date(2026, 11, 24)
"""The demonstration's year ends here: what comes later is for the person who tries it."""
SLOW_UNITS = {"shuili": 3, "wenlv": 1, "guozi": 1, "songpi": 2}
"""Units that miss their last reports, by how many."""


@dataclass(eq=False)
class Year:
    """One line's year as it is made up: its people, its facts, its end."""

    line: Commitment
    by: Person
    random: Random
    end: str = State.RUNNING
    steps: list[StateChange] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)


@transaction.atomic
def live_through_2026(document: Document, office: tuple[Person, Person], today: date | None = None) -> None:
    """Fill the year of one document; `office` are two people of the supervision office, since one may not do it all."""
    today = min(today or timezone.localdate(), LAST_DAY)
    settle_units(document)
    liaisons = liaisons_of(document)
    document.commitments.update(state=State.ISSUED)
    issue = Issue(
        document=document, number=1, reference="云政办发〔2026〕2号", at=_at(ISSUED_ON, 10), by=office[0]
    )
    issue.lines = frozen(ledger_of(document))
    issue.save()

    rows = document.commitments.prefetch_related("targets", "projects", "assignments__unit").order_by("start")
    lines = [line for line in rows if line.lead]
    years = [Year(line, liaisons[line.lead.unit_id], Random(f"2026-{at}")) for at, line in enumerate(lines)]
    choose_ends(years, today)
    sign(years, liaisons, office[0])
    spans = list(ended(ISSUED_ON, today, document.report_every, document.report_day))
    for year in years:
        report_each_month(year, spans)
    ProgressReport.objects.bulk_create(report for year in years for report in year.reports)
    set_nodes(years, today)
    close_lines(years, office)
    StateChange.objects.bulk_create(step for year in years for step in year.steps)
    for year in years:
        sent = [each for each in year.reports if each.state == ProgressReport.State.SENT]
        year.line.latest = sent[-1] if sent else None
    Commitment.objects.bulk_update(lines, ["state", "latest", "review_on"])
    ask_for_changes(years, office[0])
    other_papers(years, office[0])
    let_citizens_speak(years, office[0])
    audit.record(
        None, "demo.year", document, {"lines": len(lines), "reports": sum(len(y.reports) for y in years)}
    )


def settle_units(document: Document) -> None:
    """The best suggestion leads, sure ones support; what nobody was suggested for goes to the government office."""
    last_resort = Unit.objects.get(key="zhengfuban")
    accepted, missing = [], []
    for line in document.commitments.prefetch_related("assignments"):
        known = [each for each in line.assignments.all() if each.unit_id]
        leads = sorted((each for each in known if each.role == "lead"), key=lambda each: -(each.score or 0))
        if leads:
            accepted.append(leads[0].pk)
        else:
            missing.append(
                Assignment(
                    commitment=line, unit=last_resort, name=last_resort.called, role="lead", accepted=True
                )
            )
        accepted += [each.pk for each in known if each.role == "support" and (each.score or 0) >= 0.2][:2]
    Assignment.objects.filter(pk__in=accepted).update(accepted=True)
    names = set(
        Assignment.objects.filter(name=last_resort.called, commitment__document=document).values_list(
            "commitment", flat=True
        )
    )
    Assignment.objects.bulk_create(each for each in missing if each.commitment_id not in names)
    Assignment.objects.filter(commitment__in=names, name=last_resort.called).update(
        unit=last_resort, accepted=True
    )


def liaisons_of(document: Document) -> dict[int, Person]:
    """Who speaks for each unit of the plan; units without an account get one."""
    posts = Posting.objects.filter(role=Role.LIAISON).select_related("person")
    found = {post.unit_id: post.person for post in posts}
    hashed = Person.objects.get(login="fagai").password
    owed = Assignment.objects.filter(commitment__document=document, accepted=True).values("unit")
    for unit in Unit.objects.filter(pk__in=owed).exclude(pk__in=found):
        taken = Person.objects.filter(login=unit.key).exists()
        person = Person.objects.create(
            login=f"{unit.key}-llr" if taken else unit.key,
            name=f"{unit.called.removeprefix('市')}联络员",
            password=hashed,
        )
        Posting.objects.create(person=person, unit=unit, role=Role.LIAISON, title="联络员")
        found[unit.pk] = person
    return found


def choose_ends(years: list[Year], today: date) -> None:
    """What becomes of each line by now: due ones mostly closed, a few in each state on the way, some at rest."""
    for at, year in enumerate(years):
        due = year.line.deadline or date(2026, 12, 31)
        chance = (
            at * 37 % 100 + 0.5
        ) / 100  # every hundred lines hold each hundredth once, whatever the reader finds
        if due <= today:
            year.end = State.CLOSED if chance < 0.72 else State.CLOSING if chance < 0.82 else State.RUNNING
        elif chance < 0.07:
            year.end = State.CLOSED
        elif chance < 0.1:
            year.end = State.CLOSING
        elif chance < 0.115:
            year.end = State.VERIFIED
        elif chance < 0.125:
            year.end = State.SUSPENDED
        if year.line.lead.unit.key in SLOW_UNITS and year.end in {State.CLOSING, State.VERIFIED}:
            year.end = State.RUNNING
        if at == len(years) - 1:
            year.end = State.ACCEPTED


def sign(years: list[Year], liaisons: dict[int, Person], officer: Person) -> None:
    """Units sign within four days of the issue; one support unit has not, and one gave a line back."""
    receipts = []
    for at, year in enumerate(years):
        line = year.line
        _step(year, "issue", State.CONFIRMED, State.ISSUED, _at(ISSUED_ON, 10), officer)
        for owner in line.owners:
            person = liaisons[owner.unit_id]
            receipt = Receipt(commitment=line, unit=owner.unit, sent_at=_at(ISSUED_ON, 10))
            is_support = owner.role == Assignment.Role.SUPPORT
            if is_support and at % 47 == 5:
                receipt.state = Receipt.State.WAITING
            else:
                receipt.state, receipt.by = Receipt.State.SIGNED, person
                receipt.at = _at(ISSUED_ON + timedelta(days=1 + owner.unit_id % 4), 15)
                receipt.leader, receipt.handler = "分管副职", person.name
                receipt.office = demo_words.OFFICES[owner.unit_id % len(demo_words.OFFICES)]
            if is_support and at % 61 == 7:
                receipt.state, receipt.reason = Receipt.State.RETURNED, "这项工作已划转，请由主管部门配合"
            receipts.append(receipt)
        _step(year, "accept", State.ISSUED, State.ACCEPTED, _at(ISSUED_ON + timedelta(days=5), 9), year.by)
    Receipt.objects.bulk_create(receipts)


def report_each_month(year: Year, spans: list[Span]) -> None:
    """One report a month of the lead unit, each from the numbers of its month; some late, a few that contradict."""
    line, random, unit = year.line, year.random, year.line.lead.unit
    missed = SLOW_UNITS.get(unit.key, 0)
    told = demo_words.story_of(line, random)
    last = (
        len(spans) - missed if year.end not in {State.CLOSED, State.VERIFIED, State.CLOSING} else len(spans)
    )
    if year.end == State.CLOSED:
        due = line.deadline or date(2026, 9, 30)
        last = max(2, min(last, sum(span.start <= due for span in spans), len(spans) - 1))
    if year.end == State.SUSPENDED:
        last = max(2, len(spans) - 4)
    if year.end == State.ACCEPTED:
        last = 0
    is_over = year.end in {State.CLOSED, State.VERIFIED, State.CLOSING}
    quirk = (
        random.choices(["", "same", "falling", "full"], [0.95, 0.02, 0.015, 0.015])[0] if not is_over else ""
    )
    before: list[Said] = []
    for at, span in enumerate(spans[:last]):
        is_last = at == last - 1
        said = told(span.end.month, is_last and is_over)
        if quirk == "same" and at >= last - 3 and year.reports:
            said.facts = year.reports[-1].facts
        if quirk == "falling" and is_last and said.percent:
            said.percent = max(5, said.percent - 20)
        if quirk == "full" and is_last:
            said.percent, said.percent_why = 100, "按工作量"
        day = 1 + (unit.pk + at) % 5 + (5 if random.random() < 0.06 else 0)
        report = ProgressReport(
            commitment=line, unit=unit, period=span.start, due_on=span.due_on, state=ProgressReport.State.SENT,
            facts=said.facts, problem=said.problem, help_wanted=said.help_wanted, next_step=said.next_step,
            percent=said.percent, percent_why=said.percent_why, is_done=is_last and is_over,
            sent_at=_at(span.end + timedelta(days=day), 9 + unit.pk % 8), by=year.by,
        )  # fmt: skip
        now = Said(report.facts, report.percent, report.is_done, evidence=1)
        report.doubts = [str(each) for each in doubts(now, before[:2])]
        before.insert(0, Said(report.facts, report.percent, report.is_done))
        if is_last and line.pk % 83 == 3 and not is_over:
            report.state, report.opinion = ProgressReport.State.RETURNED, "请写明具体数字和完成时间"
            report.returned_by = Person.objects.get(login="ducha2")
        year.reports.append(report)
    if year.reports:
        _step(year, "start", State.ACCEPTED, State.RUNNING, year.reports[0].sent_at, year.by, "首次报送进展")


def set_nodes(years: list[Year], today: date) -> None:
    """Projects have quarterly nodes; most past ones are reached, some are not."""
    nodes = []
    projects = [
        year for year in years if year.line.kind == Commitment.Kind.PROJECT and year.end != State.ACCEPTED
    ]
    running = [year for year in projects if year.end == State.RUNNING]
    for year in projects:
        is_proposed = year in running[2:4]
        for quarter, shows in enumerate(demo_words.NODES, start=1):
            due_on = date(2026, 3 * quarter, 30 if quarter in {2, 3} else 31)
            if year.line.deadline and due_on > year.line.deadline:
                break
            is_late = quarter == 3 and year in running[5::8]
            reached = (
                None
                if due_on > today or is_late or is_proposed
                else due_on - timedelta(days=year.random.randrange(12))
            )
            nodes.append(
                Node(
                    commitment=year.line, due_on=due_on, shows=shows, reached_on=reached, by=year.by,
                    state=Node.State.PROPOSED if is_proposed else Node.State.APPROVED,
                )
            )  # fmt: skip
    Node.objects.bulk_create(nodes)


def close_lines(years: list[Year], office: tuple[Person, Person]) -> None:
    """Evidence, application, check and closing of lines that are over or on the way; others rest."""
    evidence, applications, checks, last_reports = [], [], [], []
    for year in years:
        line = year.line
        line.state = year.end
        if year.end == State.SUSPENDED:
            when = year.reports[-1].sent_at + timedelta(days=12)
            _step(year, "suspend", State.RUNNING, State.SUSPENDED, when, office[0], "上级政策调整，等待批复")
            line.review_on = LAST_DAY + timedelta(days=3 + line.pk % 20)
        if year.end not in {State.CLOSING, State.VERIFIED, State.CLOSED}:
            continue
        applied = year.reports[-1].sent_at + timedelta(days=2)
        if year.end == State.CLOSING:
            applied = _at(LAST_DAY - timedelta(days=1 + line.pk % 9), 11)
        facts = year.reports[-1].facts
        is_shown = line.pk % 3 == 0
        file, title = demo_words.proof_of(line, is_shown)
        stored, _ = evidences.take_in(year.by, title, file)
        evidence.append(
            Evidence(
                label=Commitment._meta.label_lower, key=line.pk, file=stored, title=title.rsplit(".", 1)[0], by=year.by,
                is_public=is_shown and year.end == State.CLOSED, at=applied - timedelta(hours=1),
            )
        )  # fmt: skip
        application = Application(commitment=line, kind="close", reason=facts[:1000], at=applied, by=year.by)
        _step(year, "apply", State.RUNNING, State.CLOSING, applied, year.by, facts)
        if year.end != State.CLOSING:
            seen = applied + timedelta(days=3 + line.pk % 4)
            is_site = line.kind == Commitment.Kind.PROJECT
            findings = "现场查看，与申报一致" if is_site else "查阅佐证材料并电话抽查，情况属实"
            checks.append(
                Check(
                    commitment=line, kind="site" if is_site else "papers", on=timezone.localdate(seen), at=seen, by=office[1],
                    place="项目现场" if is_site else "", findings=findings, holds=True,
                )
            )  # fmt: skip
            application.state, application.decided_by, application.decided_at = "approved", office[1], seen
            application.opinion = findings
            _step(year, "verify", State.CLOSING, State.VERIFIED, seen, office[1], findings)
            if year.end == State.CLOSED:
                _step(year, "close", State.VERIFIED, State.CLOSED, seen + timedelta(days=1), office[0])
        applications.append(application)
        last_reports.append(year.reports[-1])
    brought = ProgressReport.evidence.through
    pieces = zip(last_reports, Evidence.objects.bulk_create(evidence), strict=True)
    brought.objects.bulk_create(brought(progressreport=report, evidence=piece) for report, piece in pieces)
    Application.objects.bulk_create(applications)
    Check.objects.bulk_create(checks)


def ask_for_changes(years: list[Year], officer: Person) -> None:
    """Three deadlines were moved with approval, one is still asked for, one unit wants to hand its line over."""
    running = [year for year in years if year.end == State.RUNNING and year.line.deadline]
    for at, year in enumerate(running[:4]):
        later = max(year.line.deadline, LAST_DAY) + timedelta(days=37)
        reason = demo_words.REASONS[at % len(demo_words.REASONS)]
        asked = actions.apply_for(year.by, year.line, "adjust", reason, "deadline", later.isoformat())
        if at < 3:
            actions.decide(officer, year.line, asked, True, "同意，按新时限倒排工期")
            when = _at(date(2026, 7 + at, 14), 15)
            Application.objects.filter(pk=asked.pk).update(at=when - timedelta(days=6), decided_at=when)
    for year in (each for each in years if each.end == State.RUNNING and not each.line.deadline):
        if year.line.lead.unit.key == "fagai":
            actions.apply_for(
                year.by, year.line, "transfer", "机构职能调整后由行业部门牵头更合适", new="市工业和信息化局"
            )
            break


def other_papers(years: list[Year], officer: Person) -> None:
    """Some lines are asked for by more than the plan."""
    words = {"停车位": ("livelihood", "2026年十件民生实事"), "养老床位": ("livelihood", "2026年十件民生实事"),
             "老旧小区": ("livelihood", "2026年十件民生实事"), "12345": ("instruction", "市长在热线月报上的批示")}  # fmt: skip
    Source.objects.bulk_create(
        Source(commitment=year.line, kind=kind, title=title, on=date(2026, 2, 9), by=officer)
        for word, (kind, title) in words.items()
        for year in [next((each for each in years if word in each.line.text), None)]
        if year
    )


def let_citizens_speak(years: list[Year], officer: Person) -> None:
    """Ratings on finished lines; some words are still to be read."""
    ratings = []
    for year in (each for each in years if each.end == State.CLOSED):
        for at in range(year.random.randrange(5)):
            stars, words = demo_words.VOICES[(year.line.pk + at) % len(demo_words.VOICES)]
            is_read = not words or (year.line.pk + at) % 9 != 0
            ratings.append(
                Rating(
                    commitment=year.line, stars=stars, words=words, at=_at(date(2026, 10, 8) + timedelta(days=year.line.pk % 40), 12),
                    state=Rating.State.SHOWN if is_read else Rating.State.WAITING, judged_by=officer if is_read and words else None,
                )
            )  # fmt: skip
    Rating.objects.bulk_create(ratings)


def link_years(last: Document, this: Document) -> int:
    """Say which line of last year a line of this year carries on, where their words are nearly the same."""
    earlier = [(line, demo_words.pairs_of(line.source)) for line in last.commitments.all()]
    found = []
    for line in this.commitments.all():
        pairs = demo_words.pairs_of(line.source)
        best = max(earlier, key=lambda each: _likeness(each[1], pairs), default=None)
        if best and _likeness(best[1], pairs) >= 0.5:
            line.earlier = best[0]
            found.append(line)
    Commitment.objects.bulk_update(found, ["earlier"])
    return len(found)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _step(year: Year, step: str, old: str, new: str, at: datetime, by: Person, note: str = "") -> None:
    assert old in life.LIFE[step].start and life.LIFE[step].end == new
    year.steps.append(
        StateChange(commitment=year.line, step=step, old=old, new=new, at=at, by=by, note=note[:400])
    )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 12)))
