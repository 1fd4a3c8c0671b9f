"""The pages: a draw made in the browser's forms, a sheet filled on a phone, results in public, libraries by sheets."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luodi.kernel import evidence
from luodi.scenarios.random_inspections.models import CheckItem, Inspector, SpotCheck, Subject, Task
from luodi.scenarios.random_inspections.pages import DESKS
from luodi.scenarios.random_inspections.tests.conftest import make_task
from luodi.scenarios.random_inspections.tests.draws import MONDAY, drawn
from luodi.scenarios.random_inspections.tests.test_road import take, visited
from luodi.shapes.cases.tests.photos import photo
from luodi.workbench import importing
from luodi.workbench.exporting import write

pytestmark = pytest.mark.django_db

BY_CODE = {desk.code: desk for desk in DESKS}


def page(client, name, *args):
    return client.get(reverse(f"random_inspections:{name}", args=args))


def post(client, name, pk, **sent):
    return client.post(reverse(f"random_inspections:{name}", args=[pk]), sent)


def nonce_on(answer) -> str:
    return re.search(r'<code id="nonce">([0-9a-f]{64})</code>', answer.content.decode())[1]


def test_a_draw_is_made_by_two_offices_on_their_own_pages(client, libraries, monkeypatch):
    today = timezone.localdate()
    task = make_task("RW-P", starts_on=today, ends_on=today + timedelta(days=40))
    event_at = timezone.localtime() + timedelta(hours=2)
    client.force_login(libraries["shichang"])
    assert "现在可以办" in page(client, "task", task.pk).content.decode()
    assert post(client, "freeze", task.pk, event="收盘点位", event_at="明天").status_code == 422
    assert (
        post(client, "freeze", task.pk, event="收盘点位", event_at=f"{event_at:%Y-%m-%dT%H:%M}").status_code
        == 302
    )
    mine = nonce_on(post(client, "commit", task.pk))
    assert mine not in page(client, "task", task.pk).content.decode(), "shown once"
    client.force_login(libraries["ducha"])
    theirs = nonce_on(post(client, "commit", task.pk))
    assert "不能提前公开" in post(client, "reveal", task.pk, nonce=theirs, saw="3876.54").content.decode()
    public = page(client, "public_draw", task.pk).content.decode()
    task.refresh_from_db()
    assert task.operator_sha in public
    assert mine not in public
    monkeypatch.setattr(
        "luodi.scenarios.random_inspections.actions.draws.timezone.now", lambda: event_at + timedelta(hours=1)
    )
    assert post(client, "reveal", task.pk, nonce=theirs, saw="3876.54").status_code == 302
    client.force_login(libraries["shichang"])
    assert post(client, "reveal", task.pk, nonce=mine, saw="3876.54").status_code == 302
    assert post(client, "draw", task.pk).status_code == 302
    shown = page(client, "task", task.pk).content.decode()
    assert all(check.firm.name in shown for check in SpotCheck.objects.filter(task=task))


def test_the_package_verifies_in_a_process_of_its_own_also_after_a_recusal(
    client, task, libraries, second, tmp_path
):
    task = drawn(libraries, task)
    check = SpotCheck.objects.filter(task=task).first()
    seat = check.seats.order_by("pk").first()
    take(
        libraries["shichang"],
        check,
        "ask_recusal",
        inspector=seat.inspector.cert_no,
        recusal="kin",
        words="配偶任职",
    )
    take(second, check, "grant_recusal", inspector=seat.inspector.cert_no, reason="属实")
    answer = page(client, "package", task.pk)
    assert answer.content == page(client, "package", task.pk).content, "the same bytes every time"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["draw.json", "verify_draw.py", "README.txt"]
        packed.extractall(tmp_path)
    said = (tmp_path / "draw.json").read_text(encoding="utf-8")
    for each in Inspector.objects.all():
        assert each.name not in said
        assert each.cert_no not in said
    assert "kin" not in said
    data = json.loads(said)
    assert len(data["replacements"]) == 1
    run = [sys.executable, "-I", "verify_draw.py", "draw.json"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "OK\n")
    data["result"] = data["result"].replace(check.firm.uscc, "91100000YD000000XX")
    (tmp_path / "draw.json").write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DIFF result" in done.stdout


def test_a_sheet_is_filled_in_on_the_spot_with_a_photo(client, task, libraries, second):
    task = drawn(libraries, task)
    check = SpotCheck.objects.filter(task=task).first()
    take(libraries["shichang"], check, "notify", MONDAY + timedelta(days=1), agreed_on=date(2026, 9, 21))
    client.force_login(libraries["shengtai"])
    sheet = page(client, "sheet", check.pk).content.decode()
    assert "排污许可执行情况检查" in sheet
    assert post(client, "sheet", check.pk).status_code == 422
    wrong = post(client, "sheet", check.pk, **{"s-ST-01": "忘了选结果"})
    assert "请选择检查结果" in wrong.content.decode()
    sent = {"c-ST-01": "5", "s-ST-01": "台账缺失，已责令改正", "photo": photo()}
    assert post(client, "sheet", check.pk, **sent).status_code == 302
    assert evidence.of(check).count() == 1
    client.force_login(libraries["shichang"])
    late = post(
        client,
        "sheet",
        check.pk,
        **{"c-SC-01": "1", "finish": "1", "checked_on": "2030-01-01", "signature": "signed"},
    )
    assert "不能晚于今天" in late.content.decode()
    today = timezone.localdate().isoformat()
    done = post(
        client,
        "sheet",
        check.pk,
        **{"c-SC-01": "1", "finish": "1", "checked_on": today, "signature": "signed"},
    )
    assert done.status_code == 302
    check = SpotCheck.objects.get(pk=check.pk)
    assert (check.state, check.outcome) == ("recorded", "5")
    assert "检查告知单" in page(client, "sheet", check.pk).content.decode()
    notice = page(client, "notice", check.pk)
    with zipfile.ZipFile(io.BytesIO(notice.content)) as packed:
        body = packed.read("word/document.xml").decode()
    assert all(seat.inspector.cert_no in body for seat in check.seats.all())
    client.force_login(libraries["nongye"])
    assert page(client, "sheet", check.pk).status_code == 404


def test_the_public_reads_results_and_corrections_but_no_name(client, task, libraries, second):
    task = drawn(libraries, task)
    rows = list(SpotCheck.objects.filter(task=task))
    found = {"SC-01": ("1", ""), "ST-01": ("5", "台账缺失")}
    check = visited(libraries, second, rows[0], found)
    take(libraries["shichang"], check, "publish")
    hidden = visited(libraries, second, rows[1])
    public = page(client, "public_results").content.decode()
    assert check.firm.name in public
    assert hidden.firm.name not in public, "not published yet"
    client.force_login(libraries["shichang"])
    asked = {"c-SC-01": "1", "c-ST-01": "7", "reason": "企业已停产"}
    assert post(client, "sheet", check.pk, **asked).status_code == 302
    client.force_login(second)
    assert "同意更正" in page(client, "sheet", check.pk).content.decode()
    post(client, "correction", check.pk, grant="1", reason="经复核企业已停产")
    client.logout()
    public = page(client, "public_draw", task.pk).content.decode()
    assert "原公示" in public
    assert "经复核企业已停产" in public
    for each in Inspector.objects.all():
        assert each.name not in public
    client.get(reverse("random_inspections:public_results"), {"q": check.firm.uscc.lower()})


@pytest.mark.parametrize("name", ["public", "public_results"])
def test_public_pages_ask_little(client, task, libraries, second, django_assert_max_num_queries, name):
    task = drawn(libraries, task)
    for row in SpotCheck.objects.filter(task=task)[:4]:
        take(libraries["shichang"], visited(libraries, second, row), "publish")
    with django_assert_max_num_queries(12):
        assert page(client, name).status_code == 200


def test_pages_of_a_task_and_a_sheet_ask_little(client, task, libraries, django_assert_max_num_queries):
    task = drawn(libraries, task)
    client.force_login(libraries["shichang"])
    with django_assert_max_num_queries(12):
        page(client, "task", task.pk)
    with django_assert_max_num_queries(12):
        page(client, "sheet", SpotCheck.objects.filter(task=task).first().pk)
    client.logout()
    with django_assert_max_num_queries(12):
        page(client, "public_draw", task.pk)


def test_every_desk_opens_and_asks_little(client, task, libraries, django_assert_max_num_queries):
    drawn(libraries, task)
    client.force_login(libraries["shichang"])
    for code in BY_CODE:
        with django_assert_max_num_queries(12):
            assert client.get(f"/work/{code}/").status_code == 200, code


def test_the_evening_page_counts_and_says_what_to_look_at(
    client, task, libraries, second, django_assert_max_num_queries
):
    task = drawn(libraries, task)
    rows = list(SpotCheck.objects.filter(task=task))
    a, d = (next(row for row in rows if row.level == level) for level in "AD")
    for row, found in (
        (a, {"SC-01": ("5", "未公示"), "ST-01": ("1", "")}),
        (d, {"SC-01": ("1", ""), "ST-01": ("1", "")}),
    ):
        take(libraries["shichang"], visited(libraries, second, row, found), "publish")
    check = rows[1] if rows[1] not in (a, d) else rows[2]
    for seat in list(check.seats.all()):
        by = libraries[seat.inspector.unit.key]
        take(by, check, "ask_recusal", inspector=seat.inspector.cert_no, recusal="kin", words="亲属")
        take(second, check, "grant_recusal", inspector=seat.inspector.cert_no, reason="属实")
    Inspector.objects.filter(pk=Inspector.objects.first().pk).update(valid_to=timezone.localdate())
    Task.objects.filter(pk=task.pk).update(ends_on=date(2026, 9, 30))
    client.force_login(libraries["ducha"])
    with django_assert_max_num_queries(12):
        shown = page(client, "progress").content.decode()
    assert "检查期已过，还有 16 户没有检查" in shown
    assert "D 类的问题发现率不高于 A 类" in shown
    assert "1 名检查人员的执法证" in shown
    assert "超过派出的" not in shown, "2 of 38 seats is no alarm"
    assert page(client, "progress").status_code == 200
    assert (
        "还没有抽查任务"
        in client.get(reverse("random_inspections:progress"), {"year": "2031"}).content.decode()
    )


def test_libraries_come_in_by_sheets_once(libraries):
    by = libraries["shichang"]
    table = [
        ["事项编码", "抽查事项", "实施部门", "检查依据", "检查方式"],
        ["SC-09", "价格行为检查", "市市场监管局", "《价格法》", "现场检查"],
    ]
    assert importing.apply(BY_CODE["inspection-items"], by, table).problems == []
    assert CheckItem.objects.get(code="SC-09").legal_basis == "《价格法》"
    assert importing.plan(BY_CODE["inspection-items"], by, table).unchanged == 1
    lawless = [table[0], ["SC-10", "没有依据的检查", "市市场监管局", "待补", "现场检查"]]
    assert importing.apply(BY_CODE["inspection-items"], by, lawless).problems
    foreign = [table[0], ["ST-09", "替别人立的事项", "市生态环境局", "《环境保护法》", "现场检查"]]
    assert "由该单位自己维护" in "".join(importing.apply(BY_CODE["inspection-items"], by, foreign).problems)
    people = [
        ["执法证号", "姓名", "所属部门", "证件有效期至", "专业"],
        ["990101", "新来的", "市市场监管局", "2028-01-01", "食品、特种设备"],
    ]
    assert importing.apply(BY_CODE["inspectors"], by, people).problems == []
    assert Inspector.objects.get(cert_no="990101").skills == ["食品", "特种设备"]
    firm = Subject.objects.first().firm
    grades = [["检查对象", "信用风险类别"], [firm.name, "D 信用差"]]
    assert importing.apply(BY_CODE["inspection-subjects"], by, grades).problems == []
    changed = Subject.objects.get(firm=firm)
    assert (changed.credit_class, changed.graded_on) == ("D", timezone.localdate())
    assert importing.plan(BY_CODE["inspection-subjects"], by, [grades[0], ["没有这家", "A 信用好"]]).problems


def test_the_form_of_the_year_goes_out_as_a_sheet(task, libraries, second):
    task = drawn(libraries, task)
    for row in SpotCheck.objects.filter(task=task)[:2]:
        take(libraries["shichang"], visited(libraries, second, row), "publish")
    desk = BY_CODE["inspection-report"]
    rows = desk.seen_by(libraries["shichang"]).order_by("code")
    told = write("csv", desk.title, "", desk.columns, rows, timezone.now()).decode("utf-8-sig")
    head, first, *_rest = csv.reader(io.StringIO(told))
    assert head[:5] == ["抽查事项", "实施部门", "实施细则", "一单两库", "上年抽查（户次）"]
    assert first == ["公示信息检查", "市市场监督管理局", "细则〔2026〕1号", "是", "0", "不限", "2"]


def test_a_task_is_written_in_the_workbench_until_it_is_frozen(client, libraries):
    task = make_task("RW-W")
    by, desk = libraries["shichang"], BY_CODE["inspection-tasks"]
    table = [["任务编号", "抽查事项", "参与部门", "D 类比例（%）"], ["RW-W", "SC-01", "无", "90"]]
    assert importing.apply(desk, by, table).problems == []
    task = Task.objects.get(code="RW-W")
    assert (task.is_joint, task.item_codes, str(task.ratio_d)) == (False, ["SC-01"], "90.00")
    wrong = importing.apply(desk, by, [table[0], ["RW-W", "ST-01", "无", "90"]])
    assert "没有参加这次抽查" in "".join(wrong.problems)
    drawn(libraries, task)
    frozen = importing.apply(desk, by, [table[0], ["RW-W", "SC-01", "无", "95"]])
    assert "名单已经冻结" in "".join(frozen.problems)
