"""Addresses of work safety: the four-colour map, an enterprise's file, accidents, and what is listed in public."""

from django.urls import path

from luodi.scenarios.work_safety.pages import accidents, firms, ground

urlpatterns = [
    path("map", ground.four_colours, name="map"),
    path("map.geojson", ground.geojson, name="geojson"),
    path("firms", firms.firms, name="firms"),
    path("firms/<int:pk>", firms.firm, name="firm"),
    path("risks/<int:pk>/check", firms.record, name="record"),
    path("accidents", accidents.statistics, name="accidents"),
    path("listed", accidents.listed, name="listed"),
]
