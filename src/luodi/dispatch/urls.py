from django.urls import path

from luodi.workbench.on_demand import on_demand

app_name = "dispatch"


def page(name: str) -> object:
    """Counting libraries come along with the lights, so these pages load them when asked for."""
    return on_demand(f"luodi.dispatch.{name}")


urlpatterns = [
    path("", page("pages.week"), name="week"),
    path("pack.<str:form>", page("pages.pack"), name="pack"),
    path("leaders/<int:pk>/", page("pages.leader"), name="leader"),
    path("settle", page("writes.settle"), name="settle"),
    path("order", page("writes.order"), name="order"),
    path("resolutions/<int:pk>/", page("pages.resolution"), name="resolution"),
    path("resolutions/<int:pk>/put-off", page("writes.put_off"), name="put_off"),
    path("resolutions/<int:pk>/finish", page("writes.finish"), name="finish"),
    path("starts/", page("pages.starts"), name="starts"),
    path("meetings.ics", page("pages.calendar"), name="calendar"),
    path("meetings/call", page("writes.call"), name="call"),
    path("meetings/<int:pk>/", page("pages.meeting"), name="meeting"),
    path("meetings/<int:pk>/hold", page("writes.hold"), name="hold"),
    path("meetings/<int:pk>/cancel", page("writes.cancel"), name="cancel"),
    path("bulletin/", page("pages.bulletins"), name="bulletin"),
    path("visits/plan", page("pages.plan"), name="plan"),
    path("visits/new", page("writes.plan_visit"), name="plan_visit"),
    path("visits/<int:pk>/", page("pages.visit"), name="visit"),
    path("visits/<int:pk>/open", page("writes.open_visit"), name="open_visit"),
    path("visits/<int:pk>/close", page("writes.close_visit"), name="close_visit"),
    path("stops/<int:pk>/", page("pages.ballot"), name="ballot"),
    path("stops/<int:pk>/score", page("writes.score"), name="score"),
]
