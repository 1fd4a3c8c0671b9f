"""The site with cases mounted, until the site mounts them itself."""

from django.urls import include, path

from luodi.site.urls import urlpatterns as site

urlpatterns = [*site, path("", include("luodi.shapes.cases.urls"))]
