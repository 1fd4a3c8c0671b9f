"""Monthly reports. Reported again with the same figures nothing changes; with others the old row stays beside the new."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.clock import months_later
from luodi.kernel.models import Person
from luodi.shapes.projects import rules
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import MonthReport, Project
from luodi.shapes.projects.permission import keeps
from luodi.shapes.projects.reports import FIGURES, OWN, report_of

TEXTS = ("progress", "next_steps")


@action("projects.report", may=keeps)
def report(by: Person, project: Project, month: date, values: dict[str, Any], why: str = "") -> MonthReport:
    """The report of a month: `values` by the names of `MonthReport`, cumulated since January, in 分; what is not named is
    taken from the report that stands. After the month is closed, or when a figure falls, `why` is needed."""
    month = month.replace(day=1)
    today = timezone.localdate()
    if month > today.replace(day=1):
        raise Refused("{month} 月还没有到，不能报。", month=month.month)
    rows = {row.month: row for row in project.reports.filter(is_current=True, month__year=month.year)}
    standing = rows.get(month)
    new = MonthReport(project=project, month=month, by=by)
    for name in (*FIGURES, *OWN):
        value = values.get(name, getattr(standing, name, None))
        setattr(new, name, (value or "").strip() if name in TEXTS else value)
    if new.ytd_fen is None:
        raise Refused("累计完成投资还没有填写。")
    if standing is not None and all(
        getattr(new, name) == getattr(standing, name) for name in (*FIGURES, *OWN)
    ):
        return standing
    before = max((row for row in rows.values() if row.month < month), key=lambda row: row.month, default=None)
    after = min((row for row in rows.values() if row.month > month), key=lambda row: row.month, default=None)
    _check(new, before, after, project)
    if standing is not None:
        new.why = why.strip()
        if not new.why and (today >= closed_from(month) or new.ytd_fen < standing.ytd_fen):
            raise Refused("{month} 月已经报过，改动请写更正理由；原来的数会留着。", month=month.month)
        new.revision = standing.revision + 1
        project.reports.filter(pk=standing.pk).update(is_current=False)
    new.month_fen = rules.month_fen(new.ytd_fen, before and before.ytd_fen)
    new.save()
    if after is not None:
        project.reports.filter(pk=after.pk).update(month_fen=rules.month_fen(after.ytd_fen, new.ytd_fen))
    return new


@action("projects.keep_report", may=keeps)
def keep_report(by: Person, row: MonthReport, values: dict[str, Any]) -> MonthReport:
    """The same for tables and imported sheets: `row` is the report that stands or a new one; `values` may name `why`."""
    given = dict(values)
    project, month = given.pop("project", None), given.pop("month", None)
    project, month = project or row.project, month or row.month
    return report(by, project, month, given, given.pop("why", "") or "")


def closed_from(month: date) -> date:
    """From this day on a change of the month is a correction: the day after reports were due."""
    following = months_later(month.replace(day=1), 1)
    return following.replace(day=lines_on(following)["report_day"] + 1)


def _check(new: MonthReport, before: MonthReport | None, after: MonthReport | None, project: Project) -> None:
    negative = [
        name for name in (*FIGURES, "quantity", "output_fen", "tax_fen") if (getattr(new, name) or 0) < 0
    ]
    if negative:
        title = MonthReport._meta.get_field(negative[0]).verbose_name
        raise Refused("“{title}”不能小于 0。", title=title)
    has_started = project.started_on is not None and project.started_on < months_later(new.month, 1)
    said = rules.report_faults(
        report_of(new), before and report_of(before), after and report_of(after), has_started
    )
    if project.owner and not project.owner.is_active:
        said.append(f"项目法人{project.owner}已{project.owner.get_status_display()}，不能再报投资。")
    if project.stage in ("terminated", "removed"):
        said.append("项目已终止或调出，不再报投资。")
    if said:
        raise Refused("".join(said))


def doubts(project: Project, month: date, ytd_fen: int) -> list[str]:
    """What to ask the reporter before sending: a slip of unit against the last month and the plan. Never a refusal."""
    last = (
        project.reports.filter(is_current=True, month__lt=month, month__year=month.year)
        .order_by("-month")
        .first()
    )
    plan = project.plans.filter(year=month.year).first()
    own = ytd_fen - (last.ytd_fen if last else 0)
    against = [
        last.month_fen if last and last.month_fen else None,
        plan.plan_fen // 12 if plan else None,
    ]
    found = [rules.unit_slip(own, value) for value in against]
    said = list(dict.fromkeys(filter(None, found)))
    if plan and ytd_fen > plan.plan_fen * 2:
        said.append("累计已是年度计划的两倍以上，请核对单位和计划。")
    return said
