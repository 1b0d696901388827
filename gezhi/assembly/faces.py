"""The built front ends: /desk/ and its files, and a readable page where nothing is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from whitenoise import WhiteNoise

from gezhi.assembly.capabilities import PACKAGE
from gezhi.plumbing.requests import security_headers

FACES = PACKAGE / "assembly" / "faces"
DESK = FACES / "desk"
NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>格治 Gezhi</title>
<h1>格治 · 前端尚未构建</h1>
<p>服务已在运行，但工作台页面尚未构建。请在项目目录执行 <code>make demo</code>，或在 <code>web/</code> 中执行
<code>npm ci &amp;&amp; npm run build</code>，然后刷新本页。</p>
<p lang="en">The service runs, but the desk app has not been built. Run <code>make demo</code> in the project folder, or
<code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, and reload this page.</p>
<p><a href="/healthz">/healthz</a> · <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p></html>
"""


def show_desk(request: HttpRequest, path: str = "") -> HttpResponse:  # noqa: ARG001
    """Every address under /desk/ that is no file: the app finds its own way. Brings the CSRF cookie along."""
    get_token(request)
    index = DESK / "index.html"
    built = index.is_file()
    response = HttpResponse(index.read_bytes() if built else NOT_BUILT, status=200 if built else 503)
    response["Cache-Control"] = "no-cache"
    return response


def go_to_desk(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponseRedirect("/desk/")


def with_files(application: Callable[..., Any]) -> WhiteNoise:
    """The application with the built files and those of Django's admin in front of it."""
    headers = security_headers(settings.GEZHI_BASEMAP)

    def add_headers(sent: Any, path: str, url: str) -> None:  # noqa: ARG001
        for name, value in headers.items():
            sent[name] = value

    files = WhiteNoise(
        application, max_age=3600, immutable_file_test=r"^/desk/assets/.+$", add_headers_function=add_headers
    )
    if DESK.is_dir():
        files.add_files(str(DESK), prefix="desk/")
    for app in apps.get_app_configs():
        static = Path(app.path) / "static"
        if static.is_dir():
            files.add_files(str(static), prefix=settings.STATIC_URL.strip("/"))
    return files
