"""Fill an empty database with a large city that does not exist: python -m tools.seed [--commitments N] [--units N] ...

Seeded, so that two runs give the same city; every name says 合成. The audit chain is sealed entry by entry as the
product would seal it, so `luodi check audit` holds.

LUODI_HOME and LUODI_DATABASE say where. A database with people in it is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

LAST_YEAR = 2026
DIVISION = "990000"  # GB/T 2260 assigns no code that begins with 99
PASSWORD = "luodi-synthetic"
WORK = ("新建", "改造", "建成", "启动", "完成", "推进", "整治", "提升")
THINGS = (
    "口袋公园", "老旧小区", "污水管网", "农村公路", "停车泊位", "中小学校舍", "养老驿站", "产业园区", "高标准农田",
    "充电设施", "社区食堂", "绿道", "供热管线", "公共图书馆", "便民市场",
)  # fmt: skip
BATCH = 5000


@dataclass(frozen=True)
class Size:
    """How large a city: lines of the ledger, units, years of plans and progress, entries of the log."""

    commitments: int = 10_000
    units: int = 200
    years: int = 5
    audit: int = 1_000_000


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.seed", description=__doc__)
    for name, default in vars(Size()).items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=1)
    options = vars(parser.parse_args(argv))
    seed = options.pop("seed")
    from luodi.commands.boot import migrate_when_behind, set_up

    set_up()
    migrate_when_behind()
    from luodi.kernel.models import Person

    if Person.objects.exists():
        print("tools.seed: 数据库里已经有人员，只能装入空库；换一个 LUODI_HOME。", file=sys.stderr)
        return 1
    start = time.monotonic()
    fill(Size(**options), seed)
    print(f"合成数据已装入（{time.monotonic() - start:.0f} 秒）；登录 ducha / {PASSWORD}")
    return 0


def fill(size: Size, seed: int = 1) -> None:
    """Everything, in two transactions: the city with its ledger, then its log."""
    from django.db import transaction

    dice = random.Random(seed)
    with transaction.atomic():
        _city(size, dice)
        _ledger(size, dice)
    fill_log(size, seed)


def _city(size: Size, dice: random.Random) -> None:
    from django.contrib.auth.hashers import make_password

    from luodi.kernel.models import Division, Person, Posting, Role, Unit

    division = Division.objects.create(code=DIVISION, name="合成市", short_name="合成")
    Unit.objects.bulk_create(
        Unit(
            key=f"synthetic-{n:03}", name=f"合成市第{n}局", short_names=[f"合成{n}局"], division=division, order=n,
            duties="、".join(dice.sample(THINGS, 3)),
        )
        for n in range(1, size.units + 1)
    )  # fmt: skip
    units = list(Unit.objects.order_by("order"))
    hashed = make_password(PASSWORD)
    people = [Person(login="ducha", name="合成督查", password=hashed)]
    people += [
        Person(login=f"liaison{n:03}", name=f"合成联络员{n}", password=hashed)
        for n in range(1, size.units + 1)
    ]
    Person.objects.bulk_create(people)
    by_login = {person.login: person for person in Person.objects.all()}
    posts = [Posting(person=by_login["ducha"], unit=units[0], role=Role.SUPERVISION)]
    posts += [
        Posting(person=by_login[f"liaison{n:03}"], unit=unit, role=Role.LIAISON)
        for n, unit in enumerate(units, start=1)
    ]
    Posting.objects.bulk_create(posts)


def _ledger(size: Size, dice: random.Random) -> None:
    """One plan a year; its lines, targets, owners, receipts, and a report of the lead for every quarter."""
    from luodi.commitments.models import Assignment, Commitment, ProgressReport, Receipt, Target
    from luodi.kernel.models import Person, Unit

    officer = Person.objects.get(login="ducha")
    units = list(Unit.objects.order_by("order"))
    speakers = {
        post.unit_id: person
        for person in Person.objects.prefetch_related("posts")
        for post in person.posts.all()
    }
    years = [LAST_YEAR - size.years + 1 + each for each in range(size.years)]
    lines: list[Commitment] = []
    for at, year in enumerate(years):
        share = size.commitments // size.years + (at < size.commitments % size.years)
        lines += _plan(year, share, officer, dice)
    Commitment.objects.bulk_create(lines, batch_size=BATCH)

    leads = [dice.choice(units) for _ in lines]
    Target.objects.bulk_create((_target(line, dice) for line in lines), batch_size=BATCH)
    Assignment.objects.bulk_create(_owners(lines, leads, units, dice), batch_size=BATCH)
    Receipt.objects.bulk_create(
        (
            Receipt(commitment=line, unit=lead, state=Receipt.State.SIGNED, by=speakers[lead.pk])
            for line, lead in zip(lines, leads, strict=True)
        ),
        batch_size=BATCH,
    )
    reports = [
        report
        for line, lead in zip(lines, leads, strict=True)
        for report in _reports(line, lead, speakers[lead.pk], dice)
    ]
    ProgressReport.objects.bulk_create(reports, batch_size=BATCH)
    for report in reports:
        report.commitment.latest = report
    Commitment.objects.bulk_update(lines, ["latest"], batch_size=500)


def _plan(year: int, count: int, officer: Any, dice: random.Random) -> list[Any]:
    """A plan of `count` lines under headings of fifty; its document is kept, its lines are returned unsaved."""
    from django.utils import timezone

    from luodi.commitments.models import Commitment, Document, Passage
    from luodi.kernel.models import Division

    sentences = [
        f"{dice.choice(WORK)}{dice.choice(THINGS)}{dice.randrange(1, 200)}处（合成第{n}项）。"
        for n in range(1, count + 1)
    ]
    title = f"合成市{year}年政府工作计划"
    document = Document(
        title=title, year=year, division=Division.objects.get(code=DIVISION), division_name="合成市",
        read_at=timezone.now(), encoding="utf-8", by=officer, report_every="quarter",
    )  # fmt: skip
    pieces, at, spans = [f"{title}\n"], len(title) + 1, []
    headings: list[tuple[str, int]] = []
    for n, sentence in enumerate(sentences):
        if n % 50 == 0:
            headings.append((f"第{n // 50 + 1}部分", at))
            pieces.append(f"第{n // 50 + 1}部分\n")
            at += len(pieces[-1])
        spans.append((at, at + len(sentence)))
        pieces.append(f"{sentence}\n")
        at += len(sentence) + 1
    document.text = "".join(pieces)
    document.file = _kept(f"{title}.txt", document.text.encode(), officer)
    document.save()
    passages = [
        Passage.objects.create(
            document=document, level=1, number="", title=heading, start=start, end=start + len(heading)
        )
        for heading, start in headings
    ]
    states = [Commitment.State.RUNNING] * 6 + [
        Commitment.State.ACCEPTED,
        Commitment.State.CLOSED,
        Commitment.State.CLOSED,
    ]
    return [
        Commitment(
            document=document, passage=passages[n // 50], start=start, end=end, source=sentence, text=sentence,
            kind=dice.choice(Commitment.Kind.values), state=dice.choice(states), verbs=[sentence[:2]],
            deadline=date(year, dice.randrange(3, 13), 28),
        )
        for n, (sentence, (start, end)) in enumerate(zip(sentences, spans, strict=True))
    ]  # fmt: skip


def _kept(name: str, content: bytes, by: Any) -> Any:
    from luodi.kernel import files

    return files.store(by, name, content)[0]


def _target(line: Any, dice: random.Random) -> Any:
    from luodi.commitments.models import Target

    number = dice.randrange(1, 500)
    return Target(
        commitment=line, start=line.start, end=line.end, quote=line.source, indicator=line.source[2:6],
        number=str(number), value=number, unit="处", comparator="ge", change="level", ambition="firm", horizon="year",
    )  # fmt: skip


def _owners(lines: list[Any], leads: list[Any], units: list[Any], dice: random.Random) -> Iterator[Any]:
    from luodi.commitments.models import Assignment

    for line, lead in zip(lines, leads, strict=True):
        yield Assignment(
            commitment=line, unit=lead, name=lead.called, role=Assignment.Role.LEAD, accepted=True
        )
        others = [unit for unit in dice.sample(units, min(3, len(units))) if unit != lead][
            : dice.randrange(3)
        ]
        for unit in others:
            yield Assignment(
                commitment=line, unit=unit, name=unit.called, role=Assignment.Role.SUPPORT, accepted=True
            )


def _reports(line: Any, lead: Any, by: Any, dice: random.Random) -> Iterator[Any]:
    """Every quarter of the line's year, each a little further than the one before."""
    from luodi.commitments.models import ProgressReport

    year, done = line.document.year, 0
    for quarter in range(4):
        done = min(100, done + dice.randrange(10, 40))
        end = date(year, 3 * quarter + 3, 28)
        yield ProgressReport(
            commitment=line, unit=lead, period=date(year, 3 * quarter + 1, 1), due_on=end + timedelta(days=8),
            state=ProgressReport.State.SENT, facts=f"合成进展：累计完成{done}%。", percent=done, percent_why="合成台账",
            sent_at=datetime(year, 3 * quarter + 3, 28, 2, tzinfo=UTC) + timedelta(days=dice.randrange(12)), by=by,
        )  # fmt: skip


