"""What the demonstration city lived through: its two work plans, the year 2026, every scenario, and the numbers of it all."""

from __future__ import annotations

import importlib
import importlib.util

from luodi import demo
from luodi.assessment.alike import bind_the_plan
from luodi.commitments.demo import link_years, live_through_2026
from luodi.commitments.intake import deliver_text, read_document
from luodi.commitments.models import Document
from luodi.dispatch import demo as dispatch
from luodi.kernel.jobs import Progress, start
from luodi.kernel.models import Person
from luodi.kernel.scenario import packages
from luodi.measures.actions import count_all
from luodi.shapes.registers import demo as registers


def live_the_year(by: Person, other: Person) -> None:
    """Read the plans, issue and work on the first, load the scenarios, and queue the counting.

    `by` and `other` are two of the supervision office: what one applies for, the other verifies.
    """
    plans = []
    for name in ("work-plan-2026", "work-plan-2027"):
        document, _ = deliver_text(by, demo.text(name))
        # The first page a newcomer opens has its ledger already; the queued job then finds nothing to do.
        read_document(Progress(document.job), by, document.pk)
        plans.append(Document.objects.get(pk=document.pk))
    live_through_2026(plans[0], (by, other))
    link_years(*plans)
    _live_scenarios()
    dispatch.load()
    # The queue counts while the newcomer signs in.
    start(by, count_all, "计算全部指标")
    # Once there are numbers, what a statistician would confirm line by line: lights and outlooks show from the first day.
    start(by, bind_the_plan, "确认计划目标对应的指标", year=2026)


def _live_scenarios() -> None:
    """The shared registers, then the `load()` of every scenario that has a `demo.py`, each in one transaction of its own."""
    registers.load()
    for name in (f"{package}.demo" for package in packages()):
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).load()
