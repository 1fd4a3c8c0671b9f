"""A run from scoring over notice and objection to the sealed result: nothing is overwritten, everything is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from luodi.assessment import actions, due, keeping
from luodi.assessment.models import Mark, Result, Run
from luodi.assessment.tests.conftest import NOTICE, PERIOD
from luodi.kernel.action import Refused
from luodi.kernel.rulesets import ruleset_by_id
from luodi.workbench.inbox import answered

pytestmark = pytest.mark.django_db
AFTER = date(2026, 10, 12)


def recomputed(run):
    return keeping.recomputed(run, ruleset_by_id(run.ruleset_id))


def of(run, code):
    return run.results.select_related("run", "division").get(key=code)


def test_scores_ranks_and_fingerprint(city, run):
    assert [(row.name, row.score, row.rank, row.grade) for row in run.results.all()] == [
        ("澄岚区", D("100"), 1, "A"), ("朝岭区", D("99.64"), 2, "B"), ("松陂县", D("95.62"), 3, "C"), ("青坞县", D("82.45"), 4, "D"),
    ]  # fmt: skip
    assert of(run, "990121").points["emission"]["words"].startswith("缺数，取同组 3 个的平均分")
    assert (len(run.hash), recomputed(run)) == (64, [])


def test_a_result_changed_behind_the_back_is_found(run):
    Result.objects.filter(run=run, key="990122").update(score=D("99.99"))
    assert recomputed(run) == [
        "青坞县：存 99.99 分第 4 位，复算 82.45 分第 4 位", "指纹与保存的结果不符：结果在评分之后被改动过",
    ]  # fmt: skip


def test_scoring_again_replaces_a_draft_and_nothing_else(city, kind, run):
    again = actions.score_run(city["gongxin"], kind, PERIOD)
    run.refresh_from_db()
    assert (again.version, run.state, again.hash) == (2, "replaced", run.hash)
    actions.open_notice(city["gongxin"], again, NOTICE)
    with pytest.raises(Refused, match="已公示，不能重新初评"):
        actions.score_run(city["gongxin"], kind, PERIOD)


def test_the_notice_counts_working_days(noticed):
    assert (noticed.notice_from, noticed.notice_until) == (NOTICE, date(2026, 9, 30))


def test_an_objection_is_decided_by_another_and_both_figures_stay(city, noticed):
    county = of(noticed, "990122")
    objection = actions.object_to(city["qingwu"], county, "tax", "少计一户", D("12"), on=date(2026, 9, 28))
    with pytest.raises(PermissionDenied):
        actions.decide(city["qingwu"], objection, True, "自己同意", D("12"))
    with pytest.raises(Refused, match="没有复核"):
        actions.seal(city["ducha"], noticed, AFTER)
    with pytest.raises(Refused, match="填写更正后的数"):
        actions.decide(city["ducha"], objection, True, "属实")
    objection = actions.decide(city["ducha"], objection, True, "核对属实", D("12"))
    assert (objection.old, objection.claimed, objection.new) == (D("10"), D("12"), D("12"))
    final = actions.seal(city["ducha"], noticed, AFTER)
    noticed.refresh_from_db()
    assert (final.version, final.corrects, noticed.state) == (2, noticed, "replaced")
    assert of(noticed, "990122").score == D("82.45")
    corrected = of(final, "990122")
    assert corrected.values["tax"] == {"value": "12", "was": "10", "says": "演示；异议成立，由 10 更正"}
    assert corrected.score == D("84.94")
    assert recomputed(final) == []


def test_without_upheld_objections_the_same_version_is_sealed(city, noticed):
    objection = actions.object_to(city["qingwu"], of(noticed, "990122"), "rd", "口径不同", on=NOTICE)
    actions.decide(city["ducha"], objection, False, "口径与统计年报一致")
    final = actions.seal(city["ducha"], noticed, AFTER)
    assert (final.pk, final.version, final.state) == (noticed.pk, 1, "final")
    assert actions.publish(city["gongxin"], final).state == "published"


def test_who_scored_does_not_seal_and_nobody_before_the_notice_is_over(city, noticed):
    with pytest.raises(PermissionDenied):
        actions.seal(city["gongxin"], noticed, AFTER)
    with pytest.raises(Refused, match="公示到 2026-09-30 为止"):
        actions.seal(city["ducha"], noticed, date(2026, 9, 30))


def test_objections_only_in_the_window_and_only_for_ones_own_county(city, noticed):
    county = of(noticed, "990122")
    with pytest.raises(PermissionDenied):
        actions.object_to(city["songpi"], county, "tax", "替别人提", on=NOTICE)
    with pytest.raises(Refused, match="不在公示期内"):
        actions.object_to(city["qingwu"], county, "tax", "晚了", on=AFTER)
    with pytest.raises(Refused, match="选择有异议的指标"):
        actions.object_to(city["qingwu"], county, "gdp", "没有这一项", on=NOTICE)
    actions.object_to(city["qingwu"], county, "tax", "一次", on=NOTICE)
    with pytest.raises(Refused, match="已有一件异议"):
        actions.object_to(city["qingwu"], county, "tax", "两次", on=NOTICE)


def test_a_mark_counts_once_a_second_person_has_confirmed_it(city, kind):
    told = {"key": "990102", "name": "澄岚区", "rule": "accident", "document": "安委办通报"}
    mark = actions.mark(city["gongxin"], kind, PERIOD, told)
    assert of(actions.score_run(city["gongxin"], kind, PERIOD), "990102").grade == "A"
    with pytest.raises(PermissionDenied):
        actions.confirm_mark(city["gongxin"], mark, True)
    actions.confirm_mark(city["ducha"], mark, True)
    hit = of(actions.score_run(city["gongxin"], kind, PERIOD), "990102")
    assert (hit.grade, hit.decided) == ("D", "较大以上生产安全事故（安委办通报），直接定为 D 档")
    assert Mark.objects.get().state == "approved"


def test_the_next_year_shows_the_change_against_the_last_sealed_one(city, kind, noticed):
    actions.seal(city["ducha"], noticed, AFTER)
    following = actions.score_run(city["gongxin"], kind, date(2026, 1, 1))
    row = of(following, "990102")
    assert (following.last, row.last_rank, row.rose, row.last_score) == (noticed, 1, 0, D("100"))


def test_a_scheme_without_members_or_rules_says_so(city, kind):
    with pytest.raises(Refused, match="还没有参评的县区"):
        actions.score_run(city["gongxin"], replace(kind, gather=lambda *_: []), PERIOD)
    with pytest.raises(Refused, match="没有“no.such”这组规则参数".replace(".", "[.]")):
        actions.score_run(city["gongxin"], replace(kind, ruleset="no.such"), PERIOD)


def test_pages_explain_within_twelve_queries(client, city, noticed, django_assert_max_num_queries):
    client.force_login(city["ducha"])
    county = of(noticed, "990122")
    pages = {
        reverse("assessment:schemes"): "试评", reverse("assessment:scheme", args=["trial"]): "功效系数|完成比例",
        reverse("assessment:run", args=[noticed.pk]): "99.64", reverse("assessment:run", args=[noticed.pk]) + "?verify=1": "结果和指纹完全一致",
        reverse("assessment:member", args=[noticed.pk, county.pk]): "10 ÷ 24.097 × 30 = 12.4497",
        reverse("assessment:trial", args=[noticed.pk]) + "?w-tax=10&w-added=40&firm=1": "个会变", reverse("assessment:objections", args=[noticed.pk]): "没有异议",
    }  # fmt: skip
    for address, words in pages.items():
        with django_assert_max_num_queries(12, info=address):
            page = client.get(address).content.decode()
        assert any(each in page for each in words.split("|")), address
    assert "权重合计不等于规定" not in page


def test_trial_of_weights_that_do_not_add_up_says_so(client, city, noticed):
    client.force_login(city["ducha"])
    address = reverse("assessment:trial", args=[noticed.pk])
    assert "权重合计不等于规定，只能试算" in client.get(address, {"w-tax": "90"}).content.decode()
    assert "的权重应为数，不是“多”" in client.get(address, {"w-tax": "多"}).content.decode()


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv"])
def test_exports_come_with_their_source(client, city, noticed, form):
    client.force_login(city["gongxin"])
    answer = client.get(reverse("assessment:export", args=[noticed.pk, form]))
    assert answer.status_code == 200 and len(answer.content) > 500
    if form == "csv":
        assert '"2","朝岭区","990103"' in answer.content.decode("utf-8-sig")
    client.force_login(city["chenglan"])
    assert client.get(reverse("assessment:export", args=[noticed.pk, form])).status_code == 403


def test_the_whole_way_by_the_pages(client, city, kind):
    client.force_login(city["gongxin"])
    answer = client.post(reverse("assessment:score", args=["trial"]), {"period": "2025-01-01"})
    run = Run.objects.get()
    assert answer.url == reverse("assessment:run", args=[run.pk])
    client.post(reverse("assessment:step", args=[run.pk, "notice"]))
    client.force_login(city["qingwu"])
    county = of(run, "990122")
    client.post(
        reverse("assessment:object", args=[run.pk, county.pk]),
        {"indicator": "tax", "says": "少计", "claimed": "12"},
    )
    objection = county.objections.get()
    client.force_login(city["ducha"])
    bad = client.post(
        reverse("assessment:decide", args=[objection.pk]),
        {"decision": "uphold", "opinion": "属实", "new": "十二"},
        HTTP_REFERER=reverse("assessment:objections", args=[run.pk]),
        follow=True,
    )
    assert "不是数" in bad.content.decode()
    client.post(
        reverse("assessment:decide", args=[objection.pk]),
        {"decision": "uphold", "opinion": "属实", "new": "12"},
    )
    objection.refresh_from_db()
    assert (objection.state, objection.decided_by) == ("upheld", city["ducha"])


def test_the_inbox_names_objections_seals_and_marks_for_another_person(city, kind, noticed, monkeypatch):
    monkeypatch.setattr(due, "schemes", lambda: (kind,))
    told = {"key": "990102", "name": "澄岚区", "rule": "accident", "document": "安委办通报"}
    actions.mark(city["gongxin"], kind, PERIOD, told)
    actions.object_to(city["gongxin"], of(noticed, "990122"), "tax", "来函异议", on=NOTICE)
    assert [each.kind for each in answered(due.due_from(city["ducha"], AFTER))] == [
        "assessment.objection",
        "assessment.seal",
        "assessment.mark",
    ]
    assert answered(due.due_from(city["gongxin"], AFTER)) == []
    assert answered(due.due_from(city["qingwu"], AFTER)) == []
