"""One request is one audit id, and a refusal is a sentence, never a crash page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from luodi.kernel import audit
from luodi.kernel.action import Refused

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
    def middleware(request: HttpRequest) -> HttpResponse:
        with audit.one_request():
            return respond(request)

    return middleware


class answer_refusals:
    """An action that refuses answers its sentence: as text to htmx and scripts, as a message to a plain form."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if request.htmx or request.headers.get("Accept", "").startswith("application/json"):  # type: ignore[attr-defined]
            return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, str(error))
        return HttpResponseRedirect(request.META.get("HTTP_REFERER") or "/")
