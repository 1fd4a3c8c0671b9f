"""What the workbench and the engine of cases are told of petitions, old cases and sittings."""

from __future__ import annotations

from luodi.scenarios.petitions.pages.kind import PETITIONS
from luodi.scenarios.petitions.pages.registers import BACKLOGS, JOINT_SESSIONS, LEDGER, OBSERVED, RECEPTIONS

CASES = (PETITIONS,)
DESKS = (LEDGER, OBSERVED, BACKLOGS, RECEPTIONS, JOINT_SESSIONS)
