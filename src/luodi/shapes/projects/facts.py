"""From a project's rows to the values that gates look at."""

from __future__ import annotations

from datetime import date

from luodi.shapes.projects.kind import kind_of
from luodi.shapes.projects.life import Facts, PaperFact, PaperState, Yield
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import Project


def facts_of(project: Project, on: date) -> Facts:
    """A question each for papers, charges, reports and lines, less what is prefetched."""
    known = {paper.code: paper for paper in kind_of(project.kind).papers}
    charges = [
        each
        for each in project.charges.all()
        if each.valid_from <= on and (each.valid_until is None or on < each.valid_until)
    ]
    return Facts(
        fields=vars(project),
        today=on,
        papers=tuple(
            PaperFact(known[row.kind], PaperState(row.state), row.valid_until, row.promised_until)
            for row in project.papers.all()
            if row.kind in known
        ),
        parts_in_charge=tuple(each.part for each in charges),
        people_in_charge=tuple(f"{each.name}/{each.unit_id}" for each in charges),
        has_start_record=hasattr(project, "start"),
        yields=tuple(
            Yield(row.month, row.quantity, row.output_fen, row.tax_fen)
            for row in project.reports.filter(is_current=True).order_by("month")
        ),
        lines=lines_on(on).values,
    )
