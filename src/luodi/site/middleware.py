"""One request is one audit id, and a refusal is a sentence, never a crash page."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _

from luodi.kernel import audit
from luodi.kernel.action import Refused, Unavailable
from luodi.site.addresses import address_of

SEEN_SECONDS = 60
"""A session is written at most once a minute for being used."""

log = logging.getLogger("luodi.site")

Respond = Callable[[HttpRequest], HttpResponse]


def speak_chinese_first(respond: Respond) -> Respond:
    """Chinese, unless the person switched: the browser's own language does not decide."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = respond(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def audit_request(respond: Respond) -> Respond:
    """Everything that a request writes carries one id, and the address that it came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with audit.one_request(address_of(request)):
            return respond(request)

    return middleware


def end_idle_sessions(respond: Respond) -> Respond:
    """A session ends after so many minutes without a request, and after a working day in any case."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return respond(request)
        now = time.time()
        entered = request.session.setdefault("entered", now)
        seen = request.session.setdefault("seen", now)
        idle = now - seen > 60 * settings.LUODI_IDLE_MINUTES
        if idle or now - entered > settings.SESSION_COOKIE_AGE:
            audit.record(request.user, "accounts.session_ended", request.user, {"idle": idle})
            logout(request)
            messages.info(
                request, _("太久没有操作，已退出登录。") if idle else _("登录已满一个工作日，请重新登录。")
            )
        elif now - seen > SEEN_SECONDS:
            request.session["seen"] = now
        return respond(request)

    return middleware


class Sessions(SessionMiddleware):
    """Django's sessions, but a page that was read is answered also when no room is left to note that it was."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as error:
            if not _database_is_away(error):
                raise
            log.exception("the session of a request could not be kept")
            return response


def _database_is_away(error: BaseException | None) -> bool:
    """Whether this or what led to it came from the database."""
    while error is not None and not isinstance(error, OperationalError):
        error = error.__cause__ or error.__context__
    return error is not None


class answer_refusals:
    """An action that refuses answers its sentence: as text to htmx and scripts, as a message to a plain form."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            log.error("the database does not answer: %s", error)
            error = Unavailable(_("数据库暂时没有应答，什么都没有改动；请稍后再试。"))
        if not isinstance(error, Refused):
            return None
        if isinstance(error, Unavailable):
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        if request.htmx or request.headers.get("Accept", "").startswith("application/json"):  # type: ignore[attr-defined]
            return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, str(error))
        return HttpResponseRedirect(request.META.get("HTTP_REFERER") or "/")
