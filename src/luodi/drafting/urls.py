from django.urls import path

from luodi.workbench.on_demand import on_demand

app_name = "drafting"

# counting libraries come along with what is known, so these pages load them when asked for
urlpatterns = [
    path("", on_demand("luodi.drafting.pages.drafts"), name="drafts"),
    path("check", on_demand("luodi.drafting.pages.check_file"), name="check_file"),
    path("documents/<int:pk>/check", on_demand("luodi.drafting.pages.check_document"), name="check_document"),
    path("templates/<slug:form>", on_demand("luodi.drafting.pages.template"), name="template"),
    path("<int:pk>/<slug:form>/", on_demand("luodi.drafting.pages.preview"), name="preview"),
    path("<int:pk>/<slug:form>.<str:kind>", on_demand("luodi.drafting.pages.download"), name="download"),
]
