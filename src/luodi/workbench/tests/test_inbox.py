"""待办: one list over everything, whoever brings it; its page, its Word file, its calendar feed."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from luodi.kernel.models import Division, Unit
from luodi.workbench import inbox
from luodi.workbench.inbox import Ask, Batch, Due, answered, everything_due
from luodi.workbench.inbox.ical import feed

TODAY = timezone.localdate()


def case(at: int, by: date | None) -> Due:
    return Due("demo.answer", "待答复", f"诉求{at}号：夜间施工噪声", "答复诉求人", by, f"/cases/{at}/")


@pytest.fixture
def brought(monkeypatch):
    """Dues that an app of the house brings to everyone, besides what the house has."""
    rows: list[Due] = []
    monkeypatch.setattr(inbox, "providers", lambda: (lambda person, today: rows,))
    return rows


def test_every_due_py_of_the_house_is_asked():
    brings = {provider.__module__ for provider in inbox.providers()}
    there = {app.name for app in apps.get_app_configs() if app.name.startswith("luodi.")}
    files = {name for name in there if importlib.util.find_spec(f"{name}.due")}
    assert brings == {f"{name}.due" for name in files} >= {"luodi.commitments.due"}


def test_kinds_stand_as_they_are_told_and_the_pressing_come_first(brought):
    brought += [
        case(1, None),
        case(2, TODAY + timedelta(days=3)),
        Due("demo.sign", "待签收", "任务", "签收", TODAY, "/"),
        case(3, TODAY - timedelta(days=2)),
    ]
    assert [(due.kind, due.about[:3]) for due in everything_due(None)] == [
        ("demo.answer", "诉求3"), ("demo.answer", "诉求2"), ("demo.answer", "诉求1"), ("demo.sign", "任务"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_many_ask_is_one_query_and_stands_where_each_was_asked(city, django_assert_num_queries):
    def unit(key, by, name, place):
        return Due("demo.unit", "单位", f"{key} {name}", place, by, "/")

    def place(_key, by, name):
        return Due("demo.place", "区划", name, "", by, "/")

    gongxin = Unit.objects.get(key="gongxin")
    asked = [
        Ask(Unit.objects.filter(key="gongxin"), ("name", "division__name"), say=unit),
        case(1, None),
        Ask(Division.objects.none(), ("name",), say=place),
        Ask(Division.objects.filter(pk=gongxin.division_id), ("name",), by="valid_from", say=place),
    ]
    with django_assert_num_queries(1):
        dues = answered(asked)
    assert [(due.kind, due.about) for due in dues] == [
        ("demo.unit", f"{gongxin.pk} {gongxin.name}"),
        ("demo.answer", "诉求1号：夜间施工噪声"),
        ("demo.place", gongxin.division.name),
    ]
    assert (dues[0].what, dues[0].by) == (gongxin.division.name, None)
    assert dues[2].by == gongxin.division.valid_from
    with django_assert_num_queries(0):
        assert answered([case(1, None)]) == [case(1, None)]


@pytest.mark.django_db
def test_the_page_filters_by_kind_by_time_and_by_words(client, city, brought):
    brought += [case(at, TODAY - timedelta(days=1)) for at in range(60)]
    brought += [case(100, TODAY + timedelta(days=2)), case(101, None)]
    brought += [
        Due(
            "demo.sign",
            "待签收",
            "建成澄岚大桥",
            "签收",
            None,
            "/lines/1/",
            batch=Batch("全部签收", "/all", True),
        )
    ]
    client.force_login(city["fagai"])
    page = client.get(reverse("inbox:inbox"))
    assert [(group.kind, group.total, len(group.shown)) for group in page.context["groups"]] == [
        ("demo.answer", 62, 20), ("demo.sign", 1, 1),
    ]  # fmt: skip
    assert "全部签收" in page.content.decode() and "已超 1 天" in page.content.decode()
    answered = client.get(reverse("inbox:inbox"), {"kind": "demo.answer", "page": "2"})
    assert [len(group.shown) for group in answered.context["groups"]] == [12]
    assert client.get(reverse("inbox:inbox"), {"when": "soon"}).context["asked"] == 1
    assert client.get(reverse("inbox:inbox"), {"when": "open", "q": "大桥"}).context["asked"] == 1
    assert "没有符合条件的待办" in client.get(reverse("inbox:inbox"), {"q": "没有的事"}).content.decode()


@pytest.mark.django_db
def test_who_is_no_staff_of_the_city_has_no_inbox(client, city, brought):
    client.force_login(city["xitong"])
    assert client.get(reverse("inbox:inbox")).status_code == 404


def test_the_feed_is_folded_escaped_and_one_event_a_day():
    about = [f"建成大桥；引桥, 第{at}标段，" + "延" * 60 for at in (1, 2)]
    dues = [Due("a.report", "待报进展", text, "报送11月进展", date(2026, 12, 5), "/") for text in about]
    dues.append(Due("a.close", "待销号", about[0], "可以销号", None, "/"))
    text = feed(dues, "落地待办", "city.example", datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    raw = text.split("\r\n")
    assert max(len(line.encode()) for line in raw) <= 75
    whole = text.replace("\r\n ", "").split("\r\n")
    assert whole.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:待报进展 2 项" in whole
    assert "DTSTART;VALUE=DATE:20261205" in whole
    assert "UID:a.report-20261205@city.example" in whole
    (told,) = [line for line in whole if line.startswith("DESCRIPTION:建成")]
    assert "引桥\\, 第1标段" in told
    assert "\\n" in told
