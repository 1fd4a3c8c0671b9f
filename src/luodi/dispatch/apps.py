from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "luodi.dispatch"
    label = "dispatch"
    verbose_name = "调度"
