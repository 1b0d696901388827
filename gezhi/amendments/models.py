"""Tables of amendments: deeds (append-only), and the proposals that fold from them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AmendmentEvent(models.Model):
    """办理记录: append-only. Who proposed or decided what, and when."""

    pk = models.CompositePrimaryKey("subject_id", "seq")
    subject_id = models.UUIDField()
    seq = models.IntegerField()
    subject_kind = models.TextField()
    kind = models.TextField()
    key = models.UUIDField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    role = models.TextField()
    text = models.TextField(blank=True)
    pictures = ArrayField(models.TextField())
    changes = models.JSONField()

    class Meta:
        db_table = "amendments_event"
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "subject_id"], name="amendments_event_once")]


class ProposedAmendment(models.Model):
    """规定修订申请: the fold of its events."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    rule = models.TextField()
    row_key = models.TextField(blank=True)
    before = models.JSONField()
    after = models.JSONField()
    valid_from = models.DateField()
    reason = models.TextField()
    state = models.TextField()
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)

    class Meta:
        db_table = "amendments_amendment"
        verbose_name = verbose_name_plural = "规定修订申请"
        indexes: ClassVar = [
            models.Index(fields=["-proposed_at", "-id"], name="amendments_newest"),
            models.Index(fields=["state", "-proposed_at", "-id"], name="amendments_state"),
        ]
