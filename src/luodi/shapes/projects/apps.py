from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "luodi.shapes.projects"
    label = "projects"
    verbose_name = "项目"
