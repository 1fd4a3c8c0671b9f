"""What every page knows: the steps of the road that exist, and whether the data is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.kernel.permission import (
    approves_rulesets,
    is_audit_admin,
    is_staff_of_the_city,
    is_system_admin,
    keeps_accounts,
    keeps_rulesets,
)
from luodi.kernel.scenario import packages

WORK = ("/work/", "/cases/", "/projects/", *(f"/{package.rpartition('.')[2]}/" for package in packages()))
# number on the road (none beside it), title, name of the page, path prefixes, who works there
STEPS = (
    ("", _("总览"), "cockpit", ("/overview/",), is_staff_of_the_city),
    ("", _("待办"), "inbox:inbox", ("/inbox/", "/ratings/"), is_staff_of_the_city),
    ("1", _("读报告"), "commitments:documents", ("/documents/",), is_staff_of_the_city),
    ("2", _("任务台账"), "commitments:tasks", ("/tasks/", "/lines/"), is_staff_of_the_city),
    ("3", _("业务"), "workbench:index", WORK, is_staff_of_the_city | is_system_admin),
    ("4", _("指标"), "measures:measures", ("/measures/",), is_staff_of_the_city),
    ("5", _("调度考核"), "dispatch:week", ("/dispatch/", "/lights/", "/assessment/"), is_staff_of_the_city),
    ("6", _("起草"), "drafting:drafts", ("/drafts/",), is_staff_of_the_city),
    ("", _("规则参数"), "rulesets", ("/rulesets/", "/calendar/"), keeps_rulesets | approves_rulesets),
    ("", _("人员账号"), "people", ("/people/", "/proposals/"), keeps_accounts),
    ("", _("定期工作"), "schedule", ("/schedule/",), is_system_admin),
    ("", _("审计"), "audit", ("/audit/",), is_audit_admin),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.LUODI_DEMO,
        "steps": [
            {
                "number": number,
                "title": title,
                "url": reverse(page),
                "is_here": request.path.startswith(prefixes),
            }
            for number, title, page, prefixes, works_there in STEPS
            if works_there(request.user)
        ],
    }
