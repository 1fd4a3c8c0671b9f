"""Every address of Luodi. Each has its row in the authorisation matrix (tests/test_authorisation.py)."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.i18n import set_language

from luodi.site import calendar_pages, pages, rulesets_pages

# The language switch is for anyone, also before signing in.
set_language.login_required = False

urlpatterns = [
    path("", pages.home, name="home"),
    path("nothing-here", pages.nothing_here, name="nothing_here"),
    path("health", pages.health, name="health"),
    path(
        "login",
        LoginView.as_view(template_name="site/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("logout", LogoutView.as_view(), name="logout"),
    path("language", set_language, name="set_language"),
    path("rulesets/", rulesets_pages.rulesets, name="rulesets"),
    path("rulesets/versions/<int:pk>/decide", rulesets_pages.decide, name="decide_ruleset"),
    path("rulesets/<str:key>/", rulesets_pages.one_ruleset, name="ruleset"),
    path("rulesets/<str:key>/draft", rulesets_pages.draft, name="draft_ruleset"),
    path("calendar/", calendar_pages.this_year, name="this_year"),
    path("calendar/<int:year>/", calendar_pages.year, name="calendar"),
    path("work/", include("luodi.workbench.urls")),
    path("", include("luodi.commitments.urls")),
]
