"""Addresses of cases, every kind alike: `cases/` for those who work, `ask/` for those who brought one."""

from django.urls import path

from luodi.shapes.cases import pages, public, writes

app_name = "cases"

urlpatterns = [
    path("cases/", pages.queue, name="queue"),
    path("cases/<int:pk>/", pages.case, name="case"),
    path("cases/<int:pk>/take/<slug:move>", writes.take, name="take"),
    path("cases/<int:pk>/split", writes.split, name="split"),
    path("cases/<int:pk>/attach", writes.attach, name="attach"),
    path("cases/<int:pk>/reveal", writes.reveal, name="reveal"),
    path("cases/<int:pk>/letters/<slug:name>", pages.letter, name="letter"),
    path("cases/<slug:code>/new", writes.bring, name="bring"),
    path("cases/<slug:code>/statistics", pages.numbers, name="numbers"),
    path("ask/", public.ask, name="ask"),
    path("ask/rate", public.rate, name="rate"),
    path("ask/take/<slug:move>", public.take, name="public_take"),
    path("ask/<slug:code>/", public.bring, name="public_bring"),
]
