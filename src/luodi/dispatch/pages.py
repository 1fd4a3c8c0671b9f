"""Pages of the rhythm: the week's exceptions, one page a leader, the month's starts, meetings, visits, bulletins."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luodi.dispatch import packs, visits
from luodi.dispatch.actions import sheet_of
from luodi.dispatch.bulletin import bulletin
from luodi.dispatch.calendar import meetings_feed
from luodi.dispatch.models import Ballot, Judge, Meeting, Resolution, Stop, Visit
from luodi.dispatch.orders import COLOURS
from luodi.dispatch.papers import MEDIA_TYPES, Paper, written
from luodi.dispatch.permission import answers, dispatches, may_score, sees_dispatch
from luodi.dispatch.week import Week, open_resolutions, week_of
from luodi.kernel.clock import months_later
from luodi.kernel.models import Division, Person, Unit
from luodi.kernel.spoken import say
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.readers import in_rhythm, starts_of_month


def see(request: HttpRequest) -> None:
    if not sees_dispatch(request.user):
        raise Http404


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """周调度: exceptions only, by leader; each is given an owner and a date here."""
    see(request)
    found = week_of(timezone.localdate())
    asked = request.GET.get("source", "")
    parts = [_part(found, leader, asked) for leader in (*found.leaders, None)]
    context = {
        "week": found, "parts": [part for part in parts if part["items"] or part["open"]], "asked": asked,
        "sources": _sources(found), "may_dispatch": dispatches(request.user), "colours": COLOURS,
        "units": Unit.objects.on(found.on), "meetings": Meeting.objects.filter(state=Meeting.State.PLANNED).order_by("at")[:5],
    }  # fmt: skip
    return render(request, "dispatch/week.html", context)


def _part(found: Week, leader: Person | None, asked: str) -> dict[str, Any]:
    items = [item for item in found.of(leader) if not asked or item.source == asked]
    return {"leader": leader, "items": items, "open": [] if asked else _told(found, leader)}


def _told(found: Week, leader: Person | None) -> list[dict[str, Any]]:
    return [{"open": each, "how": packs.how(each)} for each in found.settled_with(leader)]


def _sources(found: Week) -> list[tuple[str, str, int]]:
    counted: dict[str, tuple[str, int]] = {}
    for item in found.items:
        counted[item.source] = (item.called, counted.get(item.source, ("", 0))[1] + 1)
    return [(code, say(title), number) for code, (title, number) in counted.items()]


@require_safe
def leader(request: HttpRequest, pk: int) -> HttpResponse:
    """One page before the meeting: what a leader has to speak about, printed on A4 or read on a phone."""
    see(request)
    person = get_object_or_404(Person, pk=pk)
    found = week_of(timezone.localdate())
    if person not in found.leaders:
        raise Http404
    context = {"week": found, "leader": person, "items": found.of(person), "open": _told(found, person)}
    return render(request, "dispatch/leader.html", context)


@require_safe
def pack(request: HttpRequest, form: str) -> HttpResponse:
    """The meeting's pack as a file; of one leader with `?leader=`."""
    see(request)
    found = week_of(timezone.localdate())
    chosen: list[Person | None] = [*found.leaders, None]
    if asked := request.GET.get("leader"):
        chosen = [each for each in found.leaders if str(each.pk) == asked]
        if not chosen:
            raise Http404
    return paper_file(packs.pack_of(found, chosen), form)


