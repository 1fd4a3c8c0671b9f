"""The parking lots of the tests have a table of their own; no migration knows it."""

from __future__ import annotations

import pytest
from django.db import connection

from luodi.workbench.tests.lots import LOTS, Lot


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if Lot._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(Lot)


@pytest.fixture(autouse=True)
def lots_on_the_workbench(monkeypatch, settings):
    """The workbench finds the parking lots beside the desks of the house."""
    from luodi.workbench import finding

    house = finding.desks()
    monkeypatch.setattr(finding, "desks", lambda: (*house, LOTS))


@pytest.fixture
def officer(city):
    return city["ducha"]


@pytest.fixture
def liaison(city):
    return city["zhujian"]
