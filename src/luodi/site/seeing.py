"""Who sees a page at all: to everybody else it does not exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

Page = Callable[..., HttpResponse]


def seen_by(may: Callable[[Any], bool]) -> Callable[[Page], Page]:
    """Answer 404 to a person for whom `may` is false."""

    def decorate(page: Page) -> Page:
        @functools.wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return decorate
