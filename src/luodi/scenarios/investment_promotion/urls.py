"""Addresses of investment promotion beside its desks."""

from django.urls import path

from luodi.scenarios.investment_promotion.pages import deal, overview, sheets

app_name = "investment_promotion"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("forms/<slug:name>.<slug:format>", sheets.sheet, name="sheet"),
    path("deals/<int:pk>/", deal.deal, name="deal"),
    path("deals/<int:pk>/advance", deal.advance, name="advance"),
]
