"""Reads of the simulation: shipped presets, the marked city, grids to let things happen in, paths of the life-cycle."""

from __future__ import annotations

import gzip
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from uuid import UUID

import msgspec
import shapely
from django.db import connection

from gezhi.cases.models import Case
from gezhi.documents.models import Version
from gezhi.plumbing.register_rows import record_of
from gezhi.regions.models import UnitGrid
from gezhi.regions.rules.divisions import Division, read_divisions, read_reporting
from gezhi.regions.rules.reporting import ReportsTo
from gezhi.simulation.models import SimulatedCity
from gezhi.simulation.rules.afterwards import Afterwards
from gezhi.simulation.rules.city_plan import City, read_city_plan, rows_of
from gezhi.simulation.rules.demand import Habits, Spot, Theme
from gezhi.simulation.rules.paths import PATHS, PathCount, count_paths
from gezhi.simulation.rules.shapes import Shapes, read_shapes
from gezhi.simulation.rules.texts import Texts
from gezhi.supervision import models as supervision
from gezhi.supervision.rules.accountability import AccountabilityRecord
from gezhi.supervision.rules.ownerless import Settlement

SHIPPED_DIVISIONS = ("henan.csv", "henan_streets.csv.gz", "zhengzhou_communities.csv.gz")
SHIPPED_REPORTING = "henan_reporting.csv"
SHIPPED_SOURCE = "china-division 2.7.0, 国家统计局 2023-06-30"
SHIPPED_SINCE = date(2023, 6, 30)


def _presets() -> Traversable:
    return files("gezhi.simulation").joinpath("presets")


def _text(name: str) -> str:
    return _presets().joinpath(name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def list_presets() -> list[str]:
    """The cities that are shipped."""
    return sorted(folder.name for folder in _presets().joinpath("cities").iterdir() if folder.is_dir())


@cache
def read_city(preset: str) -> City:
    """A shipped city by the name of its folder."""
    folder = _presets().joinpath("cities", preset)
    return read_city_plan({file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.is_file()})


@cache
def read_shipped_divisions() -> tuple[tuple[Division, ...], tuple[ReportsTo, ...]]:
    """预置区划: the divisions in which a city lies that brings none of its own, and who reports to whom there."""
    divisions = [one for name in SHIPPED_DIVISIONS for one in read_divisions(_division_table(name))]
    return tuple(divisions), tuple(read_reporting(_division_table(SHIPPED_REPORTING)))


def divisions_of(city: City) -> tuple[tuple[Division, ...], tuple[ReportsTo, ...]]:
    """A city's own divisions, else those that are shipped."""
    return (city.divisions, city.reporting) if city.divisions else read_shipped_divisions()


def _division_table(name: str) -> str:
    raw = _presets().joinpath("divisions", name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")


def read_demo() -> dict[str, str]:
    """Which city `gezhi demo` builds by itself, and the password of its people."""
    return _toml("demo.toml")


def read_names() -> dict[str, str]:
    return _toml("names.toml")


def read_texts() -> Texts:
    return msgspec.convert(_toml("texts.toml"), Texts)


def read_afterwards() -> Afterwards:
    return msgspec.convert(_toml("afterwards.toml"), Afterwards)


def read_habits() -> Habits:
    return msgspec.convert(_toml("behaviour.toml"), Habits)


def read_themes() -> tuple[Theme, ...]:
    return msgspec.convert(rows_of(_text("demand.csv")), tuple[Theme, ...], strict=False)


def read_measured_shapes(source: str) -> Shapes:
    return read_shapes(rows_of(_text("shapes.csv")), source=source)


def read_mark() -> str:
    return _text("mark.txt")


def get_simulated_city() -> SimulatedCity | None:
    """The mark of a demonstration database; None where the database is not one."""
    return SimulatedCity.objects.first()


def is_laid() -> bool:
    """Whether the tables of some version stand in this database."""
    return SimulatedCity._meta.db_table in connection.introspection.table_names()  # noqa: SLF001


def count_cases() -> int:
    return Case.objects.count()


def list_spots() -> list[Spot]:
    """Every unit grid with a point inside it."""
    rows = list(UnitGrid.objects.filter(valid_to=None).order_by("code").values_list("code", "wkb"))
    points = shapely.get_coordinates(shapely.point_on_surface(shapely.from_wkb([bytes(wkb) for _, wkb in rows])))
    return [Spot(code, lon, lat) for (code, _), (lon, lat) in zip(rows, points.tolist(), strict=True)]


REOPENED = """
    SELECT DISTINCT ON (case_id) case_id, extract(epoch FROM recorded_at)::bigint FROM cases_log_entry
    WHERE kind = 'reopened' AND recorded_at < to_timestamp(%s) ORDER BY case_id, seq
"""
UNOWNED = """
    SELECT c.id, extract(epoch FROM marked.recorded_at)::bigint FROM cases_case c
    JOIN LATERAL (SELECT recorded_at FROM cases_log_entry e
                  WHERE e.case_id = c.id AND e.kind = 'marked_unowned' ORDER BY seq DESC LIMIT 1) marked ON true
    WHERE c.difficulty = 'unowned' ORDER BY marked.recorded_at, c.id
"""


def list_reopened(before: int) -> list[tuple[UUID, int]]:
    """Cases that were reopened before a moment, and when first."""
    with connection.cursor() as cursor:
        cursor.execute(REOPENED, [before])
        return list(cursor.fetchall())


def list_unowned() -> list[tuple[UUID, int]]:
    """Cases without owner, the longest first, and since when."""
    with connection.cursor() as cursor:
        cursor.execute(UNOWNED)
        return list(cursor.fetchall())


def list_settled(limit: int) -> list[Settlement]:
    """What was settled last."""
    rows = supervision.Settlement.objects.order_by("-settled_at", "id")[:limit]
    return [record_of(Settlement, row) for row in rows]


def list_proposed_by_rule() -> list[AccountabilityRecord]:
    """What the rules have proposed for the ledger of accountability and nobody has judged."""
    rows = supervision.AccountabilityEntry.objects.filter(proposed_by=0, state="proposed").order_by("id")
    return [record_of(AccountabilityRecord, row) for row in rows]


def get_version(version_id: UUID) -> Version:
    return Version.objects.select_related("document").get(id=version_id)


COUNT_KINDS = """
    SELECT path, count(*) FROM (
        SELECT DISTINCT case_id, {path} AS path FROM cases_log_entry
    ) taken WHERE path IS NOT NULL GROUP BY path
"""


def list_paths() -> list[PathCount]:
    """办理路径: how many cases took which path of the life-cycle, counted from the log."""
    whens = " ".join(f"WHEN {path.sql} THEN '{path.word}'" for path in PATHS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT case_id) FROM cases_log_entry")
        (total,) = cursor.fetchone()
        cursor.execute(COUNT_KINDS.format(path=f"CASE {whens} END"))
        counts = dict(cursor.fetchall())
    return count_paths(counts, total)
