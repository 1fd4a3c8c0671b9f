"""The machine API: every desk as typed JSON, read from the same declaration and with the same scope as its pages.

GET /work/api/lots?state=open&sort=-due_on&page=2&size=200      GET /work/api/lots/17      GET /work/api/openapi.json

Signed in by session, or by `Authorization: Bearer <key>` with a key of one's own (/work/tokens). Money is whole 分,
decimals are texts, unknown is null, people and masked texts are masked. What one may not see answers 404.
"""

# No `from __future__ import annotations`: the types below are made for each desk and have to be values.
import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Schema, Status
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer, django_auth
from pydantic import Field, create_model

from luodi.kernel.models import Person
from luodi.workbench.actions import hash_of
from luodi.workbench.asking import Asked
from luodi.workbench.desk import Column, Desk
from luodi.workbench.finding import desks
from luodi.workbench.models import ApiToken

MOST = 500


class Problem(Schema):
    """Why there is no answer: one Chinese sentence."""

    problem: str


class Key(HttpBearer):
    """A person's own key; a revoked one, or one of a person who left, opens nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        found = (
            ApiToken.objects.select_related("person")
            .filter(sha256=hash_of(token), revoked_at=None, person__is_active=True)
            .first()
        )
        if found is None:
            return None
        request.user = found.person
        return found.person


class Api(NinjaAPI):
    """Asks for key or session itself, so the site's sign-in page does not come before it."""

    @property
    def urls(self) -> Any:
        found = super().urls
        for pattern in found[0]:
            login_not_required(pattern.callback)
        return found


def api_of(served: Iterable[Desk], namespace: str = "workbench:api") -> NinjaAPI:
    """The API of these desks."""
    api = Api(
        title="落地 Luodi", version="1", auth=[Key(), django_auth], docs_url=None, urls_namespace=namespace,
        docs_decorator=_for_the_signed_in,
    )  # fmt: skip
    problems = dict.fromkeys((401, 404, 422), Problem)
    for desk in served:
        row = _row_schema(desk)
        page = create_model(
            f"{_camel(desk.code)}Page", __base__=Schema, total=int, page=int, size=int, rows=list[row]
        )
        common = {"tags": [desk.title], "exclude_none": False}
        api.get(
            f"/{desk.code}",
            response={200: page, **problems},
            operation_id=f"list_{desk.code}",
            summary=desk.title,
            **common,
        )(_list_of(desk))
        api.get(
            f"/{desk.code}/{{int:pk}}", response={200: row, **problems}, operation_id=f"get_{desk.code}",
            summary=f"{desk.title}：一行", **common,
        )(_one_of(desk))  # fmt: skip

    def answer(status: int, said: str) -> Callable[[HttpRequest, Any], HttpResponse]:
        return lambda request, error: api.create_response(request, {"problem": said}, status=status)

    api.exception_handler(AuthenticationError)(answer(401, "请先登录，或在 Authorization 里带上有效的密钥。"))
    api.exception_handler(Http404)(answer(404, "没有这一项，或者不在你的范围内。"))
    api.exception_handler(ValidationError)(
        lambda request, error: api.create_response(request, {"problem": _in_words(error)}, status=422)
    )
    return api


def _list_of(desk: Desk) -> Callable[..., Any]:
    query_schema = _query_schema(desk)

    def rows(request: HttpRequest, query: Query[query_schema]) -> Any:  # type: ignore[valid-type]
        _check_open(desk, request.user)
        asked = Asked(
            desk, request.user, {name: str(value) for name, value in query.dict(exclude_none=True).items()}
        )
        wanted = asked.rows
        if asked.problems:
            return Status(422, {"problem": "；".join(asked.problems)})
        if query.sort and not asked.sort:
            return Status(422, {"problem": f"不能按“{query.sort}”排序"})
        total, first = wanted.count(), (query.page - 1) * query.size
        found = [_plain(desk, row) for row in wanted[first : first + query.size]]
        return {"total": total, "page": query.page, "size": query.size, "rows": found}

    rows.__doc__ = desk.about or desk.title
    return rows


def _one_of(desk: Desk) -> Callable[..., Any]:
    def row(request: HttpRequest, pk: int) -> Any:
        _check_open(desk, request.user)
        return _plain(desk, get_object_or_404(desk.seen_by(request.user), pk=pk))

    row.__doc__ = desk.about or desk.title
    return row


def _check_open(desk: Desk, person: Any) -> None:
    if not desk.open_to(person):
        raise Http404


def _plain(desk: Desk, row: Any) -> dict[str, Any]:
    return {"id": row.pk} | {column.name: column.kind.plain(column.value(row)) for column in desk.columns}


def _row_schema(desk: Desk) -> type[Schema]:
    fields: dict[str, Any] = {"id": (int, ...)}
    for column in desk.columns:
        fields[column.name] = (column.kind.plain_type | None, Field(None, title=_title(column)))
    return create_model(f"{_camel(desk.code)}Row", __base__=Schema, **fields)


def _query_schema(desk: Desk) -> type[Schema]:
    fields: dict[str, Any] = {
        "q": (str | None, Field(None, max_length=100, description="搜索文字")),
        "sort": (str | None, Field(None, max_length=60, description="按哪一栏排序，前面加 - 为倒序")),
        "page": (int, Field(1, ge=1, le=1_000_000)),
        "size": (int, Field(50, ge=1, le=MOST)),
    }
    for name in desk.filters:
        column = desk.column(name)
        ends = ("", "_from", "_to") if column.kind.is_ranged else ("",)
        for end in ends:
            fields[f"{name}{end}"] = (str | None, Field(None, max_length=100, title=_title(column)))
    return create_model(f"{_camel(desk.code)}Query", __base__=Schema, **fields)


def _title(column: Column) -> str:
    return (
        f"{column.title}（分）"
        if column.kind.plain_type is int and column.kind.unit.endswith("元")
        else column.heading
    )


def _camel(code: str) -> str:
    return "".join(part.capitalize() for part in code.replace("_", "-").split("-"))


def _in_words(error: ValidationError) -> str:
    return "；".join(f"{each['loc'][-1]}：{each['msg']}" for each in error.errors)


def _for_the_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The schema is for those who may use the API."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and Key()(request) is None:
            return HttpResponse(
                "请先登录，或在 Authorization 里带上有效的密钥。",
                status=401,
                content_type="text/plain; charset=utf-8",
            )
        return view(request, *args, **kwargs)

    return answer


api = api_of(desks())
