from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gezhi.duties.rules.duty_row import Basis, DutyRowData
from tests.databases import database
from tests.fixtures import FixedClock
from tests.people.invented import ORGANISATIONS, PASSWORD, POSTS, START, USERS


@pytest.fixture
def town(_built: SimpleNamespace, db: None) -> SimpleNamespace:
    return _built


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    with database("town_with_duties", build, django_db_blocker) as town:
        yield town


def build() -> SimpleNamespace:
    """The invented city with divisions, the classes of 2013 and a duty table of five rows."""
    import shapely

    from gezhi.catalog.actions import install_preset_edition, put_edition_in_force
    from gezhi.duties import actions
    from gezhi.people import actions as people
    from gezhi.regions.actions import install_divisions, install_outlines
    from gezhi.regions.rules.divisions import Division, OutlineRow
    from gezhi.regions.rules.levels import RegionKind

    bodies = people.install_organisations(ORGANISATIONS)
    posts = people.install_posts(POSTS)
    users = people.install_people(USERS, password_hash=people.hash_password(PASSWORD))
    install_preset_edition("2013")
    put_edition_in_force("2013", valid_from=START)
    divisions = [
        Division("370000", "东省", RegionKind.PROVINCE, ""),
        Division("370900", "海城市", RegionKind.PREFECTURE_CITY, "370000"),
        Division("370902", "东区", RegionKind.DISTRICT, "370900"),
        Division("370902003", "石桥街道", RegionKind.STREET, "370902"),
        Division("370902004", "柳园街道", RegionKind.STREET, "370902"),
        Division("370902003001", "石桥社区", RegionKind.COMMUNITY, "370902003"),
    ]
    install_divisions(divisions, [], on=START)
    square = shapely.to_wkb(shapely.box(117.0, 36.0, 117.1, 36.1))
    install_outlines([OutlineRow("370902", square)], on=START, source="test")

    def row(selector: str, area: str, unit: str, *, kind: str = "part") -> DutyRowData:
        return DutyRowData(
            edition="2013",
            kind=kind,
            selector=selector,
            area_code=area,
            unit_id=bodies[unit],
            valid_from=START,
            basis_kind=Basis.MINUTES,
            basis="联席会议纪要",
        )

    rows = [
        row("*", "", "roads"),
        row("04", "", "parks"),
        row("0101", "370902", "roads-crew"),
        row("*", "370902003", "parks", kind="matter"),
        row("0101", "370902003001007", "parks"),
    ]
    actions.install_duty_rows(rows, clock=FixedClock())
    return SimpleNamespace(bodies=bodies, posts=posts, users=users)
