from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "luodi.kernel"
    label = "kernel"
    verbose_name = "底座"

    def ready(self) -> None:
        from luodi.kernel import structure  # noqa: F401  registers the structural checks

        post_migrate.connect(guard_posts, sender=self)
        post_migrate.connect(load_rulesets, sender=self)


def guard_posts(using: str, **_: Any) -> None:
    """Renew the trigger that keeps the three administrators apart."""
    from luodi.kernel.accounts.exclusive import install
    from luodi.kernel.models import Posting

    if Posting._meta.db_table in connections[using].introspection.table_names():
        install(connections[using])


def load_rulesets(using: str, **_: Any) -> None:
    """After the tables, what comes with the software to fill them. While an older state is migrated to, nothing."""
    from luodi.kernel.models import RulesetVersion
    from luodi.kernel.rulesets.seeds import load_seeds

    if RulesetVersion._meta.db_table in connections[using].introspection.table_names():
        load_seeds()
