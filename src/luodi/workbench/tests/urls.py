"""The site, and an API that serves the parking lots."""

from django.urls import path

from luodi.site.urls import urlpatterns as site
from luodi.workbench.api import api_of
from luodi.workbench.tests.lots import LOTS

lots_api = api_of((LOTS,), namespace="lots-api")

urlpatterns = [*site, path("lots-api/", lots_api.urls)]
