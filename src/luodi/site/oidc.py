"""The city's own sign-in service over OpenID Connect (authorization code with PKCE, state and nonce).

It only says who somebody is. The person has to be here already: a login that is not registered gets no account and no
rights. At the first time the service's own mark of the person (issuer and subject) is kept; should the same login later
come with another mark, it is somebody else and is refused.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from luodi.kernel import audit, denials
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.action import Refused
from luodi.kernel.models import Account, Person
from luodi.site.door import at_the_door

log = logging.getLogger("luodi.oidc")
ONWARD = "oidc_onward"
TIMEOUT_SECONDS = 10


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the service."""
    service = _service()
    request.session[ONWARD] = request.GET.get("next", "")
    try:
        return service.authorize_redirect(request, request.build_absolute_uri("/login/oidc/back"))
    except (RequestException, AuthlibBaseError):
        log.exception("the sign-in service %s does not answer", settings.LUODI_OIDC_ISSUER)
        messages.error(request, _("统一认证暂时连不上，请用登录名和密码。"))
        return redirect("login")


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back with a code: change it for a signed statement, and see who it names."""
    service = _service()
    try:
        claims = service.authorize_access_token(request)["userinfo"]
        person = linked_person(settings.LUODI_OIDC_ISSUER, claims)
    except Refused as refused:
        denials.note(None, "accounts.sign_in", None, by="oidc", subject=str(claims["sub"]))
        messages.error(request, str(refused))
        return redirect("login")
    except (RequestException, AuthlibBaseError, JoseError, KeyError):
        # Cancelled, forged, replayed or expired: the trace tells the administrator which, the visitor may try again.
        log.warning("sign-in by %s failed", settings.LUODI_OIDC_ISSUER, exc_info=True)
        denials.note(None, "accounts.sign_in", None, by="oidc")
        messages.error(request, _("统一认证没有成功，请重新登录。"))
        return redirect("login")
    return at_the_door(request, person, "oidc", request.session.pop(ONWARD, ""))


@transaction.atomic
def linked_person(issuer: str, claims: dict[str, Any]) -> Person:
    """The registered person that the service's statement names. Raises Refused; never makes anybody."""
    subject = str(claims["sub"])
    account = Account.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    if account is None:
        login = str(claims.get(settings.LUODI_OIDC_CLAIM) or "")
        person = Person.objects.filter(login=login, is_active=True).first() if login else None
        if person is None:
            raise Refused(_("统一认证里的这个账号没有在落地登记，请找系统管理员。"))
        account = account_of(person)
        if account.subject:
            raise Refused(_("这个登录名已与统一认证的另一个账号绑定，请找系统管理员。"))
        account.issuer, account.subject = issuer, subject
        account.save(update_fields=["issuer", "subject"])
        audit.record(person, "accounts.link", person, {"issuer": issuer, "subject": subject})
    if not account.person.is_active:
        raise Refused(_("账号已停用，请找系统管理员。"))
    return account.person


def _service() -> Any:
    if not settings.LUODI_OIDC_ISSUER:
        raise Http404
    return _registered(settings.LUODI_OIDC_ISSUER, settings.LUODI_OIDC_CLIENT, settings.LUODI_OIDC_SECRET)


@lru_cache(maxsize=2)
def _registered(issuer: str, client: str, secret: str) -> Any:
    return OAuth().register(
        "city",
        client_id=client,
        client_secret=secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "timeout": TIMEOUT_SECONDS,
        },
    )
