"""Where the drills take place: a small city in a home of its own, one plan delivered and read, one sheet edited.

Run inside a process that has Django on that home; nothing here reads the clock.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

PLAN = (
    "云川市2027年政府工作计划\n一、抓好项目建设\n"
    + "\n".join(
        f"（{n}）新建口袋公园{n}处，改造老旧小区{n * 3}个，{n}月底前建成澄岚大桥{n}号段。"
        for n in range(1, 13)
    )
    + "\n二、抓好民生\n"
    + "\n".join(f"新增停车位{n}00个，由市住房城乡建设局牵头。完成农村公路{n}公里。" for n in range(1, 13))
)
LATE_PLAN = PLAN.replace("2027年", "2028年").replace("抓好民生", "办好民生实事")


def open_city() -> None:
    """Units, people and one plan that has been read; the edited sheet lies beside the database."""
    from django.conf import settings
    from tools import tables

    from luodi.commands.demo_city import load_people_and_units
    from luodi.commitments.models import Document

    tables.make_tables()
    load_people_and_units()
    deliver(PLAN)
    work_off()
    (Path(settings.LUODI_HOME) / "sheet.xlsx").write_bytes(edited_sheet(Document.objects.get()))


def officer():
    from luodi.kernel.models import Person

    return Person.objects.get(login="ducha")


def deliver(text: str):
    from luodi.commitments import intake

    return intake.deliver_text(officer(), text)


def work_off() -> None:
    """Everything that is queued, as a worker does it."""
    from luodi.commands import work

    if work.main(["--once"]):
        raise RuntimeError("the worker gave up")


def edited_sheet(document) -> bytes:
    """The ledger as an office sends it back: every line reworded."""
    from dataclasses import replace

    from luodi.commitments.ledger import ledger_of
    from luodi.commitments.sheets import form_lines
    from luodi.reading.forms import FormHead, write

    lines = form_lines(ledger_of(document))
    edited = [replace(line, text=f"{line.text.rstrip('。')}（市督查室核）") for line in lines]
    return write(FormHead(document.title), edited, "xlsx")


def import_sheet(content: bytes) -> None:
    from luodi.commitments import sheets
    from luodi.commitments.models import Document

    sheets.apply(officer(), Document.objects.order_by("pk")[0], content)


def live_a_little() -> None:
    """Records of one scenario to be counted."""
    from luodi.scenarios.disclosure import demo

    demo.load()


def measure() -> None:
    """Count what that scenario declares, as the nightly job does."""
    from datetime import date

    from luodi.engines import engine
    from luodi.measures import actions
    from luodi.scenarios.disclosure.measures import MEASURES

    with engine() as counting:
        for each in MEASURES:
            actions.count(officer(), actions.series_of(officer(), each), each, counting, date(2026, 10, 31))


def numbers() -> list[tuple[str, ...]]:
    """Every number with its arithmetic, in a fixed order."""
    from luodi.measures.models import Value

    fields = (
        "series__key",
        "division__code",
        "owner__key",
        "period",
        "revision",
        "is_current",
        "value",
        "numerator",
        "denominator",
    )
    return sorted(tuple(map(str, row)) for row in Value.objects.values_list(*fields))


def fingerprint() -> str:
    """What came out, as text: every ledger as exported, how many rows lie where, what the log tells, and that all fits.

    A delivery and a counting may be logged once more after a restart; nothing else may.
    """
    import hashlib

    from django.conf import settings
    from django_tasks_db.models import DBTaskResult

    from luodi.commitments import models
    from luodi.commitments.ledger import ledger_of
    from luodi.commitments.sheets import form_lines
    from luodi.kernel import audit
    from luodi.kernel.models import AuditEntry, Job, StoredFile
    from luodi.reading.forms import FormHead, write

    documents = list(models.Document.objects.order_by("pk"))
    ledgers = [
        hashlib.sha256(write(FormHead(each.title), form_lines(ledger_of(each)), "csv")).hexdigest()
        for each in documents
    ]
    tables = (
        models.Passage,
        models.Commitment,
        models.Target,
        models.NamedProject,
        models.Assignment,
        models.Edit,
    )
    again = ("commitments.deliver", "measures.declare", "measures.count")
    told = Counter(AuditEntry.objects.exclude(action__in=again).values_list("action", flat=True))
    kept = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (Path(settings.LUODI_HOME) / "files").glob("*/*")
        if not path.name.startswith("tmp")
    }
    return json.dumps(
        {
            "ledgers": ledgers,
            "rows": {table.__name__: table.objects.count() for table in (*tables, StoredFile)},
            "told": dict(sorted(told.items())),
            "numbers": hashlib.sha256(json.dumps(numbers()).encode()).hexdigest(),
            "jobs": sorted(Job.objects.values_list("kind", "state")),
            "queue": sorted(DBTaskResult.objects.values_list("status", flat=True)),
            "files": sorted(kept),
            "torn files": [name for name, digest in kept.items() if name != digest],
            "chain": audit.first_broken_entry(),
        },
        ensure_ascii=False,
        indent=1,
    )
