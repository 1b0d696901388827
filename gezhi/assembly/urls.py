"""Every address of the platform."""

from __future__ import annotations

from django.urls import path

from gezhi.assembly.api import build_api

api = build_api()

urlpatterns = [
    path("api/v1/", api.urls),
]
