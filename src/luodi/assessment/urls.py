"""Addresses of step 5. Those of schemes stand below assessment/; milestones and lights count with measures."""

from django.urls import path

from luodi.assessment import pages, scheme_pages, scheme_writes, trial_pages

app_name = "assessment"

urlpatterns = [
    path("lights/", pages.lights, name="lights"),
    path("lights/bind", pages.bind, name="bind_alike"),
    path("assessment/milestones/", pages.milestones, name="milestones"),
    path("assessment/", scheme_pages.all_schemes, name="schemes"),
    path("assessment/runs/<int:pk>/", scheme_pages.run_table, name="run"),
    path("assessment/runs/<int:pk>/members/<int:result>/", scheme_pages.member, name="member"),
    path("assessment/runs/<int:pk>/members/<int:result>/object", scheme_writes.object_to, name="object"),
    path("assessment/runs/<int:pk>/try", trial_pages.trial, name="trial"),
    path("assessment/runs/<int:pk>/objections", scheme_pages.objections, name="objections"),
    path("assessment/runs/<int:pk>/export.<str:form>", scheme_writes.export, name="export"),
    path("assessment/runs/<int:pk>/to/<str:to>", scheme_writes.step, name="step"),
    path("assessment/objections/<int:pk>/decide", scheme_writes.decide, name="decide"),
    path("assessment/marks/<int:pk>/confirm", scheme_writes.confirm_mark, name="confirm_mark"),
    path("assessment/<str:code>/", scheme_pages.one_scheme, name="scheme"),
    path("assessment/<str:code>/score", scheme_writes.score, name="score"),
    path("assessment/<str:code>/mark", scheme_writes.mark, name="mark"),
]
