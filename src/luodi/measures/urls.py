from django.urls import path

from luodi.measures import pages, writes

app_name = "measures"

urlpatterns = [
    path("", pages.measures, name="measures"),
    path("import", writes.bring, name="import"),
    path("count", writes.recount, name="count"),
    path("series/<int:pk>/", pages.measure, name="measure"),
    path("series/<int:pk>/data.<str:form>", pages.export, name="export"),
    path("values/<int:pk>/", pages.why, name="why"),
    path("lines/<int:pk>/", pages.line, name="line"),
    path("lines/<int:pk>/bind", writes.bind, name="bind"),
]
