"""Table of founding: its one row says which city was founded here, from what, and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FoundedCity(models.Model):
    """已建城市. `digest` is that of the whole content it was founded from."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    effective = models.DateField()
    digest = models.CharField(max_length=64)
    founded_at = models.DateTimeField()
    is_only = models.BooleanField(default=True, unique=True)

    class Meta:
        db_table = "founding_city"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(is_only=True), name="founding_city_only_one")]

    def __str__(self) -> str:
        return self.name
