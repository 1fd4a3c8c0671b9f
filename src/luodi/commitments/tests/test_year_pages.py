"""The demonstration's year on the pages: what each person sees, in few queries, and what the public must not see."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from luodi import demo
from luodi.commands.demo_city import load_people_and_units
from luodi.commitments import actions, life
from luodi.commitments.demo import live_through_2026
from luodi.commitments.due import due_from, lines_to_report, reports_due
from luodi.commitments.intake import deliver_text, read_document
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import (
    Application,
    Check,
    Commitment,
    Document,
    Rating,
    StateChange,
)
from luodi.commitments.permission import liaison_units
from luodi.commitments.sheets import form_head, form_lines
from luodi.kernel import evidence
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Evidence, Person
from luodi.reading.forms import BLANK, FORMS, TODO, write
from luodi.workbench.actions import renew_calendar_key
from luodi.workbench.inbox import answered
from luodi.workbench.inbox.sheet import todo_sheet
from luodi.workbench.models import CalendarKey

TODAY = date(2026, 11, 24)
State = Commitment.State

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """The demonstration's 2026, lived through once for all stories of this file, and gone after them."""
    home = override_settings(LUODI_HOME=tmp_path_factory.mktemp("home"))
    with django_db_blocker.unblock(), home, transaction.atomic():
        load_people_and_units()
        office = tuple(Person.objects.get(login=login) for login in ("ducha", "ducha2"))
        document, _ = deliver_text(office[0], demo.text("work-plan-2026"))
        read_document(Progress(document.job), office[0], document.pk)
        document = Document.objects.get(pk=document.pk)
        live_through_2026(document, office, TODAY)
        yield document.pk
        transaction.set_rollback(True)


@pytest.fixture
def year(lived, db) -> Document:
    return Document.objects.get(pk=lived)


@pytest.fixture
def city(lived, db) -> dict[str, Person]:
    return {person.login: person for person in Person.objects.all()}


def one(state, **more):
    return Commitment.objects.filter(state=state, **more).first()


# ---- the year keeps the rules


def test_the_year_takes_no_step_that_the_life_does_not_know(year):
    for change in StateChange.objects.all():
        step = life.LIFE[change.step]
        assert change.old in step.start and change.new == step.end
    for line in year.commitments.prefetch_related("steps"):
        assert list(line.steps.all())[-1].new == line.state


def test_nothing_is_closed_without_evidence_and_a_second_person(year):
    over = year.commitments.filter(state__in=life.OVER)
    assert over.count() > 20
    for line in over:
        assert evidence.of(line).exists()
        application = line.applications.get(kind=Application.Kind.CLOSE)
        assert application.decided_by_id != application.by_id
        assert Check.objects.filter(commitment=line, holds=True).exclude(by=application.by_id).exists()


def test_the_year_has_something_of_everything(year):
    states = set(year.commitments.values_list("state", flat=True))
    assert states >= {State.RUNNING, State.CLOSING, State.VERIFIED, State.CLOSED, State.SUSPENDED}
    kinds = {
        due.kind.partition(".")[2]
        for login in ("ducha", "fagai", "gongxin")
        for due in answered(due_from(Person.objects.get(login=login), TODAY))
    }
    assert kinds >= {"verify", "close", "decide", "report", "rating", "nodes"}


# ---- pages in few queries


