"""Appeals on the workbench: a ledger comes in by a sheet, many are accepted at once, a file goes out, nothing leaks."""

from __future__ import annotations

import pytest

from luodi.kernel.models import Unit
from luodi.scenarios.enterprise_appeals.models import Appeal
from luodi.scenarios.enterprise_appeals.pages import APPEALS, DESKS
from luodi.shapes.cases import actions
from luodi.workbench import importing

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.shapes.cases.tests.urls")]

LEDGER = DESKS[0]
HEAD = ["编号", "标题", "类别", "企业名录", "内容", "来源"]


def bring(firm, title="缺用地指标", **more):
    return actions.bring(
        None, APPEALS, {"title": title, "body": "二期厂房", "category": "land", "firm": firm, **more}
    )


def test_an_old_ledger_comes_in_once_under_its_own_numbers(city, firm):
    table = [
        HEAD,
        ["老-001", "缺用地指标", "用地", firm.name, "二期厂房", "走访帮扶"],
        ["老-002", "贷款续贷", "融资", firm.uscc, "到期", "政企座谈"],
    ]
    plan = importing.apply(LEDGER, city["xingzheng"], table)
    assert plan.problems == []
    assert list(Appeal.objects.order_by("number").values_list("number", "state")) == [
        ("老-001", "submitted"),
        ("老-002", "submitted"),
    ]
    again = importing.plan(LEDGER, city["xingzheng"], table)
    assert (len(again.rows), again.unchanged) == (0, 2)


def test_a_wrong_row_is_named_and_nothing_is_written(city, firm):
    table = [
        HEAD,
        ["老-001", "缺用地指标", "用地", firm.name, "二期厂房", "走访帮扶"],
        ["老-002", "贷款续贷", "借钱", "没有这家", "到期", "走访帮扶"],
    ]
    plan = importing.apply(LEDGER, city["xingzheng"], table)
    assert any("没有这家" in problem for problem in plan.problems)
    assert any("借钱" in problem for problem in plan.problems)
    assert not Appeal.objects.exists()


def test_triaged_appeals_are_accepted_together_or_not_at_all(client, city, firm):
    rows = [bring(firm, title=f"第 {number} 件") for number in range(3)]
    by = city["xingzheng"]
    for row in rows[:2]:
        actions.take(by, row, "triage", {"level": "II", "category": "land"})
    client.force_login(by)
    sent = {"action": "enterprise_appeals.accept", "pk": [row.pk for row in rows]}
    refused = client.post("/work/enterprise-appeals/bulk", sent, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "现在是“待研判”，不能受理" in refused.content.decode()
    assert not Appeal.objects.filter(state="accepted").exists()
    actions.take(by, rows[2], "triage", {"level": "II", "category": "land"})
    assert (
        client.post("/work/enterprise-appeals/bulk", sent, headers={"HX-Request": "true"}).status_code == 204
    )
    assert Appeal.objects.filter(state="accepted").count() == 3


@pytest.mark.parametrize(
    "view", ["", "board", "calendar", "map", "print", "export?format=csv", "?light=over", "?sort=-due_on"]
)
def test_every_view_of_the_desk_opens_and_keeps_names_back(client, city, firm, view):
    bring(firm, lon=104.06, lat=30.66, reporter_name="陈厂长", reporter_phone="13800001234")
    bring(firm, category="arrears", title="工程款拖欠", debtor=Unit.objects.get(key="zhujian"))
    client.force_login(city["xingzheng"])
    answer = client.get(f"/work/enterprise-appeals/{view}")
    assert answer.status_code == 200
    assert "13800001234" not in answer.content.decode()
    client.force_login(city["zhujian"])
    assert "工程款拖欠" not in client.get(f"/work/enterprise-appeals/{view}").content.decode()


def test_arrears_have_a_book_of_their_own(client, city, firm):
    bring(firm)
    bring(firm, category="arrears", title="工程款拖欠")
    client.force_login(city["xingzheng"])
    page = client.get("/work/arrears/").content.decode()
    assert "工程款拖欠" in page
    assert "缺用地指标" not in page
    assert firm.name not in page
