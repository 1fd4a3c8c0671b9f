"""The site with the workbench mounted, and an API that serves the parking lots."""

from django.urls import include, path

from luodi.site.urls import urlpatterns as site
from luodi.workbench.api import api_of
from luodi.workbench.tests.lots import LOTS

lots_api = api_of((LOTS,), namespace="lots-api")

urlpatterns = [
    *site,
    path("work/", include("luodi.workbench.urls")),
    path("lots-api/", lots_api.urls),
]
