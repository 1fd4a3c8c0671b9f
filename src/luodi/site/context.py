"""What every page knows: the steps of the road that exist, and whether the data is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.kernel.permission import approves_rulesets, keeps_rulesets

# number, title, name of the page, path prefix that marks a page as part of the step
STEPS = (
    (1, _("读报告"), "commitments:documents", "/documents/"),
    (2, _("任务台账"), "commitments:tasks", "/tasks/"),
)

# title, name of the page, path prefix, who works there: what lies beside the road
BESIDE = ((_("规则参数"), "rulesets", ("/rulesets/", "/calendar/"), keeps_rulesets | approves_rulesets),)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.LUODI_DEMO,
        "steps": [
            {
                "number": number,
                "title": title,
                "url": reverse(page),
                "is_here": request.path.startswith(prefix),
            }
            for number, title, page, prefix in STEPS
        ]
        + [
            {"number": "", "title": title, "url": reverse(page), "is_here": request.path.startswith(prefixes)}
            for title, page, prefixes, works_there in BESIDE
            if works_there(request.user)
        ],
    }
