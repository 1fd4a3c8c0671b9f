"""A process of the site that stays up while database and disk come and go under it: python -m tests.drills.clerk

Reads one command a line, answers one line of JSON:
    open            make the tables and the city            {"ok": true}
    page            ask for the list of documents           {"status": 200}
    deliver TITLE   hand in a plan with this title          {"ok": true} or {"refused": sentence}
    state           what is there                           {"documents": 1, "read": 1, "chain": null}
"""

from __future__ import annotations

import json
import sys
from typing import Any


def answer(command: str, argument: str) -> dict[str, Any]:
    from django.db import close_old_connections
    from django.test import Client
    from tests.drills import field
    from tools import tables

    from luodi.commitments.models import Document
    from luodi.kernel import audit
    from luodi.kernel.action import Refused

    close_old_connections()  # as every request does
    match command:
        case "open":
            from luodi.commands.demo_city import load_people_and_units

            tables.make_tables()
            load_people_and_units()
            remembered["officer"] = field.officer()
            remembered["client"] = Client(raise_request_exception=False)
            remembered["client"].force_login(remembered["officer"])
        case "page":
            return {"status": remembered["client"].get("/documents/", HTTP_HOST="localhost").status_code}
        case "deliver":
            from luodi.commitments import intake

            text = field.PLAN.replace("云川市2027年政府工作计划", argument)
            try:
                intake.deliver_text(remembered["officer"], text)
            except Refused as refusal:
                return {"refused": str(refusal)}
        case "state":
            return {
                "documents": Document.objects.count(),
                "read": Document.objects.exclude(read_at=None).count(),
                "chain": audit.first_broken_entry(),
            }
    return {"ok": True}


remembered: dict[str, Any] = {}


def main() -> int:
    from tools import tables

    tables.set_up()
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        try:
            told = answer(command, argument)
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
