"""Table of upkeep: surveys and keepers of registers, append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gezhi.upkeep.rules.datasets import DATASET_NAMES, Dataset


class UpkeepEntry(models.Model):
    """核查记录 (with `on`), or 责任人 (with `keeper_id`): the last of a register counts."""

    id = models.UUIDField(primary_key=True)
    dataset = models.TextField(choices=[(one.value, DATASET_NAMES[one][0]) for one in Dataset])
    on = models.DateField(null=True)
    changed = models.BooleanField(null=True)
    keeper_id = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
    user_id = models.BigIntegerField()
    user_name = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "upkeep_entry"
        verbose_name = verbose_name_plural = "数据更新记录"
        indexes: ClassVar = [models.Index(fields=["dataset", "-recorded_at", "id"], name="upkeep_entry_newest")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.recorded_at}"
