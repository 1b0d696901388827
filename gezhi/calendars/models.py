"""Tables of calendars: named calendars, their timetables and own rows for single dates."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gezhi.calendars.rules.office_days import DayKind, WorkDayRule
from gezhi.kernel.moments import CHINA_OFFSET_S


class Calendar(models.Model):
    """工作日历: whose working time a limit counts. `day_ticks` never changes, since logs keep ticks."""

    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=100, blank=True)
    keeps_public_holidays = models.BooleanField(default=True)
    published_through = models.DateField()
    work_day_rule = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in WorkDayRule])
    zone_offset_s = models.IntegerField(default=CHINA_OFFSET_S)
    day_ticks = models.IntegerField()

    class Meta:
        db_table = "calendars_calendar"
        verbose_name = verbose_name_plural = "工作日历"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(day_ticks__gt=0), name="calendars_day_ticks"),
            models.CheckConstraint(
                condition=Q(zone_offset_s__gte=-50_400, zone_offset_s__lte=50_400), name="calendars_zone"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Timetable(models.Model):
    """作息时间表: the periods of seven weekdays (Monday first) as text, between two dates, in a season or all year."""

    calendar = models.ForeignKey("calendars.Calendar", models.PROTECT, related_name="timetables")
    name = models.CharField(max_length=40)
    weekdays = ArrayField(models.CharField(max_length=80, blank=True), size=7)
    season_first = models.CharField(max_length=5, blank=True)
    season_last = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "calendars_timetable"
        verbose_name = verbose_name_plural = "作息时间表"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "name", "valid_from"], name="calendars_timetable_once"),
            models.CheckConstraint(condition=Q(weekdays__len=7), name="calendars_timetable_week"),
            models.CheckConstraint(
                condition=Q(season_first="", season_last="") | (~Q(season_first="") & ~Q(season_last="")),
                name="calendars_timetable_season",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="calendars_timetable_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DayOverride(models.Model):
    """自定日期: one date taken off or worked, by itself or of a `year` that was entered. A newer row for the date
    supersedes the older, which stays.
    """

    calendar = models.ForeignKey("calendars.Calendar", models.PROTECT, related_name="overrides")
    on = models.DateField()
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in DayKind])
    windows = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=60, blank=True)
    year = models.SmallIntegerField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "calendars_day_override"
        verbose_name = verbose_name_plural = "自定日期"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar", "on"], condition=Q(superseded_at__isnull=True), name="calendars_override_once"
            ),
            models.CheckConstraint(condition=Q(kind="work") | Q(windows=""), name="calendars_override_off"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class HolidayYear(models.Model):
    """年度节假日安排: a year as it was entered, by whom and on what ground; a correction supersedes it, and it stays.

    `version` is the number of the register that it made.
    """

    year = models.SmallIntegerField()
    days = models.JSONField()
    basis = models.TextField()
    reason = models.TextField(blank=True)
    version = models.BigIntegerField()
    user_id = models.BigIntegerField()
    user_name = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendars_holiday_year"
        verbose_name = verbose_name_plural = "年度节假日安排"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(superseded_at__isnull=True), name="calendars_holiday_year_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.year)
