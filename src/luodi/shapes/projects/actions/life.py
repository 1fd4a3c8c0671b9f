"""Steps of a project's life: through gates, with the start's evidence, and into statistics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Evidence, Person
from luodi.shapes.projects import rules
from luodi.shapes.projects.chain import append
from luodi.shapes.projects.facts import facts_of
from luodi.shapes.projects.kind import kind_of
from luodi.shapes.projects.life import RESUME, PaperState, faults_at, missing_papers, start_faults
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import Project, Start
from luodi.shapes.projects.permission import keeps

Photo = tuple[str, bytes]


@action("projects.advance", may=keeps)
def advance(by: Person, project: Project, to: str, on: date, reason: str = "") -> Project:
    """Through a gate to another stage, or back to where a paused project came from (`resume`). Raises Refused with
    everything that is missing."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    life = kind_of(project.kind).life
    gate = life.gate(project.stage, to)
    if gate is None:
        raise Refused("现在是“{stage}”，不能这样走。", stage=life.stage(project.stage).title)
    if on > timezone.localdate():
        raise Refused("日期不能在今天之后。")
    if gate.needs_reason and not reason.strip():
        raise Refused("{step}请写明事由。", step=gate.title)
    if said := faults_at(gate, facts_of(project, on)):
        raise Refused("还不能{step}：{why}", step=gate.title, why="".join(said))
    target = _came_from(project) if to == RESUME else to
    return _move(project, target, on, reason.strip(), by)


@action("projects.start", may=keeps)
def start(by: Person, project: Project, on: date, values: dict[str, Any], photos: Sequence[Photo]) -> Project:
    """开工 with its evidence. `values`: works, words, lon, lat, verifier. Refused when the works do not count, a photo is
    missing, was used for another project or was taken before the day, or the gate is shut."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    lon, lat = values.get("lon") or project.lon, values.get("lat") or project.lat
    verifier = (values.get("verifier") or "").strip()
    if said := start_faults(values.get("works") or "", len(photos), lon, lat, verifier):
        raise Refused("".join(said))
    if on > timezone.localdate():
        raise Refused("开工日期不能在今天之后。")
    record, _ = Start.objects.update_or_create(
        project=project,
        defaults={
            "on": on, "works": values["works"], "words": (values.get("words") or "").strip(), "lon": lon, "lat": lat,
            "verifier": verifier, "by": by,
        },
    )  # fmt: skip
    for name, content in photos:
        piece = evidence.attach(by, record, name, content, f"{project.name} {on} 开工现场")
        if said := photo_faults(piece, on):
            raise Refused(said)
    project.lon, project.lat = project.lon or lon, project.lat or lat
    return _move_through(by, project, on)


def _move_through(by: Person, project: Project, on: date) -> Project:
    project.save(update_fields=["lon", "lat"])
    gate = kind_of(project.kind).life.gate(project.stage, "started")
    if gate is None:
        raise Refused("只有前期阶段的项目可以登记开工。")
    if said := faults_at(gate, facts_of(project, on)):
        raise Refused("还不能开工：" + "".join(said))
    return _move(project, "started", on, "", by)


def photo_faults(piece: Evidence, on: date) -> str:
    """A start's photo is the project's own and not older than the day. A camera without a clock tells no day."""
    other = Evidence.objects.filter(file=piece.file_id, withdrawn_at=None).exclude(
        label=piece.label, key=piece.key
    )
    if other.exists():
        return f"照片“{piece.file.name}”已经作为别的项目或材料的佐证用过，不能再用。"
    picture = getattr(piece.file, "picture", None)
    if picture is None:
        return f"“{piece.file.name}”不是照片。"
    if picture.taken_at and timezone.localdate(picture.taken_at) < on:
        return f"照片“{piece.file.name}”拍摄于 {timezone.localdate(picture.taken_at)}，早于开工日期 {on}。"
    return ""


@action("projects.enter_statistics", may=keeps)
def enter_statistics(by: Person, project: Project, on: date) -> Project:
    """入库纳统: the statistics took the project in. Refused below the line, before the start, or without the papers."""
    kind, lines = kind_of(project.kind), lines_on(on).values
    in_hand = project.papers.filter(state=PaperState.OBTAINED).values_list("kind", flat=True)
    said = rules.entry_faults(
        project.total_fen, project.nature, project.started_on, in_hand, kind.titles_of_papers, lines
    )
    if project.started_on and on < project.started_on:
        said.append(f"入库 {on} 早于开工 {project.started_on}。")
    if said:
        raise Refused("".join(said))
    project.stat_entered_on = on
    project.save(update_fields=["stat_entered_on"])
    return project


def what_is_missing(project: Project, on: date) -> dict[str, list[str]]:
    """For the page: every gate that leads on from here, with what still keeps it shut."""
    facts = facts_of(project, on)
    return {gate.to: faults_at(gate, facts) for gate in kind_of(project.kind).life.gates_from(project.stage)}


def papers_missing(project: Project, on: date) -> list[str]:
    return missing_papers(facts_of(project, on), "started")


def _move(project: Project, to: str, on: date, reason: str, by: Person) -> Project:
    if project.stage_since and on < project.stage_since:
        raise Refused("日期 {on} 早于进入现在阶段的日期 {since}。", on=on, since=project.stage_since)
    append(project, project.stage, to, on, reason, by)
    project.stage, project.stage_since = to, on
    dated = kind_of(project.kind).life.stage(to).dates
    # a project that is taken up again keeps the day of its first start
    if dated and getattr(project, dated) is None:
        setattr(project, dated, on)
    project.save()
    return project


def _came_from(project: Project) -> str:
    return str(project.steps.filter(to="suspended").order_by("-number").values_list("source", flat=True)[0])
