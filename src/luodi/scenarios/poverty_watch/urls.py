"""Addresses of the watch beside those of every kind of case. The public one shows sums alone."""

from django.urls import path

from luodi.scenarios.poverty_watch.pages import views, writes

urlpatterns = [
    path("", views.overview, name="overview"),
    path("open/", views.public, name="public"),
    path("warnings/", writes.warnings, name="warnings"),
    path("clues/<int:pk>/household", writes.enrol, name="enrol"),
    path("households/<int:pk>/", views.household, name="household"),
    path("households/<int:pk>/notice", writes.notice, name="notice"),
    path("households/<int:pk>/reveal", writes.reveal, name="reveal"),
    path("households/<int:pk>/<slug:name>", writes.step, name="step"),
    path("members/<int:pk>/left", writes.left, name="left"),
    path("helps/<int:pk>/finish", writes.finish, name="finish"),
]
