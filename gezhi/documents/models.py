"""Tables of documents: a document, its versions with clauses, links and steps, the attached file, who has read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from gezhi.documents.rules.kinds import KIND_NAMES, DocumentKind, StepKind, VersionState


class Document(models.Model):
    """制度文件. `area`: the significant digits of the region it binds; empty: the whole node."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24, choices=[(kind.value, KIND_NAMES[kind][0]) for kind in DocumentKind])
    title = models.CharField(max_length=100)
    area = models.CharField(max_length=15, blank=True)
    organisation_id = models.BigIntegerField()
    created_by = models.BigIntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "documents_document"
        verbose_name = verbose_name_plural = "制度文件"
        indexes: ClassVar = [models.Index(fields=["-changed_at", "-id"], name="documents_document_list")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["title", "area"], name="documents_document_title")]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """文件版本. `edit` counts the changes of a draft: an approval names the one that was read."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in VersionState])
    edit = models.IntegerField(default=1)
    issue_no = models.CharField(max_length=60, blank=True)
    changes = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    must_read = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_version"
        verbose_name = verbose_name_plural = "文件版本"
        indexes: ClassVar = [
            models.Index(fields=["valid_from", "id"], name="documents_version_force", condition=Q(state="approved")),
            models.Index(fields=["state", "document"], name="documents_version_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=("draft", "submitted")), name="documents_version_one_draft"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="approved", valid_to__isnull=True),
                name="documents_version_one_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="documents_version_dates"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_at__isnull=True)),
                name="documents_version_approved",
            ),
        ]


class Clause(models.Model):
    """条款: a heading, a numbered clause or a paragraph. `heading`: the chapter that it stands in."""

    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="clauses")
    seq = models.SmallIntegerField()
    shape = models.CharField(max_length=8)
    depth = models.SmallIntegerField()
    anchor = models.CharField(max_length=24)
    label = models.CharField(max_length=24, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    words = SearchVectorField()

    class Meta:
        db_table = "documents_clause"
        verbose_name = verbose_name_plural = "条款"
        indexes: ClassVar = [GinIndex(fields=["words"], name="documents_clause_words", fastupdate=False)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="documents_clause_once"),
            models.UniqueConstraint(fields=["version", "anchor"], name="documents_clause_anchor"),
        ]


class Link(models.Model):
    """适用事项: what a clause governs; an empty anchor speaks for the whole version."""

    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="links")
    anchor = models.CharField(max_length=24, blank=True)
    subject_kind = models.CharField(max_length=24)
    subject_key = models.CharField(max_length=60)

    class Meta:
        db_table = "documents_link"
        verbose_name = verbose_name_plural = "适用事项"
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_key"], name="documents_link_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "anchor", "subject_kind", "subject_key"], name="documents_link_once"
            )
        ]


class Step(models.Model):
    """办理记录: who did what to a version; `key` names the request, so that it may be sent again."""

    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in StepKind])
    edit = models.IntegerField()
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        db_table = "documents_step"
        verbose_name = verbose_name_plural = "办理记录"


class Attachment(models.Model):
    """附件: the signed file of a version; replaced only while it is a draft."""

    version = models.OneToOneField("documents.Version", models.PROTECT, related_name="attachment")
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    stored_by = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "documents_attachment"
        verbose_name = verbose_name_plural = "文件附件"


class Receipt(models.Model):
    """已阅: somebody has confirmed the reading of a version, in which post."""

    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="receipts")
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    confirmed_at = models.DateTimeField()

    class Meta:
        db_table = "documents_receipt"
        verbose_name = verbose_name_plural = "阅读回执"
        indexes: ClassVar = [models.Index(fields=["user_id"], name="documents_receipt_user")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "user_id"], name="documents_receipt_once")]
