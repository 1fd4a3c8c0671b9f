from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "luodi.measures"
    label = "measures"
    verbose_name = "指标"
