"""What comes in from outside: a citizen's rating, read by a person before it shows."""

from __future__ import annotations

import re

from luodi.commitments import life
from luodi.commitments.models import Commitment, Rating
from luodi.commitments.permission import edits_ledger, is_anyone
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person

# Mobile and landline numbers, citizen numbers, bank cards, e-mail: words with these are never kept.
PERSONAL = re.compile(r"\d{6,}|\d{3,4}[- ]\d{7,8}|[\w.+-]+@[\w-]+\.\w+")


@action("commitments.rate", may=is_anyone)
def rate(by: Person | None, line: Commitment, stars: int, words: str = "") -> Rating:
    """Anyone rates an issued line. Mere stars count at once; with words a rating waits for a person to read it."""
    if not life.is_issued(line):
        raise Refused("这项任务还没有公开。")
    if not 1 <= stars <= 5:
        raise Refused("请选择一到五颗星。")
    words = words.strip()
    if len(words) > 300:
        raise Refused("评价请控制在 300 字以内。")
    if PERSONAL.search(words):
        raise Refused("评价里请不要写电话、证件号、邮箱等个人信息；需要回复的诉求请拨打 12345。")
    state = Rating.State.WAITING if words else Rating.State.SHOWN
    return Rating.objects.create(commitment=line, stars=stars, words=words, state=state)


@action("commitments.judge_rating", may=edits_ledger)
def judge_rating(by: Person, rating: Rating, show: bool, why: str = "") -> Rating:
    """Show a citizen's words, or keep them back with a reason. Unfavourable is no reason."""
    if not show and not why.strip():
        raise Refused("不公开请写明理由（含个人信息、辱骂、广告、与任务无关）；批评意见应当公开。")
    rating.state = Rating.State.SHOWN if show else Rating.State.HIDDEN
    rating.why, rating.judged_by = "" if show else why.strip()[:200], by
    rating.save()
    return rating
