"""Many rows in one statement, whatever stands in the table already."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from gezhi.plumbing.database import SchemaOlder, find_ready, insert_rows

pytestmark = pytest.mark.django_db


def stored() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM plumbing_register_version WHERE name LIKE 'lamp%' ORDER BY name")
        return list(cursor.fetchall())


def row(name: str, number: int) -> dict[str, Any]:
    return {"name": name, "number": number}


def test_rows_are_written_in_one_statement_with_the_types_of_the_table(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert insert_rows("plumbing_register_version", [row("lamp a", 1), row("lamp b", 2**40)]) == 2
    assert stored() == [("lamp a", 1), ("lamp b", 2**40)]


def test_no_rows_need_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert insert_rows("plumbing_register_version", []) == 0


def test_a_row_that_stands_is_refused_replaced_or_left() -> None:
    insert_rows("plumbing_register_version", [row("lamp a", 1)])
    assert insert_rows("plumbing_register_version", [row("lamp a", 2), row("lamp b", 2)], once=("name",)) == 1
    assert stored() == [("lamp a", 1), ("lamp b", 2)]
    assert insert_rows("plumbing_register_version", [row("lamp a", 3)], replacing=("name",)) == 1
    assert stored() == [("lamp a", 3), ("lamp b", 2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows("plumbing_register_version", [row("lamp a", 4)])


def test_tables_of_an_older_version_are_told_in_one_sentence_with_what_to_run(settings: Any) -> None:
    settings.GEZHI_EMBEDDED = False
    find_ready()
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("plumbing", "0010_pictures_sent_again")
    with pytest.raises(SchemaOlder) as refused:
        find_ready()
    assert refused.value.details == {"count": 1}
    assert "gezhi migrate" in refused.value.text()
    recorder.migration_qs.all().delete()
    with pytest.raises(SchemaOlder):
        find_ready()
