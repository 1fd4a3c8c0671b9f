"""Every address of Luodi. Each has its row in the authorisation matrix (tests/test_authorisation.py, tests/matrix.py).

A scenario's own pages, where it has a `urls.py`, are at the code of the scenario.
"""

import importlib.util

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from luodi.kernel.scenario import packages
from luodi.site import (
    account_pages,
    audit_pages,
    calendar_pages,
    door,
    pages,
    people_pages,
    rulesets_pages,
    schedule_pages,
)
from luodi.workbench.on_demand import on_demand

# The language switch is for anyone, also before signing in.
set_language.login_required = False

scenario_pages = [
    path(f"{code}/", include((f"{package}.urls", code)))
    for package in packages()
    if importlib.util.find_spec(f"{package}.urls")
    for code in [package.rpartition(".")[2]]
]

urlpatterns = [
    path("", pages.home, name="home"),
    path("overview/", on_demand("luodi.site.cockpit.cockpit"), name="cockpit"),
    path("nothing-here", pages.nothing_here, name="nothing_here"),
    path("health", pages.health, name="health"),
    path("login", door.sign_in, name="login"),
    path("login/code", door.code, name="door_code"),
    path("login/enrol", door.enrol, name="door_enrol"),
    path("login/password", door.new_password, name="door_password"),
    path("login/oidc", login_not_required(on_demand("luodi.site.oidc.begin")), name="oidc"),
    path("login/oidc/back", login_not_required(on_demand("luodi.site.oidc.back")), name="oidc_back"),
    path("logout", door.sign_out, name="logout"),
    path("account/", account_pages.account, name="account"),
    path("account/password", account_pages.password, name="account_password"),
    path("account/second", account_pages.second, name="account_second"),
    path("account/second/off", account_pages.second_off, name="account_second_off"),
    path("language", set_language, name="set_language"),
    path("people/", people_pages.directory, name="people"),
    path("people/new", people_pages.new_person, name="new_person"),
    path("people/<int:pk>/", people_pages.one_person, name="person"),
    path("people/<int:pk>/password", people_pages.reset_password, name="reset_password"),
    path("people/<int:pk>/active", people_pages.set_active, name="set_active"),
    path("people/<int:pk>/phone", people_pages.set_phone, name="set_phone"),
    path("people/<int:pk>/reveal", people_pages.reveal, name="reveal_phone"),
    path("people/<int:pk>/second/forget", people_pages.forget_second_factor, name="forget_second_factor"),
    path("people/<int:pk>/propose", people_pages.propose, name="propose_post"),
    path("posts/<int:pk>/end", people_pages.end_post, name="end_post"),
    path("posts/<int:pk>/stand-in", people_pages.stand_in, name="stand_in"),
    path("proposals/", people_pages.proposals, name="proposals"),
    path("proposals/<int:pk>/decide", people_pages.decide, name="decide_post"),
    path("audit/", audit_pages.log, name="audit"),
    path("audit/export", audit_pages.export, name="audit_export"),
    path("audit/<int:pk>/", audit_pages.entry, name="audit_entry"),
    path("audit/<int:pk>/reveal", audit_pages.reveal, name="audit_reveal"),
    path("audit/verify", audit_pages.verify, name="audit_verify"),
    path("audit/anchor", audit_pages.anchor, name="audit_anchor"),
    path("rulesets/", rulesets_pages.rulesets, name="rulesets"),
    path("rulesets/versions/<int:pk>/decide", rulesets_pages.decide, name="decide_ruleset"),
    path("rulesets/<str:key>/", rulesets_pages.one_ruleset, name="ruleset"),
    path("rulesets/<str:key>/draft", rulesets_pages.draft, name="draft_ruleset"),
    path("schedule/", schedule_pages.recurring, name="schedule"),
    path("schedule/<int:pk>/run", schedule_pages.run_now, name="run_recurring"),
    path("calendar/", calendar_pages.this_year, name="this_year"),
    path("calendar/<int:year>/", calendar_pages.year, name="calendar"),
    path("work/", include("luodi.workbench.urls")),
    path("", include("luodi.workbench.inbox.urls")),
    path("measures/", include("luodi.measures.urls")),
    path("dispatch/", include("luodi.dispatch.urls")),
    path("drafts/", include("luodi.drafting.urls")),
    *scenario_pages,
    path("", include("luodi.assessment.urls")),
    path("", include("luodi.shapes.cases.urls")),
    path("", include("luodi.shapes.projects.urls")),
    path("", include("luodi.commitments.urls")),
]
