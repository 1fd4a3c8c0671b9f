"""What the workbench and the engine of cases are told of clues, households, help and funds."""

from __future__ import annotations

from luodi.scenarios.poverty_watch.pages.kind import CLUES
from luodi.scenarios.poverty_watch.pages.registers import CLUE_DESK, FUNDS, HELPS, HOUSEHOLDS, VILLAGES

CASES = (CLUES,)
DESKS = (CLUE_DESK, HOUSEHOLDS, HELPS, VILLAGES, FUNDS)
