"""An officer's day on a register that was only declared: find, read, change, and never see what is another's."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luodi.kernel import evidence
from luodi.kernel.models import AuditEntry, Unit
from luodi.workbench import asking
from luodi.workbench.actions import save_view
from luodi.workbench.models import SavedView
from luodi.workbench.tests.lots import LOTS, Lot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]


@pytest.fixture
def lots(city) -> dict[str, Lot]:
    """Three lots of the housing bureau and one of the finance bureau, some of their figures still unknown."""
    housing, money = Unit.objects.get(key="zhujian"), Unit.objects.get(key="caizheng")
    rows = [
        Lot(code="P-1", name="东门停车楼", lead=housing, division=housing.division, berths=320, area_mu=Decimal("12.5"),
            invest_fen=1_250_000_000, due_on=date(2027, 6, 30), state="building", handler=city["zhujian"],
            phone="13812345678", lon=104.1, lat=30.6),
        Lot(code="P-2", name="西门停车场", lead=housing, state="planned"),
        Lot(code="P-3", name="南站地下停车库", lead=housing, berths=80, state="open", due_on=date(2026, 12, 1)),
        Lot(code="P-9", name="财政局大院", lead=money, berths=40, state="open"),
    ]  # fmt: skip
    return {lot.code: lot for lot in Lot.objects.bulk_create(rows)}


@pytest.fixture
def many(city):
    units = list(Unit.objects.filter(valid_until=None)[:20])
    Lot.objects.bulk_create(
        Lot(
            code=f"C-{number:04}", name=f"{number} 号停车场", lead=units[number % 20], division=units[number % 20].division,
            handler=city["zhujian"], berths=number % 300 or None, state=("planned", "building", "open")[number % 3],
            due_on=date(2027, 1 + number % 12, 1 + number % 28), lon=104 + number % 50 / 100, lat=30 + number % 40 / 100,
        )
        for number in range(400)
    )  # fmt: skip


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def codes_at(client, address: str) -> list[str]:
    return [row.code for row in client.get(address).context["page"]]


def test_a_table_says_units_lights_and_what_is_unknown(client, officer, lots):
    client.force_login(officer)
    page = text_of(client, "/work/lots/")
    assert "投资（万元）" in page
    assert "1,250" in page
    assert "待补" in page
    assert '<span class="lamp yellow"></span>在建' in page
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "安**" in page


def test_words_of_a_row_never_become_markup(client, officer, lots):
    Lot.objects.filter(code="P-1").update(name="<script>alert(1)</script>", code='"><i>')
    client.force_login(officer)
    pk = lots["P-1"].pk
    for address in ("", "board", "calendar?month=2027-06", "map", "print", f"{pk}/", f"{pk}/form"):
        page = text_of(client, f"/work/lots/{address}")
        assert "<script>alert" not in page
        assert '"><i>' not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "address",
    ["lots/", "lots/board", "lots/calendar?month=2027-03", "lots/map", "lots/print", "lots/?sort=-lead&state=open&q=停车",
     "units/", "divisions/", "lots/form", "lots/import", ""],
)  # fmt: skip
def test_every_page_asks_at_most_twelve_questions(
    client, officer, many, address, django_assert_max_num_queries
):
    client.force_login(officer)
    with django_assert_max_num_queries(12):
        assert client.get(f"/work/{address}").status_code == 200


def test_an_export_of_any_size_asks_as_many_as_a_small_one(
    client, officer, many, django_assert_max_num_queries
):
    client.force_login(officer)
    with django_assert_max_num_queries(16):  # with the log entry of who took it
        assert client.get("/work/lots/export?format=xlsx").status_code == 200


def test_a_rows_page_asks_at_most_twelve_questions(client, officer, lots, django_assert_max_num_queries):
    client.force_login(officer)
    with django_assert_max_num_queries(12):
        text_of(client, f"/work/lots/{lots['P-1'].pk}/")


def test_fifty_rows_a_page_whatever_the_size(client, officer, many):
    client.force_login(officer)
    page = client.get("/work/lots/?page=8").context["page"]
    assert (len(page), page.paginator.count) == (50, 400)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=停车场", ["P-2"]),
        ("q=南站 地下", ["P-3"]),
        ("state=open", ["P-3", "P-9"]),
        ("berths=-", ["P-2"]),
        ("berths_from=80&berths_to=320", ["P-1", "P-3"]),
        ("due_on_to=2026-12-31", ["P-3"]),
        ("due_on=-", ["P-2", "P-9"]),
        ("lead=市财政局", ["P-9"]),
        ("sort=-berths", ["P-1", "P-3", "P-9", "P-2"]),
        ("sort=state", ["P-2", "P-1", "P-3", "P-9"]),
        ("sort=secret", ["P-1", "P-2", "P-3", "P-9"]),
    ],
)
def test_filters_and_order(client, officer, lots, query, codes):
    client.force_login(officer)
    assert codes_at(client, f"/work/lots/?{query}") == codes


def test_a_register_too_large_to_choose_from_is_typed_by_name(client, officer, lots, monkeypatch):
    client.force_login(officer)
    assert '<select name="lead"' in text_of(client, "/work/lots/")
    monkeypatch.setattr(asking, "MOST_OPTIONS", 1)
    answer = client.get("/work/lots/options/lead")
    assert answer["HX-Reswap"] == "outerHTML" and '<input name="lead"' in answer.content.decode()
    assert '<input name="lead" value="市财政局"' in text_of(client, "/work/lots/?lead=市财政局")
    assert "单位名录里没有“市桥梁局”，这个条件没有生效" in text_of(client, "/work/lots/?lead=市桥梁局")


def test_a_link_filter_is_looked_up_when_one_reaches_for_it(client, officer, lots):
    client.force_login(officer)
    finance = lots["P-9"].lead_id
    assert "市财政局</option>" not in text_of(client, "/work/lots/")
    offered = text_of(client, f"/work/lots/options/lead?lead={finance}")
    assert f'<option value="{finance}" selected>市财政局</option>' in offered
    assert "市教育局" not in offered  # leads no lot
    assert f'<option value="{finance}" selected>市财政局</option>' in text_of(
        client, f"/work/lots/?lead={finance}"
    )
    assert client.get("/work/lots/options/state").status_code == 404


def test_beyond_a_limit_rows_are_not_counted(client, officer, many, monkeypatch):
    client.force_login(officer)
    monkeypatch.setattr(asking, "MOST_COUNTED", 100)
    page = client.get("/work/lots/").context["page"]
    assert (page.paginator.count, page.paginator.num_pages, page.paginator.is_capped) == (100, 2, True)
    assert "第 2 页，超过 100 条，请筛选" in text_of(client, "/work/lots/?page=2")
    monkeypatch.setattr(asking, "MOST_COUNTED", 400)
    assert "共 8 页 400 条" in text_of(client, "/work/lots/")


def test_a_filter_that_can_not_be_read_is_said_not_swallowed(client, officer, lots):
    client.force_login(officer)
    assert "“很多”不是数，这个条件没有生效" in text_of(client, "/work/lots/?berths_from=很多")


def test_what_can_not_be_read_never_widens_an_action_or_a_file(client, officer, lots):
    client.force_login(officer)
    plain = {"HX-Request": "true"}
    sent = {"action": "lots.open", "all": "1"}
    for answer in (
        client.post("/work/lots/bulk?berths_from=很多", sent, headers=plain),
        client.get("/work/lots/export?berths_from=很多", headers=plain),
        client.get("/work/lots/print?berths_from=很多", headers=plain),
    ):
        assert (answer.status_code, "“很多”不是数" in answer.content.decode()) == (422, True)
    assert Lot.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    "address",
    ["?q=%00", "?lead=99999999999999999999", "?berths_from=999999999999999", "?page=99999999999999999999&sort=%00",
     "?due_on_from=%00", "99999999999999999999/", "?state=%27%22%3B--", "?view=99999999999999999999", "?q=%25_%5C"],
)  # fmt: skip
def test_odd_addresses_are_answered_not_broken(client, officer, lots, address):
    client.force_login(officer)
    assert client.get(f"/work/lots/{address}").status_code in {200, 404}


def test_odd_deliveries_are_refused_not_broken(client, officer, lots):
    client.force_login(officer)
    huge = "9" * 20
    pk = lots["P-1"].pk
    for address, sent in (
        ("bulk", {"action": "lots.open", "pk": [huge]}),
        (f"{pk}/cell", {"name": "name", "value": "x" * 5000}),
        (f"{pk}/cell", {"name": "area_mu", "value": "99999999999.5"}),
        ("views", {"name": "x", "query": "q" * 1001, "column": ["code"]}),
    ):
        assert client.post(f"/work/lots/{address}", sent, headers={"HX-Request": "true"}).status_code == 422
    pasted = client.post("/work/lots/paste", {"pk": [huge, 999], "column": ["berths"], "text": "1"})
    assert "已经不在了" in pasted.content.decode()
    assert client.post(f"/work/lots/{pk}/cell", {"name": "name", "value": "东\x00门"}).status_code == 204
    assert Lot.objects.get(pk=pk).name == "东门"


def test_one_sees_the_rows_of_the_own_unit_and_no_others(client, city, liaison, lots):
    client.force_login(liaison)
    assert codes_at(client, "/work/lots/") == ["P-1", "P-2", "P-3"]
    foreign = lots["P-9"].pk
    for address in (
        f"/work/lots/{foreign}/",
        f"/work/lots/{foreign}/form",
        f"/work/lots/{foreign}/evidence/1",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/work/lots/{foreign}/cell", {"name": "berths", "value": "1"}).status_code == 404
    client.force_login(city["xitong"])
    assert client.get("/work/lots/").status_code == 404
    client.force_login(city["fagai"])
    assert client.get("/work/posts/").status_code == 404


def test_an_empty_desk_says_what_to_do(client, officer, city):
    client.force_login(officer)
    page = text_of(client, "/work/lots/")
    assert "导入备案表，或者逐个新增" in page
    assert "/work/lots/import" in page
    assert "没有符合条件的行" in text_of(client, "/work/lots/?q=无此地")


def test_a_cell_is_changed_through_the_action_and_recorded(client, liaison, lots):
    client.force_login(liaison)
    lot = lots["P-2"]
    answer = client.post(f"/work/lots/{lot.pk}/cell", {"name": "berths", "value": "１,200", "was": ""})
    assert (answer.status_code, json.loads(answer["HX-Trigger"])["desk-changed"]["row"]) == (204, lot.pk)
    lot.refresh_from_db()
    assert lot.berths == 1200
    entry = AuditEntry.objects.get(action="lots.keep")
    assert (entry.by, entry.subject, entry.detail) == (
        "zhujian",
        f"workbench.lot:{lot.pk}",
        {"values": {"berths": 1200}},
    )
    page = text_of(client, f"/work/lots/{lot.pk}/")
    assert "泊位（个）：1,200" in page
    assert "安居乐" in page
    client.post(f"/work/lots/{lot.pk}/cell", {"name": "berths", "value": "1300", "was": "1200"})
    client.post(f"/work/lots/{lot.pk}/cell", {"name": "state", "value": "open"})
    page = text_of(client, f"/work/lots/{lot.pk}/")
    assert "泊位（个）：1,200 → 1,300" in page
    assert "状态：已启用" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "berths", "value": "十二"}, "泊位：“十二”不是数。"),
        ({"name": "berths", "value": "0"}, "至少有一个泊位"),
        ({"name": "lead", "value": "市桥梁局"}, "主管单位：单位名录里没有“市桥梁局”。"),
        ({"name": "lead", "value": "市财政局"}, "不在你的范围内"),
        ({"name": "berths", "value": "5", "was": "7"}, "刚被别人改成“320”"),
        ({"name": "code", "value": "P-2"}, "编号"),
    ],
)
def test_a_refused_change_is_a_sentence_and_changes_nothing(client, liaison, lots, sent, said):
    client.force_login(liaison)
    answer = client.post(f"/work/lots/{lots['P-1'].pk}/cell", sent, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    lots["P-1"].refresh_from_db()
    assert (lots["P-1"].berths, lots["P-1"].code, lots["P-1"].lead.key) == (320, "P-1", "zhujian")
    assert not AuditEntry.objects.filter(action="lots.keep").exists()


def test_personal_data_is_seen_whole_only_with_a_reason_that_stays(client, liaison, lots):
    client.force_login(liaison)
    address = f"/work/lots/{lots['P-1'].pk}/"
    assert "13812345678" not in text_of(client, address) + text_of(client, f"{address}form")
    assert client.post(address, {"reason": " "}, headers={"HX-Request": "true"}).status_code == 422
    assert "13812345678" in client.post(address, {"reason": "联系业主核实泊位"}).content.decode()
    entry = AuditEntry.objects.get(action="workbench.reveal")
    assert (entry.by, entry.detail) == ("zhujian", {"reason": "联系业主核实泊位"})
    client.post(
        f"{address}form",
        {"code": "P-1", "name": "东门停车楼", "state": "building", "phone": "", "berths": "321"},
    )
    lots["P-1"].refresh_from_db()
    assert (lots["P-1"].phone, lots["P-1"].berths) == ("13812345678", 321)


def test_what_was_taken_away_is_on_record(client, officer, lots):
    client.force_login(officer)
    client.get("/work/lots/export?format=csv&state=open")
    entry = AuditEntry.objects.get(action="workbench.export")
    assert (entry.by, entry.subject, entry.detail) == (
        "ducha", "desk:lots", {"desk": "lots", "rows": 2, "filters": "状态：已启用"},
    )  # fmt: skip


def test_who_may_only_look_is_offered_nothing_and_refused(client, city, lots):
    client.force_login(city["shenji"])
    page = text_of(client, "/work/lots/")
    assert "/work/lots/form" not in page
    assert " edit " not in page
    assert (
        client.post(f"/work/lots/{lots['P-1'].pk}/cell", {"name": "berths", "value": "1"}).status_code == 403
    )
    assert client.get("/work/lots/form").status_code == 403
    assert client.post("/work/lots/import").status_code == 403


def test_a_form_says_its_errors_beside_the_fields(client, officer, city):
    client.force_login(officer)
    answer = client.post("/work/lots/form", {"code": "P-7", "berths": "三百", "due_on": "2027-02-29"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("“三百”不是数。", "不是日历上的日子。", "请填写。"):
        assert said in page
    assert 'value="三百"' in page
    made = client.post(
        "/work/lots/form",
        {"code": "P-7", "name": "北门", "lead": "zhujian", "state": "planned", "charged": "否"},
    )
    lot = Lot.objects.get(code="P-7")
    assert (made.status_code, made["Location"]) == (302, f"/work/lots/{lot.pk}/")
    assert (lot.berths, lot.charged, lot.lead.key) == (None, False, "zhujian")
    again = client.post("/work/lots/form", {"code": "P-7", "name": "北门", "state": "planned"})
    assert (again.status_code, Lot.objects.count()) == (422, 1)


def test_two_people_on_one_form_do_not_undo_each_other(client, officer, lots):
    client.force_login(officer)
    lot = lots["P-1"]
    address = f"/work/lots/{lot.pk}/form"
    page = client.get(address)
    opened = {f"was.{field['column'].name}": field["was"] for field in page.context["fields"]}
    opened |= {field["column"].name: field["typed"] for field in page.context["fields"]}
    Lot.objects.filter(pk=lot.pk).update(berths=400)
    assert client.post(address, {**opened, "name": "东门停车楼（二期）"}).status_code == 302
    lot.refresh_from_db()
    assert (lot.name, lot.berths) == ("东门停车楼（二期）", 400)
    entry = AuditEntry.objects.filter(action="lots.keep").last()
    assert entry.detail == {"values": {"name": "东门停车楼（二期）"}}
    late = client.post(address, {**opened, "berths": "330"})
    assert (late.status_code, "刚被别人改成“400”" in late.content.decode()) == (422, True)
    lot.refresh_from_db()
    assert lot.berths == 400


def test_an_action_over_many_rows_is_all_or_none(client, officer, lots):
    client.force_login(officer)
    chosen = {"action": "lots.open", "pk": [lots["P-1"].pk, lots["P-2"].pk]}
    refused = client.post("/work/lots/bulk", chosen, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "P-2：泊位数待补，不能启用" in refused.content.decode()
    assert Lot.objects.filter(state="open").count() == 2
    done = client.post("/work/lots/bulk?state=building", {"action": "lots.open", "all": "1"})
    assert (done.status_code, Lot.objects.filter(state="open").count()) == (204, 3)
    handed = client.post(
        "/work/lots/bulk", {"action": "lots.hand_over", "lead": "市财政局", "pk": [lots["P-2"].pk]}
    )
    assert (handed.status_code, Lot.objects.get(code="P-2").lead.key) == (204, "caizheng")
    assert client.post("/work/lots/bulk", {"action": "lots.keep", "pk": [lots["P-2"].pk]}).status_code == 404


def test_a_person_keeps_columns_and_named_views(client, officer, city, lots):
    client.force_login(officer)
    client.post("/work/lots/views", {"column": ["berths", "code"]})
    assert [column.name for column in client.get("/work/lots/").context["asked"].columns] == [
        "code",
        "berths",
    ]
    answer = client.post(
        "/work/lots/views", {"name": "在建", "query": "state=building", "column": ["code", "name", "due_on"]}
    )
    assert codes_at(client, answer["HX-Redirect"]) == ["P-1"]
    columns = [column.name for column in client.get(answer["HX-Redirect"]).context["asked"].columns]
    assert columns == ["code", "name", "due_on"]
    view = SavedView.objects.get(name="在建")
    client.force_login(city["fagai"])
    assert client.post(f"/work/lots/views/{view.pk}/drop").status_code == 404
    client.force_login(officer)
    client.post(f"/work/lots/views/{view.pk}/drop")
    assert not SavedView.objects.filter(name="在建").exists()
    save_view(officer, SavedView(person=officer, desk="lots", name=""), "", ["gone", "name"])
    assert [column.name for column in client.get("/work/lots/").context["asked"].columns] == ["name"]


def test_the_board_counts_every_lane(client, officer, many):
    client.force_login(officer)
    lanes = client.get("/work/lots/board").context["lanes"]
    assert [(lane.value, lane.count, len(lane.rows)) for lane in lanes] == [
        ("planned", 134, 30), ("building", 133, 30), ("open", 133, 30),
    ]  # fmt: skip


def test_the_calendar_shows_the_month_and_counts_the_undated(client, officer, lots):
    client.force_login(officer)
    answer = client.get("/work/lots/calendar?month=2027-06")
    boxes = [box for week in answer.context["weeks"] for box in week]
    assert [(box.day, box.rows[0].code) for box in boxes if box.rows] == [(date(2027, 6, 30), "P-1")]
    assert answer.context["undated"] == 2
    assert client.get("/work/lots/calendar?month=x").status_code == 200


def test_the_map_draws_what_has_a_place_and_says_what_has_none(client, officer, lots):
    client.force_login(officer)
    drawn = client.get("/work/lots/map").context["map"]
    assert ([point.title for point in drawn.points], drawn.unplaced) == (["P-1 东门停车楼"], 3)
    assert all(0 <= point.x <= 1000 and 0 <= point.y <= 620 for point in drawn.points)
    assert drawn.lines


def test_evidence_is_attached_and_read_by_those_who_see_the_row(client, liaison, city, lots):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    client.force_login(liaison)
    lot = lots["P-1"]
    upload = SimpleUploadedFile("现场.jpg", picture.getvalue())
    client.post(f"/work/lots/{lot.pk}/attach", {"file": upload, "title": "入口已铺装"})
    (piece,) = evidence.of(lot)
    address = f"/work/lots/{lot.pk}/evidence/{piece.pk}"
    answer = client.get(address)
    assert answer.content == picture.getvalue()
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}?small=1")["Content-Type"] == "image/jpeg"
    page = text_of(client, f"/work/lots/{lot.pk}/")
    assert "入口已铺装" in page
    assert "上传佐证" in page
    assert client.get(f"/work/lots/{lots['P-2'].pk}/evidence/{piece.pk}").status_code == 404
    client.force_login(city["fagai"])
    assert client.get(address).status_code == 404
    client.force_login(city["shenji"])
    assert client.post(f"/work/lots/{lot.pk}/attach", {"file": upload}).status_code == 403


def test_a_row_may_have_a_better_page_of_its_own(client, officer, lots, monkeypatch):
    client.force_login(officer)
    monkeypatch.setitem(LOTS.__dict__, "page", lambda lot: f"/lot/{lot.code}")
    assert 'href="/lot/P-1"' in text_of(client, "/work/lots/")
    assert 'href="/lot/P-1"' in text_of(client, "/work/lots/board")
    assert client.get(f"/work/lots/{lots['P-1'].pk}/")["Location"] == "/lot/P-1"


def test_the_names_of_a_register_are_offered_for_its_columns_only(client, officer, lots):
    client.force_login(officer)
    assert "市财政局" in text_of(client, "/work/lots/choices/lead")
    assert client.get("/work/lots/choices/berths").status_code == 404
