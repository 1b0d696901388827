"""Tables of the ground: regions, reporting parents, outlines, generated streets, unit grids.

Rows are ended, never wiped; `valid_to` is the last day. Shapes are WKB in CGCS2000 degrees with their box beside them,
so that no PostGIS is needed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q

from gezhi.regions.rules.grid_change import CHANGE_NAMES, GridChangeKind
from gezhi.regions.rules.levels import KIND_NAMES, Level, RegionKind
from gezhi.regions.rules.street_network import StreetClass

DATES_IN_ORDER = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


def _box_index(name: str) -> GistIndex:
    """Finds what a map window touches."""
    low = Func(F("west"), F("south"), function="point")
    high = Func(F("east"), F("north"), function="point")
    return GistIndex(Func(low, high, function="box"), name=name)


class Boxed(models.Model):
    """A shape with its box, valid between two days."""

    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    generated = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Region(models.Model):
    """行政区划: one version of a division. `within_code` contains it (隶属); to whom it reports stands elsewhere."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    level = models.SmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    kind = models.CharField(max_length=20, choices=[(kind.value, KIND_NAMES[kind][0]) for kind in RegionKind])
    within_code = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "regions_region"
        verbose_name = verbose_name_plural = "行政区划"
        indexes: ClassVar = [models.Index(fields=["within_code", "code"], name="regions_region_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regions_region_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="regions_region_one_in_force"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^(\d{6}|\d{9}|\d{12})$"), name="regions_region_code"),
            models.CheckConstraint(condition=DATES_IN_ORDER, name="regions_region_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ReportingParent(models.Model):
    """上报关系: to whom a region reports, from day to day. Never read off the code."""

    region_code = models.CharField(max_length=12)
    parent_code = models.CharField(max_length=12)
    basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "regions_reporting_parent"
        verbose_name = verbose_name_plural = "上报关系"
        indexes: ClassVar = [models.Index(fields=["parent_code"], name="regions_reporting_up")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "valid_from"], name="regions_reporting_once"),
            models.UniqueConstraint(
                fields=["region_code"], condition=Q(valid_to__isnull=True), name="regions_reporting_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(region_code=F("parent_code")), name="regions_reporting_not_self"),
            models.CheckConstraint(condition=DATES_IN_ORDER, name="regions_reporting_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} → {self.parent_code}"


class RegionOutline(Boxed):
    """区划边界: the outline of a region. `generated` ones are invented and never authoritative."""

    region_code = models.CharField(max_length=12)
    level = models.SmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    source = models.CharField(max_length=120)

    class Meta:
        db_table = "regions_region_outline"
        verbose_name = verbose_name_plural = "区划边界"
        indexes: ClassVar = [_box_index("regions_outline_box")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "valid_from"], name="regions_outline_once"),
            models.UniqueConstraint(
                fields=["region_code"], condition=Q(valid_to__isnull=True), name="regions_outline_one_in_force"
            ),
            models.CheckConstraint(condition=DATES_IN_ORDER, name="regions_outline_dates"),
        ]

    def __str__(self) -> str:
        return self.region_code


class StreetLine(Boxed):
    """模拟道路: a street of the network that borders and grids follow."""

    street_class = models.SmallIntegerField(choices=[(kind.value, kind.name.lower()) for kind in StreetClass])

    class Meta:
        db_table = "regions_street_line"
        verbose_name = verbose_name_plural = "模拟道路"
        indexes: ClassVar = [_box_index("regions_street_box")]
        constraints: ClassVar = [models.CheckConstraint(condition=DATES_IN_ORDER, name="regions_street_dates")]

    def __str__(self) -> str:
        return f"{self.get_street_class_display()} {self.pk}"


class UnitGrid(Boxed):
    """单元网格, GB/T 30428.1. A code is given once and for all: split and merged grids are ended and get new ones. One
    that ends the day before it begins was withdrawn and never in force.
    """

    code = models.CharField(max_length=15, unique=True)
    community_code = models.CharField(max_length=12)
    area_m2 = models.FloatField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "regions_unit_grid"
        verbose_name = verbose_name_plural = "单元网格"
        indexes: ClassVar = [
            _box_index("regions_grid_box"),
            models.Index(fields=["community_code", "code"], name="regions_grid_community"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-Z]{15}$"), name="regions_grid_code"),
            models.CheckConstraint(condition=Q(code__startswith=F("community_code")), name="regions_grid_community_of"),
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="regions_grid_area"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="regions_grid_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class GridChange(models.Model):
    """网格变更: which grids took the place of which from a day on, who decided so and why. One that was withdrawn before
    its day changed nothing.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=5, choices=[(kind.value, CHANGE_NAMES[kind][0]) for kind in GridChangeKind])
    community_code = models.CharField(max_length=12)
    on = models.DateField()
    ended = ArrayField(models.CharField(max_length=15))
    begun = ArrayField(models.CharField(max_length=15))
    reason = models.CharField(max_length=200)
    user_id = models.BigIntegerField()
    user_name = models.TextField()
    recorded_at = models.DateTimeField()
    withdrawn_by = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "regions_grid_change"
        verbose_name = verbose_name_plural = "网格变更"
        indexes: ClassVar = [models.Index(fields=["-recorded_at", "id"], name="regions_change_newest")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.community_code}"
