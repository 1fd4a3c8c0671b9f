"""The front door."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luodi.kernel.permission import (
    is_audit_admin,
    is_liaison,
    is_staff_of_the_city,
    is_system_admin,
    keeps_accounts,
)


def home(request: HttpRequest) -> HttpResponse:
    """Where a person's work is: what is due from those who owe lines, the whole city for all others of the staff."""
    if is_liaison(request.user):
        return redirect("inbox:inbox")
    if is_staff_of_the_city(request.user):
        return redirect("cockpit")
    if is_audit_admin(request.user):
        return redirect("audit")
    if keeps_accounts(request.user):
        return redirect("people" if is_system_admin(request.user) else "proposals")
    return redirect("nothing_here")


@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Answers as soon as pages can be served; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")


def nothing_here(request: HttpRequest) -> HttpResponse:
    """For people without a post."""
    return render(request, "site/nothing_here.html")
