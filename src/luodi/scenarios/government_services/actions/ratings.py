"""Ratings and what follows: one or two stars open a case against the unit that handled the matter, the same minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.rulesets import ruleset
from luodi.kernel.secrets import blind_index
from luodi.scenarios.government_services.actions.catalogue import runs_services
from luodi.scenarios.government_services.models import BadReview, Rating, ServiceCase
from luodi.scenarios.government_services.rules import reviews
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.record import Event, NotAllowed
from luodi.workbench.desk import changed

CODE = "service_reviews"


@action("government_services.keep_rating", may=runs_services)
def keep_rating(by: Person, rating: Rating, values: dict[str, Any]) -> Rating:
    """A rating that came in over a terminal, a message, the hotline. What was rated once is never rewritten."""
    if rating.pk:
        raise Refused("评价不能修改；误评的由责任单位申诉。")
    return take_in(rating, values)


def take_in(rating: Rating, values: dict[str, Any], rater: str = "") -> Rating:
    """Keep a new rating by the rules, and open its case when it is bad. Called by actions only."""
    rated_at = values.get("rated_at") or timezone.now()
    found = ServiceCase.objects.filter(number=values.get("case_number", "")).select_related("item").first()
    given = dict(values) | {"rated_at": rated_at}
    if found is not None:
        given.setdefault("item", found.item)
        given.setdefault("division", found.division)
        if found.finished_at is None:
            raise Refused(f"{found.number} 还没有办结，不能评价。")
    number, service_no = str(given.get("case_number") or ""), int(given.get("service_no") or 1)
    if Rating.objects.filter(case_number=number, service_no=service_no).exists():
        raise Refused("这次服务已经评价过：一次服务一次评价。")
    if given.get("item") is None:
        raise Refused("请填写事项：这个办件编号不在本系统。")
    given.setdefault("division", given["item"].division)
    fault = reviews.fault_of(
        int(given.get("stars") or 0), str(given.get("way") or ""), given.get("tags") or (),
        found.finished_at if found else None, rated_at,
    )  # fmt: skip
    if fault:
        raise Refused(fault)
    rating.rated_on = timezone.localtime(rated_at).date()
    rating.rater_key = blind_index(rater, "government_services.rating.rater") if rater else ""
    rating.is_doubtful = _is_burst(str(given.get("device") or ""), rated_at)
    row = changed(rating, given)
    if reviews.is_bad(row.stars) and not row.is_doubtful:
        _open_review(row)
    return row


def _is_burst(device: str, rated_at: datetime) -> bool:
    if not device:
        return False
    rules = ruleset(reviews.LIMITS, on=timezone.localtime(rated_at).date())
    since = rated_at - timedelta(minutes=rules["burst_minutes"])
    earlier = Rating.objects.filter(device=device, rated_at__gt=since, rated_at__lte=rated_at)
    times = earlier.values_list("rated_at", flat=True)
    return reviews.is_burst(times, rated_at, rules["burst_most"], rules["burst_minutes"])


def _open_review(rating: Rating) -> None:
    """The case is opened and sent to the responsible unit in the rater's name; nobody's desk has to notice it first."""
    stars = dict(reviews.STARS)[rating.stars]
    review = cases.open_case(
        None, BadReview(kind=CODE),
        {
            "title": f"{rating.item.name}：{stars}"[:120], "body": rating.words or "没有写评价内容。", "category": rating.way,
            "division": rating.division, "rating": rating,
        },
        rating.rated_at,
    )  # fmt: skip
    cases.take(None, review, "send", {"lead": rating.item.unit}, rating.rated_at)


def note_review(review: BadReview, event: Event) -> None:
    """A review that an appeal has voided counts no longer; a re-rating by phone stays in the case."""
    if event.move == "void":
        Rating.objects.filter(pk=review.rating_id).update(is_void=True)


def rate_case(case: ServiceCase, event: Event) -> None:
    """A rating given on the case's own page is a rating like any other."""
    values = {
        "item": case.item, "division": case.division, "case_number": case.number, "way": _way(case), "stars": int(event.filled["score"]),
        "words": str(event.filled.get("words") or "")[:500], "rated_at": event.at,
    }  # fmt: skip
    try:
        take_in(Rating(), values, case.reporter_phone)
    except Refused as refusal:
        raise NotAllowed(str(refusal)) from refusal


def _way(case: ServiceCase) -> str:
    return case.channel if case.channel in dict(reviews.WAYS) else "window"
