"""Tables straight from the models, for benchmarks and drills that throw their database away; a city migrates."""

from __future__ import annotations

import os


def set_up() -> None:
    """Start Django on LUODI_HOME and LUODI_DATABASE, with the settings that DJANGO_SETTINGS_MODULE names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.settings")
    import django

    django.setup()


def make_tables() -> None:
    """Every table of every app, in an empty database, without its history of migrations."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
