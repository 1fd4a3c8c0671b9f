"""Sentences for people: written in Chinese, which is their key in the catalogues, spoken in the language of who reads.

    raise Refused("{person}的账号已停用。", person=person)      # an exception: translated when it is shown
    say("第 {number} 行", number=7)                           # a part of a sentence: translated now

Values are named, for another language puts them in another order. `python -m tools.messages` finds the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext


def say(sentence: str, /, **named: Any) -> str:
    """The sentence in the language of the moment, with its values. Without values braces are only braces."""
    said = gettext(sentence) if sentence else ""
    return said.format(**named) if named else said


def listed(words: Iterable[object]) -> str:
    """甲、乙、丙, or a, b, c."""
    return say("、").join(map(str, words))


class Spoken(Exception):
    """An error that is a sentence for a person."""

    def __init__(self, sentence: str = "", /, **named: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.named = sentence, named

    def __str__(self) -> str:
        return say(self.sentence, **self.named)
