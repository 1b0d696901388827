"""地图窗口: the cases of a window, single where they are few, gathered by cells where they are many. One statement."""

from __future__ import annotations

from math import cos, radians

import msgspec
from django.db import connection

from gezhi.cases.queries.lateness import LIGHT
from gezhi.kernel.permissions import Actor
from gezhi.worklists.queries.worklist import Filters, conditions_of

SINGLE_FROM_ZOOM = 15
MOST = 1_500
IN_BOX = "point(c.lon, c.lat) <@ box(point(%s, %s), point(%s, %s))"
CELL_PX, TILE_PX = 88, 512  # a gathered spot is drawn about 40 px wide


class Spot(msgspec.Struct, frozen=True):
    """One case, or several gathered: their middle, how many, the worst light (3 red, 2 yellow, 1 green, 0 none)."""

    lon: float
    lat: float
    count: int
    worst: int
    case_id: str | None
    status: str | None
    class_key: str | None


def list_spots(
    filters: Filters, actor: Actor, box: tuple[float, float, float, float], *, zoom: float, now: int
) -> list[Spot]:
    """Spots of a window (west, south, east, north). Below the zoom of single cases they are gathered in square cells
    of the screen; what stands alone there is looked up afterwards, so that the gathering needs nothing but an index.
    """
    west, south, east, north = box
    where, values = conditions_of(filters, actor, now)
    cell_x = CELL_PX * 360 / (TILE_PX * 2**zoom)
    cell_y = cell_x * cos(radians((south + north) / 2))
    group = "c.id" if zoom >= SINGLE_FROM_ZOOM else "floor(c.lon / %s), floor(c.lat / %s)"
    # Over a wide window the few open cases are found by their own index; that of points would give all there ever were.
    is_wide = zoom < SINGLE_FROM_ZOOM and filters.queue is not None and not filters.queue.finished
    inside = "c.lon >= %s AND c.lat >= %s AND c.lon <= %s AND c.lat <= %s" if is_wide else IN_BOX
    sql = f"""
        WITH spots AS (
            SELECT avg(c.lon) AS lon, avg(c.lat) AS lat, count(*) AS count,
                   max({LIGHT.format(now="%s")}) AS worst, min(c.id::text) AS id
            FROM cases_case c WHERE {inside} AND {where} GROUP BY {group} LIMIT {MOST}
        )
        SELECT spots.lon, spots.lat, spots.count, spots.worst, c.id::text, c.status, c.class_key
        FROM spots LEFT JOIN cases_case c ON c.id = CASE WHEN spots.count = 1 THEN spots.id::uuid END
    """
    cells = [] if zoom >= SINGLE_FROM_ZOOM else [cell_x, cell_y]
    with connection.cursor() as cursor:
        cursor.execute(sql, [now, now, west, south, east, north, *values, *cells])
        rows = cursor.fetchall()
    return [Spot(*row) for row in rows]
