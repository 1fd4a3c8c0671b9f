"""Rows for demonstrations: projects with papers, sealed steps, milestones and drawn photos, laid down in bulk.

A demonstration has to be there within seconds, so it does not walk through the actions; what it lays down keeps the
rules that the actions keep, and the tests of each demonstration say so. Everything is synthetic and seeded.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from luodi.kernel import chain, files, pictures
from luodi.kernel.clock import months_later
from luodi.kernel.models import Evidence, Person, Picture
from luodi.shapes.projects.chain import seal_of
from luodi.shapes.projects.kind import kind_of
from luodi.shapes.projects.life import PaperState
from luodi.shapes.projects.models import Milestone, Paper, Project, Start, Step


@dataclass
class Book:
    """All rows before they are written, so that each table takes one statement."""

    chance: Random
    projects: list[Project] = field(default_factory=list)
    rows: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, *rows: Any) -> None:
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)


def by_months(plan_fen: int, first: int) -> list[int]:
    """Cumulated months of a project that starts in the month `first`: quick at the beginning, whole in December."""
    shares = [max(0, month - first + 1) / (13 - first) for month in range(1, 13)]
    return [int(plan_fen * share**0.7) for share in shares[:-1]] + [plan_fen]


def papers(book: Book, project: Project, today: date) -> None:
    """Every paper of the kind: in hand where the stage could not have been reached without it, some of the rest too."""
    chance = book.chance
    is_started, is_done = project.started_on is not None, project.finished_on is not None
    for at, kind in enumerate(kind_of(project.kind).papers):
        paper = Paper(project=project, kind=kind.code)
        got = {
            "started": is_started,
            "entry": project.stat_entered_on is not None,
            "completed": is_done,
            "producing": project.operated_on is not None,
        }[kind.before]
        if not kind.by_default and not (kind.code == "legal_person_proof" and got):
            paper.state, paper.reason = PaperState.NOT_NEEDED, "一般不涉及"
        elif kind.code == "energy" and project.energy_tce < 1000 and project.electricity_kwh < 5_000_000:
            paper.state, paper.reason = PaperState.NOT_NEEDED, "年综合能耗和用电量均低于节能审查线"
        elif (
            kind.code == "construction"
            and got
            and project.started_on > date(2026, 7, 1)
            and chance.random() < 0.25
        ):
            paper.state, paper.promised_until = PaperState.PROMISED, project.started_on + timedelta(days=150)
        elif got or (kind.before == "started" and chance.random() < 0.6):
            issued = (project.started_on or today) - timedelta(days=30 + at * 3)
            paper.state, paper.issued_on, paper.number = (
                PaperState.OBTAINED,
                issued,
                f"演示〔{issued.year}〕{project.pk % 1000}-{at}号",
            )
            if kind.code in ("plan_land", "plan_work"):
                paper.valid_until = months_later(issued, 12)
        book.add(paper)


def life(book: Book, project: Project, by: Person) -> None:
    """Sealed steps up to the stage that it stands at."""
    road = ["lead", "reserve", "prelim", "started", "building", "completed", "producing"]
    until, seal, before, on = (
        road.index(project.stage),
        chain.GENESIS,
        "",
        date(2025, 1, 6) if project.started_on and project.started_on.year == 2025 else date(2025, 10, 9),
    )
    days = {
        "started": project.started_on,
        "building": project.started_on,
        "completed": project.finished_on,
        "producing": project.operated_on,
    }
    for number, stage in enumerate(road[: until + 1], start=1):
        on = days.get(stage) or on + timedelta(days=20)
        step = Step(
            project=project,
            number=number,
            source=before,
            to=stage,
            on=on,
            reason="",
            by=by,
            at=timezone.now(),
        )
        step.seal = seal = seal_of(seal, step)
        before = stage
        book.add(step)


def milestones(book: Book, project: Project, today: date) -> None:
    """Start, half of the works, acceptance; some are late."""
    half = project.start_due_on + (project.finish_due_on - project.start_due_on) / 2
    for title, mark, due, reached in (
        ("正式开工", "start", project.start_due_on, project.started_on),
        ("主体完成过半", "other", half, half + timedelta(days=book.chance.randrange(-20, 15))),
        ("竣工验收", "finish", project.finish_due_on, project.finished_on),
    ):
        if reached and (
            reached > today
            or project.started_on is None
            or (title == "主体完成过半" and book.chance.random() < 0.12)
        ):
            reached = None
        book.add(
            Milestone(
                project=project, title=title, mark=mark, due_on=due, first_due_on=due, reached_on=reached
            )
        )


def photos(by: Person, starts: Sequence[Start], since: date, chance: Random) -> None:
    """A drawn picture for every start since a day, with the day in it as a camera would write it; those before are on paper."""
    kept, pieces = [], []
    for start in starts:
        if start.on < since:
            continue
        name, content = f"开工现场-{start.project.number}.jpg", _picture(start, chance)
        file, _ = files.store(by, name, content)
        facts = pictures.read_picture(name, content)
        kept.append(
            Picture(
                file=file,
                width=facts.width,
                height=facts.height,
                taken_at=facts.taken_at,
                likeness=facts.likeness,
            )
        )
        pieces.append(
            Evidence(
                label=Start._meta.label_lower,
                key=start.pk,
                file=file,
                title=f"{start.project.name} {start.on} 开工现场（绘制的演示照片）",
                by=by,
            )
        )
    Picture.objects.bulk_create(kept)
    Evidence.objects.bulk_create(pieces)


def _picture(start: Start, chance: Random) -> bytes:
    image = Image.new("RGB", (240, 160), (150 + chance.randrange(60), 180, 210))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 90 + chance.randrange(30), 240, 160), fill=(140 + chance.randrange(50), 110, 80))
    for _ in range(5):
        x, y = chance.randrange(220), chance.randrange(60, 140)
        draw.rectangle(
            (x, y, x + chance.randrange(15, 70), y + chance.randrange(10, 40)),
            fill=tuple(chance.randrange(40, 230) for _ in range(3)),
        )
    exif = image.getexif()
    exif.get_ifd(0x8769)[0x9003] = datetime(start.on.year, start.on.month, start.on.day, 10, 15).strftime(
        "%Y:%m:%d %H:%M:%S"
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60, exif=exif)
    return out.getvalue()
