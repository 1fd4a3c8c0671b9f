"""Open311 GeoReport v2 over the cases: anybody reads, whoever holds a key of Luodi's (工作台 → 接口密钥) reports.

What a citizen wrote is never published: the description of a request is its class and condition. A request shows in the
list once it was taken in; its own number opens it before.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.models import Evidence, Person
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase
from luodi.scenarios.city_management.pages.kind import CITY
from luodi.scenarios.city_management.rules import georeport
from luodi.scenarios.city_management.rules.classes import CLASSES, FOR_CITIZENS, title_of
from luodi.scenarios.city_management.rules.georeport import BATCH, REALTIME, BadRequest
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.permission import the_public
from luodi.workbench.actions import hash_of
from luodi.workbench.models import ApiToken

Answer = tuple[str, Any]
CHANGED = "2026-01-01T00:00:00Z"


def spoken(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """The view's answer in the form that the address ends in; what it refuses as the specification writes errors."""

    @login_not_required
    @csrf_exempt
    def answer(request: HttpRequest, form: str, **more: Any) -> HttpResponse:
        status = 200
        try:
            what, found = view(request, **more)
        except BadRequest as bad:
            what, found, status = "errors", georeport.errors(bad.code, str(bad)), bad.code
        except Refused as refusal:
            what, found, status = "errors", georeport.errors(400, str(refusal)), 400
        except PermissionDenied:
            what, found, status = "errors", georeport.errors(403, "这个密钥不能上报案件。"), 403
        out = HttpResponse(
            georeport.written(what, found, form), content_type=georeport.MEDIA_TYPES[form], status=status
        )
        out["Access-Control-Allow-Origin"] = "*"
        return out

    return answer


@require_safe
@spoken
def discovery(request: HttpRequest) -> Answer:
    root = request.build_absolute_uri(reverse("city_management:services", args=["json"])).removesuffix(
        "/services.json"
    )
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": root, "changeset": CHANGED, "type": "production",
        "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    return "discovery", {
        "changeset": CHANGED,
        "contact": "城市管理热线 12319",
        "key_service": request.build_absolute_uri("/work/tokens"),
        "endpoints": [endpoint],
    }


@require_safe
@spoken
def services(request: HttpRequest) -> Answer:
    _jurisdiction(request.GET)
    rows = actions.rows_in_force()
    return "services", [_service(code, rows) for code in FOR_CITIZENS]


@require_safe
@spoken
def service(request: HttpRequest, code: str) -> Answer:
    """The conditions of a class, for clients that can ask which one it is."""
    _jurisdiction(request.GET)
    if code not in FOR_CITIZENS:
        raise BadRequest("没有这个 service_code。", 404)
    rows = actions.fitting(actions.rows_in_force(), code)
    attribute = {
        "variable": True, "code": "standard", "datatype": "singlevaluelist", "required": False, "datatype_description": None,
        "order": 1, "description": "立案条件", "values": [{"key": row["condition"], "name": row["text"]} for row in rows],
    }  # fmt: skip
    return "definition", {"service_code": code, "attributes": [attribute] if rows else []}


@require_http_methods(["GET", "HEAD", "POST"])
@spoken
def requests(request: HttpRequest) -> Answer:
    return _report(request) if request.method == "POST" else _list(request)


@require_safe
@spoken
def one_request(request: HttpRequest, number: str) -> Answer:
    _jurisdiction(request.GET)
    found = _published(CityCase.objects.filter(number=number)).first()
    if found is None:
        raise BadRequest("没有这个 service_request_id。", 404)
    return "requests", _shown([found], request)


@require_safe
@spoken
def token(request: HttpRequest, token: str) -> Answer:
    _jurisdiction(request.GET)
    found = CityCase.objects.filter(token=token).exclude(token="").first()
    if found is None:
        raise BadRequest("没有这个 token。", 404)
    if found.accepted_on is None and found.is_open:
        raise BadRequest("还没有受理，请稍后再查。", 404)
    return "requests", [{"service_request_id": found.number, "token": token}]


@login_not_required
@require_safe
def media(_request: HttpRequest, pk: int) -> HttpResponse:
    """A photo that a person said is fit for the public, without any word about camera or place."""
    piece = get_object_or_404(
        Evidence.objects.select_related("file"), pk=pk, label=CityCase._meta.label_lower
    )
    try:
        content, media_type = evidence.for_the_public(piece)
    except LookupError:
        raise Http404 from None
    return HttpResponse(content, content_type=media_type)


