"""What is odd about pictures reaches whoever judges them, on lists and case pages; of another case only who may see it
hears.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from gezhi.kernel.permissions import Role
from gezhi.people.queries import get_actor
from gezhi.plumbing.clock import system_clock
from tests.cases.city import LITTER, LITTER_ROW, City, living_city
from tests.cases.test_api import Browser, desk, refused
from tests.evidence.copies import WAYS, as_file
from tests.evidence.streets import draw_street
from tests.fixtures import StatementCount

STREET = draw_street(41)
WEST, EAST = "990101001", "990102001"


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def taken(number: int, *, hours_ago: int = 0, spot: tuple[float, float] | None = None, software: str = "") -> bytes:
    """A drawn street as a camera would hand it over."""
    fields = Image.Exif()
    moment = datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8 - hours_ago)
    fields.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"{moment:%Y:%m:%d %H:%M:%S}"
    if spot is not None:
        position: dict[int, Any] = {GPS.GPSLongitude: (spot[0], 0.0, 0.0), GPS.GPSLatitude: (spot[1], 0.0, 0.0)}
        fields.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLongitudeRef: "E", **position})
    if software:
        fields[Base.Software] = software
    buffer = io.BytesIO()
    draw_street(number).save(buffer, "JPEG", quality=90, exif=fields)
    return buffer.getvalue()


def upload(browser: Browser, content: bytes) -> str:
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    file = SimpleUploadedFile("a.jpg", content, content_type="image/jpeg")
    answer = browser.post("/api/v1/media", {"file": file}, headers={"X-CSRFToken": token})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["sha256"])


def report(browser: Browser, city: City, region: str, *pictures: bytes) -> dict[str, Any]:
    spot = city.spot(region)
    sent = {"channel": "collector", "lon": spot.lon, "lat": spot.lat, "place": "鹭桥路口", "description": "一堆垃圾"}
    subject = {"class_key": LITTER, "row_key": LITTER_ROW, "pictures": [upload(browser, one) for one in pictures]}
    answer = browser.send("/cases", {**sent, **subject})
    assert answer.status_code == 201, answer.content
    case: dict[str, Any] = browser.call("GET", f"/cases/{answer.json()['id']}").json()
    return case


def remarks_on(browser: Browser, case: dict[str, Any]) -> list[str]:
    page = browser.call("GET", f"/cases/{case['id']}").json()
    return [remark["zh"] for picture in page["before"] + page["after"] for remark in picture["remarks"]]


def marks_in_list(browser: Browser, case: dict[str, Any]) -> list[str]:
    rows = browser.call("GET", "/cases?limit=200&sort=newest").json()["items"]
    (row,) = [row for row in rows if row["id"] == case["id"]]
    marks: list[str] = row["picture_marks"]
    return marks


@pytest.mark.parametrize("way", ["saved again", "mirrored"])
def test_a_copied_picture_in_a_report_is_marked_and_its_first_case_is_named_to_whoever_may_see_it_alone(
    now_city: City, way: str
) -> None:
    west, east = (Browser().sign_in(now_city.collector(region)) for region in (WEST, EAST))
    first = report(west, now_city, WEST, as_file(STREET, quality=90))
    assert (first["picture_marks"], remarks_on(west, first)) == ([], [])
    second = report(east, now_city, EAST, WAYS[way](STREET, Random(1)))
    seat = desk(now_city, Role.ACCEPTOR)
    assert remarks_on(seat, second) == [f"与案件 {first['no']} 的照片相同"]
    assert remarks_on(seat, first) == [f"与案件 {second['no']} 的照片相同"]
    for reader, own, other in ((east, second, first), (west, first, second)):
        page = reader.call("GET", f"/cases/{own['id']}")
        assert remarks_on(reader, own) == ["与另一案件的照片相同"]
        assert other["no"] not in page.content.decode()
        assert reader.call("GET", f"/cases/{other['id']}").status_code == 404
        assert marks_in_list(reader, own) == marks_in_list(seat, own) == ["repeated"]


def test_a_copied_picture_as_proof_is_refused_and_its_case_named_to_whoever_may_see_it_alone(now_city: City) -> None:
    west, east = (Browser().sign_in(now_city.collector(region)) for region in (WEST, EAST))
    first = report(west, now_city, WEST, as_file(STREET, quality=90))
    second = report(east, now_city, EAST, as_file(draw_street(42), quality=90))
    copy = WAYS["scaled"](STREET, Random(1))
    assert desk(now_city, Role.ACCEPTOR).act(second["id"], "require_verification").status_code == 200
    spot = {"lon": second["lon"], "lat": second["lat"]}
    task = now_city.state(UUID(second["id"])).open_task
    assert task is not None
    sent_there = Browser().sign_in(get_actor(task.collector, now=system_clock()))
    answer = sent_there.act(
        second["id"], "complete_verification", real=True, pictures=[upload(sent_there, copy)], **spot
    )
    assert refused(answer) == (409, "cases.evidence.picture-known")
    assert "另一案件" in answer.json()["title_zh"]
    assert first["no"] not in answer.content.decode()


ODD: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "plain": ({}, [], []),
    "without a fix": ({"spot": (0.0, 0.0)}, [], []),
    "long before": ({"hours_ago": 72}, ["old"], ["提交前 72 小时拍摄"]),
    "of another time zone": ({"hours_ago": -3}, ["future"], ["拍摄时间晚于提交时间"]),
    "edited": ({"software": "GIMP 2.10.36"}, ["edited"], ["经 GIMP 编辑"]),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_about_a_picture_is_told_on_the_list_and_on_the_case_page(now_city: City, case: str) -> None:
    given, marks, sentences = ODD[case]
    collector = Browser().sign_in(now_city.collector(WEST))
    begun = report(collector, now_city, WEST, taken(43, **given))
    seat = desk(now_city, Role.ACCEPTOR)
    assert (marks_in_list(seat, begun), remarks_on(seat, begun)) == (marks, sentences)


def test_a_picture_from_far_away_and_one_without_facts_beside_others_are_told(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector(WEST))
    spot = now_city.spot(WEST)
    far = report(collector, now_city, WEST, taken(44, spot=(spot.lon, spot.lat + 0.01)), as_file(draw_street(45)))
    seat = desk(now_city, Role.ACCEPTOR)
    assert marks_in_list(seat, far) == ["far", "no_facts"]
    assert remarks_on(seat, far) == ["拍摄地点距案件约 1112 米", "无拍摄信息，同批其他照片有"]


def test_a_list_with_marked_pictures_needs_no_statement_more(now_city: City, statement_count: StatementCount) -> None:
    collector, seat = Browser().sign_in(now_city.collector(WEST)), desk(now_city, Role.ACCEPTOR)

    def statements() -> int:
        with statement_count() as counted:
            assert seat.call("GET", "/cases?limit=200").status_code == 200
        return counted.total

    report(collector, now_city, WEST, as_file(draw_street(46)))
    statements()
    few = statements()
    for number in (47, 48, 49):
        report(collector, now_city, WEST, taken(number, software="GIMP"), as_file(draw_street(number)))
    assert statements() == few
