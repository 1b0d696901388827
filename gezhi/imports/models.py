"""Tables of imports: the file, the run with its steps, what the check found and would change, how columns are named."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gezhi.founding.rules.changes.plan import Act, Side
from gezhi.founding.rules.finding_kinds import Severity
from gezhi.imports.rules.kinds import KIND_NAMES, ImportKind
from gezhi.imports.rules.run import ACT_NAMES, STATE_NAMES, RunState

KINDS = [(kind.value, KIND_NAMES[kind][0]) for kind in ImportKind]


class ImportFile(models.Model):
    """导入文件, by the digest of its content."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "imports_file"
        verbose_name = verbose_name_plural = "导入文件"


class ImportRun(models.Model):
    """导入批次. `heads`: each head of the file with the column it is taken for. `attempt` counts checks and imports, so
    that a job of an earlier one does nothing. `effective`: the first day of rows that name none. `take`: which side
    counts where file and register have both changed. `system`: of shapes the coordinate system that was stated.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    file = models.ForeignKey("imports.ImportFile", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file_bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    head_row = models.IntegerField()
    heads = models.JSONField()
    effective = models.DateField()
    system = models.CharField(max_length=120, blank=True, db_default="")
    take = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Side])
    state = models.CharField(max_length=10, choices=[(one.value, STATE_NAMES[one][0]) for one in RunState])
    attempt = models.IntegerField(default=0)
    counts = models.JSONField()
    totals = models.JSONField()
    plan_digest = models.CharField(max_length=64, blank=True)
    failure = models.JSONField(null=True)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    applied_by = models.BigIntegerField(null=True)
    applied_post = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "imports_run"
        verbose_name = verbose_name_plural = "导入批次"
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="imports_run_list")]


class RunProgress(models.Model):
    """进度 of the attempt under way: what is done now. `begun_at` is there once a worker has taken it."""

    run = models.OneToOneField("imports.ImportRun", models.PROTECT, primary_key=True, related_name="progress")
    attempt = models.IntegerField()
    stage = models.CharField(max_length=12)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "imports_progress"


class RunFinding(models.Model):
    """检查结果 of the last check; of one code at most a thousand."""

    pk = models.CompositePrimaryKey("run_id", "seq")
    run = models.ForeignKey("imports.ImportRun", models.PROTECT, related_name="findings")
    seq = models.IntegerField()
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Severity])
    row = models.IntegerField(null=True)
    column = models.CharField(max_length=20, blank=True)
    value = models.TextField(blank=True)
    says = models.JSONField()
    cure = models.JSONField()

    class Meta:
        db_table = "imports_finding"


class RunChange(models.Model):
    """差异: a row of the register that the file would make, change or end; `cells` with the old and the new value."""

    pk = models.CompositePrimaryKey("run_id", "seq")
    run = models.ForeignKey("imports.ImportRun", models.PROTECT, related_name="changes")
    seq = models.IntegerField()
    act = models.CharField(max_length=8, choices=[(one.value, ACT_NAMES[one][0]) for one in Act])
    row = models.IntegerField()
    key = models.TextField()
    on = models.DateField()
    cells = models.JSONField()

    class Meta:
        db_table = "imports_change"


class KeptHead(models.Model):
    """列对应: as what column a head of a kind was taken by hand; empty: not imported."""

    kind = models.CharField(max_length=20, choices=KINDS)
    head = models.CharField(max_length=100)
    column = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "imports_kept_head"
        verbose_name = verbose_name_plural = "列对应"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "head"], name="imports_kept_head_once")]
