"""The product's addresses, and the peers of its desk of cases: a bare page of fifty rows, and the admin's list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from bench.urls import OpenAdmin
from luodi.scenarios.enterprise_appeals.models import Appeal

PAGE = 50
BARE = """<!doctype html><html><body><table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>
<td>{{ row.state }}</td><td>{{ row.due_on|date:"Y-m-d" }}</td><td>{{ row.level }}</td><td>{{ row.category }}</td><td>{{ row.firm }}</td>
<td>{{ row.lead }}</td><td>{{ row.division }}</td><td>{{ row.received_at|date:"Y-m-d H:i" }}</td></tr>{% endfor %}</table></body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows with what the desk shows of them: no filters, no menu, no count."""
    rows = Appeal.objects.filter(kind="enterprise_appeals").select_related("firm", "lead", "division")
    rows = rows.order_by("-received_at", "-id")[:PAGE]
    return HttpResponse(engines["django"].from_string(BARE).render({"rows": rows}, request))


class Appeals(admin.ModelAdmin):
    list_display = (
        "number",
        "title",
        "state",
        "due_on",
        "level",
        "category",
        "firm",
        "lead",
        "division",
        "received_at",
    )
    list_filter = ("state", "category")
    list_select_related = ("firm", "lead", "division")
    list_per_page = PAGE
    ordering = ("-received_at",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


site = OpenAdmin("peer")
site.register(Appeal, Appeals)

urlpatterns = [
    path("bench/bare", bare),
    path("bench/admin/", site.urls),
    path("", include("luodi.shapes.cases.urls")),
    path("", include("luodi.site.urls")),
]