def _report(request: HttpRequest) -> Answer:
    asked = request.POST
    _jurisdiction(asked)
    by = _holder(asked.get("api_key", ""))
    code = asked.get("service_code", "").strip()
    if not code:
        raise BadRequest("service_code 没有填写。")
    if code not in CLASSES:
        raise BadRequest("没有这个 service_code。", 404)
    lat, lon = (
        georeport.coordinate(asked.get("lat", ""), 3, 54, "lat"),
        georeport.coordinate(asked.get("long", ""), 73, 136, "long"),
    )
    address = asked.get("address_string", "").strip()[:120]
    if (lat is None) != (lon is None) or (lat is None and not address):
        raise BadRequest("请给出 lat 和 long，或者 address_string。")
    standard = asked.get("attribute[standard]", "").strip()
    if standard and standard not in {
        row["condition"] for row in actions.fitting(actions.rows_in_force(), code)
    }:
        raise BadRequest("attribute[standard] 不是这一类的立案条件。")
    values = {
        "category": code, "title": f"{title_of(code)}{'：' + address if address else ''}"[:120], "lat": lat, "lon": lon, "address": address,
        "body": asked.get("description", "").strip()[:4000] or title_of(code), "channel": "open311", "standard": standard,
        "reporter_name": f"{asked.get('last_name', '')}{asked.get('first_name', '')}".strip()[:40],
        "reporter_phone": asked.get("phone", "").strip()[:20], "token": secrets.token_hex(16),
    }  # fmt: skip
    with transaction.atomic():
        found = cases.bring(by, CITY, values)
        if photo := request.FILES.get("media"):
            evidence.attach(the_public(), found, photo.name or "photo.jpg", photo.read(), "上报照片")
    notice = "紧急问题，已即时转监督中心。" if found.is_urgent else "受理后可用 token 换取编号。"
    given = {"service_request_id": found.number} if found.is_urgent else {"token": found.token}
    return "requests", [{**given, "service_notice": notice, "account_id": None}]


def _list(request: HttpRequest) -> Answer:
    _jurisdiction(request.GET)
    wanted = georeport.wanted(request.GET, timezone.now())
    rows = _published(CityCase.objects.all())
    if wanted.numbers:
        rows = rows.filter(number__in=wanted.numbers)
    else:
        rows = rows.filter(
            accepted_on__isnull=False, received_at__gte=wanted.first, received_at__lte=wanted.last
        )
        if wanted.services:
            rows = rows.filter(category__in=wanted.services)
        if wanted.status:
            rows = rows.filter(is_open=wanted.status == georeport.OPEN)
    start = (wanted.page - 1) * wanted.page_size
    return "requests", _shown(list(rows[start : start + wanted.page_size]), request)


def _published(rows: QuerySet[CityCase]) -> QuerySet[CityCase]:
    """Newest first, with what an answer needs; a sealed case and one taken back or void is nobody's to read."""
    return (
        rows.filter(is_sealed=False)
        .exclude(state__in=("voided", "withdrawn"))
        .select_related("lead", "home", "grid")
        .annotate(changed_at=Max("steps__at"))
        .order_by("-received_at", "-id")
    )


def _shown(found: list[Any], request: HttpRequest) -> list[dict[str, Any]]:
    """Two queries for all: the texts of conditions, and the newest public photo of each."""
    texts = (
        {row["condition"]: row["text"] for row in actions.rows_in_force()}
        if any(case.standard for case in found)
        else {}
    )
    pieces = Evidence.objects.filter(
        label=CityCase._meta.label_lower,
        key__in=[case.pk for case in found],
        is_public=True,
        withdrawn_at=None,
    )
    pictures = dict(pieces.order_by("at", "pk").values_list("key", "pk"))
    return [_fields(case, texts, pictures.get(case.pk), request) for case in found]


def _fields(case: Any, texts: Mapping[str, str], picture: int | None, request: HttpRequest) -> dict[str, Any]:
    outcome = dict(CITY.outcomes).get(case.outcome, "")
    state = CITY.machine.state(case.state).public_title
    return {
        "service_request_id": case.number,
        "status": georeport.OPEN if case.is_open else georeport.CLOSED,
        "status_notes": f"{state}（{outcome}）" if outcome and not case.is_open else state,
        "service_name": title_of(case.category),
        "service_code": case.category,
        "description": texts.get(case.standard) or title_of(case.category),
        "agency_responsible": (case.lead or case.home).name,
        "service_notice": None,
        "requested_datetime": georeport.moment(case.received_at),
        "updated_datetime": georeport.moment(case.changed_at),
        "expected_datetime": georeport.moment(case.due_at),
        "address": case.address or (str(case.grid) if case.grid else None),
        "address_id": case.grid.code if case.grid else None,
        "zipcode": None,
        "lat": case.lat,
        "long": case.lon,
        "media_url": request.build_absolute_uri(reverse("city_management:media", args=[picture]))
        if picture
        else None,
        "extended_attributes": {"state": case.state, "close_reason": case.outcome or None},
    }


def _service(code: str, rows: Any) -> dict[str, Any]:
    small = CLASSES[code]
    fitting = actions.fitting(rows, code)
    urgent = any(row["unit"] == "urgent_hour" and row["category"] == code for row in fitting)
    return {
        "service_code": code, "service_name": small.title, "description": "；".join(row["text"] for row in fitting) or small.title,
        "metadata": bool(fitting), "type": REALTIME if urgent else BATCH, "keywords": small.group, "group": small.group,
    }  # fmt: skip


def _jurisdiction(asked: Mapping[str, str]) -> None:
    """One server, one city: its own code or none."""
    given = asked.get("jurisdiction_id", "").strip()
    if given and given != CITY.unit().division.code:
        raise BadRequest("没有这个 jurisdiction_id。", 404)


def _holder(key: str) -> Person:
    """Whose key it is. Raises BadRequest: 400 for none, 403 for a wrong or revoked one."""
    if not key.strip():
        raise BadRequest("api_key 没有填写。")
    found = (
        ApiToken.objects.select_related("person")
        .filter(sha256=hash_of(key.strip()), revoked_at=None, person__is_active=True)
        .first()
    )
    if found is None:
        raise BadRequest("api_key 无效。", 403)
    return found.person
