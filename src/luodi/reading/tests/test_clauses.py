"""Where a sentence is cut: a new verb with an object of its own starts a line of the ledger, an effect does not."""

from luodi.reading.clauses import chunks, clauses
from luodi.reading.model import Span


def cut(sentence: str) -> list[str]:
    return [span.of(sentence) for span in clauses(sentence, Span(0, len(sentence)))]


def test_two_works_are_two_lines():
    assert cut("加快推进青石路、东湖路等道路建设，开展第二届全民健身运动会。") == [
        "加快推进青石路、东湖路等道路建设",
        "开展第二届全民健身运动会",
    ]


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
