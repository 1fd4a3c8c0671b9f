"""Receptions of leaders and joint sessions: planned ahead, held, and what they decided is followed to its result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Unit
from luodi.kernel.permission import is_leader
from luodi.scenarios.petitions.actions.roles import answers_item, at_the_bureau
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting, SittingItem
from luodi.scenarios.petitions.scenario import SCENARIO
from luodi.shapes.cases.permission import seen_by
from luodi.workbench.desk import changed


@action("petitions.keep_sitting", may=at_the_bureau)
def keep_sitting(by: Person, sitting: Sitting, values: dict[str, Any]) -> Sitting:
    leader = values.get("leader")
    if leader is not None and not is_leader(leader):
        raise Refused(f"接访、主持会议的应是市领导，{leader.name}不是。")
    if leader is not None and not sitting.post and not values.get("post"):
        values = {**values, "post": next((post.title for post in leader.current_posts), "")}
    if values.get("state") == Sitting.State.HELD and values.get("on", sitting.on) > timezone.localdate():
        raise Refused("日期还没有到，不能记为已举行。")
    sitting.division_id = sitting.division_id or _bureau(by).division_id
    return changed(sitting, values)


@action("petitions.decide", may=at_the_bureau)
def decide(by: Person, sitting: Sitting, values: Mapping[str, Any]) -> SittingItem:
    """Write down what was decided on one case: `number` of a petition or an old case, `opinion`, `unit`, `due_on`."""
    if sitting.state == Sitting.State.CANCELLED:
        raise Refused("已取消的不能交办。")
    subject = _subject(by, str(values.get("number") or "").strip())
    due_on, opinion, unit = values.get("due_on"), str(values.get("opinion") or "").strip(), values.get("unit")
    if not opinion or unit is None or due_on is None:
        raise Refused("请填写处理意见、责任单位和完成期限。")
    if due_on < sitting.on:
        raise Refused("完成期限不能早于这次接访或会议的日期。")
    if isinstance(subject, Petition) and subject.accused.filter(unit=unit).exists():
        raise Refused(f"这件反映的就是{unit.name}，不能交给它办理。")
    name = "petition" if isinstance(subject, Petition) else "backlog"
    return SittingItem.objects.create(
        sitting=sitting, unit=unit, opinion=opinion, due_on=due_on, **{name: subject}
    )


@action("petitions.finish_item", may=answers_item)
def finish(by: Person, item: SittingItem, result: str, on: date | None = None) -> SittingItem:
    item = SittingItem.objects.select_for_update().get(pk=item.pk)
    if item.done_on is not None:
        raise Refused("这一项已经办完。")
    if not result.strip():
        raise Refused("请写明办理结果。")
    item.result, item.done_on = result.strip(), on or timezone.localdate()
    item.save(update_fields=["result", "done_on"])
    return item


def _subject(by: Person, number: str) -> Petition | Backlog:
    found = (
        seen_by(by, Petition.objects.filter(number=number)).first()
        or Backlog.objects.filter(number=number).first()
    )
    if found is None:
        raise Refused(f"没有编号为“{number}”的信访事项或积案。")
    return found


def _bureau(person: Person) -> Unit:
    """The unit that the person keeps the calendar for."""
    return next(post.unit for post in person.current_posts if post.unit.name.endswith(SCENARIO.lead))
