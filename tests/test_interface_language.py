"""Chinese first, English by a switch: no sentence of the interface is left without its English."""

import pytest
from tools.messages import catalogue, homes, untranslated, wanted


def test_every_sentence_has_its_english():
    assert untranslated() == []


@pytest.mark.parametrize("home", homes(), ids=lambda home: home.name)
def test_no_english_is_left_of_sentences_that_are_gone(home):
    said = {message if isinstance(message, str) else message[0] for message in wanted()[home]}
    kept = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue(home)
        if message.id
    }
    assert kept - said == set()
