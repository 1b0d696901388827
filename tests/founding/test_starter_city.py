"""起步文件夹到结案: a county-level city of another province from what the command writes, and nothing of any other."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from django.db import connection
from psycopg import sql

from gezhi.cases.rules.stages import Status
from gezhi.duties.queries import node_regions
from gezhi.founding.actions import found_city
from gezhi.founding.queries import read_city_divisions, read_shipped, read_templates
from gezhi.founding.queries.readiness import gather_first
from gezhi.founding.rules.check_folder import check_folder
from gezhi.founding.rules.readiness import blocking, first_items
from gezhi.founding.rules.starter import starter_folder
from gezhi.founding.rules.starter_ground import starter_ground
from gezhi.people.actions import set_password
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from tests.cases.city import City
from tests.fixtures import FixedClock

SHISHI, SINCE, TODAY = "350581", date(2026, 11, 1), date(2026, 12, 1)
OWN = "market-on-the-river-7"
ELSEWHERE = "河南|郑州|Henan|Zhengzhou|义乌"
CODE_ELSEWHERE = r"(^|[^0-9a-f.])(41|33)[0-9]{2}(00|[0-9]{5}([0-9]{3}){0,2})([^0-9a-f.]|$)"
"""Of a city, a street, a community or a grid: six digits alone may be an area in square metres."""
POSTS = {
    "cai": "collection-collector",
    "shou": "supervision-acceptor",
    "zhi": "supervision-duty-officer",
    "pai": "command-dispatcher",
    "chu": "enforcement-handler",
}


def everywhere(words: str) -> list[str]:
    """Rows of all tables in which such words stand."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found: list[str] = []
        for name in tables:
            query = sql.SQL("SELECT t::text FROM {} t WHERE t::text ~ %s LIMIT 1").format(sql.Identifier(name))
            found += [f"{name}: {text}" for (text,) in cursor.execute(query, [words]).fetchall()]
    return found


@pytest.mark.django_db
def test_a_starter_folder_with_five_people_more_brings_a_report_to_closing(clock: FixedClock) -> None:
    ground = starter_ground({SHISHI: shapely.box(118.62, 24.71, 118.68, 24.77)})
    files = starter_folder(read_city_divisions(SHISHI), read_templates(), on=SINCE, ground=ground, source="某处")
    files["people.csv"] += "".join(f"{name},{name},{post},,zh,,\n" for name, post in POSTS.items())
    city = check_folder({name: text.encode() for name, text in files.items()}, read_shipped(), today=TODAY).city
    assert city is not None
    found_city(city, clock=clock)
    for name in POSTS:
        set_password(held_directory().user_ids[name], OWN)
    assert blocking(first_items(gather_first(node_regions(), TODAY))) == []

    town = City(FixedClock(system_clock() - 3_600))
    case_id = town.begin(town.reported(town.spot(SHISHI), address="八七路"), town.collector(SHISHI))
    town.lead(case_id, Status.CLOSED)
    state = town.state(case_id)
    assert (state.status, state.no[:6], state.place.area[:6]) == (Status.CLOSED, SHISHI, SHISHI)
    assert everywhere("石狮市")
    assert everywhere(ELSEWHERE) + everywhere(CODE_ELSEWHERE) == []
