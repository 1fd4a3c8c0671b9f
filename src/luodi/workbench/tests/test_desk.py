"""A desk says everything once, and a wrong declaration is refused when it is made, not when a page is opened."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Evidence, Occurrence, Person, StoredFile, Unit
from luodi.workbench import finding, kinds
from luodi.workbench.desk import Column, Desk, allows, changed
from luodi.workbench.finding import desk_for, desks
from luodi.workbench.scope import own_divisions
from luodi.workbench.tests.lots import LOTS, Lot, keep_lot


def test_registers_of_the_house_are_found_without_a_list():
    codes = [desk.code for desk in desks()]
    assert {"units", "divisions", "posts", "enterprises"} <= set(codes)
    assert len(set(codes)) == len(codes)


def test_a_column_reads_its_kind_off_the_models_field():
    assert [type(LOTS.column(name).kind) for name in ("name", "lead", "division", "due_on", "charged", "photo")] == [
        kinds.Text, kinds.UnitLink, kinds.DivisionLink, kinds.Day, kinds.YesNo, kinds.File,
    ]  # fmt: skip
    assert LOTS.column("state").kind.choices == tuple(Lot.State.choices)
    assert (LOTS.column("code").is_needed, LOTS.column("berths").is_needed) == (True, False)
    assert LOTS.column("invest_fen").heading == "投资（万元）"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "停车"}, "stands in addresses"),
        ({"board": "name"}, "board needs a column of choices"),
        ({"calendar": "state"}, "calendar needs a column of days"),
        ({"filters": ("colour",)}, "no column is named colour"),
        ({"columns": (Column("colour", "颜色"),)}, "colour is no field of Lot"),
        (
            {"columns": (Column("code", "编号"), Column("name", "名称", frozen=True))},
            "frozen columns come first",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_at_once(wrong, said):
    columns = (Column("code", "编号"), Column("name", "名称"), Column("state", "状态"))
    with pytest.raises(ValueError, match=said):
        Desk(**{"code": "x", "title": "错", "model": Lot, "columns": columns} | wrong)


def test_unknown_is_said_in_words_and_never_zero():
    lot = Lot(code="P-1", name="东门")
    assert [LOTS.column(name).show(lot) for name in ("berths", "lead", "due_on", "invest_fen")] == [
        "待补", "待定", "待定", "待补",
    ]  # fmt: skip
    assert LOTS.column("berths").show(Lot(berths=0)) == "0"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (kinds.Whole("个"), "１,200", 1200),
        (kinds.Whole("个"), "待补", None),
        (kinds.Number("亩", places=2), " 12.50 ", Decimal("12.50")),
        (kinds.Number("亩"), "—", None),
        (kinds.Money("万元"), "1,234.5", 1_234_500_000),
        (kinds.Money("元"), "0.07", 7),
        (kinds.Day(), "2027年3月1日", date(2027, 3, 1)),
        (kinds.Day(), "2027/3/1", date(2027, 3, 1)),
        (kinds.YesNo(), "否", False),
        (LOTS.column("state").kind, "已启用", "open"),
        (kinds.Words(), "市住建局、住建局", ["市住建局", "住建局"]),
    ],
)
def test_what_a_person_types_is_read(kind, cell, value):
    assert kind.reader()(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (kinds.Whole("个"), "12.5", "应是整数"),
        (kinds.Whole("个"), "1_000", "不是数"),
        (kinds.Number("亩"), "NaN", "不是数"),
        (kinds.Number("亩"), "1e400", "不是数"),
        (kinds.Number("亩"), "9" * 16, "超出"),
        (kinds.Money("元"), "0.005", "不是整分"),
        (kinds.Money("万元"), "-3", "不能小于"),
        (kinds.Day(), "2027-02-29", "不是日历上的日子"),
        (kinds.Day(), "三月", "不是日期"),
        (LOTS.column("state").kind, "停用", "应为拟建、在建、已启用之一"),
        (kinds.Text(masked=True), "138****5678", "隐去"),
    ],
)
def test_what_can_not_be_read_is_said_in_chinese(kind, cell, said):
    with pytest.raises(ValueError, match=said):
        kind.reader()(cell)


def test_money_is_whole_fen_and_shown_in_its_unit():
    assert kinds.Money("万元").show(1_234_567_890) == "1,234.56789"
    assert kinds.Money("元").show(7) == "0.07"
    assert kinds.Money("万元").typed(12_000_000) == "12"


@pytest.mark.django_db
def test_units_and_divisions_answer_to_their_names_and_codes(city):
    read = kinds.UnitLink().reader()
    assert read("市住房和城乡建设局") == read("zhujian") == Unit.objects.get(key="zhujian")
    with pytest.raises(ValueError, match="单位名录里没有“市桥梁局”"):
        read("市桥梁局")
    first = Division.objects.first()
    assert kinds.DivisionLink().reader()(first.code) == first
    Person.objects.create_person("zhujian2", city["zhujian"].name)
    with pytest.raises(ValueError, match="请写登录名"):
        kinds.PersonLink().reader()(city["zhujian"].name)


def test_no_value_may_mean_that_there_is_none():
    until = Column("due_on", "撤销", kinds.Day(), none="现行")
    assert (until.said(None), until.said(date(2027, 1, 1)), until.reader()("现行")) == (
        "现行",
        "2027-01-01",
        None,
    )


def test_people_and_phones_are_masked():
    assert kinds.PersonLink().show(Person(name="安居乐")) == "安**"
    assert kinds.Text(masked=True).show("13812345678") == "138****5678"


@pytest.mark.django_db
def test_pages_offer_only_what_the_action_allows(city):
    own = Lot(lead=Unit.objects.get(key="zhujian"))
    assert allows(keep_lot, city["zhujian"], own)
    assert not allows(keep_lot, city["fagai"], own)
    assert not allows(None, city["ducha"], own)


@pytest.mark.django_db
def test_who_has_no_desk_finds_nothing(city):
    from django.http import Http404

    assert desk_for(city["ducha"], "units").title == "单位名录"
    with pytest.raises(Http404):
        desk_for(city["fagai"], "posts")


@pytest.mark.django_db
def test_a_division_sees_its_own_rows_and_those_below_the_city_all(city):
    town = Unit.objects.get(key="chenglan").division
    top = Unit.objects.get(key="zhujian").division
    Lot.objects.bulk_create(
        Lot(code=code, name=code, division=division)
        for code, division in (("区", town), ("市", top), ("无", None))
    )
    scope = own_divisions("division")

    def seen(login: str) -> set[str]:
        return set(scope(city[login], Lot.objects.all()).values_list("code", flat=True))

    assert seen("chenglan") == {"区"}
    assert seen("zhujian") == {"区", "市"}
    assert seen("shenji") == {"区", "市", "无"}


def test_a_time_stamp_is_local_and_a_link_to_any_register_goes_by_its_name():
    assert kinds.Moment().show(datetime(2027, 1, 1, 1, 30, tzinfo=UTC)) == "2027-01-01 09:30"
    posting = kinds.kind_of(StoredFile._meta.get_field("by"))
    assert isinstance(posting, kinds.PersonLink)
    other = kinds.kind_of(Evidence._meta.get_field("file"))
    assert isinstance(other, kinds.File)
    recurring = kinds.kind_of(Occurrence._meta.get_field("recurring"))
    assert type(recurring) is kinds.Link


def test_a_moment_is_read_as_it_is_shown():
    read = kinds.Moment().reader()
    for cell in ("2026-09-14 08:30", "2026/9/14 8:30", "2026-09-14T08:30:00", "2026-09-14　08：30"):
        assert read(cell) == datetime(2026, 9, 14, 0, 30, tzinfo=UTC)
    assert kinds.Moment().show(read("2026-09-14 08:30")) == "2026-09-14 08:30"
    assert read("待补") is None
    with pytest.raises(ValueError, match="不是时刻，请写成 2026-09-14 08:30"):
        read("2026-09-14")
    with pytest.raises(ValueError, match="不是日历上的时刻"):
        read("2026-09-14 25:00")


@pytest.mark.django_db
def test_a_default_that_is_taken_already_is_refused_in_words(city):
    lead = Unit.objects.get(key="zhujian")
    changed(Lot(), {"code": "P1", "name": "东门", "lead": lead})
    with pytest.raises(Refused, match="主管单位，名称 和 状态"):
        changed(Lot(), {"code": "P2", "name": "东门", "lead": lead})  # both stand at their default state


def test_two_desks_never_have_one_code(monkeypatch):
    module = importlib.import_module("luodi.site.desks")
    monkeypatch.setattr(module, "DESKS", (*module.DESKS, module.DESKS[0]))
    with pytest.raises(ValueError, match="taken twice or reserved: units"):
        finding.gather()
