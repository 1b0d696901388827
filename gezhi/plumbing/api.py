"""Doors of the plumbing: pictures, and what a face must know before anybody signs in."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Annotated

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from ninja import File, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.plumbing import media
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.clock_guard import guard
from gezhi.plumbing.clock_guard.guard import as_moment
from gezhi.plumbing.clock_guard.verdict import WORDS, ClockTrouble
from gezhi.plumbing.decoding.pool import check_apart
from gezhi.plumbing.doors import Router, actor_of, answers_file, optional_actor_of
from gezhi.plumbing.pictures import MB, TooLarge
from gezhi.plumbing.shapes import Exact, PictureOut, TextOut, picture_out

router = Router(tags=["media"])

HASH = re.compile(r"[0-9a-f]{64}\Z")
PICTURE = answers_file("image/jpeg")
PICTURE["responses"][304] = {"description": "The one that the browser has"}
FRESH_S = 300
MOST_RELEASES = 20


class StoredPictureOut(PictureOut):
    width: int
    height: int
    mime: str
    size: int


class InstallationOut(Schema):
    version: str
    demo: bool
    basemap: str
    languages: list[str]


@router.post(
    "/media",
    permission=Permission.MEDIA_WRITE,
    response={201: StoredPictureOut},
    repeats="a picture is named by its content",
)
def upload_picture(request: HttpRequest, file: File[UploadedFile]) -> Status[StoredPictureOut]:
    """Store one picture (multipart, field `file`); the same picture twice gives the same answer."""
    if (file.size or 0) > settings.GEZHI_MEDIA_LIMIT_BYTES:
        raise TooLarge(field="file", limit_mb=settings.GEZHI_MEDIA_LIMIT_BYTES // MB)
    actor = optional_actor_of(request)
    user_id = actor.user_id if actor else None
    check = partial(check_apart, user_id=user_id)
    picture = media.store_picture(file.read(), actor_id=user_id, clock=system_clock, check=check)
    stored = StoredPictureOut(
        **dict(picture_out(picture.sha256)),
        width=picture.width,
        height=picture.height,
        mime=picture.mime,
        size=picture.size,
    )
    return Status(201, stored)


@router.get("/media/{sha256}", permission=Permission.CASES_READ, openapi_extra=PICTURE)
def get_picture(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The picture, for whoever sees a case or a register that uses it, and for its uploader until it is used."""
    return _serve(request, sha256, "copies")


@router.get("/media/{sha256}/thumb", permission=Permission.CASES_READ, openapi_extra=PICTURE)
def get_thumb(request: HttpRequest, sha256: str) -> HttpResponseBase:
    return _serve(request, sha256, "thumbs")


class ClockReleaseIn(Exact):
    reason: Annotated[str, Field(min_length=2, max_length=500)]


class ClockReleaseOut(Schema):
    released_at: datetime
    stopped_at: datetime
    name: str
    reason: str
    says: TextOut


class ServerClockOut(Schema):
    """What the clocks tell, and whether work by the clock is stopped. `says`: why, and what to do."""

    server_at: datetime
    database_at: datetime
    last_entry_at: datetime | None
    good_at: datetime | None
    stopped_at: datetime | None
    says: TextOut | None
    releases: list[ClockReleaseOut]


@router.get("/clock", permission=Permission.SETTINGS_WRITE, response=ServerClockOut, tags=["installation"])
def get_clock(request: HttpRequest) -> ServerClockOut:  # noqa: ARG001
    """时钟核查: whether the clock is believed."""
    standing = guard.read(system_clock())
    reading = standing.reading
    return ServerClockOut(
        server_at=as_moment(reading.now),
        database_at=as_moment(reading.database),
        last_entry_at=as_moment(reading.last_entry) if reading.last_entry is not None else None,
        good_at=as_moment(reading.good_at) if reading.good_at is not None else None,
        stopped_at=as_moment(standing.stopped_at) if standing.stopped_at is not None else None,
        says=_says(standing.trouble) if standing.trouble is not None else None,
        releases=[
            ClockReleaseOut(
                released_at=one.released_at,
                stopped_at=one.stopped_at,
                name=one.name,
                reason=one.reason,
                says=_says(ClockTrouble(one.trouble)),
            )
            for one in guard.list_releases(MOST_RELEASES)
        ],
    )


@router.post(
    "/clock/release",
    permission=Permission.SETTINGS_WRITE,
    response=ServerClockOut,
    tags=["installation"],
    repeats="what is released already is refused",
)
def release_clock(request: HttpRequest, asked: ClockReleaseIn) -> ServerClockOut:
    """放行: work by the clock goes on; who answered for it, and why, is kept."""
    guard.release(actor_of(request), asked.reason.strip(), clock=system_clock)
    return get_clock(request)


def _says(trouble: ClockTrouble) -> TextOut:
    zh, en = WORDS[trouble]
    return TextOut(zh=zh, en=en)


@router.get("/installation", permission=Permission.PUBLIC, response=InstallationOut, tags=["installation"])
def get_installation(request: HttpRequest) -> InstallationOut:  # noqa: ARG001
    return InstallationOut(
        version=settings.GEZHI_VERSION,
        demo=settings.GEZHI_DEMO,
        basemap=settings.GEZHI_BASEMAP,
        languages=["zh", "en"],
    )


def _serve(request: HttpRequest, sha256: str, kind: str) -> HttpResponseBase:
    """Kept by one's own browser for a while, under one's own session: whoever signs in after asks anew."""
    if not HASH.match(sha256):
        raise NotFound
    file, tag = media.get_file(sha256, kind, actor_of(request), now=system_clock()), f'"{sha256}-{kind}"'
    response: HttpResponseBase = (
        HttpResponseNotModified()
        if tag in request.headers.get("If-None-Match", "")
        else FileResponse(file.open("rb"), content_type="image/jpeg")
    )
    response["Cache-Control"] = f"private, max-age={FRESH_S}"
    response["Vary"] = "Cookie, Authorization"
    response["ETag"] = tag
    return response
