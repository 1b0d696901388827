"""Tables of supervision: deeds (append-only) and the rows that fold from them, lists, rules, and what is watched."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q


class Event(models.Model):
    """办理记录: append-only. What was done to a row, by whom, and the values that it changed."""

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
        db_table = "supervision_event"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "subject_id"], name="supervision_event_once"),
        ]
        indexes: ClassVar = [GinIndex(fields=["pictures"], name="supervision_event_pictures")]


class Order(models.Model):
    """督办单: the fold of its events."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    no = models.TextField(unique=True)
    case_id = models.UUIDField()
    case_no = models.TextField()
    class_key = models.TextField()
    area_code = models.TextField()
    kind = models.TextField()
    level = models.SmallIntegerField()
    addressee = models.TextField()
    addressees = ArrayField(models.BigIntegerField())
    unit_id = models.BigIntegerField(null=True)
    list_id = models.UUIDField(null=True)
    state = models.TextField()
    requirement = models.TextField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField()
    ordered_by = models.BigIntegerField()
    ordered_role = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True)
    late = models.BooleanField()
    missed = models.SmallIntegerField()
    returned = models.SmallIntegerField()
    escalated = models.SmallIntegerField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "supervision_order"
        indexes: ClassVar = [
            models.Index(
                fields=["-ordered_at", "-id"],
                include=["state", "level", "late", "unit_id", "area_code"],
                name="supervision_order_newest",
            ),
            models.Index(fields=["state", "-ordered_at", "-id"], name="supervision_order_state"),
            models.Index(fields=["unit_id", "-ordered_at", "-id"], name="supervision_order_unit"),
            models.Index(fields=["case_id"], name="supervision_order_case"),
            models.Index(fields=["case_id"], name="supervision_order_standing", condition=~Q(state="lifted")),
            models.Index(fields=["next_at"], name="supervision_order_next", condition=Q(next_at__isnull=False)),
            models.Index(
                OpClass("area_code", name="text_pattern_ops"), F("ordered_at").desc(), name="supervision_order_area"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list_id", "case_id"], condition=Q(list_id__isnull=False), name="supervision_order_list_once"
            ),
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(kind="automatic") & ~Q(state="lifted"),
                name="supervision_order_one_automatic",
            ),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="supervision_order_level"),
        ]

    def __str__(self) -> str:
        return self.no


class Watch(models.Model):
    """超时巡查: when the job looks at an overdue case next. No record: it can be emptied and fills itself again."""

    case_id = models.UUIDField(primary_key=True)
    case_due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_watch"
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="supervision_watch_next", condition=Q(next_at__isnull=False))
        ]


class KeyList(models.Model):
    """重点清单: ended, never wiped. `looked_to`: the transaction up to which the round has looked at cases."""

    id = models.UUIDField(primary_key=True)
    title = models.TextField()
    classes = ArrayField(models.TextField())
    regions = ArrayField(models.TextField())
    case_nos = ArrayField(models.TextField())
    begins = models.TextField()
    level = models.SmallIntegerField()
    requirement = models.TextField()
    reply_value = models.IntegerField()
    reply_unit = models.TextField()
    scope_regions = ArrayField(models.TextField())
    looked_to = models.BigIntegerField(default=0, db_default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    made_by = models.BigIntegerField()
    made_role = models.TextField()
    made_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        db_table = "supervision_key_list"
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="supervision_key_list_newest")]


class RuleVersion(models.Model):
    """督办规定、问责规定: the versions of each row, by date of effect; who changed it, who approved, and why."""

    key = models.TextField()
    valid_from = models.DateField()
    document = models.JSONField()
    changed_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "supervision_rule"
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "valid_from"], name="supervision_rule_once")]


