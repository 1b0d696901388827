"""Tables of the catalogue: editions and when they hold, classes, standard rows, the vocabulary of conditions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gezhi.calendars.rules.limits import Unit
from gezhi.catalog.rules.class_key import ClassKind

UNITS = [(unit.value, unit.value) for unit in Unit]
KINDS = [(kind.value, kind.value) for kind in ClassKind]
CONFIDENCES = [(word, word) for word in ("sourced", "known", "uncertain")]


class Edition(models.Model):
    """目录版本: a standard of parts and matters."""

    code = models.CharField(max_length=4, primary_key=True)
    standard = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=200, blank=True)
    minor_digits = models.SmallIntegerField()

    class Meta:
        db_table = "catalog_edition"
        verbose_name = verbose_name_plural = "目录版本"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minor_digits__in=(2, 3)), name="catalog_edition_digits")
        ]

    def __str__(self) -> str:
        return self.standard


class EditionPeriod(models.Model):
    """版本施行期: from when to when the city works by an edition; only the last one is open."""

    edition = models.ForeignKey("catalog.Edition", models.PROTECT, related_name="periods")
    valid_from = models.DateField(unique=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "catalog_edition_period"
        verbose_name = verbose_name_plural = "版本施行期"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["valid_to"], nulls_distinct=False, name="catalog_period_one_open"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="catalog_period_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.valid_from}"


class ConditionCode(models.Model):
    """立案、结案条件用语: a code of the vocabulary of defects and closing conditions."""

    code = models.CharField(max_length=24)
    kind = models.CharField(max_length=8, choices=[("defect", "defect"), ("closing", "closing")])
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=100)

    class Meta:
        db_table = "catalog_condition_code"
        verbose_name = verbose_name_plural = "立案、结案条件用语"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "code"], name="catalog_condition_once")]

    def __str__(self) -> str:
        return self.zh


class MajorClass(models.Model):
    """大类, with the default limit and closing conditions of its minors without a row."""

    edition = models.ForeignKey("catalog.Edition", models.PROTECT, related_name="majors")
    kind = models.CharField(max_length=8, choices=KINDS)
    code = models.CharField(max_length=2)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=100, blank=True)
    default_value = models.SmallIntegerField()
    default_unit = models.CharField(max_length=12, choices=UNITS)
    default_calendar = models.CharField(max_length=40)
    default_closing = ArrayField(models.CharField(max_length=24))
    local = models.BooleanField(default=False)

    class Meta:
        db_table = "catalog_major_class"
        verbose_name = verbose_name_plural = "大类"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind", "code"], name="catalog_major_once"),
            models.CheckConstraint(condition=Q(default_value__gt=0), name="catalog_major_limit"),
            models.CheckConstraint(condition=Q(kind__in=("part", "matter")), name="catalog_major_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class MinorClass(models.Model):
    """小类. The key holds edition, kind and code; a name that nobody recovered is empty and the class stays hidden."""

    key = models.CharField(max_length=20, primary_key=True)
    major = models.ForeignKey("catalog.MajorClass", models.PROTECT, related_name="minors")
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    local = models.BooleanField(default=False)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "catalog_minor_class"
        verbose_name = verbose_name_plural = "小类"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["major", "code"], name="catalog_minor_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="catalog_minor_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class StandardRow(models.Model):
    """立案、处置和结案标准行. A changed row ends and a new one with the next number begins."""

    key = models.CharField(max_length=24, primary_key=True)
    minor_class = models.ForeignKey("catalog.MinorClass", models.PROTECT, related_name="rows")
    seq = models.SmallIntegerField()
    defects = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    condition_zh = models.CharField(max_length=200)
    condition_en = models.CharField(max_length=300, blank=True)
    limit_value = models.SmallIntegerField()
    limit_unit = models.CharField(max_length=12, choices=UNITS)
    calendar = models.CharField(max_length=40)
    closing = ArrayField(models.CharField(max_length=24))
    season = models.CharField(max_length=20, blank=True)
    local = models.BooleanField(default=False)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES)
    derived_from = models.CharField(max_length=24, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "catalog_standard_row"
        verbose_name = verbose_name_plural = "立案、处置和结案标准行"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["minor_class", "seq"], name="catalog_row_once"),
            models.CheckConstraint(condition=Q(limit_value__gt=0), name="catalog_row_limit"),
            models.CheckConstraint(condition=Q(seq__gt=0), name="catalog_row_seq"),
            models.CheckConstraint(condition=Q(closing__len__gt=0), name="catalog_row_closing"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="catalog_row_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.condition_zh


class RowLevelLimit(models.Model):
    """区域等级时限: a row's own limit for areas of one level, between two dates."""

    row = models.ForeignKey("catalog.StandardRow", models.PROTECT, related_name="level_limits")
    level = models.CharField(max_length=1)
    value = models.SmallIntegerField()
    unit = models.CharField(max_length=12, choices=UNITS)
    calendar = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "catalog_row_level_limit"
        verbose_name = verbose_name_plural = "区域等级时限"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "level", "valid_from"], name="catalog_level_limit_once"),
            models.CheckConstraint(condition=Q(level__in=("A", "B", "C")), name="catalog_level_word"),
            models.CheckConstraint(condition=Q(value__gt=0), name="catalog_level_value"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="catalog_level_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} {self.level}"
