"""Errors as application/problem+json (RFC 9457), one shape for all of them."""

import re
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict, Field

from kamerton.platform.errors import BusinessError

MEDIA_TYPE: Final = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong in one place of the request."""

    field: str = Field(description="Where: a name, or a path as body.name")
    message: str


class WayOut(Schema):
    """Where to go from here."""

    label: str
    url: str


class Problem(Schema):
    """Why a request was refused."""

    model_config = ConfigDict(title="Problem")

    type: str = "about:blank"
    title: str = Field(description="The status in words")
    status: int
    detail: str = Field(description="A sentence for people, in their language")
    code: str = Field(description="The same for machines, as already_held")
    errors: list[FieldProblem] = []
    ways_out: list[WayOut] = []


PROBLEMS: Final[dict[int, Any]] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


def install(api: NinjaAPI) -> None:
    """Make the API answer every refusal with a problem."""
    handlers: dict[type[Exception], Any] = {
        BusinessError: _refused,
        ValidationError: _invalid,
        Http404: _not_found,
        HttpError: _http,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def named_in(schema: dict[str, Any]) -> None:
    """Give refusals their media type in the description of the API."""
    for path in schema["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST and "content" in answer:
                    answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}


def _refused(request: HttpRequest, error: BusinessError) -> HttpResponse:
    fields: dict[str, list[str]] = getattr(error, "fields", {})
    return _answer(
        error.status,
        str(error),
        code=_snake(type(error).__name__),
        errors=[FieldProblem(field=name, message=" ".join(say)) for name, say in fields.items()],
        ways_out=[WayOut(label=way.label, url=way.url) for way in error.ways_out],
    )


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        FieldProblem(field=".".join(map(str, found["loc"])), message=str(found["msg"]))
        for found in error.errors
    ]
    return _answer(422, _("The request is not as it should be."), code="invalid", errors=errors)


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(404, _("There is no such record, or you may not see it."), code="not_found")


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        say = _("Sign in, or send a token: Authorization: Bearer …")
        answer = _answer(401, say, code="not_signed_in")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    title = HTTPStatus(error.status_code).phrase
    return _answer(error.status_code, str(error), code=_snake(title.replace(" ", "")))


def _answer(status: int, detail: str, *, code: str, **more: Any) -> HttpResponse:
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, **more
    )
    return JsonResponse(problem.model_dump(), status=status, content_type=MEDIA_TYPE)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
