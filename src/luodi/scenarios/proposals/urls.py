from django.contrib.auth.decorators import login_not_required
from django.urls import path

from luodi.workbench.on_demand import on_demand

app_name = "proposals"
_PAGES = "luodi.scenarios.proposals.pages.tables"

urlpatterns = [
    path("years/<int:year>/", on_demand(f"{_PAGES}.year"), name="year"),
    path("promises/<int:pk>/keep", on_demand(f"{_PAGES}.keep"), name="keep"),
    path("answers/", login_not_required(on_demand(f"{_PAGES}.answers")), name="answers"),
]
