"""What the pages refuse is noted in the audit log: deeds that are not the person's, and writes to what they don't see."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from luodi.kernel import denials
from luodi.kernel.action import Forbidden

log = logging.getLogger("luodi.site")
READS = ("GET", "HEAD", "OPTIONS")


class note_denied_deeds:
    """After a 403, or a 404 to a write, of somebody signed in. Sign-ins that fail are noted at the door."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if self._is_denied(request, response):
            try:
                self._note(request, response.status_code)
            except (OperationalError, InterfaceError):
                log.exception("a refusal could not be noted: %s %s", request.method, request.path)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, PermissionDenied):
            request.denied = error  # type: ignore[attr-defined]

    def _is_denied(self, request: HttpRequest, response: HttpResponse) -> bool:
        if request.resolver_match is None or not request.user.is_authenticated:
            return False
        return response.status_code == 403 or (response.status_code == 404 and request.method not in READS)

    def _note(self, request: HttpRequest, status: int) -> None:
        """By the action's name and object where an action refused, else by the page's."""
        denied = getattr(request, "denied", None)
        deed, subject = request.resolver_match.view_name, request.path
        if isinstance(denied, Forbidden):
            deed = denied.deed
            subject = denied.subject if getattr(denied.subject, "pk", None) else request.path
        denials.note(request.user, deed, subject, method=request.method, path=request.path, status=status)
