"""Tables of the proof. All are append-only: triggers refuse to change, remove or empty anything."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProofLeaf(models.Model):
    """叶: one line of a tree, in its parts. Trees are numbered; there is another one only after a restored backup."""

    pk = models.CompositePrimaryKey("tree", "index")
    tree = models.SmallIntegerField()
    index = models.BigIntegerField()
    kind = models.TextField()
    subject = models.TextField(db_collation="C")
    number = models.BigIntegerField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        db_table = "proof_leaf"
        indexes: ClassVar = [models.Index(fields=["kind", "subject", "number"], name="proof_leaf_subject")]


class ProofTile(models.Model):
    """A full tile, and the hash over it: an entry of the level above."""

    pk = models.CompositePrimaryKey("tree", "level", "number")
    tree = models.SmallIntegerField()
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    body = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        db_table = "proof_tile"


class ProofBatch(models.Model):
    """One growth of a tree. `changed_before`: what later transactions changed belongs to the next one."""

    pk = models.CompositePrimaryKey("tree", "size")
    tree = models.SmallIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField()
    changed_before = models.BigIntegerField()

    class Meta:
        db_table = "proof_batch"


class ProofCheckpoint(models.Model):
    """检查点: the signed note over the tree of one batch, as the signer gave it."""

    pk = models.CompositePrimaryKey("tree", "size")
    tree = models.SmallIntegerField()
    size = models.BigIntegerField()
    origin = models.TextField()
    note = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "proof_checkpoint"


class ProofReceipt(models.Model):
    """回执: that a place elsewhere has a checkpoint; from a witness the line of its signature."""

    receiver = models.TextField()
    tree = models.SmallIntegerField()
    size = models.BigIntegerField()
    line = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "proof_receipt"
        indexes: ClassVar = [models.Index(fields=["receiver", "tree", "-size"], name="proof_receipt_last")]
