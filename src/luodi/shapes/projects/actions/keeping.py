"""A project's own facts, who is in charge, its papers and milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.clock import months_later
from luodi.kernel.models import Person, Unit
from luodi.kernel.spoken import listed
from luodi.shapes.projects.chain import append
from luodi.shapes.projects.kind import kind_of
from luodi.shapes.projects.life import PARTS
from luodi.shapes.projects.lines import months_valid
from luodi.shapes.projects.models import Charge, Milestone, Paper, Project, Start
from luodi.shapes.projects.permission import keeps, would_keep
from luodi.workbench.desk import changed

PLANNED = {
    "total_fen": "总投资",
    "start_due_on": "计划开工",
    "finish_due_on": "计划竣工",
    "operate_due_on": "计划投产",
}
"""What is settled once a project is in 前期: from then on it changes by a change of the plan."""
_OPEN_STAGES = ("lead", "reserve")


@action("projects.keep", may=keeps)
def keep_project(by: Person, project: Project, values: dict[str, Any]) -> Project:
    """Write facts of a project, new or kept. `values` of a new one name its kind unless the project has it already."""
    is_new = project.pk is None
    if is_new:
        project.kind = values.pop("kind", project.kind)
        project.number = values.pop("number", "") or next_number(project.kind)
        project.stage = kind_of(project.kind).life.start
        project.stage_since = timezone.localdate()
    elif project.stage not in _OPEN_STAGES:
        moved = [
            title
            for name, title in PLANNED.items()
            if name in values and _differs(project, name, values[name])
        ]
        if moved:
            raise Refused("{what}已经确定，改动请走“计划调整”，由项目办审批。", what=listed(moved))
    owner = values.get("owner")
    if owner is not None and not owner.is_active:
        raise Refused("{firm}已{status}，不能作项目法人。", firm=owner, status=owner.get_status_display())
    changed(project, values)
    if not would_keep(by, project):
        raise Refused("项目的责任单位和所在地都不是你的单位，请由责任单位或项目办来登记、改动。")
    if is_new:
        Paper.objects.bulk_create(_papers_of(project))
        append(project, "", project.stage, project.stage_since, "", by)
    return project


def next_number(kind: str) -> str:
    """The next serial number of a kind: ZD2026-017."""
    prefix = f"{kind_of(kind).prefix}{timezone.localdate().year}-"
    last = Project.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last.rpartition('-')[2]) + 1 if last else 1:03}"


def _papers_of(project: Project) -> list[Paper]:
    """A row for every paper of the kind; those that most projects do without begin as not needed."""
    return [
        Paper(project=project, kind=kind.code)
        if kind.by_default
        else Paper(project=project, kind=kind.code, state="not_needed", reason="一般不涉及")
        for kind in kind_of(project.kind).papers
    ]


def _differs(project: Project, name: str, value: Any) -> bool:
    return getattr(project, name) is not None and getattr(project, name) != value


@action("projects.charge", may=keeps)
def charge(
    by: Person, project: Project, part: str, name: str, since: date, *, unit: Unit | None = None, person: Person | None = None, post: str = ""
) -> Charge:  # fmt: skip
    """Put somebody in charge of one part from a day on; whoever was, ends there."""
    if part not in dict(PARTS):
        raise Refused("包抓只有包抓领导、责任单位负责人、园区（属地）负责人三方。")
    name = (person.name if person else name).strip()
    if not name:
        raise Refused("请写明姓名。")
    others = project.charges.filter(valid_until=None).exclude(part=part)
    if (
        taken := others.filter(name=name, unit=unit).first()
        if unit
        else others.filter(name=name, unit=None).first()
    ):
        raise Refused(
            "{name}已经是这个项目的{part}，三方应是三个不同的人。", name=name, part=taken.get_part_display()
        )
    before = project.charges.filter(part=part, valid_until=None).first()
    if before is not None:
        if (before.name, before.unit, before.person, before.post) == (name, unit, person, post):
            return before
        if before.valid_from > since:
            raise Refused(
                "{name}自 {since} 起负责，新的日期不能更早。", name=before.name, since=before.valid_from
            )
        before.valid_until = since
        before.save(update_fields=["valid_until"])
    return Charge.objects.create(
        project=project, part=part, name=name, unit=unit, person=person, post=post.strip(), valid_from=since
    )


@action("projects.keep_paper", may=keeps)
def keep_paper(by: Person, paper: Paper, values: dict[str, Any]) -> Paper:
    """How a permit or document stands. A promise only where the kind allows it; without a word on it, it holds as long as
    the ruleset `projects.validity` says."""
    kind = kind_of(paper.project.kind).paper(paper.kind)
    if values.get("state", paper.state) == "promised" and not kind.may_be_promised:
        raise Refused("“{paper}”不能用承诺代替，须先取得。", paper=kind.title)
    issued, until = (values.get(name, getattr(paper, name)) for name in ("issued_on", "valid_until"))
    if issued and until and until < issued:
        raise Refused(
            "“{paper}”的有效期 {until} 早于核发日期 {issued}。", paper=kind.title, until=until, issued=issued
        )
    if issued and until is None and (months := months_valid(paper.kind, issued)):
        values = {**values, "valid_until": months_later(issued, months)}
    return changed(paper, values)


@action("projects.keep_milestone", may=keeps)
def keep_milestone(by: Person, milestone: Milestone, values: dict[str, Any]) -> Milestone:
    """A milestone of the plan. A date that moves keeps the first one beside it, and needs its reason in `note`."""
    if milestone.pk is None:
        project = values.get("project") or milestone.project
        if not keeps(by, project):
            raise Refused("这个项目不归你管，不能给它加节点。")
        milestone.first_due_on = values.get("due_on") or milestone.due_on
    elif (
        values.get("due_on", milestone.due_on) != milestone.due_on and not (values.get("note") or "").strip()
    ):
        raise Refused("“{milestone}”的计划日期要改，请在说明里写明理由。", milestone=milestone.title)
    if (reached := values.get("reached_on")) and reached > timezone.localdate():
        raise Refused("实际完成的日期不能在今天之后。")
    return changed(milestone, values)


@action("projects.reach", may=keeps)
def reach(by: Person, milestone: Milestone, on: date, note: str = "") -> Milestone:
    """The milestone was reached on a day that is not to come."""
    if on > timezone.localdate():
        raise Refused("实际完成的日期不能在今天之后。")
    milestone.reached_on, milestone.note = on, note.strip() or milestone.note
    milestone.save(update_fields=["reached_on", "note"])
    return milestone


def _site(row: Any) -> tuple[float, float] | None:
    """Where the photos of a row should have been taken (latitude, longitude)."""
    project = row if isinstance(row, Project) else row.project
    return None if project.lat is None or project.lon is None else (project.lat, project.lon)


for _model in (Project, Paper, Start, Milestone):
    evidence.accept_on(_model, may=keeps, site=_site)
