"""Addresses of measures. Their pages count with Ibis, which takes half a second to import."""

from django.urls import path

from luodi.workbench.on_demand import on_demand

app_name = "measures"

urlpatterns = [
    path("", on_demand("luodi.measures.pages.measures"), name="measures"),
    path("import", on_demand("luodi.measures.writes.bring"), name="import"),
    path("count", on_demand("luodi.measures.writes.recount"), name="count"),
    path("series/<int:pk>/", on_demand("luodi.measures.pages.measure"), name="measure"),
    path("series/<int:pk>/data.<str:form>", on_demand("luodi.measures.pages.export"), name="export"),
    path("values/<int:pk>/", on_demand("luodi.measures.pages.why"), name="why"),
    path("lines/<int:pk>/", on_demand("luodi.measures.pages.line"), name="line"),
    path("lines/<int:pk>/bind", on_demand("luodi.measures.writes.bind"), name="bind"),
]
