"""The table of the local policy. It keeps the name that its rows have in the journal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class LocalPolicyVersion(models.Model):
    """地方规定: the versions of what a city set for its cases, by date of effect; who changed it, who approved, and why."""

    node = models.TextField()
    valid_from = models.DateField()
    document = models.JSONField()
    changed_by = models.BigIntegerField(db_default=0)
    approved_by = models.BigIntegerField(null=True)
    reason = models.TextField(db_default="")

    class Meta:
        db_table = "cases_local_policy"
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "valid_from"], name="cases_local_policy_once")]