def fill_log(size: Size, seed: int = 1) -> None:
    """Entries over all the years, in order of time, each sealed on the one before."""
    from django.db import transaction

    from luodi.kernel.audit import GENESIS
    from luodi.kernel.models import AuditEntry, ChainHead

    with transaction.atomic():
        head, _ = ChainHead.objects.get_or_create(pk=1, defaults={"seal": GENESIS})
        entries = _entries(size, random.Random(seed), head)
        while batch := list(islice(entries, BATCH)):
            AuditEntry.objects.bulk_create(batch)
        head.save()


def _entries(size: Size, dice: random.Random, head: Any) -> Iterator[Any]:
    from luodi.kernel.audit import seal_of
    from luodi.kernel.models import AuditEntry

    start = datetime(LAST_YEAR - size.years + 1, 1, 1, tzinfo=UTC)
    step = timedelta(days=365 * size.years) / max(1, size.audit)
    actions = (
        "commitments.save_report",
        "commitments.send_report",
        "commitments.assign",
        "commitments.reword",
    )
    for n in range(size.audit):
        entry = AuditEntry(
            at=start + step * n, by=f"liaison{dice.randrange(1, size.units + 1):03}", action=actions[n % 4],
            subject=f"commitments.commitment:{dice.randrange(1, size.commitments + 1)}",
            request=hashlib.md5(n.to_bytes(8, "big"), usedforsecurity=False).hexdigest(),
            detail={"synthetic": True, "n": n},
        )  # fmt: skip
        entry.seal = seal_of(head.seal, entry)
        head.seal, head.length = entry.seal, head.length + 1
        yield entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
