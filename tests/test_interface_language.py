"""Chinese first, English by a switch: no sentence of the interface is left without its English."""

from tools.messages import catalogue, sentences, untranslated


def test_every_sentence_has_its_english():
    assert untranslated(catalogue()) == []


def test_no_english_is_left_of_sentences_that_are_gone():
    said = {message if isinstance(message, str) else message[0] for message in sentences()}
    kept = {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue() if message.id
    }
    assert kept - said == set()
