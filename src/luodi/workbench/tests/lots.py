"""A register for the tests: parking lots 停车场, as a scenario would declare them."""

from __future__ import annotations

from typing import Any

from django.db import models

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison, is_supervision
from luodi.workbench.desk import Bulk, Column, Desk, changed
from luodi.workbench.kinds import Choice, Money, Number, PersonLink, Text, Whole
from luodi.workbench.scope import own_units


def to_register(model: str, title: str) -> Any:
    """A link that nobody else's deletions look after: their tests run without the table of the lots."""
    return models.ForeignKey(
        model, verbose_name=title, null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+"
    )


class Lot(models.Model):
    """A parking lot."""

    class State(models.TextChoices):
        PLANNED = "planned", "拟建"
        BUILDING = "building", "在建"
        OPEN = "open", "已启用"

    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    lead = to_register("kernel.Unit", "主管单位")
    division = to_register("kernel.Division", "区划")
    handler = to_register("kernel.Person", "经办人")
    phone = models.CharField("电话", max_length=20, blank=True)
    berths = models.PositiveIntegerField("泊位", null=True, blank=True)
    area_mu = models.DecimalField("面积", max_digits=10, decimal_places=2, null=True, blank=True)
    invest_fen = models.BigIntegerField("投资", null=True, blank=True)
    due_on = models.DateField("计划启用", null=True, blank=True)
    charged = models.BooleanField("收费", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    photo = to_register("kernel.StoredFile", "照片")

    class Meta:
        app_label = "workbench"
        verbose_name = "停车场"
        constraints = [models.UniqueConstraint(fields=["lead", "name", "state"], name="one_lot_of_a_name")]

    def __str__(self) -> str:
        return self.name


def leads_lot(person: Any, lot: Lot | None) -> bool:
    """Supervision, and the liaison of the unit that leads the lot; a liaison may begin a lot of the own unit."""
    if is_supervision(person):
        return True
    return is_liaison(person) and (lot is None or lot.lead_id is None or lot.lead_id in person.unit_ids)


@action("lots.keep", may=leads_lot)
def keep_lot(by: Person, lot: Lot, values: dict[str, Any]) -> Lot:
    """Begin or change a lot."""
    if values.get("berths") == 0:
        raise Refused("停车场至少有一个泊位；还不知道请留空。")
    return changed(lot, values)


@action("lots.open", may=leads_lot)
def open_lot(by: Person, lot: Lot) -> Lot:
    if lot.berths is None:
        raise Refused("泊位数待补，不能启用。")
    return changed(lot, {"state": Lot.State.OPEN})


@action("lots.hand_over", may=is_supervision)
def hand_over(by: Person, lot: Lot, values: dict[str, Any]) -> Lot:
    return changed(lot, values)


evidence.accept_on(Lot, may=leads_lot)


LOTS = Desk(
    code="lots",
    title="停车场",
    model=Lot,
    key=("code",),
    about="新增停车位的来源。",
    when_empty="还没有停车场：导入备案表，或者逐个新增。",
    columns=(
        Column("code", "编号", frozen=True, edit=True),
        Column("name", "名称", frozen=True, edit=True, width=14),
        Column(
            "state",
            "状态",
            Choice(lamps={"open": "green", "building": "yellow", "planned": "hollow"}),
            edit=True,
        ),
        Column("lead", "主管单位", edit=True),
        Column("division", "区划", edit=True),
        Column("handler", "经办人", PersonLink(), edit=True),
        Column("phone", "电话", Text(masked=True), edit=True),
        Column("berths", "泊位", Whole("个"), edit=True),
        Column("area_mu", "面积", Number("亩", places=2), edit=True),
        Column("invest_fen", "投资", Money("万元"), edit=True),
        Column("due_on", "计划启用", edit=True),
        Column("charged", "收费", edit=True),
        Column("photo", "照片", hidden=True),
    ),
    search=("code", "name"),
    filters=("state", "lead", "division", "due_on", "berths"),
    order=("code",),
    board="state",
    calendar="due_on",
    place=("lon", "lat"),
    scope=own_units("lead"),
    edit=keep_lot,
    create=keep_lot,
    bulk=(Bulk("启用", open_lot), Bulk("移交", hand_over, asks=("lead",))),
)
