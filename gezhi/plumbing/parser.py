"""Bodies read as JSON: strict UTF-8, so that no half of a surrogate pair and no NaN comes in, nor back in a refusal."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.parser import Parser


class JsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return msgspec.json.decode(request.body)
