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
RHYTHM = (
    "/dispatch/",
    "/lights/",
    "/assessment/",
    "/work/visits/",
    "/work/orders/",
    "/work/resolutions/",
    "/work/meetings/",
)
# number on the road (none beside it), title, name of the page, path prefixes, who works there
STEPS = (
    ("", _("总览"), "cockpit", ("/overview/",), is_staff_of_the_city),
    ("", _("待办"), "inbox:inbox", ("/inbox/", "/ratings/"), is_staff_of_the_city),
    ("1", _("读报告"), "commitments:documents", ("/documents/",), is_staff_of_the_city),
    ("2", _("任务台账"), "commitments:tasks", ("/tasks/", "/lines/"), is_staff_of_the_city),
    ("3", _("业务"), "workbench:index", WORK, is_staff_of_the_city | is_system_admin),
    ("4", _("指标"), "measures:measures", ("/measures/",), is_staff_of_the_city),
    ("5", _("调度考核"), "dispatch:week", RHYTHM, is_staff_of_the_city),
    ("6", _("起草"), "drafting:drafts", ("/drafts/",), is_staff_of_the_city),
    ("", _("规则参数"), "rulesets", ("/rulesets/", "/calendar/"), keeps_rulesets | approves_rulesets),
    ("", _("人员账号"), "people", ("/people/", "/proposals/"), keeps_accounts),
    ("", _("定期工作"), "schedule", ("/schedule/",), is_system_admin),
    ("", _("审计"), "audit", ("/audit/",), is_audit_admin),
)

# the pages within a step: title, name of the page, its arguments, path prefixes
LEAVES = {
    "5": (
        (_("周调度"), "dispatch:week", (), ("/dispatch/leaders/", "/dispatch/resolutions/")),
        (_("月开工"), "dispatch:starts", (), ()),
        (_("季观摩"), "workbench:table", ("visits",), ("/dispatch/visits/", "/dispatch/stops/")),
        (_("年考核"), "assessment:schemes", (), ("/assessment/",)),
        (_("红黄绿灯"), "assessment:lights", (), ()),
        (_("开工建成投产"), "assessment:milestones", (), ()),
        (_("督办单"), "workbench:table", ("orders",), ()),
        (_("会议"), "workbench:table", ("meetings",), ("/dispatch/meetings/",)),
        (_("通报"), "dispatch:bulletin", (), ()),
    ),
}


def surroundings(request: HttpRequest) -> dict[str, Any]:
    mine = [step for step in STEPS if step[4](request.user)]
    here = max(mine, key=lambda step: _reach(request.path, step[3]), default=None)
    is_known = here is not None and _reach(request.path, here[3]) > 0
    return {
        "is_demo": settings.LUODI_DEMO,
        "steps": [
            {
                "number": step[0],
                "title": step[1],
                "url": reverse(step[2]),
                "is_here": is_known and step is here,
            }
            for step in mine
        ],
        "leaves": _leaves(here[0], request.path) if here is not None and is_known else [],
    }


def _reach(path: str, prefixes: tuple[str, ...]) -> int:
    """How much of the address a step knows; 0 is nothing."""
    return max((len(prefix) for prefix in prefixes if path.startswith(prefix)), default=0)


def _leaves(number: str, path: str) -> list[dict[str, Any]]:
    """The pages within a step; the one that is open is marked, the longest address first."""
    found = [
        {"title": title, "url": reverse(page, args=arguments), "prefixes": prefixes}
        for title, page, arguments, prefixes in LEAVES.get(number, ())
    ]
    fitting = [(len(each["url"]), each) for each in found if path == each["url"]]
    fitting += [(len(start), each) for each in found for start in each["prefixes"] if path.startswith(start)]
    open_one = max(fitting, key=lambda pair: pair[0], default=(0, None))[1]
    return [{**each, "is_here": each is open_one} for each in found]
