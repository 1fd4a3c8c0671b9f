"""What each step of a household asks for, as the fields that the shared form template draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.kernel.action import Refused
from luodi.kernel.identifiers import CitizenId, IdentifierError
from luodi.scenarios.poverty_watch.models import Village
from luodi.scenarios.poverty_watch.rules import words
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.workbench.kinds import Choice, Day, Kind, Money, Text, UnitLink, Whole, YesNo


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    title: str
    kind: Kind
    is_needed: bool = False


SAID, ON = Asked("said", "情况", Text(long=True)), Asked("on", "日期", Day())
NEED_SAID = Asked("said", "情况", Text(long=True), True)
GUARANTEED = tuple(Asked(code, title + "有保障", YesNo()) for code, title in words.GUARANTEES)
FORMS: Mapping[str, tuple[Asked, ...]] = {
    "assess": (
        Asked("wages_fen", "工资性收入（元）", Money("元")), Asked("business_fen", "生产经营净收入（元）", Money("元")), Asked("property_fen", "财产性收入（元）", Money("元")),
        Asked("transfer_fen", "转移性收入（元）", Money("元")), Asked("spent_fen", "刚性支出（元，单列不扣减）", Money("元")), *GUARANTEED,
        Asked("is_burdened", "刚性支出大或收入骤减", YesNo()), Asked("can_cope", "能自行应对", YesNo()), Asked("is_in_hardship", "基本生活严重困难", YesNo()),
        Asked("kind", "判断（不属于三类的留空）", Choice(choices=words.KINDS)), Asked("why", "与规则提示不一致的理由", Text()), ON,
    ),
    "member": (
        Asked("name", "姓名", Text(), True), Asked("citizen_id", "身份证号", Text(), True), Asked("relation", "与户主关系", Choice(choices=words.RELATIONS[1:]), True),
    ),
    "visit": (
        Asked("per_capita_fen", "人均纯收入（元）", Money("元")), *GUARANTEED, Asked("risk_gone", "原风险已解除", YesNo()), Asked("new_risk", "有新的风险", YesNo()),
        Asked("spending_held", "刚性支出可控", YesNo()), NEED_SAID, ON,
    ),
    "help": (
        Asked("kind", "措施", Choice(choices=words.HELPS), True), Asked("cause", "针对风险", Choice(choices=words.CAUSES)), Asked("what", "内容", Text(), True),
        Asked("why", "与风险不对应时的理由", Text()), Asked("unit", "实施单位", UnitLink()), Asked("started_on", "开始", Day()), Asked("planned_on", "计划完成", Day()),
    ),
    "propose": (SAID, ON),
    "confirm": (NEED_SAID, ON),
    "clear": (SAID, ON),
    "return": (NEED_SAID, ON),
    "relist": (NEED_SAID, ON),
}  # fmt: skip
ENROL = (
    Asked("head_name", "户主姓名", Text(), True), Asked("citizen_id", "户主身份证号", Text(), True), Asked("phone", "联系电话", Text()),
    Asked("village", "村（乡镇和村全称）", Text(), True), Asked("population", "家庭人口", Whole("人"), True), Asked("was_poor", "脱贫户", YesNo()),
    Asked("has_no_labour", "整户无劳动能力", YesNo()), Asked("is_in_long_treatment", "有成员长期治疗", YesNo()),
    Asked("special", "特殊情形", Choice(choices=words.SPECIALS)), Asked("special_note", "特殊情形说明", Text()),
    Asked("helper", "帮扶联系人", Text()), Asked("helper_post", "联系人单位职务", Text()),
)  # fmt: skip


def fields_of(
    asked: tuple[Asked, ...], typed: Mapping[str, Any], errors: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for each in asked:
        yield {
            "name": each.name, "title": each.title, "control": each.kind.control, "options": each.kind.options, "is_needed": each.is_needed,
            "value": typed.get(each.name, ""), "error": errors.get(each.name, ""), "is_exact": isinstance(each.kind, UnitLink),
        }  # fmt: skip


def read(asked: tuple[Asked, ...], typed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were given (None where nothing was), and what is wrong by name."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for each in asked:
        cell = str(typed.get(each.name, "")).strip()
        if not cell:
            values[each.name] = None
            if each.is_needed:
                errors[each.name] = "请填写。"
            continue
        try:
            values[each.name] = each.kind.reader()(cell)
        except ValueError as wrong:
            errors[each.name] = f"{wrong}。"
    return values, errors


def personal(values: dict[str, Any], name: str) -> dict[str, Any]:
    """The name and number of a form as values that print masked. Raises Refused with what is wrong with the number."""
    try:
        number = CitizenId.parse(values["citizen_id"])
    except IdentifierError as wrong:
        raise Refused(str(wrong)) from None
    return {**values, name: Private(values[name]), "citizen_id": number}


def village_named(text: str) -> Village:
    """By its whole name with the township before it, or its own where only one village is called so."""
    bare = text.strip()
    found = [each for each in Village.objects.select_related("division") if bare in {str(each), each.name}]
    if len(found) != 1:
        raise Refused(f"{'有几个村叫' if found else '名录里没有'}“{bare}”，请写乡镇和村的全称。")
    return found[0]
