from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "luodi.shapes.registers"
    label = "registers"
    verbose_name = "共用名录"
