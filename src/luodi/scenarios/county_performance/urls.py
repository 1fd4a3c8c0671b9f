from django.urls import path

from luodi.scenarios.county_performance.pages import views

app_name = "county_performance"

urlpatterns = [
    path("", views.watch, name="watch"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
]
