from django.urls import path

from luodi.scenarios.land_productivity.pages import views

app_name = "land_productivity"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("carry-out", views.carry_out, name="carry_out"),
    path("notice/", views.notice, name="notice"),
]
