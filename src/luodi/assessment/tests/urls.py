"""The addresses of the site with those of steps 4 and 5 on them."""

from django.urls import include, path

from luodi.site.urls import urlpatterns as site

_HERE = {"measures/": "luodi.measures.urls", "assessment/": "luodi.assessment.urls"}
_KNOWN = {str(each.pattern) for each in site}
urlpatterns = [*site, *(path(at, include(urls)) for at, urls in _HERE.items() if at not in _KNOWN)]
