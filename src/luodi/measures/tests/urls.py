"""The addresses of the site with those of step 4 on them."""

from django.urls import include, path

from luodi.site.urls import urlpatterns as site

MOUNTED = [path("measures/", include("luodi.measures.urls"))]
urlpatterns = [*site, *([] if any(str(each.pattern) == "measures/" for each in site) else MOUNTED)]
