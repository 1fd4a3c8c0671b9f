"""Named works and how far the year is to bring them."""

import pytest

from luodi.reading.model import Horizon, Span
from luodi.reading.project_grammar import candidates
from luodi.reading.projects import find_projects


def works(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.stage) for p in find_projects(text, (Horizon("year", 0, len(text)),), ())]


def proposed(chunk: str) -> list[str]:
    return sorted((c.name for c in candidates(chunk, Span(0, len(chunk)))), key=chunk.index)


def test_a_list_gives_one_work_per_name():
    assert works("加快青石路、东湖路地下管廊建设。") == [("青石路", "build"), ("东湖路地下管廊", "build")]
    assert works("实施咸丰路、齐庆路等停车场建设。") == [("咸丰路", "build"), ("齐庆路", "build")]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("开展青石大桥前期工作。", "prepare"),
        ("开工建设青石大桥。", "start"),
        ("加快青石大桥建设。", "build"),
        ("青石大桥主体完工。", "finish"),
        ("青石大桥建成通车。", "operate"),
    ],
)
def test_the_verb_tells_the_stage(sentence: str, stage: str):
    assert works(sentence) == [("青石大桥", stage)]


def test_each_name_of_a_list_follows_the_verbs_nearest_to_it():
    assert works("力争青石大桥主体完工、东湖水厂建成投用。") == [
        ("青石大桥", "finish"),
        ("东湖水厂", "operate"),
    ]


def test_a_list_that_closes_with_items_by_number_names_works_without_any_head():
    assert [name for name, _ in works("加快推进恒瑞、天晴、康缘等12个重点项目。")] == ["恒瑞", "天晴", "康缘"]


def test_plurals_and_programmes_are_no_works():
    assert works("改造老旧小区20个，实施种业振兴行动，推进基础设施建设，深化医药卫生体制改革。") == []


def test_other_horizons_hold_no_works():
    text = "建成青石大桥。"
    assert find_projects(text, (Horizon("review", 0, len(text)), Horizon("multi", 0, len(text))), ()) == ()


def test_the_grammar_keeps_what_brackets_quotes_and_numbers_hold_together():
    assert proposed("推动核电5、6号机组扩建") == ["核电5、6号机组扩建"]
    assert proposed("建设中国（沙特、阿曼）产业园") == ["中国（沙特、阿曼）产业园"]
    assert proposed("加快“陇电入浙”“陇电入沪”前期工作") == ["陇电入浙", "陇电入沪"]


def test_the_grammar_offers_two_neighbours_and_both_as_one():
    assert set(proposed("建成车管中心和考试中心")) == {"车管中心和考试中心", "车管中心", "考试中心"}
