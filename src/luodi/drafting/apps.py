from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "luodi.drafting"
    label = "drafting"
    verbose_name = "起草"
