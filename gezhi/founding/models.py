"""Tables of founding: which city was founded here, from what, and when; what files last said of each row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FoundedCity(models.Model):
    """已建城市. `digest` is that of the whole content it was founded from, `parts` those of files that are not applied
    again.
    """

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    effective = models.DateField()
    digest = models.CharField(max_length=64)
    parts = models.JSONField(null=True)
    founded_at = models.DateTimeField()
    is_only = models.BooleanField(default=True, unique=True)

    class Meta:
        db_table = "founding_city"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(is_only=True), name="founding_city_only_one")]

    def __str__(self) -> str:
        return self.name


class AppliedRow(models.Model):
    """已应用的行: a row as a folder or a file last said it, and which row of its register that is. A key is never used
    for another. `withdrawn`: a complete file no longer had it.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    values = models.JSONField()
    entity = models.BigIntegerField()
    withdrawn = models.BooleanField(default=False)
    applied_at = models.DateTimeField()

    class Meta:
        db_table = "founding_applied_row"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="founding_applied_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
