"""Parameters change as they do in an office: a document comes, one person enters it, a second one lets it in."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from luodi.kernel.action import Refused
from luodi.kernel.calendar import calendar_in_force, clock_in_force
from luodi.kernel.clock import Period, Unit, YearWithoutCalendar
from luodi.kernel.models import AuditEntry, Division, Person, RulesetVersion
from luodi.kernel.rulesets import NoRuleset, declaration, ruleset, ruleset_by_id, seeds
from luodi.kernel.rulesets.actions import approve_version, decline_version, draft_version
from luodi.kernel.rulesets.declaration import read_declared
from luodi.kernel.rulesets.shape import Misfit, changes, kept_of

LIGHTS = read_declared("""
key: test.lights
title: 项目进度灯
shape:
  by: {title: 比较方式, kind: choice, choices: {points: 百分点, share: 序时进度的比例}}
  yellow: {title: 黄灯, kind: decimal, unit: 个百分点, low: 0, high: 100}
  red: {title: 红灯, kind: decimal, unit: 个百分点, low: 0, high: 100}
  months: {title: 未开工几个月转红, kind: whole, unit: 个月, low: 1}
  excused: {title: 有正当理由的不亮灯, kind: yes_no}
  steps:
    title: 升级办法
    kind: rows
    needed: false
    columns:
      count: {title: 连续红灯, kind: whole, unit: 次}
      who: {title: 约谈人, kind: text}
versions:
- valid_from: 2025-01-01
  document: 某市项目调度办法
  source: 第七条
  verified: false
  content: {by: points, yellow: 10, red: 30, months: 3, excused: true, steps: [{count: 2, who: 分管副市长}]}
