from django.urls import path

from luodi.workbench.on_demand import on_demand

app_name = "disclosure"

urlpatterns = [
    path("years/<int:year>/", on_demand("luodi.scenarios.disclosure.pages.year.year"), name="year")
]
