"""The guide that anyone reads 办事指南, the catalogue for machines, and for staff what is wrong with the catalogue."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Avg, Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.government_services.actions.catalogue import catalogue_faults
from luodi.scenarios.government_services.models import Item, Package, Rating
from luodi.scenarios.government_services.rules import catalogue as rules
from luodi.scenarios.government_services.rules.catalogue import compression, saved_by
from luodi.scenarios.government_services.rules.codes import ON_APPLICATION

SHOWN = 40
MOST_ITEMS = 20_000


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Items in force by a word of their name or by code, and the packages."""
    asked = request.GET.get("q", "").strip()[:60]
    rows = Item.objects.filter(cancelled_on=None).select_related("unit", "division").order_by("name", "code")
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(code=asked.upper()))
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    packages = [] if asked else [(each, _saved(each)) for each in _packages()]
    return render(
        request, "government_services/guide.html", {"page": page, "asked": asked, "packages": packages}
    )


@require_safe
def one_item(request: HttpRequest, code: str) -> HttpResponse:
    """Everything one has to know before asking: papers, days, visits, where, how others found it."""
    item = get_object_or_404(Item.objects.select_related("unit", "division"), code=code.upper())
    counted = Rating.objects.filter(item=item, is_void=False, is_doubtful=False)
    told = counted.aggregate(count=Count("pk"), stars=Avg("stars"))
    context = {
        "item": item, "materials": item.materials.all(), "points": item.points.select_related("division"), "told": told,
        "spared": item.materials.filter(is_spared=True).count(),
    }  # fmt: skip
    return render(request, "government_services/item.html", context)


@require_safe
def catalogue(request: HttpRequest) -> JsonResponse:
    """The catalogue in force with its 31-place keys, for other systems."""
    rows = (
        Item.objects.filter(cancelled_on=None)
        .select_related("unit", "division")
        .prefetch_related("materials")
    )
    return JsonResponse(
        {"version": 1, "items": [plain(item) for item in rows[:MOST_ITEMS]]}, json_dumps_params={"ensure_ascii": False}
    )  # fmt: skip


@require_safe
def checkup(request: HttpRequest) -> HttpResponse:
    """What the office looks at before it reports the catalogue: differences between levels, gaps, and how it stands."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    items = list(Item.objects.filter(cancelled_on=None, type__in=ON_APPLICATION))
    facts = [item.facts(materials=()) for item in items]
    online = sum(item.depth >= rules.ONLINE_FROM for item in items)
    context = {
        "faults": catalogue_faults(), "total": len(items), "online": online,
        "rate": f"{100 * online / len(items):.2f}" if items else None, "compression": compression(facts),
        "levels": [(title, sum(item.depth == value for item in items)) for value, title in rules.DEPTHS],
    }  # fmt: skip
    return render(request, "government_services/checkup.html", context)


def plain(item: Item) -> dict[str, Any]:
    """An item as other systems read it; unknown is null."""
    return {
        "code": item.code, "basic": item.basic, "name": item.name, "type": item.type, "legal_basis": item.legal_basis,
        "unit": item.unit.name, "division": item.division.code, "handling": item.handling, "served": item.served,
        "legal_days": item.legal_days, "promised_days": item.promised_days, "depth": item.depth, "visits": item.visits,
        "is_nearby": item.is_nearby, "is_everywhere": item.is_everywhere, "fee": item.fee or None, "result": item.result or None,
        "listed_on": item.listed_on.isoformat(),
        "materials": [
            {"name": each.name, "form": each.form, "copies": each.copies, "source": each.source, "may_be_late": each.may_be_late, "is_spared": each.is_spared}
            for each in item.materials.all()
        ],
    }  # fmt: skip


def _packages() -> Any:
    return Package.objects.exclude(online_on=None).prefetch_related("items__materials").order_by("code")


def _saved(package: Package) -> Any:
    apart = [(len(item.materials.all()), item.visits, item.promised_days) for item in package.items.all()]
    return saved_by(apart, package.materials, package.visits, package.promised_days)
