"""A refusal is written once, in Chinese, and spoken in the language of who reads it, with its values where they belong."""

import pytest
from django.utils import translation

from luodi.kernel.action import FULL, Refused, Unavailable
from luodi.kernel.rulesets.shape import Field, Misfit, kept_of
from luodi.kernel.spoken import listed, say


def test_a_refusal_is_spoken_when_it_is_shown_not_when_it_is_raised():
    refused = Refused(
        "{role}与{other}不能由一人担任：三类管理员互斥，也不能兼任业务岗位。", role="甲", other="乙"
    )
    assert str(refused) == "甲与乙不能由一人担任：三类管理员互斥，也不能兼任业务岗位。"
    with translation.override("en"):
        assert str(refused).startswith("Nobody is both 甲 and 乙")
    assert str(refused).startswith("甲与乙")


def test_a_sentence_without_values_keeps_its_braces_and_one_without_english_stays_chinese():
    with translation.override("en"):
        assert str(Refused("第 3 行“{单位}”不明。")) == "第 3 行“{单位}”不明。"
        assert str(Unavailable(FULL)).startswith("The server's disk is full")
        assert say("") == ""


def test_words_are_listed_as_each_language_does():
    assert listed(["甲", "乙"]) == "甲、乙"
    with translation.override("en"):
        assert listed(["a", "b"]) == "a, b"


def test_every_fault_of_a_rulesets_content_is_spoken(db):
    fields = (Field("days", "天数", "whole"), Field("name", "名称", "text"))
    with translation.override("en"), pytest.raises(Misfit) as caught:
        kept_of(fields, {"days": "x", "more": 1})
    assert str(caught.value).split("\n") == [
        "there is no parameter “more”.", "“天数” must be a whole number, not “x”.", "“名称” is empty.",
    ]  # fmt: skip


def test_the_page_refuses_in_english_after_the_switch(client, city):
    client.force_login(city["xitong"])
    client.cookies["django_language"] = "en"
    answer = client.post("/people/new", {"login": "ducha", "name": "重名"})
    assert answer.status_code == 422
    assert "The login “ducha” is taken." in answer.content.decode()