""")
CONTENT = dict(LIGHTS.seeds[0].content)


@pytest.fixture
def lights(monkeypatch, db):
    """A ruleset as a scenario would bring it, with its one seed loaded."""
    both = {**declaration.declared(), "test.lights": LIGHTS}
    monkeypatch.setattr(declaration, "declared", lambda: both)
    seeds.load_seeds()
    return RulesetVersion.objects.get(key="test.lights")


def entered(by: Person, **told) -> RulesetVersion:
    words = {
        "document": "云政办发〔2026〕3号",
        "source": "第五条",
        "verified": True,
        "valid_from": date(2026, 7, 1),
        "reason": "市里修订了办法",
        "content": {**CONTENT, "yellow": "15"},
    }
    words.update(told)
    return draft_version(by, "test.lights", words.pop("content"), **words)


def test_a_rule_gets_typed_values_and_the_id_to_store(lights):
    rules = ruleset("test.lights", on=date(2025, 6, 30))
    assert (rules["yellow"], rules["months"], rules["excused"]) == (Decimal("10"), 3, True)
    assert rules["steps"][0]["who"] == "分管副市长"
    assert rules.id == lights.pk


def test_what_nobody_checked_is_never_called_official(lights):
    assert ruleset("test.lights", on=date(2025, 6, 30)).called == "项目进度灯（某市项目调度办法）［未核实］"


def test_before_its_first_day_nothing_is_in_force_and_the_sentence_says_what_to_do(lights):
    with pytest.raises(
        NoRuleset, match="在 2024-12-31 没有已施行的“项目进度灯”，请先在“规则参数”中录入并批准"
    ):
        ruleset("test.lights", on=date(2024, 12, 31))
    with pytest.raises(NoRuleset, match="这组规则参数"):
        ruleset("test.unknown", on=date(2025, 1, 1))


def test_a_draft_counts_only_after_a_second_person_approved_it(lights, city):
    draft = entered(city["ducha"])
    assert ruleset("test.lights", on=date(2026, 8, 1)).id == lights.pk
    with pytest.raises(Refused, match="起草人不能批准或退回自己的"):
        approve_version(city["ducha"], draft)
    approve_version(city["changwu"], draft, "同意")
    assert ruleset("test.lights", on=date(2026, 8, 1))["yellow"] == Decimal("15")
    assert AuditEntry.objects.filter(action="rulesets.approve", by="changwu").count() == 1


def test_a_replay_asks_with_the_day_and_gets_what_held_then(lights, city):
    approve_version(city["changwu"], entered(city["ducha"]))
    assert ruleset("test.lights", on=date(2026, 6, 30)).id == lights.pk
    corrected = entered(city["ducha"], valid_from=date(2025, 1, 1), content={**CONTENT, "yellow": "12"})
    approve_version(city["changwu"], corrected)
    assert ruleset("test.lights", on=date(2026, 6, 30))["yellow"] == Decimal("12")
    assert ruleset_by_id(lights.pk)["yellow"] == Decimal("10")


def test_a_county_has_its_own_and_the_city_keeps_the_general(lights, city):
    top = Division.objects.get(parent=None)
    county, other = Division.objects.filter(parent=top)[:2]
    approve_version(city["changwu"], entered(city["ducha"], division=top, content={**CONTENT, "yellow": "5"}))
    approve_version(
        city["changwu"], entered(city["ducha"], division=county, content={**CONTENT, "yellow": "8"})
    )
    day = date(2026, 8, 1)
    answers = [ruleset("test.lights", on=day, division=place)["yellow"] for place in (county, other, None)]
    assert answers == [Decimal("8"), Decimal("5"), Decimal("10")]


def test_a_version_that_ended_gives_way_to_the_one_before(lights, city):
    trial = entered(city["ducha"], valid_until=date(2026, 12, 31))
    approve_version(city["changwu"], trial)
    assert ruleset("test.lights", on=date(2026, 12, 30)).id == trial.pk
    assert ruleset("test.lights", on=date(2026, 12, 31)).id == lights.pk


def test_a_declined_draft_stays_in_the_history_with_its_opinion(lights, city):
    draft = entered(city["ducha"])
    with pytest.raises(Refused, match="写明意见"):
        decline_version(city["changwu"], draft)
    decline_version(city["changwu"], draft, "文号有误")
    with pytest.raises(Refused, match="已退回，不能再办理"):
        approve_version(city["changwu"], draft)
    draft.refresh_from_db()
    assert (draft.state, draft.opinion) == ("declined", "文号有误")


def test_the_database_refuses_an_author_who_decides(lights, city):
    draft = entered(city["ducha"])
    with pytest.raises(IntegrityError), transaction.atomic():
        RulesetVersion.objects.filter(pk=draft.pk).update(decided_by=city["ducha"], state="approved")


def test_those_without_the_post_can_neither_draft_nor_approve(lights, city):
    draft = entered(city["ducha"])
    for login in ("fagai", "xitong", "shenji"):
        with pytest.raises(PermissionDenied):
            entered(city[login])
        with pytest.raises(PermissionDenied):
            approve_version(city[login], draft)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"content": {**CONTENT, "yellow": "多"}}, "“黄灯”应为数，不是“多”"),
        ({"content": {**CONTENT, "yellow": "NaN"}}, "“黄灯”应为数，不是“NaN”"),
        ({"content": {**CONTENT, "yellow": "120"}}, "“黄灯”应在 0 到 100 之间"),
        ({"content": {**CONTENT, "by": "days"}}, "“比较方式”应为所列选项之一"),
        ({"content": {**CONTENT, "steps": [{"count": "两", "who": "县长"}]}}, "“升级办法”第 1 行：“连续红灯”应为整数"),
        ({"content": {**CONTENT, "orange": "20"}}, "没有“orange”这个参数"),
        ({"content": {}}, "“黄灯”没有填写"),
        ({"document": " "}, "请填写依据文件"),
        ({"reason": ""}, "请填写修改理由"),
        ({"valid_until": date(2026, 7, 1)}, "废止日应晚于施行日"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_field_named(lights, city, told, sentence):
    with pytest.raises(Refused, match=sentence):
        entered(city["ducha"], **told)
    assert RulesetVersion.objects.filter(key="test.lights").count() == 1


def test_seeds_loaded_twice_are_there_once(lights):
    assert seeds.load_seeds() == []
    assert RulesetVersion.objects.filter(key="test.lights").count() == 1


def test_a_newer_seed_waits_where_a_person_has_decided(lights, city, monkeypatch):
    newer = read_declared(
        'key: test.lights\ntitle: 灯\nshape: {yellow: {title: 黄灯, kind: decimal}}\nversions:\n'
        '- {valid_from: 2026-09-01, document: 新办法, source: 网, verified: false, content: {yellow: 1}}'
    )  # fmt: skip
    approve_version(city["changwu"], entered(city["ducha"]))
    monkeypatch.setattr(declaration, "declared", lambda: {"test.lights": newer})
    (added,) = seeds.load_seeds()
    assert added.state == "waiting"
    assert ruleset("test.lights", on=date(2026, 10, 1))["yellow"] == Decimal("15")
    approve_version(city["ducha"], added)
    assert ruleset("test.lights", on=date(2026, 10, 1))["yellow"] == Decimal("1")


def test_a_difference_names_the_field_and_the_rows():
    new = kept_of(LIGHTS.shape, {**CONTENT, "yellow": "15", "steps": [{"count": 1, "who": "县长"}]})
    told = [(change.title, change.was, change.now) for change in changes(LIGHTS.shape, CONTENT, new)]
    assert told == [
        ("黄灯", ("10 个百分点",), ("15 个百分点",)),
        ("升级办法", ("连续红灯 2 次　约谈人 分管副市长",), ("连续红灯 1 次　约谈人 县长",)),
    ]


def test_an_unquoted_time_in_yaml_is_refused_not_read_as_a_number():
    with pytest.raises(Misfit, match="应为时刻"):
        kept_of(
            declaration.declared()["clock.office_hours"].shape, {"windows": [{"first": 510, "last": "12:00"}]}
        )


# --- the calendar -----------------------------------------------------------------------------------------------

NOTICE = {
    "title": "关于2027年部分节假日安排的通知",
    "issued_on": "2026-11-10",
    "days": [
        {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03", "work": ""},
        {"name": "春节", "first": "2027-02-05", "last": "2027-02-12", "work": "2027-01-31、2027-02-20"},
    ],
}


def notice(by: Person, content=NOTICE, year=2027) -> RulesetVersion:
    return draft_version(
        by, "clock.holidays", content, document="国办发明电〔2026〕8号", source="国务院公报", verified=True,
        valid_from=date(year, 1, 1), valid_until=date(year + 1, 1, 1), reason="新年度",
    )  # fmt: skip


def test_a_new_year_is_known_from_the_day_its_notice_is_approved(city):
    with pytest.raises(YearWithoutCalendar):
        calendar_in_force().is_workday(date(2027, 1, 4))
    draft = notice(city["ducha"])
    assert 2027 not in calendar_in_force().years
    approve_version(city["changwu"], draft)
    calendar = calendar_in_force()
    assert calendar.is_workday(date(2027, 1, 31)) and not calendar.is_workday(date(2027, 2, 10))
    assert calendar.is_workday(date(2026, 9, 20))  # the table that came with the software still holds


def test_an_entered_notice_takes_the_place_of_the_table_for_its_year(city):
    content = {**NOTICE, "days": [{"name": "元旦", "first": "2026-01-01", "last": "2026-01-01", "work": ""}]}
    approve_version(city["changwu"], notice(city["ducha"], content, 2026))
    calendar = calendar_in_force()
    assert calendar.is_workday(date(2026, 1, 2)) and not calendar.is_workday(date(2026, 1, 4))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"first": "2027-10-07", "last": "2027-10-01", "work": ""}, "起止日期颠倒"),
        ({"first": "2027-10-01", "last": "2027-10-07", "work": "2027-10-12"}, "不是周末，不能作为调休上班日"),
        ({"first": "2028-10-01", "last": "2028-10-07", "work": ""}, "2028-10-01 不在 2027 年"),
    ],
)
def test_an_arrangement_that_cannot_be_true_is_refused(city, row, sentence):
    with pytest.raises(Refused, match=sentence):
        notice(city["ducha"], {**NOTICE, "days": [{"name": "国庆节", **row}]})


def test_a_deadline_by_the_clock_in_force_is_the_published_vector(city):
    clock = clock_in_force(on=date(2026, 9, 14))
    assert clock.last_day(date(2026, 9, 14), Period(20, Unit.WORK_DAY)) == date(2026, 10, 16)
