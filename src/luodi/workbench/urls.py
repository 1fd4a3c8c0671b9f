"""Addresses of the workbench; `<str:code>` is a desk, one that the person does not have answers 404."""

from django.urls import path

from luodi.workbench import pages, writes
from luodi.workbench.api import api

app_name = "workbench"

urlpatterns = [
    path("", pages.index, name="index"),
    path("tokens", writes.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", writes.revoke_token, name="revoke_token"),
    path("api/", api.urls),
    path("<slug:code>/", pages.table, name="table"),
    path("<slug:code>/board", pages.board, name="board"),
    path("<slug:code>/calendar", pages.calendar, name="calendar"),
    path("<slug:code>/map", pages.map, name="map"),
    path("<slug:code>/print", pages.print_view, name="print"),
    path("<slug:code>/export", pages.export, name="export"),
    path("<slug:code>/form", writes.form, name="new"),
    path("<slug:code>/import", writes.import_rows, name="import"),
    path("<slug:code>/import/apply", writes.import_apply, name="import_apply"),
    path("<slug:code>/jobs/<int:pk>", writes.job, name="job"),
    path("<slug:code>/bulk", writes.bulk, name="bulk"),
    path("<slug:code>/paste", writes.paste, name="paste"),
    path("<slug:code>/views", writes.save_view, name="save_view"),
    path("<slug:code>/views/<int:pk>/drop", writes.drop_view, name="drop_view"),
    path("<slug:code>/choices/<slug:name>", pages.choices, name="choices"),
    path("<slug:code>/options/<slug:name>", pages.options, name="options"),
    path("<slug:code>/<int:pk>/", pages.detail, name="detail"),
    path("<slug:code>/<int:pk>/form", writes.form, name="form"),
    path("<slug:code>/<int:pk>/cell", writes.cell, name="cell"),
    path("<slug:code>/<int:pk>/attach", writes.attach, name="attach"),
    path("<slug:code>/<int:pk>/evidence/<int:piece>", pages.piece, name="piece"),
]
