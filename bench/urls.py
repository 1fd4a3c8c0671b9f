"""The product's addresses, and two peers: the admin's list of the same table, and the barest page of its rows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from luodi.commitments.models import Commitment

PAGE = 50
BARE = """<!doctype html><html><body><table>{% for row in rows %}<tr>
<td>{{ row.pk }}</td><td>{{ row.text }}</td><td>{{ row.get_kind_display }}</td><td>{{ row.document.title }}</td>
<td>{{ row.deadline|date:"Y-m-d" }}</td>
<td>{% for target in row.targets.all %}{{ target.indicator }} {{ target.number }}{{ target.unit }} {% endfor %}</td>
<td>{% for each in row.assignments.all %}{{ each.unit.name }} {% endfor %}</td>
<td>{{ row.get_state_display }}</td></tr>{% endfor %}</table></body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows with what the page of tasks shows of them: no filters, no menu, no count, no field that isn't shown."""
    template = engines["django"].from_string(BARE)
    rows = Commitment.objects.select_related("document").defer("document__text", "document__report")
    rows = rows.prefetch_related("targets", "assignments__unit").order_by("-document", "start", "id")
    return HttpResponse(template.render({"rows": rows[:PAGE]}, request))


class OpenAdmin(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


class Lines(admin.ModelAdmin):
    """As one writes it first: the columns named, the queries left to Django."""

    list_display = ("id", "text", "kind", "document", "deadline", "figures", "units", "state")
    list_filter = ("kind", "document__year")
    search_fields = ("text",)
    list_per_page = PAGE
    ordering = ("-document", "start", "id")

    def figures(self, row: Commitment) -> str:
        return " ".join(f"{each.indicator} {each.number}{each.unit}" for each in row.targets.all())

    def units(self, row: Commitment) -> str:
        return " ".join(each.unit.name for each in row.assignments.all() if each.unit)

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


class TunedLines(Lines):
    """As one writes it after a look at the queries."""

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document")
        return rows.defer("document__text", "document__report").prefetch_related(
            "targets", "assignments__unit"
        )


plain, tuned = OpenAdmin("plain"), OpenAdmin("tuned")
plain.register(Commitment, Lines)
tuned.register(Commitment, TunedLines)

urlpatterns = [
    path("bench/bare", bare),
    path("bench/admin/", plain.urls),
    path("bench/tuned/", tuned.urls),
    path("", include("luodi.site.urls")),
]
