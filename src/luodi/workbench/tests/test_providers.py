"""Whoever brings to the inbox asks little of its own: the page stays within its twelve queries, whatever a person's posts
are, however much there is, and however many systems there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luodi.workbench.inbox import Ask, Due, answered, providers

MOST = {"luodi.commitments.due": 5}
"""The ledger's share of the page's twelve; all others have one, and the joint question."""


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["ducha", "fagai", "changwu", "chenglan", "shenji", "xitong"])
def test_a_provider_keeps_to_its_share_and_brings_what_the_page_can_show(city, login):
    person = city[login]
    assert person.current_posts is not None  # read once a request
    for provider in providers():
        with CaptureQueriesContext(connection) as queries:
            brought = list(provider(person, timezone.localdate()))
        assert len(queries) <= MOST.get(provider.__module__, 1), provider.__module__
        assert all(isinstance(each, Due | Ask) for each in brought)
        with CaptureQueriesContext(connection) as queries:
            dues = answered(brought)
        assert len(queries) == any(isinstance(each, Ask) for each in brought)
        assert all("." in due.kind and due.url.startswith("/") for due in dues)
