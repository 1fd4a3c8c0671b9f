"""People and accounts 人员账号 for the system administrator, and proposals of posts for the security administrator."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.kernel.accounts import people, posts
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.action import Refused
from luodi.kernel.models import Person, Posting, PostProposal, Role, Unit
from luodi.kernel.permission import is_security_admin, is_system_admin, keeps_accounts
from luodi.site.seeing import seen_by

PER_PAGE = 40


@require_safe
@seen_by(keeps_accounts)
def directory(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    rows = Person.objects.prefetch_related("posts__unit").select_related("account")
    if words:
        found = Q(login__icontains=words) | Q(name__icontains=words) | Q(posts__unit__name__icontains=words)
        found |= Q(account__phone_index=words)
        rows = rows.filter(found).distinct()
    context = {
        "page": Paginator(rows.order_by("login"), PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "today": date.today(),
        "waiting": PostProposal.objects.filter(state=PostProposal.State.WAITING).count(),
        "may_create": is_system_admin(request.user),
    }
    return render(request, "site/people/list.html", context)


@require_http_methods(["GET", "POST"])
@seen_by(is_system_admin)
@never_cache
def new_person(request: HttpRequest) -> HttpResponse:
    """Somebody new, with the one-time password to hand over."""
    login, name = request.POST.get("login", "").strip(), request.POST.get("name", "").strip()
    refusal = ""
    if request.method == "POST":
        try:
            person = people.create_person(request.user, login, name)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _hand_over(request, person)
    context = {"login": login, "name": name, "refusal": refusal}
    return render(request, "site/people/new.html", context, status=422 if refusal else 200)


@require_safe
@seen_by(keeps_accounts)
def one_person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page_of(request, get_object_or_404(Person, pk=pk))


@require_POST
@seen_by(keeps_accounts)
@never_cache
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_over(request, get_object_or_404(Person, pk=pk))


@require_POST
@seen_by(keeps_accounts)
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    people.set_active(request.user, get_object_or_404(Person, pk=pk), request.POST.get("active") == "1")
    return redirect("person", pk=pk)


@require_POST
@seen_by(keeps_accounts)
def set_phone(request: HttpRequest, pk: int) -> HttpResponse:
    people.set_phone(request.user, get_object_or_404(Person, pk=pk), request.POST.get("phone", ""))
    return redirect("person", pk=pk)


@require_POST
@seen_by(keeps_accounts)
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The number whole, for this one answer."""
    person = get_object_or_404(Person, pk=pk)
    phone = people.reveal_phone(request.user, account_of(person), request.POST.get("reason", ""))
    return _page_of(request, person, phone)


@require_POST
@seen_by(keeps_accounts)
def forget_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    people.forget_second_factor(request.user, get_object_or_404(Person, pk=pk))
    messages.success(request, _("已解除动态口令，本人下次登录时重新绑定。"))
    return redirect("person", pk=pk)


@require_POST
@seen_by(keeps_accounts)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A post for somebody; it waits for the security administrator."""
    posts.propose_post(
        request.user,
        get_object_or_404(Person, pk=pk),
        _unit(request),
        request.POST.get("role", ""),
        valid_from=_day(request, "valid_from"),
        valid_until=_day(request, "valid_until") if request.POST.get("valid_until") else None,
        title=request.POST.get("title", ""),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已提交，等待安全管理员批准。"))
    return redirect("person", pk=pk)


@require_POST
@seen_by(keeps_accounts)
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody to stand in for the holder of a post; the last day is asked for, as people say it."""
    post = get_object_or_404(Posting, pk=pk)
    posts.propose_stand_in(
        request.user,
        post,
        _somebody(request),
        valid_from=_day(request, "valid_from"),
        valid_until=_day(request, "last_day") + timedelta(days=1),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已提交，等待安全管理员批准。"))
    return redirect("person", pk=post.person_id)


@require_POST
@seen_by(keeps_accounts)
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Posting, pk=pk)
    posts.end_post(request.user, post, _day(request, "on"))
    return redirect("person", pk=post.person_id)


@require_safe
@seen_by(keeps_accounts)
def proposals(request: HttpRequest) -> HttpResponse:
    rows = PostProposal.objects.select_related(
        "person", "unit", "author", "decided_by", "on_behalf_of__person"
    )
    context = {
        "waiting": rows.filter(state=PostProposal.State.WAITING).order_by("id"),
        "page": Paginator(rows.exclude(state=PostProposal.State.WAITING), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_decide": is_security_admin(request.user),
    }
    return render(request, "site/people/proposals.html", context)


@require_POST
@seen_by(keeps_accounts)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(PostProposal, pk=pk)
    act = posts.approve_post if request.POST.get("decision") == "approve" else posts.decline_post
    act(request.user, proposal, request.POST.get("opinion", ""))
    return redirect("proposals")


def _page_of(request: HttpRequest, person: Person, phone: str = "") -> HttpResponse:
    today = date.today()
    held = person.posts.select_related("unit", "on_behalf_of__person").prefetch_related("stand_ins__person")
    context = {
        "person": person,
        "account": account_of(person),
        "phone": phone,
        "posts": held.order_by("-valid_from", "id"),
        "in_force": set(person.posts.on(today).values_list("pk", flat=True)),
        "proposals": person.proposals.select_related("unit", "author", "decided_by")[:20],
        "units": Unit.objects.on(today),
        "roles": Role.choices,
        "today": today,
        "is_system": is_system_admin(request.user),
        "is_security": is_security_admin(request.user),
    }
    return render(request, "site/people/one.html", context)


def _hand_over(request: HttpRequest, person: Person) -> HttpResponse:
    password = people.reset_password(request.user, person)
    return render(request, "site/people/password.html", {"person": person, "password": password})


def _unit(request: HttpRequest) -> Unit:
    typed = request.POST.get("unit", "").strip()
    unit = Unit.objects.on(date.today()).filter(Q(name=typed) | Q(key=typed)).first()
    if unit is None:
        raise Refused(_("没有“%(typed)s”这个单位。") % {"typed": typed})
    return unit


def _somebody(request: HttpRequest) -> Person:
    typed = request.POST.get("login", "").strip()
    person = Person.objects.filter(login=typed).first()
    if person is None:
        raise Refused(_("没有登录名为“%(typed)s”的人。") % {"typed": typed})
    return person


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Refused(_("日期应写成 2026-01-31。")) from None
