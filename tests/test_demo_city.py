"""The demonstration as `luodi run` loads it: plans, a year of work in each scenario, and numbers counted from it."""

from __future__ import annotations

import importlib.util

from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.commands.demo_city import load_demo_city
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Job, Person, Unit
from luodi.kernel.scenario import packages
from luodi.measures.actions import count_all
from luodi.measures.models import Series, Value
from luodi.shapes.cases.kind import kinds
from luodi.shapes.cases.models import Case


def test_a_newcomer_finds_cases_on_the_desks_and_numbers_in_the_queue(db, home, client):
    load_demo_city()
    lived = {
        package.rpartition(".")[2] for package in packages() if importlib.util.find_spec(f"{package}.demo")
    }
    assert lived & set(kinds()) <= set(Case.objects.values_list("kind", flat=True))
    job = Job.objects.get(kind__endswith="count_all")
    assert job.state == Job.State.WAITING
    told = count_all(Progress(job), job.by, until="2026-11-24")
    assert 0 < told["new"] <= Value.objects.count()  # some series a scenario publishes by itself
    assert Series.objects.filter(key="appeals_received", values__is_current=True).exists()
    # what is still to be answered leads the queue
    client.force_login(Person.objects.get(login="ducha"))
    answered = [row["case"].finished_on is not None for row in client.get("/cases/").context["rows"]]
    assert answered == sorted(answered)
    assert any(answered)
    assert not all(answered)
    load_demo_city()
    assert Job.objects.filter(kind__endswith="count_all").count() == 1
    _each_inbox_opens_in_twelve_queries(client)


def _each_inbox_opens_in_twelve_queries(client) -> None:
    """In a year in which every system waits for somebody."""
    waited_for = 0
    for login in (
        "ducha",
        "changwu",
        "fagai",
        "xinfang",
        "shichang",
        "zhujian",
        "chenglan",
        "tongji",
        "shenji",
    ):
        client.force_login(Person.objects.get(login=login))
        client.get("/inbox/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/inbox/")
        assert len(queries) <= 12, login
        waited_for += page.context["total"]
    assert waited_for > 50


def test_bureaus_that_were_merged_lead_to_what_they_became(city):
    """2024: two bureaus became one, and what they had promised is found from either end."""
    ended = Unit.objects.filter(successor__isnull=False)
    assert {unit.successor.valid_from for unit in ended} == {unit.valid_until for unit in ended}
    merged = Unit.objects.get(key="nongye")
    assert {unit.key for unit in merged.predecessors.all()} == {"nongye_2019", "xiangcun_2021"}
