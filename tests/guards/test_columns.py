"""Columns are declared once: what `columns.py` says of cases, log and ledger is what the tables of Django hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from gezhi.cases.actions import record
from gezhi.cases.models import Case, CaseApplication, LogEntry, PictureUse, SentReport

POSTGRES = {"moment": "timestamp with time zone", "hash": "bytea"}
STAMPED = {"changed": "xid8"}  # by the writing statement itself
LATER = {"erased_at": "timestamp with time zone"}  # by nobody at the beginning
WRITTEN: dict[type[Model], dict[str, str]] = {
    Case: {**record.FIXED, **record.MOVING, **STAMPED},
    LogEntry: record.LOGGED,
    CaseApplication: record.APPLIED,
    SentReport: {**record.SENT, **LATER},
    PictureUse: record.USED,
}


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_every_column_is_written_and_every_written_column_stands_in_the_table(model: type[Model]) -> None:
    declared = {name: POSTGRES.get(kind, kind) for name, kind in WRITTEN[model].items()}
    fields: dict[str, Any] = {str(field.column): field.db_type(connection) for field in model._meta.concrete_fields}
    wrong = {
        name: f"{kind}, in the table {fields.get(name)}" for name, kind in declared.items() if fields.get(name) != kind
    }
    assert wrong == {}, "declared in gezhi/cases/rules/columns.py otherwise than in models.py"
    assert sorted(set(fields) - set(declared)) == [], "in models.py but not in gezhi/cases/rules/columns.py"
