"""Forms of promotion as Excel, CSV and Word: the monthly bulletin by place and chain, and the three lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.reading.forms import MEDIA_TYPES
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.rules.counting import FEN_PER_YI
from luodi.scenarios.investment_promotion.rules.life import LISTS
from luodi.workbench.desk import Column
from luodi.workbench.exporting import write
from luodi.workbench.kinds import Day, Money, Number, Text, Whole


class Row:
    """A row of a form: cells by the names of its columns."""

    def __init__(self, **cells: Any) -> None:
        vars(self).update(cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: its title, its columns, and its rows up to a day."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[date], Iterable[Row]]


def bulletin_by(by: str) -> Callable[[date], Iterable[Row]]:
    def rows(until: date) -> Iterable[Row]:
        view = look.picture(until)
        for at, line in enumerate([*view.lines(by), view.city()], start=1):
            own = line.standing
            yield Row(
                at=at, title=line.title, deals_goal=getattr(line.goal, "deals", None), large=own.large, large_share=line.share("large"), contract=_yi(own.contract_fen),
                outside_goal=_yi(getattr(line.goal, "outside_fen", None)), outside=_yi(own.outside_fen), outside_share=line.share("outside_fen"), province=_yi(own.province_fen),
                kept=own.percent("kept"), landed=own.percent("landed"), begun=own.percent("begun"), begun_in_year=own.percent("begun_in_year"), arrived=own.percent("arrived"),
                uncounted=own.uncounted,
            )  # fmt: skip

    return rows


def ledger(until: date) -> Iterable[Row]:
    """三个一批台账: each deal once, by list."""
    view, titles = look.picture(until), dict(LISTS)
    today = timezone.localdate()
    told = {deal.pk: found for deal, found in look.alerts_of(view, today, look.limits_on(today))}
    order = list(titles)
    for at, deal in enumerate(
        sorted(view.deals, key=lambda each: (order.index(each.batch), each.number)), start=1
    ):
        yield Row(
            at=at, batch=titles[deal.batch], number=deal.number, name=deal.name, division=deal.division.short_name, investor=deal.investor, origin=deal.get_origin_display(),
            chain=deal.chain.name if deal.chain else None, intended=deal.intended_fen, agreement=deal.agreement_fen, contract=deal.contract_fen, signed=deal.contract_on,
            arrived=view.arrived.get(deal.pk), state=deal.get_state_display(), started=deal.started_on, lead=deal.lead.called, alerts="；".join(each.words for each in told.get(deal.pk, ())) or None,
        )  # fmt: skip


def _yi(fen: int | None) -> Decimal | None:
    return None if fen is None else round(Decimal(fen) / FEN_PER_YI, 2)


AT, WAN, YI, SHARE = Column("at", "序号", Whole()), Money("万元"), Number("亿元"), Number("%")


def _bulletin(title: str) -> tuple[Column, ...]:
    return (
        AT, Column("title", title, Text(), width=10), Column("deals_goal", "签约亿元以上目标", Whole("个"), none="—"), Column("large", "签约亿元以上", Whole("个")), Column("large_share", "完成", SHARE, none="—"),
        Column("contract", "签约额", YI), Column("outside_goal", "市外到位目标", YI, none="—"), Column("outside", "市外到位", YI), Column("outside_share", "完成率", SHARE, none="—"),
        Column("province", "其中省际", YI), Column("kept", "履约率", SHARE, none="—"), Column("landed", "落地率", SHARE, none="—"), Column("begun", "开工率", SHARE, none="—"),
        Column("begun_in_year", "当年开工率", SHARE, none="—"), Column("arrived", "资金到位率", SHARE, none="—"), Column("uncounted", "不计入", Whole("个")),
    )  # fmt: skip


SHEETS: Mapping[str, Sheet] = {
    "divisions": Sheet("招商引资月通报（区县园区）", _bulletin("区县园区"), bulletin_by("division")),
    "chains": Sheet("招商引资月通报（产业链）", _bulletin("产业链"), bulletin_by("chain")),
    "ledger": Sheet(
        "三个一批台账",
        (
            AT, Column("batch", "批次", Text()), Column("number", "项目编号", Text(), width=9), Column("name", "项目名称", Text(), width=20), Column("division", "统计区划", Text()),
            Column("investor", "投资方", Text(), width=14), Column("origin", "资金来源地", Text()), Column("chain", "产业链", Text(), none="不在链"), Column("intended", "意向投资", WAN), Column("agreement", "协议投资", WAN, none="—"),
            Column("contract", "合同投资", WAN, none="—"), Column("signed", "签订合同", Day(), none="—"), Column("arrived", "计入到位", WAN, none="—"), Column("state", "进展", Text()), Column("started", "开工", Day(), none="—"),
            Column("lead", "责任单位", Text()), Column("alerts", "预警", Text(long=True), width=20, none="—"),
        ),
        ledger,
    ),
}  # fmt: skip


@require_safe
def sheet(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """A form up to a month's end as a file."""
    if not is_staff_of_the_city(request.user) or name not in SHEETS or format not in ("xlsx", "csv", "docx"):
        raise Http404
    until, form, now = look.end_of_month(request.GET.get("month", "")), SHEETS[name], timezone.localtime()
    about = f"截至 {until}　{now:%Y-%m-%d %H:%M} 导出　{request.user.name}　口径：{look.counting_on(until).called}"
    data = write(
        format, f"{until.year}年{until.month}月{form.title}", about, form.columns, form.rows(until), now
    )
    answer = HttpResponse(data, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(f'{form.title}{until:%Y-%m}.{format}')}"
    )
    return answer
