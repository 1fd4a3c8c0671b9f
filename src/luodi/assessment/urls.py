from django.urls import path

from luodi.assessment import pages

app_name = "assessment"

urlpatterns = [path("lights/", pages.lights, name="lights")]