PAGES = {
    "overview": lambda year: reverse("commitments:overview", args=[year.pk]),
    "late": lambda year: reverse("commitments:overview", args=[year.pk]) + "?show=late",
    "version": lambda year: reverse("commitments:version", args=[year.pk, 1]),
    "tasks": lambda year: reverse("commitments:tasks"),
    "inbox": lambda year: reverse("inbox:inbox"),
    "ratings": lambda year: reverse("commitments:ratings"),
    "closed line": lambda year: reverse("commitments:line", args=[one(State.CLOSED).pk]),
    "running line": lambda year: reverse("commitments:line", args=[one(State.RUNNING).pk]),
    "public plan": lambda year: reverse("commitments:public_plan", args=[year.pk]),
    "public line": lambda year: reverse("commitments:public_line", args=[one(State.CLOSED).pk]),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_at_most_twelve_queries(client, year, city, page, django_assert_max_num_queries):
    client.force_login(city["ducha"])
    address = PAGES[page](year)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_the_liaisons_pages_too(client, year, city, django_assert_max_num_queries):
    client.force_login(city["gongxin"])
    line = lines_to_report(liaison_units(city["gongxin"]), TODAY)[0].line
    for address in (
        reverse("inbox:inbox"), reverse("commitments:tasks"), reverse("commitments:line", args=[line.pk]),
        reverse("commitments:report", args=[line.pk]),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_a_line_leads_to_its_indicators(client, year, city):
    client.force_login(city["ducha"])
    line = one(State.RUNNING)
    assert (
        reverse("measures:line", args=[line.pk])
        in client.get(reverse("commitments:line", args=[line.pk])).content.decode()
    )


def test_the_overview_counts_what_it_lists(client, year, city):
    client.force_login(city["ducha"])
    answer = client.get(reverse("commitments:overview", args=[year.pk]))
    for key, _title, count in answer.context["shows"]:
        listed = client.get(reverse("commitments:overview", args=[year.pk]), {"show": key}).context["chosen"]
        assert len(listed) == count, key
    late = {
        each.line.lead.unit.key
        for _number, each in client.get(f"{answer.request['PATH_INFO']}?show=late").context["chosen"]
    }
    assert "shuili" in late


# ---- reporting by hand


def test_a_contradiction_comes_back_above_the_form_before_anything_is_sent(client, year, city):
    by = city["gongxin"]
    line = lines_to_report(liaison_units(by), TODAY)[0].line
    client.force_login(by)
    address = reverse("commitments:send_report", args=[line.pk])
    said = {"period": "2026-11-01", "facts": "已经完成。", "is_done": "1"}
    answer = client.post(address, said)
    assert "报了完成，但没有任何佐证" in answer.content.decode()
    assert line.reports.get(period=date(2026, 11, 1)).state == "draft"
    assert "已经完成。" in answer.content.decode()
    client.post(address, {**said, "despite": "1"})
    report = line.reports.get(period=date(2026, 11, 1))
    assert (report.state, report.doubts) == ("sent", ["done_no_evidence"])


def test_sending_goes_on_to_the_next_line_that_waits(client, year, city):
    by = city["gongxin"]
    first = lines_to_report(liaison_units(by), TODAY)[0]
    client.force_login(by)
    answer = client.post(
        reverse("commitments:send_report", args=[first.line.pk]),
        {"period": "2026-11-01", "facts": "11月新增技改项目4个。", "next": "1"},
    )
    assert answer.url == reports_due(by)[0].url
    assert f"/{first.line.pk}/" not in answer.url


def test_a_refused_report_keeps_its_words(client, year, city):
    by = city["gongxin"]
    line = lines_to_report(liaison_units(by), TODAY)[0].line
    client.force_login(by)
    said = {"period": "2026-11-01", "facts": "完成一半", "percent": "50"}
    client.post(reverse("commitments:send_report", args=[line.pk]), said)
    page = client.get(
        reverse("commitments:report", args=[line.pk]), {"period": "2026-11-01"}
    ).content.decode()
    assert "完成一半" in page


def test_all_reports_on_one_page_go_out_row_by_row(client, year, city):
    by = city["gongxin"]
    client.force_login(by)
    first, second, third, *_rest = (each.line for each in lines_to_report(liaison_units(by)))
    unchanged = first.latest.facts
    first.reports.update(facts=unchanged)
    answer = client.post(
        reverse("commitments:send_reports"),
        {f"facts-{first.pk}": unchanged, f"facts-{second.pk}": "新增配套企业2户。"},
    )
    assert "连续三期没有变化" in answer.content.decode()
    states = [line.reports.order_by("-period").first().state for line in (first, second, third)]
    assert states == ["draft", "sent", "sent"]
    assert third.pk in {each.line.pk for each in lines_to_report(liaison_units(by))}
    sent = {f"facts-{first.pk}": unchanged, f"despite-{first.pk}": "1"}
    assert client.post(reverse("commitments:send_reports"), sent).url == reverse("inbox:inbox")
    assert first.reports.order_by("-period").first().doubts == ["unchanged"]


def test_the_auditor_reads_the_sealed_entries_of_a_line(client, year, city):
    line = one(State.CLOSING)
    actions.verify(city["ducha2"], line, False, "材料不全")
    address = reverse("commitments:line", args=[line.pk])
    client.force_login(city["shenji"])
    assert "commitments.verify" in client.get(address).content.decode()
    client.force_login(city["gongxin"])
    assert "commitments.verify" not in client.get(address).content.decode()


# ---- forms: a fact typed once serves all


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        tree = ElementTree.fromstring(package.read("word/document.xml"))
    return "".join(tree.itertext())


def test_a_liaison_retypes_nothing_for_a_years_forms(year, city):
    """Four forms, four quarters, the to-do list: no field that a fact was entered for is left to fill by hand."""
    unit = city["gongxin"].current_posts[0].unit
    mine = [
        line
        for line in year.commitments.prefetch_related("assignments__unit")
        if line.lead.unit_id == unit.pk and line.kind == Commitment.Kind.PROJECT and line.nodes.exists()
    ]
    assert mine
    retyped = 0
    for form in FORMS:
        lines = form_lines(ledger_of(year, mine), TODAY)
        text = words_of(write(form_head(year, lines, TODAY, 4), lines, "docx", form=form))
        retyped += text.replace("签字）：", "").count(TODO)
    for quarter in (1, 2, 3, 4):
        day = min(TODAY, date(2026 + quarter // 4, quarter % 4 * 3 + 1, 1))
        lines = form_lines(ledger_of(year, mine), day)
        retyped += sum(
            not (each.progress and each.problems and each.next_steps and each.state) for each in lines
        )
        retyped += words_of(
            write(form_head(year, lines, day, quarter), lines, "docx", form="progress")
        ).count(TODO)
    todo = words_of(todo_sheet(answered(due_from(city["gongxin"], TODAY)), "连成链", TODAY))
    assert (retyped, todo.count(TODO) + todo.count(BLANK)) == (0, 0)


def test_a_quarters_form_tells_what_was_known_then(client, year, city):
    line = one(State.RUNNING, reports__percent__isnull=False)
    first, last = (form_lines(ledger_of(year, [line]), day)[0] for day in (date(2026, 3, 31), TODAY))
    assert first.progress != last.progress
    assert line.reports.get(period=date(2026, 3, 1)).facts.rstrip("。") in first.progress
    client.force_login(city["ducha"])
    answer = client.get(
        reverse("commitments:export", args=[year.pk]), {"format": "docx", "form": "progress", "quarter": "1"}
    )
    text = words_of(answer.content)
    assert "第一季度" in text and "截至2026年3月31日" in text


# ---- citizens


def test_the_public_sees_the_issued_plan_and_no_person(client, year, city):
    names = set(Person.objects.values_list("name", flat=True))
    shown = Evidence.objects.filter(is_public=True).values("key")
    line = one(State.CLOSED, pk__in=shown, ratings__state="shown") or one(State.CLOSED, pk__in=shown)
    addresses = [
        reverse("commitments:public_plans"), reverse("commitments:public_plan", args=[year.pk]),
        reverse("commitments:public_line", args=[line.pk]), reverse("commitments:public_feed", args=[year.pk]),
        reverse("commitments:public_data", args=[year.pk, "csv"]), reverse("commitments:public_data", args=[year.pk, "json"]),
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert not [name for name in names if name in page], address
        assert "分管副职" not in page


def test_open_data_is_the_same_in_both_forms(client, year):
    rows = json.loads(client.get(reverse("commitments:public_data", args=[year.pk, "json"])).content)["lines"]
    text = client.get(reverse("commitments:public_data", args=[year.pk, "csv"])).content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert len(table) == len(rows) + 1
    assert [row[2] for row in table[1:]] == [row["text"] for row in rows]


def test_evidence_is_public_only_when_the_office_says_so(client, year, city):
    piece = Evidence.objects.filter(is_public=True).first()
    address = reverse("commitments:public_evidence", args=[piece.pk])
    assert client.get(address).status_code == 200
    evidence.publish(city["ducha"], piece, False)
    assert client.get(address).status_code == 404


def test_an_unissued_plan_does_not_exist_for_the_public(client, city):
    document, _ = deliver_text(city["ducha"], demo.text("work-plan-2027"))
    read_document(Progress(document.job), city["ducha"], document.pk)
    line = document.commitments.first()
    assert client.get(reverse("commitments:public_plan", args=[document.pk])).status_code == 404
    assert client.get(reverse("commitments:public_line", args=[line.pk])).status_code == 404


def test_a_citizen_rates_once_and_words_wait_for_a_reader(client, year, city):
    line = one(State.CLOSED)
    before = line.ratings.count()
    address = reverse("commitments:public_rate", args=[line.pk])
    client.post(address, {"stars": "2", "words": "北门那段还没修好"})
    client.post(address, {"stars": "5"})
    assert line.ratings.count() == before + 1
    rating = Rating.objects.get(words="北门那段还没修好")
    page = reverse("commitments:public_line", args=[line.pk])
    assert "北门那段" not in client.get(page).content.decode()
    actions.judge_rating(city["ducha"], rating, True)
    assert "北门那段" in client.get(page).content.decode()


def test_words_with_a_telephone_number_are_never_kept(client, year):
    line = one(State.CLOSED)
    address, before = reverse("commitments:public_rate", args=[line.pk]), line.ratings.count()
    client.post(address, {"stars": "1", "words": "请给我回电 13800000000"})
    assert line.ratings.count() == before


def test_only_moderated_ratings_make_the_average(client, year, city):
    line = one(State.CLOSED)
    line.ratings.all().delete()
    address = reverse("commitments:public_line", args=[line.pk])
    actions.rate(None, line, 5)
    waiting = actions.rate(None, line, 1, "桥头还没有护栏")
    assert client.get(address).context["ratings"] == {"count": 1, "stars": 5}
    actions.judge_rating(city["ducha"], waiting, True)
    assert client.get(address).context["ratings"] == {"count": 2, "stars": 3}
    actions.judge_rating(city["ducha"], waiting, False, "与任务无关")
    assert client.get(address).context["ratings"] == {"count": 1, "stars": 5}


def test_the_qr_code_is_a_picture_of_the_address(client, year):
    answer = client.get(reverse("commitments:public_qr", args=[one(State.CLOSED).pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")


# ---- the calendar


def test_a_calendar_is_read_by_its_key_alone_until_it_is_renewed(client, year, city):
    key = renew_calendar_key(city["gongxin"]).key
    address = reverse("inbox:calendar", args=[key])
    text = client.get(address).content.decode()
    assert text.startswith("BEGIN:VCALENDAR") and "待报进展" in text.replace("\r\n ", "")
    renew_calendar_key(city["gongxin"])
    assert client.get(address).status_code == 404
    assert CalendarKey.objects.count() == 1
