"""Tables of the desks. What was signed refuses every change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ShiftEntry(models.Model):
    """交接班记录: append-only. The first entry of a hand-over is the signature of the turn that goes off, with its sheet;
    questions, answers and the signature of the turn that comes on follow.
    """

    pk = models.CompositePrimaryKey("handover_id", "seq")
    handover_id = models.UUIDField()
    seq = models.SmallIntegerField()
    kind = models.TextField()
    command_id = models.UUIDField(unique=True)
    organisation_id = models.BigIntegerField()
    role = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    text = models.TextField(blank=True)
    sheet = models.JSONField(null=True)

    class Meta:
        db_table = "desks_shift_entry"
        indexes: ClassVar = [
            models.Index(fields=["-starts_at", "-handover_id"], name="desks_shift_newest", condition=Q(seq=1)),
        ]
        constraints: ClassVar = [
            # A turn is handed over once, whoever of it signs.
            models.UniqueConstraint(
                fields=["organisation_id", "role", "starts_at"], condition=Q(seq=1), name="desks_shift_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.seq} {self.kind}"


class CaseReading(models.Model):
    """正在查看: which case of a shared queue somebody has before them; one row a person, good for less than a minute."""

    user_id = models.BigIntegerField(primary_key=True)
    role = models.TextField()
    case_id = models.UUIDField(db_index=True)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "desks_case_reading"

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"
