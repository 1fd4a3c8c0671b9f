"""A grain from its task force's page to its proof, on a phone; and the pages at desk size."""

from __future__ import annotations

import pytest
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.scenarios.task_forces import demo
from luodi.scenarios.task_forces.models import Task
from luodi.scenarios.task_forces.tests.conftest import TODAY, picture

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("wide", WIDTHS)
def test_a_grain_is_closed_with_its_proof(wide, people, sit):
    demo.load()
    grain = Task.objects.filter(is_grain=True, done_on=None, due_on__lt=TODAY).select_related("owner").first()
    owner = sit(grain.owner, wide)
    owner.visit("/task_forces/", "forces")
    owner.visit(f"/task_forces/{grain.force_id}/", "force")
    task = owner.page.locator(f"#task-{grain.pk}")
    task.locator("summary").click()
    task.get_by_label("佐证").set_input_files(
        [{"name": "现场.png", "mimeType": "image/png", "buffer": picture(33)}]
    )
    task.get_by_label("结果").fill("已办结并移交")
    owner.send(task.get_by_role("button", name="完成"))
    assert "逾期完成：已办结并移交" in task.inner_text()
    grain.refresh_from_db()
    assert grain.done_on == TODAY
