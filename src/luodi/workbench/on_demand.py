"""Pages whose libraries take long to import: imported when somebody asks for them, so that starting stays quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]


def on_demand(dotted: str) -> View:
    """The view of this dotted name; a mark that middleware reads (login_not_required) goes on what is returned."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return import_string(dotted)(request, *args, **kwargs)

    return view
