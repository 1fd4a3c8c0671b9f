"""Start Django inside a command."""

from __future__ import annotations

import os


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.settings")
    import django

    django.setup()


def migrate_when_behind() -> bool:
    """Bring the database to the newest tables; true when there was something to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", verbosity=0, interactive=False)
    return behind
