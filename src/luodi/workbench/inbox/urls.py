"""Addresses of the inbox."""

from django.urls import path

from luodi.workbench.inbox import pages

app_name = "inbox"

urlpatterns = [
    path("inbox/", pages.inbox, name="inbox"),
    path("inbox/export", pages.export, name="export"),
    path("inbox/calendar", pages.renew_calendar_key, name="calendar_key"),
    path("inbox/mailbox", pages.set_mailbox, name="mailbox"),
    path("calendar/<str:key>.ics", pages.calendar, name="calendar"),
]
