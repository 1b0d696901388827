"""The type of a column that holds a transaction's id."""

from __future__ import annotations

from typing import Any

from django.db import models


class TransactionIdField(models.BigIntegerField):  # type: ignore[type-arg]
    """A 64-bit transaction id: what a change cursor compares with the oldest transaction still under way."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002
        return "xid8"
