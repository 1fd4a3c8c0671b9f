"""Named works and how far the year is to bring them."""

import pytest

from luodi.reading.model import Horizon
from luodi.reading.projects import find_projects


def works(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.stage) for p in find_projects(text, (Horizon("year", 0, len(text)),), ())]


def test_a_list_gives_one_work_per_name():
    assert works("加快青石路、东湖路地下管廊建设。") == [("青石路", "build"), ("东湖路地下管廊", "build")]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("开工建设青石大桥。", "start"),
        ("青石大桥建成通车。", "operate"),
        ("青石大桥主体完工。", "finish"),
        ("开展青石大桥前期工作。", "prepare"),
        ("加快青石大桥建设。", "build"),
    ],
)
def test_the_verb_tells_the_stage(sentence: str, stage: str):
    assert works(sentence) == [("青石大桥", stage)]


def test_plurals_and_programmes_are_no_works():
    assert works("改造老旧小区20个，实施种业振兴行动，推进基础设施建设。") == []


def test_other_horizons_hold_no_works():
    text = "建成青石大桥。"
    assert find_projects(text, (Horizon("review", 0, len(text)), Horizon("multi", 0, len(text))), ()) == ()
