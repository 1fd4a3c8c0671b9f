"""Every kind of case that a scenario declares lives through random histories; a new scenario is found by itself."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from luodi.shapes.cases.kind import kinds
from luodi.shapes.cases.tests.histories import histories, values_of


@pytest.mark.parametrize("code", sorted(kinds()))
def test_no_random_history_breaks_a_promise(code):
    kind = kinds()[code]
    lives = histories(kind.machine, values_of(kind))
    run_state_machine_as_test(
        lives, settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )


@pytest.mark.parametrize("code", sorted(kinds()))
def test_what_a_kind_declares_fits_its_machine(code):
    """Moves and values that a declaration names are there, and every value can be asked for."""
    kind = kinds()[code]
    moves = {move.name for move in kind.machine.moves}
    values = {name for move in kind.machine.moves for name in move.fields}
    assert {name for letter in kind.letters for name in letter.after} <= moves
    assert set(kind.stamps) <= moves
    assert set(kind.writes) <= values
    assert set(kind.solved) <= set(dict(kind.outcomes))
    columns = {field.name for field in kind.model._meta.get_fields()}
    assert {*kind.stamps.values(), *kind.writes.values()} <= columns
    assert {*kind.needs, *kind.offers} <= columns | set(kind.asks)
