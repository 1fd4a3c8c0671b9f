"""The catalogue, its packages and points; openings of firms and entities by the month."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import YearWithoutCalendar
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.government_services.models import EntityMonth, Item, Material, Opening, Package, Point
from luodi.scenarios.government_services.rules.catalogue import differences
from luodi.scenarios.government_services.rules.service import workdays_taken
from luodi.scenarios.government_services.scenario import SCENARIO
from luodi.workbench.desk import changed

REGISTRAR = "市场监督管理局"


def of_unit(*ends: str) -> Any:
    """Liaisons of units with such a name."""

    def may(person: Any, _thing: Any = None) -> bool:
        return is_liaison(person) and any(post.unit.name.endswith(ends) for post in person.current_posts)

    return may


runs_services = of_unit(SCENARIO.lead)
counts_entities = of_unit(SCENARIO.lead, REGISTRAR)


def keeps(person: Any, thing: Any = None) -> bool:
    """Liaisons of the implementing body keep their items; the office that runs the services keeps all."""
    if not is_liaison(person):
        return False
    item = thing.item if isinstance(thing, Material) and thing.item_id else thing
    unit = getattr(item, "unit_id", None)
    return unit is None or unit in person.unit_ids or runs_services(person)


@action("government_services.keep_item", may=keeps)
def keep_item(by: Person, item: Item, values: dict[str, Any]) -> Item:
    """An item is right or is not kept; an item once cancelled takes no cases and is not revived."""
    if item.cancelled_on and values.get("cancelled_on", item.cancelled_on) is None:
        raise Refused("事项已取消，不能恢复；重新列入的请另立一条。")
    row = changed(item, values)
    if not keeps(by, row):
        raise Refused(f"{row.unit.called}的事项由该单位维护。")
    return row


@action("government_services.keep_material", may=keeps)
def keep_material(by: Person, material: Material, values: dict[str, Any]) -> Material:
    row = changed(material, values)
    if not keeps(by, row):
        raise Refused("这个事项的材料由实施机构维护。")
    return row


@action("government_services.keep_package", may=runs_services)
def keep_package(by: Person, package: Package, values: dict[str, Any]) -> Package:
    given = dict(values)
    codes = given.pop("item_codes", None)
    row = changed(package, given)
    if codes is not None:
        items = _items(codes)
        if len(items) < 2:
            raise Refused("“一件事”至少要有两个事项。")
        row.items.set(items)
    return row


@action("government_services.keep_point", may=runs_services)
def keep_point(by: Person, point: Point, values: dict[str, Any]) -> Point:
    """What is handled at a point makes its items 就近办, and taking it away everywhere ends that."""
    given = dict(values)
    codes = given.pop("item_codes", None)
    row = changed(point, given)
    if codes is not None:
        before = set(row.items.values_list("pk", flat=True))
        row.items.set(_items(codes))
        touched = before | set(row.items.values_list("pk", flat=True))
        for item in Item.objects.filter(pk__in=touched):
            item.is_nearby = item.points.exists()
            item.save(update_fields=["is_nearby"])
    return row


@action("government_services.keep_opening", may=counts_entities)
def keep_opening(by: Person, opening: Opening, values: dict[str, Any]) -> Opening:
    """The time taken is reckoned, never typed: working time at the office's hours, eight hours to the day."""
    row = changed(opening, values)
    if row.ready_at is None:
        row.workdays = row.ready_on = None
    else:
        day = timezone.localtime(row.ready_at).date()
        clock = clock_in_force(on=day, division=row.division)
        try:
            row.workdays = workdays_taken(row.filed_at, row.ready_at, clock.hours, clock.calendar)
        except YearWithoutCalendar as unknown:
            raise Refused(str(unknown)) from unknown
        except ValueError:
            raise Refused("全流程办结早于提交申请，请核对。") from None
        row.ready_on = day
    if row.licensed_at is not None and row.licensed_at < row.filed_at:
        raise Refused("核发执照早于提交申请，请核对。")
    row.save()
    return row


@action("government_services.keep_entities", may=counts_entities)
def keep_entities(by: Person, month: EntityMonth, values: dict[str, Any]) -> EntityMonth:
    if (day := values.get("month_on")) is not None and day > timezone.localdate():
        raise Refused("还没有到这个月。")
    return changed(month, values)


def catalogue_faults() -> list[str]:
    """What is still wrong with the catalogue in force: vague materials, and items that differ between bodies (四级四同)."""
    items = list(Item.objects.filter(cancelled_on=None).select_related("unit").prefetch_related("materials"))
    facts = [item.facts(tuple(each.name for each in item.materials.all())) for item in items]
    lacking = [
        f"{item.name}（{item.unit.called}）没有列申请材料。" for item in items if not item.materials.all()
    ]
    return [*differences(facts), *lacking]


def _items(codes: list[str]) -> list[Item]:
    found = Item.objects.filter(code__in=codes, cancelled_on=None)
    if missing := set(codes) - {item.code for item in found}:
        raise Refused(f"事项目录里没有现行的 {'、'.join(sorted(missing))}。")
    return list(found)
