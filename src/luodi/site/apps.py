from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "luodi.site"
    label = "site"
    verbose_name = "门户"
