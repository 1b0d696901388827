"""What is counted of many cases is read off an index alone; the lists that most people open come in its order."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from django.db import connection

from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.queries.shares import SHARES
from gezhi.cases.queries.states import Nearby, find_duplicates
from gezhi.desks.queries.case_map import list_spots
from gezhi.kernel.permissions import Role
from gezhi.ledgers.queries.unit_shares import list_unit_shares
from gezhi.plumbing.versions import forget_all
from gezhi.policy.actions import put_local_policy_in_force
from gezhi.policy.queries import held_policy
from gezhi.policy.rules.platform_levels import PlatformLevels
from gezhi.worklists.queries.worklist import Filters, count_queues, list_cases
from gezhi.worklists.rules.queues import queue_of, queues_of
from tests.bench.statements import statements
from tests.cases.city import City
from tests.fixtures import StatementCount

TODAY = date(2026, 3, 2)


def columns_of(index: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", [index])
        return {name for (name,) in cursor.fetchall()}


def asked_of_cases(sent: list[str]) -> set[str]:
    """The columns of cases that statements name, but for what stands alone on a map and is looked up afterwards."""
    return {name for sql in sent for name in re.findall(r"\bc\.(\w+)", sql.partition("SELECT spots.")[0])}


def test_counts_of_open_cases_need_nothing_but_their_index(city: City, statement_count: StatementCount) -> None:
    policy = held_policy().on(TODAY)
    mode = PlatformLevels(held_policy().node[:4], "一级监督、两级指挥", ((1, 2, 6, 7), (3, 4, 5)))
    put_local_policy_in_force(held_policy().node, msgspec.structs.replace(policy, platforms=(mode,)), valid_from=TODAY)
    forget_all()
    dispatcher, leader = city.actor(Role.DISPATCHER), city.actor(Role.LEADER)
    with statement_count() as counted:
        count_queues(tuple(one for one in queues_of(Role.DISPATCHER) if not one.deciding), dispatcher, now=city.clock())
        every = Filters(queue=queue_of("all_open"))
        list_spots(every, leader, (118.0, 31.0, 119.0, 32.0), zoom=10, now=city.clock())
    asked = asked_of_cases(counted.sql)
    assert {"stage", "lon", "warn_at"} <= asked <= columns_of("cases_case_open_figures")


def test_shares_of_units_need_nothing_but_the_indexes_of_what_was_dispatched(
    city: City, statement_count: StatementCount
) -> None:
    with statement_count() as counted:
        list_unit_shares(
            city.actor(Role.LEADER), held_matrix().on(TODAY), since=0, until=city.clock(), now=city.clock()
        )
    (given,) = (sql.partition("UNION ALL")[0] for sql in counted.sql if "UNION ALL" in sql)
    assert set(re.findall(r"\ba\.(\w+)", given)) <= columns_of("cases_dispatch_month")
    assert set(re.findall(r"\bd\.(\w+)", SHARES)) == columns_of("cases_dispatch_unit")


@pytest.mark.parametrize("light", ["", "red", "yellow", "green", "none"])
def test_the_most_urgent_of_all_cases_come_in_the_order_of_an_index(city: City, light: str) -> None:
    acceptor = city.actor(Role.ACCEPTOR)
    with statements() as sent:
        list_cases(Filters(light=light), acceptor, now=city.clock(), sort="due", after=None, limit=50)
    ((sql, values),) = sent
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "cases_case_due" in plan
    assert "Sort" not in plan


def test_likely_duplicates_are_never_looked_for_among_all_that_is_open(city: City) -> None:
    with statements() as sent:
        find_duplicates({city.ids(): Nearby("2013-part-0101", "2013-part-01", 0, 118.0, 31.0, 118.01, 31.01)})
    ((sql, values),) = sent
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, indpred IS NOT NULL FROM pg_index"
            " WHERE indrelid = 'cases_case'::regclass AND NOT indisunique"
        )
        partial = dict(cursor.fetchall())
        cursor.execute(f"DROP INDEX {', '.join(name for name, is_partial in partial.items() if not is_partial)}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert not [name for name, is_partial in partial.items() if is_partial and name in plan]
