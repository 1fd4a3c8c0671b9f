"""My account 我的账号: change the password, and have a second factor or give it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.kernel.accounts import lockout, second_factor, totp
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.action import Refused
from luodi.site.addresses import address_of
from luodi.site.door import choose_password, enrolment

SECRET = "enrolling"


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "site/account/mine.html", {"account": account_of(request.user)})


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """The present password is asked for: an unattended desk must not be enough to take an account over."""
    refusal = ""
    if request.method == "POST":
        try:
            _confirm(request)
            choose_password(request.user, request.POST)
        except Refused as refused:
            refusal = str(refused)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
            return redirect("account")
    return render(request, "site/account/password.html", {"refusal": refusal}, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """Have a second factor; one that is there is given up first."""
    if account_of(request.user).has_second_factor:
        return redirect("account")
    secret = request.session.setdefault(SECRET, totp.new_secret())
    if request.method == "POST":
        try:
            codes = second_factor.enrol(request.user, secret, request.POST.get("code", ""))
        except Refused as refused:
            return render(
                request, "site/account/enrol.html", enrolment(request.user, secret, str(refused)), status=422
            )
        del request.session[SECRET]
        return render(request, "site/account/recovery.html", {"codes": codes, "onward": "/account/"})
    return render(request, "site/account/enrol.html", enrolment(request.user, secret))


@require_POST
@sensitive_post_parameters()
def second_off(request: HttpRequest) -> HttpResponse:
    _confirm(request)
    second_factor.switch_off(request.user)
    messages.success(request, _("动态口令已停用。"))
    return redirect("account")


def _confirm(request: HttpRequest) -> None:
    """The present password, under the same lock as at the door. Raises Refused."""
    try:
        attempt = lockout.begin(request.user.login, address_of(request))
    except lockout.Locked as locked:
        raise Refused(str(locked)) from locked
    if not request.user.check_password(request.POST.get("present", "")):
        raise Refused(_("现在的密码不对。"))
    lockout.succeed(attempt)
