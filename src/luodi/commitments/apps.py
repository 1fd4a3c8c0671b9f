from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "luodi.commitments"
    label = "commitments"
    verbose_name = "任务台账"
