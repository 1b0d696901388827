from __future__ import annotations

import psycopg
import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as BaseWrapper
from django.dispatch import Signal

from gezhi.plumbing.database import prepared_cursor


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    connection.close()


def pid_of_server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_kept_from_one_request_to_the_next_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(self: BaseWrapper) -> bool:
        raise AssertionError("the server was asked")

    first = pid_of_server()
    monkeypatch.setattr(BaseWrapper, "is_usable", ask)
    request_started.send(None, environ={})
    assert pid_of_server() == first


def terminate(backend: int) -> None:
    settings = connection.settings_dict
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def terminate_and_ask(backend: int) -> None:
    terminate(backend)
    pid_of_server()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signal", [request_started, request_finished])
def test_a_connection_that_was_lost_in_the_middle_is_replaced_where_the_next_request_begins(signal: Signal) -> None:
    first = pid_of_server()
    terminate(first)
    with pytest.raises(OperationalError):
        pid_of_server()
    signal.send(None, environ={})
    assert pid_of_server() != first


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_inside_a_transaction_is_replaced_too() -> None:
    first = pid_of_server()
    with pytest.raises(OperationalError), transaction.atomic():
        terminate_and_ask(first)
    request_started.send(None, environ={})
    assert pid_of_server() != first


@pytest.mark.django_db(transaction=True)
def test_a_connection_whose_server_has_gone_is_replaced_before_the_request_sees_it() -> None:
    first = pid_of_server()
    terminate(first)
    request_started.send(None, environ={})
    assert pid_of_server() != first


@pytest.mark.django_db(transaction=True)
def test_a_statement_of_a_hot_path_is_planned_once_whatever_its_parameters() -> None:
    for number in range(6):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT name FROM plumbing_register_version WHERE number = %s", [number])
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement ~ 'number = '")
        planned = cursor.fetchall()
    assert [(once > 0, anew) for once, anew in planned] == [(True, 0)]
