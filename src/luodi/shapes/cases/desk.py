"""The desks of a kind of case, made from its declaration: queue, board, calendar, map, bulk moves, import, export, API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from luodi.kernel.action import action
from luodi.kernel.models import Person
from luodi.shapes.cases import actions
from luodi.shapes.cases.clocks import LAMPS, TITLES, Light
from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.cases.machine import Move
from luodi.shapes.cases.permission import seen_by, sees
from luodi.workbench.desk import Bulk, Column, Desk
from luodi.workbench.kinds import Choice, Text, Whole

SUPERVISIONS = ((1, "一级"), (2, "二级"), (3, "三级"))


def desk_of(
    kind: CaseKind,
    *,
    about: str,
    columns: tuple[Column, ...] = (),
    rows: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows,
    code: str = "",
    title: str = "",
    search: tuple[str, ...] = (),
    filters: tuple[str, ...] = (),
    links: tuple[tuple[str, str], ...] = (),
) -> Desk:
    """A desk over the kind's cases. `columns` are the system's own, `rows` narrows to a part of them (欠款专册)."""  # fmt: skip
    create = _creates(kind)
    return Desk(
        code=code or kind.code.replace("_", "-"),
        title=title or kind.title,
        model=kind.model,
        key=("number",),
        about=about,
        when_empty=f"还没有{kind.title}：新登记一件，或导入已有台账。",
        columns=(
            Column("number", "编号", Text(), frozen=True, width=18),
            Column("title", "标题", frozen=True, edit=True, width=22),
            Column("light", "时限", Choice(lamps=LAMPS, choices=tuple(TITLES.items()))),
            Column("state", "状态", Choice(lamps=kind.machine.lamps, choices=kind.machine.choices)),
            Column("due_on", "办结期限", none="未起算"),
            *((Column("level", "等级", Choice(choices=kind.levels)),) if kind.levels else ()),
            Column("category", "类别", Choice(choices=kind.categories), edit=True),
            *columns,
            Column("lead", "主办单位"),
            Column("division", "区划", edit=True),
            Column("body", "内容", Text(long=True), edit=True, hidden=True, width=36),
            Column("channel", "来源", Choice(choices=kind.channels) if kind.channels else Text(), edit=True),
            Column("contact_shown", "诉求人", Text()),
            Column("outcome", "办理结果", Choice(choices=kind.outcomes), hidden=True),
            Column("score", "满意度", Whole("分"), hidden=True),
            Column("supervision", "督办", Choice(choices=SUPERVISIONS), none="—", hidden=True),
            Column("round", "轮次", Whole(), hidden=True),
            Column("was_late", "曾超期", none="—", hidden=True),
            Column("address", "地点", edit=True, hidden=True, none="—"),
            Column("received_at", "收到"),
            Column("home", "受理单位", hidden=True),
            Column("clock_fault", "期限未定原因", Text(), none="—", hidden=True),
        ),
        search=("number", "title", *search),
        filters=("light", "state", "category", "lead", "division", "due_on", *filters),
        order=("-received_at",),
        board="state",
        calendar="due_on",
        place=("lon", "lat"),
        scope=seen_by,
        rows=lambda found: with_light(rows(found.filter(kind=kind.code))),
        edit=actions.amend,
        create=create,
        bulk=tuple(_bulk(kind, move) for move in kind.machine.moves if move.in_bulk and not move.needs),
        page=lambda case: reverse("cases:case", args=[case.pk]),
        links=links,
    )  # fmt: skip


def with_light(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The light of now beside every case, by the stored moments: never stale, sorted and filtered by the database."""
    now = timezone.now()
    done = Q(finished_at__isnull=False) | Q(is_open=False)
    ways = (
        (done & Q(was_late=True), Light.DONE_LATE),
        (done & Q(was_late=False), Light.DONE),
        (done, Light.ENDED),
        (Q(is_paused=True), Light.PAUSED),
        (Q(due_at__isnull=True), Light.UNKNOWN),
        (Q(due_at__lte=now), Light.OVER),
        (Q(urgent_at__lte=now), Light.URGENT),
        (Q(soon_at__lte=now), Light.SOON),
    )
    cases = [When(condition, then=Value(str(light))) for condition, light in ways]
    return rows.annotate(
        light=When_(*cases, default=Value(str(Light.CALM)), output_field=CharField(max_length=10))
    )


def _creates(kind: CaseKind) -> Callable[..., Any]:
    @action(f"{kind.code}.open", may=lambda person, _case: kind.may_bring(person))
    def create(by: Person, case: Any, values: dict[str, Any]) -> Any:
        case.kind = kind.code
        return actions.open_case(by, case, values)

    return create


def _bulk(kind: CaseKind, move: Move) -> Bulk:
    @action(f"{kind.code}.{move.name}", may=sees_or_none)
    def act(by: Person, case: Any) -> Any:
        return actions.take(by, case, move.name, {})

    return Bulk(move.title, act)


def sees_or_none(person: Any, case: Any) -> bool:
    """For buttons: the machine itself says who may, row by row."""
    return case is None or sees(person, case)