def paper_file(paper: Paper, form: str) -> HttpResponse:
    if form not in MEDIA_TYPES:
        raise Http404
    answer = HttpResponse(written(paper, form, timezone.now()), content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.{form}") or ""
    return answer


@require_safe
def starts(request: HttpRequest) -> HttpResponse:
    """月开工: the month's start list, each started with evidence or with a reason code."""
    see(request)
    month = month_of(request)
    lines = starts_of_month(month, timezone.localdate())
    if form := request.GET.get("form", ""):
        return paper_file(packs.starts_paper(month, lines), form)
    rows = [{"line": line, "words": packs.start_words(line)} for line in lines]
    states = [line.state for line in lines]
    counts = [(state, states.count(state)) for state in ("owed", "ahead", "excused", "started")]
    context = {
        "rows": rows, "month": month, "counts": counts, "earlier": months_later(month, -1), "later": months_later(month, 1),
        "titles": {line.state: line.label for line in lines},
    }  # fmt: skip
    return render(request, "dispatch/starts.html", context)


def month_of(request: HttpRequest) -> date:
    """The first day of the month asked for, of this month without one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


@require_safe
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """One resolution: all its dates, and the forms to put it off or to finish it."""
    see(request)
    rows = Resolution.objects.select_related("owner", "leader", "meeting", "problem__project", "line")
    row = get_object_or_404(rows, pk=pk)
    standing = next(
        (packs.how(each) for each in open_resolutions(timezone.localdate()) if each.resolution == row), ""
    )
    context = {"row": row, "how": standing, "may_answer": answers(request.user, row) and row.done_on is None}
    return render(request, "dispatch/resolution.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: what it looks at, or looked at; what it settled."""
    see(request)
    row = get_object_or_404(Meeting.objects.select_related("chair"), pk=pk)
    resolutions = list(row.resolutions.select_related("owner", "leader"))
    if form := request.GET.get("form", ""):
        return paper_file(packs.minutes_of(row, resolutions), form)
    context = {"meeting": row, "resolutions": resolutions, "may_dispatch": dispatches(request.user)}
    return render(request, "dispatch/meeting.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All meetings as an iCalendar file."""
    see(request)
    content = meetings_feed(Meeting.objects.select_related("chair"), request.get_host())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, _("调度会.ics")) or ""
    return answer


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """通报 of a month or a quarter, drafted from facts; as a page, .docx or .pdf."""
    see(request)
    is_quarter = request.GET.get("span") == "quarter"
    first = month_of(request)
    if "month" not in request.GET:
        first = months_later(first, -1)
    if is_quarter:
        first = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    paper = bulletin(first, 3 if is_quarter else 1)
    if form := request.GET.get("form", ""):
        return paper_file(paper, form)
    return render(
        request, "dispatch/bulletin.html", {"paper": paper, "month": first, "is_quarter": is_quarter}
    )


# 季观摩


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The form for a new visit: projects to choose a route from, people who judge."""
    see(request)
    if not dispatches(request.user):
        raise Http404
    today = timezone.localdate()
    context = {
        "projects": in_rhythm().order_by("division__code", "name"),
        "people": Person.objects.filter(is_active=True, posts__role="leader").distinct().order_by("pk"),
        "liaisons": _for_divisions(), "quarter": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
    }  # fmt: skip
    return render(request, "dispatch/plan.html", context)


def _for_divisions() -> list[tuple[Person, Division]]:
    """Those who speak for a county or zone: they judge all but their own."""
    people = Person.objects.filter(is_active=True, posts__unit__division__parent__isnull=False).distinct()
    return [
        (each, post.unit.division)
        for each in people.prefetch_related("posts__unit__division")
        for post in each.posts.all()[:1]
    ]


@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Route, judges and how far they are; once closed, results with their arithmetic. A judge finds the stops to score."""
    see(request)
    row = get_object_or_404(Visit.objects.select_related("ruleset"), pk=pk)
    stops = list(row.stops.select_related("project__division", "project__zone"))
    judges = list(row.judges.select_related("person", "division"))
    results = results_of(row, stops) if row.state == Visit.State.CLOSED else []
    if form := request.GET.get("form", ""):
        if not results:
            raise Http404
        return paper_file(packs.visit_paper(row, results), form)
    mine = next((judge for judge in judges if judge.person_id == request.user.pk), None)
    cast = Ballot.objects.filter(stop__visit=row).values_list("stop", "judge", "seal")
    own = {stop: seal for stop, judge, seal in cast if mine and judge == mine.pk}
    asked = [
        (judge, sum(may_score(judge, stop) for stop in stops), sum(by == judge.pk for _, by, _ in cast))
        for judge in judges
    ]
    context = {
        "visit": row, "stops": stops, "judges": asked, "results": results, "sheet": sheet_of(row), "mine": mine,
        "to_score": [(stop, own.get(stop.pk, "")) for stop in stops if mine and may_score(mine, stop)],
        "may_dispatch": dispatches(request.user),
    }  # fmt: skip
    return render(request, "dispatch/visit.html", context)


def results_of(row: Visit, stops: list[Stop]) -> list[tuple[int | None, Stop, visits.Result]]:
    """Place, stop and result, the best first. Ballots of a stop's own division don't count."""
    sheet = sheet_of(row)
    by_stop: dict[int, list[dict[str, int]]] = {stop.pk: [] for stop in stops}
    places = {stop.pk: stop for stop in stops}
    for ballot in Ballot.objects.filter(stop__visit=row).select_related("judge"):
        if ballot.scores is not None and may_score(ballot.judge, places[ballot.stop_id]):
            by_stop[ballot.stop_id].append(ballot.scores)
    found = [visits.result(by_stop[stop.pk], sheet) for stop in stops]
    ranked = visits.ranks([each.score for each in found])
    rows = list(zip(ranked, stops, found, strict=True))
    return sorted(rows, key=lambda each: (each[0] is None, each[0] or 0, each[1].place))


@require_safe
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The score sheet of one stop, for a judge on a phone. What was sealed is not shown again."""
    see(request)
    stop = get_object_or_404(
        Stop.objects.select_related("visit__ruleset", "project__division", "project__zone"), pk=pk
    )
    judge = Judge.objects.filter(visit=stop.visit, person=request.user).first()
    if judge is None or not may_score(judge, stop):
        raise Http404
    sealed = Ballot.objects.filter(stop=stop, judge=judge).first()
    context = {"stop": stop, "visit": stop.visit, "sheet": sheet_of(stop.visit), "sealed": sealed}
    return render(request, "dispatch/ballot.html", context)


def chosen_projects(keys: list[str]) -> list[Project]:
    """The projects in the order in which they were chosen."""
    rows = {str(row.pk): row for row in in_rhythm().filter(pk__in=[key for key in keys if key.isdecimal()])}
    return [rows[key] for key in keys if key in rows]
