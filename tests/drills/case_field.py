"""Appeals on their way, for the drills: each is brought and walked to its end, step by step, by the people of the city.

`live` picks up wherever a case stands, so it can be killed anywhere and begun again.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from luodi.kernel.clock import CHINA

CASES = 6
MONDAY = datetime(2026, 9, 14, 9, 30, tzinfo=CHINA)
WAY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("xingzheng", "triage", {"level": "II", "category": "land"}),
    ("xingzheng", "accept", {}),
    ("xingzheng", "dispatch", {"lead": "gongxin", "co": ["caizheng", "fagai"]}),
    ("gongxin", "contact", {"words": "当天通话", "channel": "phone"}),
    ("caizheng", "co_reply", {"words": "资金已列入预算"}),
    ("gongxin", "ask_extension", {"reason": "等批复", "length": 3}),
    ("ducha", "grant_extension", {"reason": "属实", "length": 3}),
    ("gongxin", "reply", {"outcome": "solved", "reply": "指标已落实"}),
    ("xingzheng", "call_back", {"channel": "phone", "reached": True, "resolved": True, "score": 5}),
    ("xingzheng", "close", {}),
)


def open_city() -> None:
    from tools import tables

    from luodi.commands.demo_city import load_people_and_units
    from luodi.kernel.identifiers.credit_code import check_of
    from luodi.kernel.identifiers.org_code import check_of as inner_check_of
    from luodi.shapes.registers.models import Enterprise

    tables.make_tables()
    load_people_and_units()
    body = "91610204" + "MA6TX8Y3" + inner_check_of("MA6TX8Y3")
    Enterprise.objects.create(uscc=body + check_of(body), name="云川岚光电子有限公司（演练）")


def live() -> None:
    """Bring what is not there yet, and make every step that has not been made."""
    from luodi.kernel.models import Person, Unit
    from luodi.scenarios.enterprise_appeals.pages import APPEALS
    from luodi.shapes.cases import actions
    from luodi.shapes.cases.models import Case
    from luodi.shapes.registers.models import Enterprise

    people, units = (
        {p.login: p for p in Person.objects.all()},
        {unit.key: unit for unit in Unit.objects.all()},
    )
    firm = Enterprise.objects.get()
    for number in range(CASES):
        title = f"第 {number} 件：缺用地指标"
        case = Case.objects.filter(title=title).first() or actions.bring(
            None, APPEALS, {"title": title, "body": "二期厂房", "category": "land", "firm": firm, "reporter_phone": "13800001234"}, MONDAY
        )  # fmt: skip
        made = set(case.steps.values_list("move", flat=True))
        for hour, (login, move, values) in enumerate(WAY, start=1):
            if move in made:
                continue
            given = dict(values)
            if move == "dispatch":
                given = {"lead": units[given["lead"]], "co": [units[key] for key in given["co"]]}
            case = actions.take(people[login], case, move, given, MONDAY + timedelta(hours=hour))


def fingerprint() -> str:
    """How every case stands, and every half step there is: there should be none."""
    from luodi.kernel import audit
    from luodi.shapes.cases.chain import first_broken_step
    from luodi.shapes.cases.models import Case

    cases, half = [], []
    for case in Case.objects.order_by("title"):
        steps = list(case.steps.order_by("number"))
        cases.append([
            case.title, case.state, case.outcome, case.score, str(case.due_on), [step.move for step in steps],
            sorted(case.assignments.values_list("unit__key", "part", "state")),
        ])  # fmt: skip
        moves = [step.move for step in steps]
        is_sent = case.assignments.exists()
        if (
            first_broken_step(steps) is not None
            or not steps
            or steps[-1].to != case.state
            or steps[-1].due_at != case.due_at
            or ("dispatch" in moves) != is_sent
            or ("reply" in moves) != bool(case.outcome)
        ):
            half.append(case.title)
    return json.dumps(
        {"cases": cases, "half steps": half, "chain": audit.first_broken_entry()}, ensure_ascii=False
    )
