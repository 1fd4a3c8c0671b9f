"""Addresses of petitions beside those of every kind of case."""

from django.urls import path

from luodi.scenarios.petitions.pages import views, writes

urlpatterns = [
    path("", views.overview, name="overview"),
    path("receptions/", views.calendar, name="calendar"),
    path("backlogs/<int:pk>/", views.backlog, name="backlog"),
    path("backlogs/<int:pk>/attach", writes.attach, name="attach"),
    path("backlogs/<int:pk>/<slug:name>", writes.step, name="step"),
    path("sittings/<int:pk>/", views.sitting, name="sitting"),
    path("sittings/<int:pk>/decide", writes.decide, name="decide"),
    path("items/<int:pk>/finish", writes.finish, name="finish"),
]
