"""Where a sentence is cut: a new verb with an object of its own starts a line of the ledger, an effect does not."""

from luodi.reading.clauses import body_of, chunks, clauses
from luodi.reading.model import Span


def cut(sentence: str, *works: str) -> list[str]:
    def names_work(start: int, end: int) -> bool:
        return any(work in sentence[start:end] for work in works)

    body = body_of(sentence, Span(0, len(sentence)))
    return [sentence[each.start : each.end] for each in clauses(sentence, body, names_work)]


def test_two_works_are_two_lines():
    sentence = "开工建设东湖大道，建成西山水厂。"
    assert cut(sentence, "东湖大道", "西山水厂") == ["开工建设东湖大道", "建成西山水厂"]


def test_a_date_stays_with_what_is_due():
    sentence = "到2030年即新规划期末，高新技术企业达到400家，研发投入占比达到3%。"
    assert cut(sentence)[0].startswith("到2030年即新规划期末，高新技术企业")


def test_two_figures_are_two_lines():
    assert cut("城镇新增就业3万人，城镇登记失业率控制在4%以内。") == [
        "城镇新增就业3万人",
        "城镇登记失业率控制在4%以内",
    ]


def test_things_counted_without_a_verb_of_their_own_share_that_before():
    assert cut("改造商贸中心2个，乡镇集市10个。") == ["改造商贸中心2个，乡镇集市10个"]


def test_an_effect_stays_with_what_brings_it_about():
    assert cut("深化校企合作，推动教育链与产业链有机衔接。") == ["深化校企合作，推动教育链与产业链有机衔接"]


def test_a_manner_stays_with_what_it_serves():
    assert cut("坚持生态优先、绿色发展，加快推进小流域综合治理。") == [
        "坚持生态优先、绿色发展，加快推进小流域综合治理"
    ]


def test_the_closing_mark_is_left_out():
    assert cut("新增停车位2000个；") == ["新增停车位2000个"]


def test_commas_in_quotes_brackets_and_numbers_part_nothing():
    sentence = "推行“一次告知，一次办结”，发放贷款1,200万元（含贴息，不含展期）"
    assert [span.of(sentence) for span in chunks(sentence, Span(0, len(sentence)))] == [
        "推行“一次告知，一次办结”",
        "发放贷款1,200万元（含贴息，不含展期）",
    ]
