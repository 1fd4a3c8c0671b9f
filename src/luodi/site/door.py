"""Signing in, one step after another: password or the city's sign-in service, second factor, a new password where due.

Between the steps nobody is signed in: the session only remembers who stands at the door, for ten minutes. The session
key is renewed at the first step and again on entering, so one that was planted before is worth nothing.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from luodi.kernel import audit, denials
from luodi.kernel.accounts import lockout, second_factor, totp
from luodi.kernel.accounts.passwords import account_of, must_change, set_password
from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.site.addresses import address_of
from luodi.site.pictures import qr

DOOR = "door"
PATIENCE_SECONDS = 600


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """First step: login and password."""
    if request.user.is_authenticated:
        return redirect("home")
    refusal, typed = "", request.POST.get("username", "").strip()
    if request.method == "POST":
        try:
            person = _with_password(request, typed, request.POST.get("password", ""))
        except lockout.Locked as locked:
            refusal = str(locked)
        else:
            if person is not None:
                return at_the_door(request, person, "password", request.POST.get("next", ""))
            refusal = _("登录名或密码不对。连续错 %(count)d 次会锁定 15 分钟。") % {
                "count": settings.LUODI_LOCK_AFTER
            }
    context = {
        "refusal": refusal,
        "typed": typed,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "service": settings.LUODI_OIDC_NAME if settings.LUODI_OIDC_ISSUER else "",
    }
    return render(request, "site/login.html", context, status=403 if refusal else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Second step for those who have a second factor."""
    person = _standing(request)
    if person is None or _next_step(request, person) != "door_code":
        return redirect("login")
    refusal = ""
    if request.method == "POST":
        try:
            attempt = lockout.begin(person.login, address_of(request))
        except lockout.Locked as locked:
            refusal = str(locked)
        else:
            if second_factor.verify(person, request.POST.get("code", "")):
                lockout.succeed(attempt)
                return _passed(request, person, "second")
            denials.note(person, "accounts.second_factor", person)
            refusal = _("口令不对，或已经用过。等下一个口令再试。")
    return render(request, "site/account/code.html", {"refusal": refusal}, status=403 if refusal else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Second step for an administrator without a second factor: get one."""
    person = _standing(request)
    if person is None or _next_step(request, person) != "door_enrol":
        return redirect("login")
    door = request.session[DOOR]
    secret = door.setdefault("secret", totp.new_secret())
    request.session.modified = True
    if request.method == "POST":
        try:
            codes = second_factor.enrol(person, secret, request.POST.get("code", ""))
        except Refused as refused:
            return render(
                request, "site/account/enrol.html", enrolment(person, secret, str(refused)), status=422
            )
        del door["secret"]
        onward = _passed(request, person, "second").url
        return render(request, "site/account/recovery.html", {"codes": codes, "onward": onward})
    return render(request, "site/account/enrol.html", enrolment(person, secret))


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Last step after a reset, or with a password that has grown old."""
    person = _standing(request)
    if person is None or _next_step(request, person) != "door_password":
        return redirect("login")
    refusal = ""
    if request.method == "POST":
        try:
            choose_password(person, request.POST)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _passed(request, person, "renewed")
    return render(
        request,
        "site/account/password.html",
        {"refusal": refusal, "is_door": True},
        status=422 if refusal else 200,
    )


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        audit.record(request.user, "accounts.sign_out", request.user)
    logout(request)
    return redirect("login")


def at_the_door(request: HttpRequest, person: Person, by: str, onward: str) -> HttpResponse:
    """The person has shown who they are, by a password or by the city's service: on to the step that is left."""
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = reverse("home")
    request.session.cycle_key()
    request.session[DOOR] = {"person": person.pk, "by": by, "since": time.time(), "onward": onward}
    return _on(request, person)


def choose_password(person: Person, sent: Any) -> None:
    """Raises Refused for a password that breaks a rule, or that was not typed the same twice."""
    if sent.get("password", "") != sent.get("again", ""):
        raise Refused(_("两次输入的密码不一样。"))
    set_password(person, sent.get("password", ""))
    audit.record(person, "accounts.change_password", person)


def enrolment(person: Person, secret: str, refusal: str = "") -> dict[str, Any]:
    """What the page of enrolment shows."""
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return {"secret": spaced, "qr": qr(totp.address(secret, person.login)), "refusal": refusal}


def _with_password(request: HttpRequest, typed: str, password: str) -> Person | None:
    """The person, or None. Failures are counted and logged; a login that does not exist is not written down."""
    try:
        attempt = lockout.begin(typed, address_of(request))
    except lockout.Locked:
        denials.note(None, "accounts.locked_out", _known(typed))
        raise
    person = authenticate(request, username=typed, password=password)
    if person is None:
        denials.note(None, "accounts.sign_in", _known(typed), by="password")
        return None
    lockout.succeed(attempt)
    return person  # type: ignore[return-value]


def _known(typed: str) -> Person | None:
    return Person.objects.filter(login=typed).first()


def _standing(request: HttpRequest) -> Person | None:
    """Who stands at the door, while it is not too long ago."""
    door = request.session.get(DOOR)
    if door is None or time.time() - door["since"] > PATIENCE_SECONDS:
        return None
    return Person.objects.filter(pk=door["person"], is_active=True).first()


def _next_step(request: HttpRequest, person: Person) -> str:
    """The name of the page that is due; empty when the person may enter."""
    door, account = request.session[DOOR], account_of(person)
    if not door.get("second"):
        if account.has_second_factor:
            return "door_code"
        if person.is_administrator:
            return "door_enrol"
    return "door_password" if door["by"] == "password" and must_change(account) else ""


def _passed(request: HttpRequest, person: Person, step: str) -> Any:
    request.session[DOOR][step] = True
    request.session.modified = True
    return _on(request, person)


def _on(request: HttpRequest, person: Person) -> HttpResponse:
    if step := _next_step(request, person):
        return redirect(step)
    door = request.session.pop(DOOR)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session["entered"] = request.session["seen"] = time.time()
    audit.record(person, "accounts.sign_in", person, {"by": door["by"]})
    return redirect(door["onward"])
