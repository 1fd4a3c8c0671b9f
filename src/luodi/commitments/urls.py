from django.urls import path

from luodi.commitments import exports, pages, writes

app_name = "commitments"

urlpatterns = [
    path("documents/", pages.documents, name="documents"),
    path("documents/deliver", writes.deliver_document, name="deliver"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("documents/<int:pk>/progress", pages.progress, name="progress"),
    path("documents/<int:pk>/history", pages.history, name="history"),
    path("documents/<int:pk>/export", exports.export, name="export"),
    path("documents/<int:pk>/import", exports.preview_import, name="import"),
    path("documents/<int:pk>/import/apply", exports.apply_import, name="apply_import"),
    path("documents/<int:pk>/accept", writes.accept, name="accept"),
    path("documents/<int:pk>/add", writes.add, name="add"),
    path("documents/<int:pk>/undo", writes.undo, name="undo"),
    path("lines/<int:pk>/", pages.line, name="line"),
    path("lines/<int:pk>/save", writes.save, name="save"),
    path("lines/<int:pk>/assign", writes.assign, name="assign"),
    path("lines/<int:pk>/fill", writes.fill, name="fill"),
    path("lines/<int:pk>/confirm", writes.confirm, name="confirm"),
    path("lines/<int:pk>/split", writes.split, name="split"),
    path("lines/<int:pk>/merge", writes.merge, name="merge"),
    path("lines/<int:pk>/respan", writes.respan, name="respan"),
    path("lines/<int:pk>/drop", writes.drop, name="drop"),
    path("tasks/", pages.tasks, name="tasks"),
]
