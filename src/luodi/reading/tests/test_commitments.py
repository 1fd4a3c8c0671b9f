"""From a report's sentences to lines that someone answers for."""

from luodi.reading.commitments import find_commitments
from luodi.reading.model import Commitment, Heading, Horizon, Project, Target


def read(text: str, label: str = "year", targets=(), projects=(), headings=()) -> tuple[Commitment, ...]:
    return find_commitments(text, (Horizon(label, 0, len(text)),), headings, targets, projects, 2024)


def lines(text: str) -> list[str]:
    return [commitment.text for commitment in read(text)]


def target(text: str, quote: str) -> Target:
    start = text.index(quote)
    return Target(
        "t1", start, start + len(quote), quote, quote, "5", 5.0, None, "%", "eq", "growth", "firm", "year"
    )


def test_guiding_words_and_salutations_promise_nothing():
    assert lines("各位代表！今年工作的总体要求是：坚持稳中求进，全面深化改革。") == []
    assert lines("今年是实施规划的关键之年，做好各项工作意义重大。") == []


def test_an_announcement_gives_way_to_what_it_announces():
    assert lines("主要预期目标是：生产总值增长5%，新增就业3万人。") == ["生产总值增长5%", "新增就业3万人"]


def test_the_review_holds_no_commitments_and_later_years_do():
    assert read("建成东湖大桥。", "review") == ()
    assert [c.horizon for c in read("建成东湖大桥。", "multi")] == ["multi"]


def test_kind_goes_by_what_can_be_checked_first():
    text = "新增停车位5%。加快东湖大桥建设。完善联席会议制度。开展文明创建。"
    works = (Project("p1", 10, 14, "东湖大桥", "东湖大桥", "build"),)
    found = read(text, targets=(target(text, "停车位5%"),), projects=works)
    assert [c.kind for c in found] == ["target", "project", "mechanism", "action"]
    assert found[0].targets == ("t1",) and found[1].projects == ("p1",)


def test_verbs_are_told_in_order():
    assert read("加快建设东湖大桥，启动西山隧道。")[0].verbs[:1] == ("建设",)


def test_a_commitment_knows_the_heading_it_stands_under():
    text = "一、强工业\n（一）抓项目\n建成东湖大桥。"
    outline = (Heading("h1", 1, "一", "强工业", 0, 5), Heading("h2", 2, "（一）", "抓项目", 6, 12, "h1"))
    assert read(text, headings=outline)[0].heading == "h2"
