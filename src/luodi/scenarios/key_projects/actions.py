"""The only writers of funds, payments, collective starts and firms' plans. Projects are written by the shape's actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.key_projects import rules
from luodi.scenarios.key_projects.models import FirmMeasure, FirmPlan, Fund, Payment, StartEvent
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.permission import keeps, manages
from luodi.workbench.desk import changed


def keeps_fund(person: Any, subject: Any = None) -> bool:
    """Whoever keeps the fund's project; for a payment, the fund's."""
    fund = getattr(subject, "fund", None) if getattr(subject, "fund_id", None) else subject
    project = getattr(fund, "project", None) if getattr(fund, "project_id", None) else None
    return keeps(person, project)


@action("key_projects.keep_fund", may=keeps_fund)
def keep_fund(by: Person, fund: Fund, values: dict[str, Any]) -> Fund:
    """A bid for money. What was granted can't fall below what was paid, nor be paid out of thin air."""
    project = values.get("project") or (fund.project if fund.project_id else None)
    if project is not None and not keeps(by, project):
        raise Refused("这个项目不归你管，不能登记它的资金。")
    asked, granted = (values.get(name, getattr(fund, name)) for name in ("asked_on", "granted_on"))
    if asked and granted and granted < asked:
        raise Refused("下达 {granted} 早于申报 {asked}。", granted=granted, asked=asked)
    if not values.get("number") and not fund.number:
        raise Refused("请填写资金编号。")
    return changed(fund, values)


@action("key_projects.pay", may=keeps_fund)
def pay(by: Person, payment: Payment, values: dict[str, Any]) -> Payment:
    """A payment, new or corrected; the fund's own sum follows."""
    fund = values.get("fund") or (payment.fund if payment.fund_id else None)
    if fund is None:
        raise Refused("请写明是哪笔资金。")
    fund = Fund.objects.select_for_update().select_related("project").get(pk=fund.pk)
    if not keeps(by, fund.project):
        raise Refused("这笔资金的项目不归你管。")
    others = fund.payments.exclude(pk=payment.pk).aggregate(sum=Sum("fen"))["sum"] or 0
    fen, on = values.get("fen", payment.fen), values.get("on", payment.on)
    if fen is None or on is None:
        raise Refused("拨付要有日期和金额。")
    if on > timezone.localdate():
        raise Refused("拨付日期不能在今天之后。")
    said = rules.payment_faults(fen, on, fund.granted_fen, fund.granted_on, others, fund.project.started_on)
    if said:
        raise Refused("".join(said))
    payment = changed(payment, values)
    fund.paid_fen = others + fen
    fund.save(update_fields=["paid_fen"])
    return payment


@action("key_projects.hold_event", may=manages)
def hold_event(by: Person, title: str, on: date, place: str, projects: list[Project]) -> StartEvent:
    """A collective start with the projects announced; held again under its title it takes the new list."""
    if not projects:
        raise Refused("集中开工要有项目。")
    event, _ = StartEvent.objects.update_or_create(
        title=title.strip(), defaults={"on": on, "place": place.strip()}
    )
    event.projects.set(projects)
    return event


def keeps_firm_plans(person: Any, _subject: Any = None) -> bool:
    return is_liaison(person)


@action("key_projects.keep_firm_plan", may=keeps_firm_plans)
def keep_firm_plan(by: Person, plan: FirmPlan, values: dict[str, Any]) -> FirmPlan:
    plan.by = plan.by or by
    return changed(plan, values)


@action("key_projects.keep_firm_measure", may=keeps_firm_plans)
def keep_firm_measure(by: Person, measure: FirmMeasure, values: dict[str, Any]) -> FirmMeasure:
    """One owner, one date; done says its result."""
    if (done := values.get("done_on")) and done > timezone.localdate():
        raise Refused("完成日期不能在今天之后。")
    return changed(measure, values)
