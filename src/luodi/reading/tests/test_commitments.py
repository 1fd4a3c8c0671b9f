"""From a report's sentences to lines that someone answers for."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from luodi.reading.commitments import find_commitments
from luodi.reading.horizons import find_horizons
from luodi.reading.model import Commitment, Division, Heading, Horizon, Project, Target
from luodi.reading.outline import find_headings
from luodi.reading.projects import find_projects


def read(
    text: str, label: str = "year", targets=(), projects=(), headings=(), **more
) -> tuple[Commitment, ...]:
    return find_commitments(text, (Horizon(label, 0, len(text)),), headings, targets, projects, 2024, **more)


def lines(text: str, **more) -> list[str]:
    return [commitment.text for commitment in read(text, **more)]


def target(text: str, quote: str) -> Target:
    start = text.index(quote)
    return Target(
        "t1", start, start + len(quote), quote, quote, "5", 5.0, None, "%", "eq", "growth", "firm", "year"
    )


def test_guiding_words_and_salutations_promise_nothing():
    assert lines("各位代表！今年工作的总体要求是：坚持稳中求进，全面深化改革。") == []
    assert lines("今年是实施规划的关键之年，做好各项工作意义重大。") == []
    assert lines("抓项目就是抓发展。只要我们同心同德，就一定能战胜困难。") == []


def test_what_sets_the_tone_of_a_part_promises_nothing_unless_it_names_a_thing_to_do():
    outline = (Heading("h1", 1, "一", "强工业", 0, 5), Heading("h2", 2, "（一）", "抓项目", 22, 28, "h1"))
    assert lines("一、强工业\n坚持工业立市，厚植发展优势。\n（一）抓项目", headings=outline) == []
    assert lines("一、强工业\n实施“百企提升”行动，壮大实体。\n（一）抓项目", headings=outline) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "上述目标与全省要求衔接，体现了稳中求进，是跳一跳够得着的。",
        "安排这样的速度，兼顾需要和可能，有利于稳定预期，有利于改善民生。",
        "必须坚持人民至上，把群众的事当作自己的事。",
        "2024年，是新一届政府的开局之年，也是全面推进规划的关键之年。",
        "为实现以上目标，重点抓好六个方面工作。",
        "企业家是最宝贵的资源，也是我们的朋友。",
        "这些是云江追赶跨越的底气所在。",
        "我们面临百年一遇的机遇，区位优势更加明显。",
    ],
)
def test_what_explains_or_judges_or_frames_promises_nothing(sentence: str):
    assert lines(sentence) == []


def test_a_sentence_of_work_is_not_taken_for_a_judgement():
    assert lines("重点是建设东湖片区3个公园。") != []
    assert lines("为实现上述目标，开展“百日攻坚”行动。") != []


def test_lines_of_units_are_no_work_of_their_own():
    assert lines("新建公厕60座。（牵头单位：市城管局，配合单位：市住建局）") == ["新建公厕60座"]
    assert lines("改造老旧小区20个。\n责任单位：市住建局、各区政府") == ["改造老旧小区20个"]


def test_short_sentences_that_open_the_groups_of_a_paragraph_only_name_them():
    groups = (
        "强化要素保障。新增用地5000亩，降低用气成本。优化营商环境。推行容缺受理，压缩审批时限。"
        "壮大经营主体。培育小巨人企业12家，新增个体户3000户。"
    )
    assert not {"强化要素保障", "优化营商环境", "壮大经营主体"} & set(lines(groups))
    assert "推行容缺受理" in "".join(lines(groups))


def test_short_sentences_in_a_row_are_lines_each():
    row = "健全河长体系。开展水质监测。建设东湖泵站。治理黑臭水体6条，消除劣五类断面。"
    assert {"健全河长体系", "开展水质监测", "建设东湖泵站"} <= set(lines(row))


def test_an_announcement_gives_way_to_what_it_announces():
    assert lines("主要预期目标是：生产总值增长5%，新增就业3万人。") == ["生产总值增长5%", "新增就业3万人"]


def test_an_announcement_of_nothing_promises_nothing():
    assert lines("工作中，要切实把握好“三个必须”：\n第一，必须抓好项目。") == ["必须抓好项目"]


def test_the_review_holds_no_commitments_and_later_years_do():
    assert read("建成东湖大桥。", "review") == ()
    assert [c.horizon for c in read("建成东湖大桥。", "multi")] == ["multi"]


def test_kind_goes_by_what_can_be_checked_first():
    text = "新增停车位5%。加快东湖大桥建设。完善联席会议制度。开展文明创建。"
    works = (Project("p1", 10, 14, "东湖大桥", "东湖大桥", "build"),)
    found = read(text, targets=(target(text, "停车位5%"),), projects=works)
    assert [c.kind for c in found] == ["target", "project", "mechanism", "action"]
    assert found[0].targets == ("t1",)
    assert found[1].projects == ("p1",)


def test_verbs_are_told_in_order():
    assert read("深化校企合作，推动教育链与产业链有机衔接。")[0].verbs == ("深化", "推动")


def test_a_commitment_knows_the_heading_it_stands_under():
    text = "一、强工业\n（一）抓项目\n建成东湖大桥。"
    outline = (Heading("h1", 1, "一", "强工业", 0, 5), Heading("h2", 2, "（一）", "抓项目", 6, 12, "h1"))
    assert read(text, headings=outline)[0].heading == "h2"


def test_a_commitment_knows_its_last_day_and_its_places():
    (bridge,) = read("6月底前耀州区建成东湖大桥。", division=Division("610200", "铜川市"))
    assert bridge.deadline == "2024-06-30"
    assert [place.name for place in bridge.places] == ["耀州区"]


@pytest.mark.corpus
def test_every_report_is_cut_into_ordered_verbatim_spans_within_a_line_and_a_horizon(shared: Path):
    reports = [
        path for part in ("reports", "more") for path in sorted((shared / "corpus" / part).glob("*.txt"))
    ]
    assert len(reports) > 300
    for path in reports:
        text = path.read_text(encoding="utf-8")
        headings = find_headings(text)
        horizons = find_horizons(text, headings, int(path.name[:4]))
        works = find_projects(text, horizons, headings)
        found = find_commitments(text, horizons, headings, (), works, int(path.name[:4]))
        for records in (found, works):
            assert all(a.end <= b.start for a, b in itertools.pairwise(records)), path.name
        for record in found:
            assert record.text == text[record.start : record.end] == record.text.strip(), path.name
            assert "\n" not in record.text and record.text[-1] not in "。；", path.name
            assert any(h.start <= record.start and record.end <= h.end for h in horizons), path.name
            assert not any(h.start < record.end and record.start < h.end for h in headings), path.name
        for work in works:
            assert work.name == text[work.start : work.end] and "\n" not in work.name, path.name
