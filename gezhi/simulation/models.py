"""Table of the simulation: its one row marks a database as a demonstration."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SimulatedCity(models.Model):
    """演示城市: which preset was built, with what seed, and up to when it was worked."""

    preset = models.CharField(max_length=40)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    seed = models.BigIntegerField()
    days = models.IntegerField()
    first_on = models.DateField()
    until_at = models.DateTimeField(null=True)
    cases = models.IntegerField(default=0)
    is_only = models.BooleanField(default=True, unique=True)

    class Meta:
        db_table = "simulation_city"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(is_only=True), name="simulation_city_only_one")]

    def __str__(self) -> str:
        return self.name
