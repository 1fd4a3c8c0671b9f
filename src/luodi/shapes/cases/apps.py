from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "luodi.shapes.cases"
    label = "cases"
    verbose_name = "办件"
