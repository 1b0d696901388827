"""/api/v1: the routers of every capability, and one shape for all that can go wrong."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import InputStreamExhausted, MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import PathView

from gezhi.assembly.capabilities import modules
from gezhi.assembly.refusals import document_refusals
from gezhi.assembly.version import gezhi_version
from gezhi.kernel.problems import Problem
from gezhi.plumbing.doors import Router, operations_of
from gezhi.plumbing.limits.disk import has_no_room
from gezhi.plumbing.parser import JsonParser
from gezhi.plumbing.postgres.refusals import refusal_of
from gezhi.plumbing.problem_json import (
    BadRequest,
    BodyTooLarge,
    DiskFull,
    InvalidInput,
    TooManyRequests,
    Unexpected,
    UnknownAddress,
    problem_response,
)
from gezhi.plumbing.renderer import JsonRenderer

log = structlog.get_logger(__name__)


def problem_of(request: HttpRequest, error: Exception) -> Problem:
    """The Problem that an exception comes out as; what nobody expected is logged whole and told without detail."""
    match error:
        case Problem():
            return error
        case ValidationError():
            return _invalid_input(error)
        case Http404():
            return UnknownAddress()
        case DataError():  # a number beyond its column
            return InvalidInput(errors=[])
        case RequestDataTooBig() | TooManyFilesSent():
            return BodyTooLarge(limit_mb=settings.GEZHI_BODY_LIMIT_BYTES // 2**20)
        case Throttled():
            return TooManyRequests()
        case HttpError() if isinstance(error.__cause__, Problem):  # what the parser said of the body
            return error.__cause__
        case HttpError() | SuspiciousOperation() | MultiPartParserError() | InputStreamExhausted():
            return BadRequest()
    refusal = DiskFull() if has_no_room(error) else refusal_of(error)
    if refusal is not None:
        log.error("request.refused", code=refusal.code, error=str(error).strip())
        return refusal
    request_id = getattr(request, "request_id", "")
    log.error("request.unexpected-error", path=request.path, exc_info=error)
    return Unexpected(request_id=request_id)


def _invalid_input(error: ValidationError) -> InvalidInput:
    """Which fields are wrong and why; what was typed is not sent back."""
    errors = [
        {"field": ".".join(str(word) for word in one["loc"]), "kind": one["type"], "message": one["msg"]}
        for one in error.errors
    ]
    return InvalidInput(field=errors[0]["field"] if errors else None, errors=errors)


def answer_problem(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(request, problem_of(request, error))


class Api(NinjaAPI):
    """Its description says what may be refused, too."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        document_refusals(schema)
        return schema


def build_api() -> NinjaAPI:
    api = Api(
        title="Gezhi 格治",
        version=gezhi_version(),
        docs_url="/docs" if settings.DEBUG else None,
        openapi_url="/openapi.json",
        urls_namespace="api",
        parser=JsonParser(),
        renderer=JsonRenderer(),
    )
    for kind in (Exception, ValidationError, HttpError, Http404):
        api.add_exception_handler(kind, answer_problem)
    api.add_router("", joined(modules("api")))
    return api


def joined(doors: list[ModuleType]) -> Router:
    """One router of all, in which each address stands once: on two, only the first of them would answer."""
    whole = Router()
    for module in doors:
        if not isinstance(module.router, Router):
            message = f"{module.__name__}.router is no gezhi.plumbing.doors.Router"
            raise TypeError(message)
        for mount in module.router.build_routers(""):
            for address, operation in operations_of(mount.template.path_operations):
                operation.tags = operation.tags or mount.template.tags or mount.inherited_tags
                whole.path_operations.setdefault(address, PathView()).operations.append(operation)
    return whole


def openapi_text() -> str:
    """The committed description of the API: `openapi.json`, sorted and stable."""
    schema = build_api().get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
