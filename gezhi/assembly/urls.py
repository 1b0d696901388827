"""Every address of the platform."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path

from gezhi.assembly.api import answer_problem, build_api
from gezhi.assembly.faces import go_to_desk, show_desk
from gezhi.plumbing.health.looking import readiness
from gezhi.plumbing.problem_json import BadRequest, Unexpected, UnknownAddress, problem_response

api = build_api()


def answer_alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """This process answers. It asks nobody, so nothing can hold it up."""
    return JsonResponse({"status": "ok", "version": settings.GEZHI_VERSION})


def answer_ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    status, report = readiness()
    return JsonResponse(report, status=status, json_dumps_params={"ensure_ascii": False})


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(request, BadRequest())


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(request, UnknownAddress())


def handler500(request: HttpRequest) -> HttpResponse:
    """Also for what goes wrong around the API, where sessions are read and kept: Django calls it in its `except`."""
    error = sys.exception()
    if isinstance(error, Exception):
        return answer_problem(request, error)
    return problem_response(request, Unexpected(request_id=getattr(request, "request_id", "")))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", go_to_desk),
    path("desk", go_to_desk),
    path("desk/", show_desk),
    path("desk/<path:path>", show_desk),
    path("healthz", answer_alive),
    path("readyz", answer_ready),
    path("api/v1/", api.urls),
]
