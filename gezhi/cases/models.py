"""Tables of cases. Only `actions.record` writes case and log; the log refuses UPDATE and DELETE by trigger."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left, Lower, Substr

from gezhi.cases.rules.stages import FINISHED, Status
from gezhi.plumbing.postgres.transaction_id import TransactionIdField

DECIDED_ON = Q(deciding__isnull=False)
# In the order of the table of stages: the conditions of the indexes in the migrations are written so.
IS_OPEN = ~Q(status__in=tuple(status.value for status in Status if status in FINISHED))


class Case(models.Model):
    """案卷: `state` is the fold of the log; every other column is read off it, to be searched and sorted by."""

    id = models.UUIDField(primary_key=True)
    no = models.TextField(unique=True)
    node = models.TextField()
    status = models.TextField()
    stage = models.SmallIntegerField()
    channel = models.TextField()
    complaint = models.BooleanField()
    class_key = models.TextField()
    row_key = models.TextField(null=True)
    address = models.TextField()
    lon = models.FloatField()
    lat = models.FloatField()
    h3 = models.BigIntegerField()
    area_code = models.TextField()
    unit_id = models.BigIntegerField(null=True)
    last_unit_id = models.BigIntegerField(null=True)
    unit_ids = ArrayField(models.BigIntegerField())
    working_ids = ArrayField(models.BigIntegerField(), db_default=[])
    former_unit_ids = ArrayField(models.BigIntegerField())
    asking = models.TextField(null=True)
    deciding = models.TextField(null=True)
    supervision = models.SmallIntegerField(db_default=0)
    major = models.SmallIntegerField(db_default=0)
    difficulty = models.TextField(null=True)
    ownerless_since = models.DateTimeField(null=True)
    suspended_until = models.DateTimeField(null=True)
    reported_by = models.BigIntegerField(null=True)
    collector_id = models.BigIntegerField(null=True)
    claimed_by = models.BigIntegerField(null=True)
    round = models.SmallIntegerField()
    reopened = models.SmallIntegerField(db_default=0)
    report_count = models.SmallIntegerField()
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    handling_due_at = models.DateTimeField(null=True)
    decision_due_at = models.DateTimeField(null=True)
    decision_warn_at = models.DateTimeField(null=True)
    handled_late = models.BooleanField(db_default=False)
    exempt = models.BooleanField(db_default=False)
    closed_at = models.DateTimeField(null=True)
    picture = models.TextField(null=True)
    seq = models.IntegerField()
    last_hash = models.BinaryField()
    state = models.JSONField()
    changed = TransactionIdField()

    class Meta:
        db_table = "cases_case"
        indexes: ClassVar = [
            models.Index(fields=["status", "-complaint", "due_at", "id"], name="cases_case_queue", condition=IS_OPEN),
            models.Index(fields=["-complaint", "due_at", "id"], name="cases_case_open_due", condition=IS_OPEN),
            models.Index(fields=["-complaint", "due_at", "id"], name="cases_case_due"),
            # Counts and maps of what is open look at no row: what they ask for is in `include`, or it takes longer.
            models.Index(
                fields=["status", "area_code"],
                opclasses=["text_ops", "text_pattern_ops"],
                include=[
                    *("due_at", "warn_at", "asking", "collector_id", "lon", "lat", "id"),
                    *("stage", "reported_at", "supervision", "major", "difficulty", "handling_due_at", "working_ids"),
                ],
                name="cases_case_open_figures",
                condition=IS_OPEN,
            ),
            models.Index(fields=["-reported_at", "-id"], include=["area_code"], name="cases_case_reported"),
            models.Index(fields=["status", "-reported_at", "-id"], name="cases_case_status"),
            models.Index(
                Func(F("closed_at"), Value("-infinity"), function="COALESCE"), F("id"), name="cases_case_closed"
            ),
            models.Index(fields=["class_key", "-reported_at"], name="cases_case_class"),
            models.Index(
                fields=["unit_id", "status", "due_at"], name="cases_case_unit", condition=Q(unit_id__isnull=False)
            ),
            models.Index(
                fields=["collector_id", "due_at"], name="cases_case_collector", condition=Q(collector_id__isnull=False)
            ),
            models.Index(fields=["next_due_at"], name="cases_case_next_due", condition=Q(next_due_at__isnull=False)),
            models.Index(fields=["changed"], name="cases_case_changed"),
            models.Index(
                OpClass("area_code", name="text_pattern_ops"), F("reported_at").desc(), name="cases_case_area"
            ),
            GinIndex(fields=["unit_ids"], name="cases_case_units"),
            GinIndex(fields=["former_unit_ids"], name="cases_case_former_units"),
            GinIndex(fields=["former_unit_ids"], name="cases_case_former_open", condition=IS_OPEN),
            models.Index(fields=["deciding", "decision_due_at"], name="cases_case_to_decide", condition=DECIDED_ON),
            models.Index(fields=["due_at", "id"], name="cases_case_supervised", condition=Q(supervision__gt=0)),
            models.Index(fields=["due_at", "id"], name="cases_case_major", condition=Q(major__gt=0)),
            models.Index(fields=["due_at", "id"], name="cases_case_difficult", condition=Q(difficulty__isnull=False)),
            models.Index(
                fields=["reported_by", "-reported_at"],
                name="cases_case_reporter",
                condition=Q(reported_by__isnull=False),
            ),
            GinIndex(
                OpClass("no", name="gin_trgm_ops"), OpClass("address", name="gin_trgm_ops"), name="cases_case_words"
            ),
            GistIndex(Func(F("lon"), F("lat"), function="point"), name="cases_case_point"),
        ]

    def __str__(self) -> str:
        return self.no


class LogEntry(models.Model):
    """案件日志: append-only. `text` is what is hashed; the columns beside it are read off it."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.UUIDField()
    seq = models.IntegerField()
    kind = models.TextField()
    command_id = models.UUIDField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    node = models.TextField()
    algorithm = models.SmallIntegerField()
    text = models.TextField()
    hash = models.BinaryField()

    class Meta:
        db_table = "cases_log_entry"
        indexes: ClassVar = [
            models.Index(fields=["command_id"], name="cases_log_command"),
            models.Index(fields=["actor_id", "recorded_at"], name="cases_log_actor"),
            BrinIndex(fields=["recorded_at"], name="cases_log_recorded"),
        ]
        constraints: ClassVar = [
            # The same report sent twice at the same moment begins one case.
            models.UniqueConstraint(fields=["command_id"], condition=Q(seq=1), name="cases_log_begun_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seq} {self.kind}"


class SentReport(models.Model):
    """上报: what a sender wrote and how to reach them. The one table of cases with personal data; its digest is logged.
    To erase a report is to empty its words, `salt` and `earlier`, and to set `erased_at`.
    """

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    channel = models.TextField()
    description = models.TextField()
    sender_no = models.TextField(blank=True)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    wants_answer = models.BooleanField(default=False)
    keep_secret = models.BooleanField(default=False)
    by_call = models.BooleanField(default=False, db_default=False)
    earlier = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    sent_at = models.DateTimeField()
    salt = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_report"
        indexes: ClassVar = [
            models.Index(fields=["case_id"], name="cases_report_case"),
            models.Index(fields=["phone"], name="cases_report_phone", condition=~Q(phone="")),
            models.Index(Lower("name"), name="cases_report_name", condition=~Q(name="")),
            models.Index(Lower(Substr("name", 2)), name="cases_report_given", condition=~Q(name="")),
            models.Index(Lower(Left("name", 2)), name="cases_report_family", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SoughtReport(models.Model):
    """检索索引: by what a report is found again, computed from what its sender wrote; erased with it."""

    report_id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    phone = models.TextField(null=True)
    words = SearchVectorField()

    class Meta:
        db_table = "cases_sought"
        indexes: ClassVar = [
            models.Index(fields=["phone"], name="cases_sought_phone", condition=Q(phone__isnull=False)),
            GinIndex(fields=["words"], name="cases_sought_words"),
        ]


class SenderOpening(models.Model):
    """查看举报人: who looked at which sender, when, from where and why. Append-only: it is what the auditor reads."""

    id = models.UUIDField(primary_key=True)
    report_id = models.UUIDField()
    case_id = models.UUIDField()
    case_no = models.TextField()
    area_code = models.TextField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    reason = models.TextField()
    words = models.TextField()
    client = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        db_table = "cases_sender_opening"
        indexes: ClassVar = [
            models.Index(fields=["user_id", "-opened_at"], name="cases_opening_user"),
            models.Index(fields=["-opened_at", "-id"], name="cases_opening_list"),
            models.Index(fields=["case_id"], name="cases_opening_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.user_id} {self.opened_at}"


class CaseApplication(models.Model):
    """审批台账: one row for each application of a case, read off its state; written with the case and never by itself."""

    pk = models.CompositePrimaryKey("case_id", "no")
    case_id = models.UUIDField()
    no = models.SmallIntegerField()
    case_no = models.TextField()
    class_key = models.TextField()
    area_code = models.TextField()
    kind = models.TextField()
    unit_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    role = models.TextField()
    organisation_id = models.BigIntegerField()
    late = models.BooleanField()
    times = models.SmallIntegerField()
    steps = ArrayField(models.TextField())
    deciding = models.TextField(null=True)
    opinions = models.JSONField()
    outcome = models.TextField(null=True)
    ended_at = models.DateTimeField(null=True)
    value = models.IntegerField(null=True)
    value_unit = models.TextField(null=True)
    minutes = models.IntegerField(null=True)
    minutes_before = models.IntegerField(db_default=0)
    until_at = models.DateTimeField(null=True)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    share = models.IntegerField(null=True)
    ceiling = models.IntegerField(null=True)
    above = models.BooleanField(db_default=False)
    exempt = models.BooleanField()
    shirking = models.BooleanField()
    reason = models.TextField()
    reason_code = models.TextField(db_default="")
    form_no = models.TextField(db_default="")
    pictures = ArrayField(models.TextField())

    class Meta:
        db_table = "cases_application"
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "-asked_at", "-case_id", "-no"],
                include=["outcome", "late", "unit_id", "area_code"],
                name="cases_application_ledger",
            ),
            models.Index(fields=["unit_id", "kind", "-asked_at"], name="cases_application_unit"),
            models.Index(
                fields=["unit_id", "kind", "ended_at"],
                include=["area_code"],
                name="cases_application_granted",
                condition=Q(outcome="granted"),
            ),
            GinIndex(
                OpClass("case_no", name="gin_trgm_ops"),
                OpClass("reason", name="gin_trgm_ops"),
                name="cases_application_words",
            ),
            models.Index(
                fields=["kind", "deciding", "asked_at"],
                name="cases_application_open",
                condition=Q(outcome__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.kind} {self.no}"


class CaseDispatch(models.Model):
    """派遣登记: one row for each part that a unit was given in a case, read off its state: the base of shares."""

    pk = models.CompositePrimaryKey("case_id", "no")
    case_id = models.UUIDField()
    no = models.SmallIntegerField()
    area_code = models.TextField()
    unit_id = models.BigIntegerField()
    dispatched_at = models.DateTimeField()

    class Meta:
        db_table = "cases_dispatch"
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "dispatched_at"], include=["case_id"], name="cases_dispatch_unit"),
            models.Index(
                fields=["dispatched_at"], include=["unit_id", "area_code", "case_id"], name="cases_dispatch_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.no} {self.unit_id}"


class ApprovalRowVersion(models.Model):
    """审批规定: the versions of the row of each kind, by date of effect; who changed it, who approved, and why."""

    node = models.TextField()
    kind = models.TextField()
    valid_from = models.DateField()
    document = models.JSONField()
    changed_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "cases_approval_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "kind", "valid_from"], name="cases_approval_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class PictureUse(models.Model):
    """举证照片: which case a picture is evidence of, and with which entry it came. A picture is accepted once."""

    sha256 = models.TextField(primary_key=True)
    case_id = models.UUIDField()
    seq = models.IntegerField(db_default=1)

    class Meta:
        db_table = "cases_picture_use"
        indexes: ClassVar = [models.Index(fields=["case_id"], name="cases_picture_case")]


class RefusedPicture(models.Model):
    """退回照片: who handed in a picture that is not a new one, for which case (none: a report). Append-only."""

    refused_at = models.DateTimeField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField(null=True)
    area_code = models.TextField()
    sha256 = models.TextField()
    code = models.TextField()

    class Meta:
        db_table = "cases_refused_picture"
        indexes: ClassVar = [models.Index(fields=["refused_at"], name="cases_refused_picture_at")]
