"""What happens around every request, in one layer: id, host, size, security headers, and no error without a shape."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from gezhi.plumbing.limits.bodies import BODY_FAULT, body_limit
from gezhi.plumbing.limits.client_address import client_address
from gezhi.plumbing.postgres.acting import for_nobody_yet
from gezhi.plumbing.problem_json import (
    BodyTooLarge,
    BodyTooSlow,
    DiskFull,
    MethodNotAllowed,
    UnknownHost,
    problem_response,
)

log = structlog.get_logger(__name__)

GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
SLOW_S = 1.0
METHOD_NOT_ALLOWED = 405
SERVER_ERROR = 500
BODY_FAULTS = {"too-large": BodyTooLarge, "too-slow": BodyTooSlow, "disk-full": DiskFull}


def content_security_policy(basemap: str) -> str:
    """Nothing inline, nothing from elsewhere but the tiles of a basemap that an administrator names."""
    parts = urlsplit(basemap)
    tiles = f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{tiles}",
            "font-src 'self'",
            f"connect-src 'self'{tiles}",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def security_headers(basemap: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": content_security_policy(basemap),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    }


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = tuple(security_headers(settings.GEZHI_BASEMAP).items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request.META["REMOTE_ADDR"] = client_address(request.META, settings.GEZHI_PROXIES, settings.GEZHI_PROXY_HEADER)
        request_id = given if GIVEN_ID.match(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            with for_nobody_yet():
                response = self._refusal(request) or self.get_response(request)
            if response.status_code == METHOD_NOT_ALLOWED and request.path.startswith("/api/"):
                response = _method_not_allowed(request, response)
            took = time.perf_counter() - started
            if took > SLOW_S or response.status_code >= SERVER_ERROR:
                log.warning(
                    "request.noted",
                    method=request.method,
                    path=request.path,
                    address=request.META["REMOTE_ADDR"],
                    status=response.status_code,
                    s=round(took, 3),
                )
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        for name, value in self.headers:
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request_id
        if not response.streaming and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        try:
            request.get_host()
        except DisallowedHost:
            return problem_response(request, UnknownHost(host=request.META.get("HTTP_HOST", "")[:100]))
        limit = body_limit(request.path, words=settings.GEZHI_BODY_LIMIT_BYTES, files=settings.GEZHI_MEDIA_LIMIT_BYTES)
        length = request.META.get("CONTENT_LENGTH") or "0"
        fault = request.META.get(BODY_FAULT) or ("" if length.isdigit() and int(length) <= limit else "too-large")
        if not fault:
            return None
        response = problem_response(request, BODY_FAULTS[fault](limit_mb=limit // 2**20))
        response["Connection"] = "close"  # whatever of the body is still on its way is nobody's next request
        return response


def _method_not_allowed(request: HttpRequest, plain: HttpResponse) -> HttpResponse:
    response = problem_response(request, MethodNotAllowed())
    response["Allow"] = plain.get("Allow", "")
    return response