class AccountabilityEntry(models.Model):
    """问责台账: the fold of its events."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    no = models.TextField(unique=True)
    natural_key = models.TextField(unique=True)
    kind = models.TextField()
    unit_id = models.BigIntegerField()
    case_id = models.UUIDField(null=True)
    case_no = models.TextField(blank=True)
    class_key = models.TextField(blank=True)
    area_code = models.TextField()
    month = models.TextField(blank=True)
    state = models.TextField()
    cause = models.TextField()
    demand = models.TextField()
    due_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    result = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    late = models.BooleanField()
    returned = models.SmallIntegerField()
    measure = models.TextField()
    measure_text = models.TextField(blank=True)
    points = models.IntegerField()
    effect = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "supervision_accountability"
        indexes: ClassVar = [
            models.Index(fields=["-proposed_at", "-id"], name="supervision_account_newest"),
            models.Index(fields=["state", "-proposed_at", "-id"], name="supervision_account_state"),
            models.Index(fields=["unit_id", "-proposed_at", "-id"], name="supervision_account_unit"),
            models.Index(fields=["case_id"], name="supervision_account_case", condition=Q(case_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.no


class MajorCase(models.Model):
    """重大案件备案: the fold of its events; kept after the strike-off."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    no = models.TextField(unique=True)
    case_id = models.UUIDField()
    case_no = models.TextField()
    class_key = models.TextField()
    area_code = models.TextField()
    level = models.SmallIntegerField()
    plan = models.TextField()
    unit_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    state = models.TextField()
    listed_at = models.DateTimeField()
    listed_by = models.BigIntegerField()
    progress = models.TextField(blank=True)
    progress_at = models.DateTimeField(null=True)
    progress_count = models.SmallIntegerField()
    asked_due_at = models.DateTimeField(null=True)
    asked_by = models.BigIntegerField(null=True)
    asked_reason = models.TextField(blank=True)
    changes = models.SmallIntegerField()
    reported_above_at = models.DateTimeField(null=True)
    reported_above_count = models.SmallIntegerField()
    strike_by = models.BigIntegerField(null=True)
    strike_at = models.DateTimeField(null=True)
    struck_by = models.BigIntegerField(null=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_major"
        indexes: ClassVar = [
            models.Index(fields=["-listed_at", "-id"], name="supervision_major_newest"),
            models.Index(fields=["unit_id", "-listed_at"], name="supervision_major_unit"),
            models.Index(fields=["due_at", "id"], name="supervision_major_due", condition=~Q(state="struck_off")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_id"], condition=~Q(state="struck_off"), name="supervision_major_one_listing"
            )
        ]

    def __str__(self) -> str:
        return self.no


class Meeting(models.Model):
    """联席会议: the fold of its events."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    no = models.TextField(unique=True)
    title = models.TextField()
    held_on = models.DateField()
    place = models.TextField(blank=True)
    participants = models.TextField()
    area_code = models.TextField()
    organisation_id = models.BigIntegerField()
    called_at = models.DateTimeField()
    called_by = models.BigIntegerField()
    agenda = models.JSONField()

    class Meta:
        db_table = "supervision_meeting"
        indexes: ClassVar = [models.Index(fields=["-held_on", "-id"], name="supervision_meeting_newest")]

    def __str__(self) -> str:
        return self.title


class Settlement(models.Model):
    """确权记录: whose a case without owner is; visible until the duty table names a unit (`row_seen_at`)."""

    id = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    case_id = models.UUIDField()
    case_no = models.TextField()
    class_key = models.TextField()
    area_code = models.TextField()
    codes = ArrayField(models.TextField())
    manner = models.TextField()
    unit_id = models.BigIntegerField()
    cost = models.IntegerField(null=True)
    contractor = models.TextField(blank=True)
    basis = models.TextField()
    reason = models.TextField()
    meeting_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField()
    settled_by = models.BigIntegerField()
    row_seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_settlement"
        indexes: ClassVar = [
            models.Index(fields=["-settled_at", "-id"], name="supervision_settlement_newest"),
            models.Index(fields=["case_id"], name="supervision_settlement_case"),
            models.Index(
                fields=["settled_at", "id"], name="supervision_settlement_no_row", condition=Q(row_seen_at=None)
            ),
        ]
