from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "luodi.kernel"
    label = "kernel"
    verbose_name = "底座"

    def ready(self) -> None:
        from luodi.kernel import structure  # noqa: F401  registers the structural checks
