from django.contrib.auth.decorators import login_not_required
from django.urls import path

from luodi.scenarios.government_services.pages import guide

urlpatterns = [
    path("catalogue/", guide.checkup, name="checkup"),
    path("public/", login_not_required(guide.guide), name="guide"),
    path("public/catalogue.json", login_not_required(guide.catalogue), name="catalogue"),
    path("public/<str:code>/", login_not_required(guide.one_item), name="item"),
]
