"""单元网格 come in from a file: checked, compared, entered on a day by a second person; the old ones end the day before."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from gezhi.kernel.coordinates import wgs84_to_gcj02
from gezhi.regions.actions import install_outlines, take_over_grids
from gezhi.regions.models import RegionOutline, UnitGrid
from gezhi.regions.queries import held_locator
from gezhi.regions.rules.divisions import OutlineRow
from gezhi.regions.rules.grid_change import OutsideReach
from tests.founding.rules.test_grids import KNOWN, SIDE, Feature, cell, feature, grids, set_shape, spoil
from tests.imports.conftest import Office

LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def empty(office: Office) -> Office:
    """The city with the border of its first community and without a grid."""
    UnitGrid.objects.all().delete()
    border = OutlineRow(KNOWN, shapely.to_wkb(cell(0, 0, SIDE, SIDE)))
    RegionOutline.objects.exclude(region_code="330782").delete()
    install_outlines([border], on=LONG_AGO, source="勘测")
    return office


def geojson(features: list[Feature]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def zipped(features: list[Feature], *, encoding: str = "GBK") -> bytes:
    """As a GIS office sends it: a Shapefile in a zip, with the names of its table in Chinese."""
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in features]
    codes = np.array([one["properties"]["BGCode"] for one in features], dtype=object)
    with TemporaryDirectory() as folder:
        pyogrio.raw.write(
            Path(folder, "网格.shp"),
            geometry=np.array(shapely.to_wkb(shapes), dtype=object),
            field_data=[codes, np.array(["通惠社区"] * len(codes), dtype=object)],
            fields=np.array(["标识码", "社区"]),
            geometry_type="Polygon",
            crs="EPSG:4490",
            encoding=encoding,
        )
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as pack:
            for path in Path(folder).iterdir():
                pack.write(path, path.name)
    return packed.getvalue()


def found(office: Office, run: dict[str, Any]) -> list[tuple[str, int | None, str]]:
    told = office.api.call("GET", f"/imports/{run['id']}/findings?limit=500").json()["items"]
    return [(one["code"], one["row"], one["value"]) for one in told]


def entered(office: Office, sign_in: Callable[[str], Any], content: bytes) -> dict[str, Any]:
    run = office.check(office.brought("grids", content))
    assert found(office, run) == []
    assert sign_in("sunping").status_code == 200
    done = office.apply(run)
    assert done["state"] == "done", done["failure"]
    sign_in("hezhen")
    return done


def office_on(office: Office, content: bytes, before: dict[str, Any]) -> dict[str, Any]:
    """Brought and checked for the day after another import begins."""
    day = date.fromisoformat(before["effective"]) + timedelta(days=1)
    return office.check(office.brought("grids", content) | {"effective": day.isoformat()})


def map_of(office: Office, run: dict[str, Any]) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = office.api.call("GET", f"/imports/{run['id']}/map").json()["features"]
    return features


def test_twenty_faults_of_a_file_of_grids_are_told_and_none_is_invented(empty: Office) -> None:
    features, faults = spoil()
    run = empty.check(empty.brought("grids", geojson(features)))
    assert run["failure"] is None
    assert sorted(found(empty, run), key=str) == sorted(faults, key=str)
    told = empty.api.call("GET", f"/imports/{run['id']}/map").json()
    levels = {one["properties"]["code"]: one["properties"]["level"] for one in told["features"]}
    assert levels[f"{KNOWN}001"] == "error"
    assert not told["capped"]
    assert empty.api.call("GET", f"/imports/{run['id']}/findings.xlsx").status_code == 200
    assert not UnitGrid.objects.exists()


@pytest.mark.parametrize("form", [geojson, zipped])
def test_a_clean_file_is_entered_by_a_second_person_and_comes_in_again_without_a_difference(
    empty: Office, sign_in: Callable[[str], Any], form: Callable[[list[Feature]], bytes]
) -> None:
    content = form(grids())
    run = empty.check(empty.brought("grids", content))
    assert (run["counts"]["new"], run["counts"]["ended"], run["counts"]["errors"]) == (108, 0, 0)
    refused = empty.api.call("POST", f"/imports/{run['id']}/apply")
    assert refused.json()["code"] == "imports.run.second-person"
    entered(empty, sign_in, content)
    again = empty.check(empty.brought("grids", content))
    assert (again["counts"]["unchanged"], again["counts"]["new"], again["counts"]["ended"]) == (108, 0, 0)


def test_an_increment_of_one_community_ends_and_begins_from_its_day_and_leaves_the_others(
    empty: Office, sign_in: Callable[[str], Any]
) -> None:
    done = entered(empty, sign_in, geojson(grids()))
    _, _, *rest = [one for one in grids() if one["properties"]["BGCode"].startswith(KNOWN)]
    joined = feature(f"{KNOWN}101", cell(0, 0, 2, 1))
    run = office_on(empty, geojson([joined, *rest]), done)
    assert found(empty, run) == []
    counts = run["counts"]
    assert (counts["new"], counts["ended"], counts["unchanged"]) == (1, 2, 34)
    changes = empty.api.call("GET", f"/imports/{run['id']}/changes").json()["items"]
    assert [(one["act"], one["key"]) for one in changes] == [
        ("add", f"{KNOWN}101"), ("end", f"{KNOWN}001"), ("end", f"{KNOWN}002"),
    ]  # fmt: skip
    acts = {one["properties"]["code"]: one["properties"]["act"] for one in map_of(empty, run)}
    assert acts == {f"{KNOWN}101": "add", f"{KNOWN}001": "end", f"{KNOWN}002": "end"}
    sign_in("sunping")
    assert empty.apply(run)["state"] == "done"
    place = shapely.centroid(cell(0, 0))
    days = [date.fromisoformat(one["effective"]) for one in (done, run)]
    assert [held_locator(day).locate(place.x, place.y).grid_code for day in days] == [f"{KNOWN}001", f"{KNOWN}101"]
    assert UnitGrid.objects.filter(valid_to=None).count() == 107
    sign_in("hezhen")
    again = office_on(empty, geojson(grids()), run)
    assert sorted(found(empty, again)) == [("key.ended", 1, f"{KNOWN}001"), ("key.ended", 2, f"{KNOWN}002")]


def test_the_shape_of_a_number_that_stands_is_not_changed(empty: Office, sign_in: Callable[[str], Any]) -> None:
    done = entered(empty, sign_in, geojson(grids()))
    features = grids()
    set_shape(features[0], cell(0, 0, 0.5))
    features.append(feature(f"{KNOWN}102", cell(0.5, 0, 0.5)))
    run = office_on(empty, geojson(features), done)
    assert [one[:2] for one in found(empty, run)] == [("change.refused", 1)]
    sign_in("sunping")
    assert empty.api.call("POST", f"/imports/{run['id']}/apply").json()["code"] == "imports.run.has-errors"


def test_a_file_of_another_city_and_a_file_that_a_web_map_has_shifted_are_named(empty: Office) -> None:
    foreign = [feature(f"410102001001{k:03d}", cell(k, 9)) for k in range(1, 4)]
    assert [one[0] for one in found(empty, empty.check(empty.brought("grids", geojson(foreign))))] == ["code.foreign"]
    shifted = [in_gcj02(one) for one in grids()]
    run = empty.check(empty.brought("grids", geojson(shifted)))
    assert [one[0::2] for one in found(empty, run)] == [("shape.shifted", "gcj02")]
    (told,) = empty.api.call("GET", f"/imports/{run['id']}/findings").json()["items"]
    assert "坐标系和启用日期" in told["cure"]["zh"]


def test_shapes_of_a_stated_system_land_where_they_are(empty: Office, sign_in: Callable[[str], Any]) -> None:
    shifted = [in_gcj02(one) for one in grids()]
    run = empty.brought("grids", geojson(shifted))
    body = {"columns": [], "effective": run["effective"], "system": "gcj02"}
    assert empty.api.call("POST", f"/imports/{run['id']}/check", body).status_code == 200
    from gezhi.imports.jobs import check

    check(run["id"], empty.attempt(run))
    assert found(empty, run) == []
    sign_in("sunping")
    assert empty.apply(run)["state"] == "done"
    codes = [one["properties"]["BGCode"] for one in grids()]
    middles = [shapely.centroid(shapely.from_geojson(json.dumps(one["geometry"]))) for one in grids()]
    locator = held_locator(date.fromisoformat(run["effective"]))
    assert [locator.locate(at.x, at.y).grid_code for at in middles] == codes


def test_what_is_no_file_of_shapes_and_a_day_that_has_come_are_refused(empty: Office) -> None:
    answer = empty.bring("grids", "账号,姓名\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "imports.grid-files.no-shapes")
    run = empty.brought("grids", geojson(grids()))
    body = {"columns": [], "effective": "2026-01-01"}
    early = empty.api.call("POST", f"/imports/{run['id']}/check", body)
    assert (early.status_code, early.json()["code"]) == (422, "imports.run.grids-begin-tomorrow")
    assert empty.api.call("GET", "/imports/exports/grids.xlsx").status_code == 404


def in_gcj02(one: Feature) -> Feature:
    shape = shapely.transform(shapely.from_geojson(json.dumps(one["geometry"])), gcj02)
    return {**one, "geometry": json.loads(shapely.to_geojson(shape))}


def gcj02(points: Any) -> Any:
    return np.array([wgs84_to_gcj02(lon, lat) for lon, lat in points])


def test_a_grid_only_ends_and_whoever_keeps_another_street_may_not_end_it(
    empty: Office, sign_in: Callable[[str], Any]
) -> None:
    done = entered(empty, sign_in, geojson(grids()))
    run = office_on(empty, geojson(grids()[1:]), done)
    assert (run["counts"]["new"], run["counts"]["ended"], run["counts"]["errors"]) == (0, 1, 0)
    day = date.fromisoformat(run["effective"])
    with pytest.raises(OutsideReach):
        take_over_grids([f"{KNOWN}001"], [], on=day, source="", regions=["330782002"])
    sign_in("sunping")
    assert empty.apply(run)["state"] == "done"
    assert UnitGrid.objects.filter(valid_to=None).count() == 107
