"""Tables of the plumbing: register versions, announced events, pictures, the journal of the registers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now

from gezhi.plumbing.postgres.transaction_id import TransactionIdField


class RegisterVersion(models.Model):
    """The version number of a register that processes hold in memory."""

    name = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "plumbing_register_version"


class AnnouncedEvent(models.Model):
    """Something that happened, written in the transaction in which it did. References only, no personal data.

    `number` is given after commit, without gaps in what can be seen: who remembers the last one has missed nothing.
    """

    number = models.BigIntegerField(null=True, unique=True)
    topic = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    announced_at = models.DateTimeField(db_default=Now())
    heard_by = ArrayField(models.CharField(max_length=120), db_default=models.Value("{}"))
    is_done = models.BooleanField(db_default=False)
    attempts = models.SmallIntegerField(db_default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    error = models.TextField(db_default="")

    class Meta:
        db_table = "plumbing_announced_event"
        indexes: ClassVar = [
            models.Index(fields=["id"], name="plumbing_event_unnumbered", condition=Q(number__isnull=True)),
            models.Index(fields=["next_try_at", "id"], name="plumbing_event_waiting", condition=Q(is_done=False)),
        ]


class LoopBeat(models.Model):
    """When a loop of the worker last came round, by the clock of the database."""

    name = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        db_table = "plumbing_loop_beat"


class ClockState(models.Model):
    """时钟核查: the one row that says when the clock was last found right, and since when work by it is stopped."""

    id = models.SmallIntegerField(primary_key=True)
    good_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    trouble = models.TextField(db_default="")
    reading = models.JSONField(default=dict)
    accepted_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "plumbing_clock_state"


class ClockRelease(models.Model):
    """放行记录: append-only. Who answered for the clock after a jump, and what it showed."""

    released_at = models.DateTimeField()
    stopped_at = models.DateTimeField()
    trouble = models.TextField()
    reading = models.JSONField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    name = models.TextField()
    reason = models.TextField()
    accepted_until = models.DateTimeField()

    class Meta:
        db_table = "plumbing_clock_release"


class UsedKey(models.Model):
    """An Idempotency-Key of a user: the id under which its request is done, and a digest of what it asked for."""

    key = models.UUIDField(primary_key=True)
    command_id = models.UUIDField()
    digest = models.BinaryField()
    used_for = models.TextField()
    used_at = models.DateTimeField()

    class Meta:
        db_table = "plumbing_used_key"


class Picture(models.Model):
    """附件 (picture): facts of an uploaded original; the files lie under GEZHI_HOME/media, named by the hash.

    `shown_as`: another picture whose files show the same (a simulated city draws few and uses each many times).
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    width = models.IntegerField()
    height = models.IntegerField()
    mime = models.CharField(max_length=32)
    size = models.IntegerField()
    taken_at = models.DateTimeField(null=True)
    taken_lon = models.FloatField(null=True)
    taken_lat = models.FloatField(null=True)
    stored_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    is_kept = models.BooleanField(default=False)
    shown_as = models.CharField(max_length=64, db_default="")
    edited_with = models.CharField(max_length=64, db_default="")

    class Meta:
        db_table = "plumbing_picture"
        indexes: ClassVar = [
            models.Index(fields=["stored_at"], name="plumbing_picture_orphans", condition=Q(is_kept=False)),
            models.Index(fields=["shown_as"], name="plumbing_picture_drawn", condition=~Q(shown_as="")),
        ]


class PictureSentAgain(models.Model):
    """再次上传: who sent a picture that somebody else had sent before. It is theirs to hand in as well."""

    pk = models.CompositePrimaryKey("sha256", "user_id")
    sha256 = models.CharField(max_length=64)
    user_id = models.BigIntegerField()

    class Meta:
        db_table = "plumbing_picture_sent_again"


class PictureLook(models.Model):
    """照片特征: the keys of what is seen in a picture, under a short number. Derived: `gezhi pictures look-again`.

    `sought`: the keys that are still to be looked for among the earlier pictures; none once that is done.
    """

    number = models.AutoField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    keys = ArrayField(models.IntegerField())
    sought = ArrayField(models.IntegerField(), null=True)

    class Meta:
        db_table = "plumbing_picture_look"
        indexes: ClassVar = [
            models.Index(fields=["number"], name="plumbing_picture_sought", condition=Q(sought__isnull=False))
        ]


class PictureKey(models.Model):
    """Which pictures have a key. The primary key is all that is read: no other index, and no row is looked at."""

    pk = models.CompositePrimaryKey("key", "number")
    key = models.IntegerField()
    number = models.IntegerField()

    class Meta:
        db_table = "plumbing_picture_key"


class SamePicture(models.Model):
    """同一照片: a picture and an earlier one that it was made from; `changed` is the part where something else stands."""

    pk = models.CompositePrimaryKey("sha256", "earlier")
    sha256 = models.CharField(max_length=64)
    earlier = models.CharField(max_length=64)
    changed = models.FloatField()

    class Meta:
        db_table = "plumbing_same_picture"
        indexes: ClassVar = [models.Index(fields=["earlier"], name="plumbing_same_earlier")]


class JournalEntry(models.Model):
    """登记日志: append-only. What became of a row of a register, by whom; written by triggers alone, whoever changes it.

    `text` is what is hashed; the columns beside it are read off it. Every row of every register has a chain of its own.
    """

    register = models.TextField(db_collation="C")
    row = models.TextField(db_collation="C")
    seq = models.IntegerField()
    at = models.DateTimeField()
    op = models.TextField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    db_role = models.TextField()
    algorithm = models.SmallIntegerField()
    text = models.TextField()
    hash = models.BinaryField()
    changed = TransactionIdField(db_default=Func(function="pg_current_xact_id"))

    class Meta:
        db_table = "plumbing_journal"
        indexes: ClassVar = [models.Index(fields=["changed"], name="plumbing_journal_changed")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "row", "seq"], name="plumbing_journal_once")
        ]
