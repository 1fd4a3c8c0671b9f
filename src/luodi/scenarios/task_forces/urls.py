"""Addresses of task forces' own pages."""

from django.urls import path

from luodi.scenarios.task_forces import pages

urlpatterns = [
    path("", pages.overview, name="overview"),
    path("<int:pk>/", pages.force, name="force"),
    path("grains/<int:pk>/finish", pages.finish, name="finish"),
]
