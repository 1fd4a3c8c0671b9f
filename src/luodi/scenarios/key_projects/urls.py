"""Addresses of key projects' own pages; the projects themselves stand at /projects/."""

from django.urls import path

from luodi.scenarios.key_projects.pages import overview, sheets, standards

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("funds", overview.funds, name="funds"),
    path("starts", overview.events, name="events"),
    path("forms/<slug:name>.<slug:format>", sheets.sheet, name="sheet"),
    path("oc4ids.json", standards.oc4ids, name="oc4ids"),
    path("projects.geojson", standards.geojson, name="geojson"),
]
