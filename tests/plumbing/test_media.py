from __future__ import annotations

import contextlib
import io
import os
import resource
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.kernel.problems import NotFound, Problem
from gezhi.plumbing import doors, media
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.gateways.media_files import file_of
from gezhi.plumbing.media import keep_pictures, store_picture, sweep_orphans
from gezhi.plumbing.models import Picture, PictureSentAgain
from gezhi.plumbing.pictures import NotAPicture, TooLarge, TooManyPixels, UnknownPicture, check_picture
from tests.fixtures import ApiClient, FixedClock

DAY_S = 86_400
LIMIT = 20 * 2**20


HERE = (34.0, 45.0, 0.0), (113.0, 37.0, 30.0)


def photo(
    side: int = 64,
    form: str = "JPEG",
    *,
    exif: bool = False,
    colour: str = "red",
    spot: tuple[Any, Any] = HERE,
    software: str = "",
) -> bytes:
    image = Image.new("RGB", (side, side // 2), colour)
    fields = Image.Exif()
    if software:
        fields[Base.Software] = software
    if exif:
        fields[Base.Make] = "Camera"
        fields.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:02 08:59:30"
        fields.get_ifd(IFD.GPSInfo).update(
            {
                GPS.GPSLatitudeRef: "N",
                GPS.GPSLatitude: spot[0],
                GPS.GPSLongitudeRef: "E",
                GPS.GPSLongitude: spot[1],
            }
        )
    buffer = io.BytesIO()
    image.save(buffer, form, exif=fields)
    return buffer.getvalue()


HEIC = b64decode(
    b"AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    b"ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAABoAAgAAAAAB/AABAAAAAAAAAFYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    b"AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    b"kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    b"5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    b"cAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    b"ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAeG1kYXQAAAAWKAGvGYDvSaW//9/jH/X2r/imtaY+bgAAAAZFeGlmAABNTQAqAAAA"
    b"CAACARIAAwAAAAEABgAAh2kABAAAAAEAAAAmAAAAAAABkAMAAgAAABQAAAA4AAAAADIwMjY6MDM6MDIgMDg6NTk6MzAA"
)
"""64 × 32, taken 2026-03-02 08:59:30; written with pillow-heif, as nothing that is installed here can."""


def check(original: bytes) -> Any:
    return check_picture(original, zone=UTC, limit_bytes=LIMIT)


@pytest.mark.parametrize(
    ("original", "problem"),
    [
        (b"", NotAPicture),
        (b"%PDF-1.7 no picture", NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
        (photo(400)[:-200], NotAPicture),
        (photo()[:40], NotAPicture),
        (b"GIF89a" + bytes(10), NotAPicture),
        (bytes(LIMIT + 1), TooLarge),
    ],
    ids=["empty", "pdf", "svg", "cut off", "header only", "broken gif", "too large"],
)
def test_what_is_no_good_picture_is_refused(original: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        check(original)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    buffer = io.BytesIO()
    Image.new("1", (5_001, 5_000)).save(buffer, "PNG")
    with pytest.raises(TooManyPixels) as refusal:
        check(buffer.getvalue())
    assert "5001×5000" in refusal.value.text("zh")


@pytest.mark.parametrize(
    ("original", "mime"),
    [
        (photo(form="JPEG"), "image/jpeg"),
        (photo(form="PNG"), "image/png"),
        (photo(form="WEBP"), "image/webp"),
        (photo(form="AVIF"), "image/avif"),
        (photo(form="TIFF"), "image/tiff"),
        (photo(form="BMP"), "image/bmp"),
        (photo(form="GIF"), "image/gif"),
        (HEIC, "image/heic"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_telephones_and_offices_send_is_taken_and_shown_as_jpeg(original: bytes, mime: str) -> None:
    checked = check(original)
    assert (checked.mime, checked.width, checked.height) == (mime, 64, 32)
    with Image.open(io.BytesIO(checked.copy)) as image:
        assert (image.format, image.size) == ("JPEG", (64, 32))
        red, green, blue = image.convert("RGB").tobytes()[:3]
    assert red > 180
    assert max(green, blue) < 60


def test_the_camera_of_a_heic_is_read_too() -> None:
    assert check(HEIC).taken_at == datetime(2026, 3, 2, 8, 59, 30, tzinfo=UTC)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_of_the_turned_picture(orientation: int) -> None:
    fields = Image.Exif()
    fields[Base.Orientation] = orientation
    buffer = io.BytesIO()
    Image.new("RGB", (64, 32), "red").save(buffer, "JPEG", exif=fields)
    checked = check(buffer.getvalue())
    with Image.open(io.BytesIO(checked.copy)) as image:
        assert (checked.width, checked.height) == image.size == ((32, 64) if orientation >= 5 else (64, 32))


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")  # of metadata; they do no harm
@given(st.binary(max_size=300))
def test_random_bytes_never_break_the_check(noise: bytes) -> None:
    begun = (b"\x89PNG\r\n\x1a\n", b"II*\0", b"BM", HEIC[:48], HEIC[:400])
    for original in (noise, photo()[:200] + noise, *(start + noise for start in begun)):
        with contextlib.suppress(Problem):
            check(original)


def test_time_and_place_are_read_from_the_camera_and_leave_nothing_in_the_copy() -> None:
    checked = check(photo(exif=True))
    assert checked.taken_at == datetime(2026, 3, 2, 8, 59, 30, tzinfo=UTC)
    assert (checked.taken_lon, checked.taken_lat) == (113.625, 34.75)
    for served in (checked.copy, checked.thumb):
        with Image.open(io.BytesIO(served)) as image:
            assert image.format == "JPEG"
            assert dict(image.getexif()) == {}
        assert b"Camera" not in served


ZERO = (0.0, 0.0, 0.0)


@pytest.mark.parametrize("spot", [(ZERO, ZERO), ((91.0, 0.0, 0.0), HERE[1]), ((34.0,), HERE[1])])
def test_a_position_that_no_camera_can_have_counts_as_none(spot: tuple[Any, Any]) -> None:
    checked = check(photo(exif=True, spot=spot))
    assert (checked.taken_lon, checked.taken_lat) == (None, None)
    assert checked.taken_at is not None


@pytest.mark.parametrize("spot", [(ZERO, HERE[1]), (HERE[0], ZERO)])
def test_a_position_on_the_equator_or_the_first_meridian_is_one(spot: tuple[Any, Any]) -> None:
    checked = check(photo(exif=True, spot=spot))
    assert (checked.taken_lon, checked.taken_lat) in {(113.625, 0.0), (0.0, 34.75)}


@pytest.mark.parametrize(
    ("software", "editor"),
    [
        ("Adobe Photoshop 25.1 (Windows)", "Photoshop"),
        ("GIMP 2.10.36", "GIMP"),
        ("Snapseed 2.0", "Snapseed"),
        ("XiuXiu 9.9", "XiuXiu"),
        ("HUAWEI P60 4.0.0.126", ""),
        ("HDR+ 1.0.345618096zd", ""),
        ("17.4.1", ""),
        ("", ""),
    ],
)
def test_the_program_that_edited_a_picture_is_read_and_a_telephones_own_is_none(software: str, editor: str) -> None:
    assert check(photo(software=software)).edited_with == editor


def test_the_copy_is_no_larger_than_a_screen_needs() -> None:
    checked = check(photo(4000))
    assert (checked.width, checked.height) == (4000, 2000)
    for served, most in ((checked.copy, 2048), (checked.thumb, 360)):
        with Image.open(io.BytesIO(served)) as image:
            assert image.size == (most, most // 2)


def test_the_picture_of_a_telephone_is_decoded_at_half_its_size() -> None:
    """Half of it is a copy as it stands; larger halves are made smaller, and no side falls below what is readable."""
    for width, height, copy in ((4032, 3024, (2016, 1512)), (3024, 4032, (1512, 2016)), (6000, 4000, (2048, 1365))):
        buffer = io.BytesIO()
        Image.new("RGB", (width, height), "red").save(buffer, "JPEG")
        checked = check(buffer.getvalue())
        assert (checked.width, checked.height) == (width, height)
        with Image.open(io.BytesIO(checked.copy)) as image:
            assert image.size == copy


SOMEBODY = Actor(
    user_id=7,
    post_id=1,
    role=Role.COLLECTOR,
    organisation_id=1,
    scope=Scope(),
    permissions=frozenset({Permission.MEDIA_WRITE, Permission.CASES_READ}),
)


@pytest.mark.django_db
def test_the_same_picture_twice_is_the_same_row(clock: FixedClock) -> None:
    first = store_picture(photo(), actor_id=1, clock=clock)
    clock.advance(60)
    second = store_picture(photo(), actor_id=2, clock=clock)
    assert first.sha256 == second.sha256
    assert second.actor_id == 1
    assert Picture.objects.count() == 1
    assert file_of("originals", first.sha256).read_bytes() == photo()


@pytest.mark.django_db
def test_a_picture_is_anybodys_who_has_sent_it_and_nobody_elses(clock: FixedClock) -> None:
    first, second, third = (msgspec.structs.replace(SOMEBODY, user_id=user) for user in (11, 12, 13))
    named = {store_picture(photo(), actor_id=one.user_id, clock=clock).sha256 for one in (first, second, second)}
    drawn = store_picture(photo(colour="blue"), actor_id=None, clock=clock).sha256
    assert [media.find_foreign({*named, drawn}, one) for one in (first, second, third)] == [set(), set(), named]
    keep_pictures([drawn])
    assert media.find_foreign([drawn], first) == {drawn}
    (sha256,) = named
    for one in (first, second):
        assert media.get_file(sha256, "copies", one, now=clock()).is_file()
    with pytest.raises(NotFound):
        media.get_file(sha256, "copies", third, now=clock())
    assert sweep_orphans(now=clock() + DAY_S + 1) == 1
    assert not PictureSentAgain.objects.exists()


@pytest.mark.django_db
def test_an_orphan_is_swept_after_a_day_and_a_kept_picture_never(clock: FixedClock) -> None:
    orphan = store_picture(photo(colour="blue"), actor_id=1, clock=clock)
    kept = store_picture(photo(colour="green"), actor_id=1, clock=clock)
    assert keep_pictures([kept.sha256]).keys() == {kept.sha256}
    assert sweep_orphans(now=clock() + DAY_S - 1) == 0
    assert sweep_orphans(now=clock() + DAY_S + 1) == 1
    assert not file_of("originals", orphan.sha256).exists()
    assert file_of("originals", kept.sha256).exists()
    with pytest.raises(NotFound):
        media.get_file(orphan.sha256, "copies", SOMEBODY, now=clock())


@pytest.mark.django_db
def test_an_action_cannot_name_a_picture_that_was_never_uploaded() -> None:
    with pytest.raises(UnknownPicture):
        keep_pictures(["0" * 64])


@pytest.fixture
def signed_in() -> Iterator[None]:
    def decide(request: HttpRequest, permission: Permission) -> Actor:
        return SOMEBODY

    before = doors._authority
    doors.set_authority(decide)
    yield
    doors.set_authority(before)


def upload(api: Any, content: bytes, **headers: str) -> Any:
    file = SimpleUploadedFile("a.jpg", content, content_type="image/jpeg")
    return api.post("/api/v1/media", {"file": file}, headers=headers)


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
def test_a_picture_is_uploaded_and_its_copy_served_but_never_the_original(api: ApiClient) -> None:
    original = photo(200, exif=True)
    answer = upload(api, original)
    assert answer.status_code == 201
    body = answer.json()
    assert (body["width"], body["height"], body["mime"], body["size"]) == (200, 100, "image/jpeg", len(original))
    for url in (body["url"], body["thumb_url"]):
        served = api.get(url)
        content = b"".join(served)
        assert served["Content-Type"] == "image/jpeg"
        assert served["X-Content-Type-Options"] == "nosniff"
        assert content != original
        assert b"Camera" not in content


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
def test_an_upload_that_nothing_uses_is_seen_for_a_day_by_its_uploader_alone(api: ApiClient, clock: FixedClock) -> None:
    own = store_picture(photo(colour="red"), actor_id=SOMEBODY.user_id, clock=system_clock)
    foreign = store_picture(photo(colour="green"), actor_id=8, clock=system_clock)
    old = store_picture(photo(colour="blue"), actor_id=SOMEBODY.user_id, clock=clock)
    for size in ("", "/thumb"):
        paths = [f"/api/v1/media/{one.sha256}{size}" for one in (own, foreign, old)]
        answers = [api.get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [200, 404, 404]
        assert b"".join(answers[0])
        assert api.get(paths[1]).json()["code"] == api.get(f"/api/v1/media/{'0' * 64}").json()["code"]


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
def test_what_a_browser_keeps_of_a_picture_is_its_own_sessions(api: ApiClient) -> None:
    url = upload(api, photo()).json()["url"]
    served = api.get(url)
    assert b"".join(served)
    assert served["Cache-Control"] == "private, max-age=300"
    assert {"Cookie", "Authorization"} <= {part.strip() for part in served["Vary"].split(",")}
    again = api.get(url, headers={"If-None-Match": served["ETag"]})
    assert (again.status_code, again["ETag"], again.content) == (304, served["ETag"], b"")


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
def test_a_bad_upload_is_told_in_the_users_language(api: ApiClient) -> None:
    answer = upload(api, b"hello", **{"Accept-Language": "en-GB,en;q=0.9"})
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")
    body = answer.json()
    assert (body["code"], body["field"], body["status"]) == ("plumbing.pictures.not-a-picture", "file", 415)
    assert body["title"] == body["title_en"] == NotAPicture.title_en
    assert upload(api, b"hello").json()["title"] == NotAPicture.title


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
def test_a_form_without_file_says_which_field_is_missing(api: ApiClient) -> None:
    answer = api.post("/api/v1/media", {})
    assert answer.status_code == 422
    assert answer.json()["code"] == "plumbing.input.invalid"
    assert "file" in answer.json()["field"]


@pytest.mark.usefixtures("signed_in")
def test_a_body_of_40_mb_is_refused_by_size(api: ApiClient) -> None:
    answer = upload(api, os.urandom(40 * 2**20))
    assert answer.status_code == 413
    assert answer.json()["code"] == "plumbing.body.too-large"
    assert "20 MB" in answer.json()["title_en"]


@pytest.mark.django_db
def test_a_stranger_may_neither_send_nor_see_pictures(api: ApiClient, clock: FixedClock) -> None:
    picture = store_picture(photo(), actor_id=1, clock=clock)
    assert upload(api, photo()).status_code == 401
    assert api.get(f"/api/v1/media/{picture.sha256}").status_code == 401


@pytest.mark.django_db
@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("name", ["0" * 64, "..%2F..%2Fsecret", "A" * 64, "abc"])
def test_no_other_file_can_be_reached_by_name(api: ApiClient, name: str) -> None:
    assert api.get(f"/api/v1/media/{name}").status_code == 404


@pytest.mark.django_db
def test_a_full_disk_leaves_neither_a_half_file_nor_one_of_three(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "GEZHI_HOME", tmp_path)
    original = photo(300, "PNG", colour="purple") + b"x" * 30_000
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    copy = len(check(original).copy)
    assert copy < 20_000 < len(original)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            store_picture(original, actor_id=1, clock=clock)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not Picture.objects.exists()
    assert store_picture(original, actor_id=1, clock=clock).width == 300
