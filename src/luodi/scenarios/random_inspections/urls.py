from django.contrib.auth.decorators import login_not_required
from django.urls import path

from luodi.scenarios.random_inspections.pages import progress, public, sheet, tasks

urlpatterns = [
    path("", progress.progress, name="progress"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/freeze", tasks.freeze, name="freeze"),
    path("tasks/<int:pk>/commit", tasks.commit, name="commit"),
    path("tasks/<int:pk>/reveal", tasks.reveal, name="reveal"),
    path("tasks/<int:pk>/draw", tasks.draw, name="draw"),
    path("tasks/<int:pk>/void", tasks.void, name="void"),
    path("checks/<int:pk>/", sheet.sheet, name="sheet"),
    path("checks/<int:pk>/correction", sheet.correction, name="correction"),
    path("checks/<int:pk>/notice", sheet.notice, name="notice"),
    path("public/", login_not_required(public.overview), name="public"),
    path("public/results/", login_not_required(public.results), name="public_results"),
    path("public/draws/<int:pk>/", login_not_required(public.one_draw), name="public_draw"),
    path("public/draws/<int:pk>/draw.zip", login_not_required(public.package), name="package"),
]
