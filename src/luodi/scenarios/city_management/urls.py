"""Addresses of city management: the citizens' page, the collector's phone, the map, the league, and Open311."""

from django.urls import path, re_path

from luodi.scenarios.city_management.pages import citizens, field, ground, league, open311

FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    path("report", citizens.report, name="report"),
    path("open", citizens.open_cases, name="open"),
    path("field", field.mine, name="field"),
    path("field/report", field.report, name="field_report"),
    path("field/<int:pk>", field.look, name="look"),
    path("field/<int:pk>/photo/<int:piece>", field.photo, name="photo"),
    path("map", ground.hot, name="map"),
    path("map.geojson", ground.geojson, name="geojson"),
    path("grids/import", ground.bring_grids, name="bring_grids"),
    path("evaluation", league.tables, name="league"),
    path("evaluation.csv", league.export, name="league_csv"),
    re_path(r"^open311/v2/discovery" + FORM, open311.discovery, name="discovery"),
    re_path(r"^open311/v2/services" + FORM, open311.services, name="services"),
    re_path(r"^open311/v2/services/(?P<code>[0-9A-Za-z-]{1,20})" + FORM, open311.service, name="service"),
    re_path(r"^open311/v2/requests" + FORM, open311.requests, name="requests"),
    re_path(r"^open311/v2/requests/(?P<number>[^/]{1,40}?)" + FORM, open311.one_request, name="request"),
    re_path(r"^open311/v2/tokens/(?P<token>[0-9a-f]{32})" + FORM, open311.token, name="token"),
    path("open311/media/<int:pk>", open311.media, name="media"),
]
