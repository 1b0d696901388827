"""How large a request may be and how long it may take to arrive (请求体限制), by where it is sent."""

from __future__ import annotations

import re

HEAD_LIMIT_BYTES = 32 * 1024
HEAD_WITHIN_S = 15.0
"""A request line with its headers: browsers send less than 4 kB of them at once."""

GRACE_S = 20.0
SLOWEST_BYTES_PER_S = 4 * 1024
"""A bad mobile network still carries this much: a photo of 5 MB may take 20 minutes, what trickles 20 seconds."""

BODY_FAULT = "gezhi.body_fault"
"""Where the web server says why a body did not arrive whole: `too-large`, `too-slow` or `disk-full`."""

MULTIPART_ROOM = 64 * 1024
UPLOAD_PATHS = re.compile(r"/api/v1/(media|imports|roster/import|documents/versions/[0-9a-f-]{36}/file)\Z")
"""Where files come in; every other body is words."""


def body_limit(path: str, *, words: int, files: int) -> int:
    """The most bytes that may be sent to this path."""
    return files + MULTIPART_ROOM if UPLOAD_PATHS.match(path) else words


def latest_arrival_s(received: int) -> float:
    """Seconds after its beginning at which the next piece of a body must be there; each piece earns time for more."""
    return GRACE_S + received / SLOWEST_BYTES_PER_S
