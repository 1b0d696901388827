"""Tables of people: users, organisations, posts, appointments, leaves, tokens, shifts, the roster, staff deeds."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gezhi.kernel.permissions import Role
from gezhi.people.rules.account_events import AccountEventKind
from gezhi.people.rules.officers import OFFICER_NAMES, OfficerKind
from gezhi.people.rules.organisation_kinds import KIND_NAMES, OrganisationKind


class Organisation(models.Model):
    """机构: a body in the tree. `path` holds the codes from the root down, each ended by a slash."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, choices=[(kind.value, KIND_NAMES[kind][0]) for kind in OrganisationKind])
    platform_level = models.SmallIntegerField(default=1)
    parent = models.ForeignKey("people.Organisation", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400)
    region_code = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_organisation"
        verbose_name = verbose_name_plural = "机构"
        indexes: ClassVar = [
            models.Index(fields=["path"], name="people_org_path", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["kind", "id"], name="people_org_kind"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(platform_level__in=(1, 2, 3)), name="people_org_level"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_org_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位: a place in an organisation with one role. Empty `region_codes`: the organisation's own region.
    `establishment` (编制): for how many people; None: not fixed.
    """

    code = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    region_codes = ArrayField(models.CharField(max_length=15), default=list, blank=True)
    establishment = models.SmallIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_post"
        verbose_name = verbose_name_plural = "岗位"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_post_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class UserManager(BaseUserManager["User"]):
    """Only what Django's own sign-in asks for; accounts are made by actions."""


class User(AbstractBaseUser):
    """用户: one person or machine. Rights come from posts alone. `must_change_password`: the one they have is good for
    choosing their own and for nothing else.
    """

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="zh", choices=[("zh", "中文"), ("en", "English")])
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)
    must_change_password = models.BooleanField(db_default=False)
    last_post = models.ForeignKey("people.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "people_user"
        verbose_name = verbose_name_plural = "用户"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")), name="people_user_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Appointment(models.Model):
    """任职: a user holds a post from a day to a day, both included. `acting_for`: for whom they stand in (代理).
    Struck before it began, it never was.
    """

    user = models.ForeignKey("people.User", models.PROTECT, related_name="appointments")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="appointments")
    acting_for = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    struck = models.BooleanField(db_default=False)

    class Meta:
        db_table = "people_appointment"
        verbose_name = verbose_name_plural = "任职"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "post", "valid_from"], name="people_appointment_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_appointment_dates"
            ),
        ]


class Leave(models.Model):
    """请假: from a day to a day, both included; the posts are kept. Struck before it began, it never was."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    struck = models.BooleanField(db_default=False)

    class Meta:
        db_table = "people_leave"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="people_leave_dates"),
        ]


class Succession(models.Model):
    """机构承接: from a day on another body goes on in the place of a unit. `shares`: rows of the duty table that go to
    another successor, [row, body]. `id` is that of the change of rules by which it was settled.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    successor = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    shares = models.JSONField()
    on = models.DateField()
    reason = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_succession"
        verbose_name = verbose_name_plural = "机构承接"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(withdrawn_at__isnull=True), name="people_succession_once"
            ),
        ]


class StaffDeed(models.Model):
    """机构人员变更记录: append-only. Who did what to whom, from which day and why; `rows`: each value before and after.
    `undoes`: the deed that this one takes back.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    done_by = models.BigIntegerField()
    done_in_post = models.BigIntegerField()
    valid_from = models.DateField()
    reason = models.TextField()
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    rows = models.JSONField()
    undoes = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "people_staff_deed"
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-id"], name="people_deed_organisation"),
            models.Index(fields=["user_id", "-id"], name="people_deed_user"),
        ]


class Officer(models.Model):
    """机构责任人: who answers for a body in which capacity, from a day to a day, both included."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, OFFICER_NAMES[kind][0]) for kind in OfficerKind])
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_officer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "user", "valid_from"], name="people_officer_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_officer_dates"
            ),
        ]


class ApiToken(models.Model):
    """接口令牌: a machine's key. Only its SHA-256 is kept; it acts in one post of one user."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="tokens")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_api_token"
        verbose_name = verbose_name_plural = "接口令牌"


class SignInFailure(models.Model):
    """登录失败: one attempt with a wrong password. `device` is known, and named, only where it signed in before."""

    name = models.CharField(max_length=60)
    place = models.CharField(max_length=64)
    device = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_sign_in_failure"


class UserSession(models.Model):
    """会话: where and when somebody signed in; it is over when the session of this key is."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    signed_in_at = models.DateTimeField()
    address = models.CharField(max_length=64)
    agent = models.CharField(max_length=200)

    class Meta:
        db_table = "people_user_session"


class AccountEvent(models.Model):
    """账号记录: what a user did with their own account."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in AccountEventKind])
    at = models.DateTimeField()
    address = models.CharField(max_length=64)
    what = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "people_account_event"
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="people_account_event_user")]


class DeskShift(models.Model):
    """席位班次: who sat at the desk of an organisation in a role, from a moment to (not including) a moment."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "people_desk_shift"
        verbose_name = verbose_name_plural = "席位班次"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "role", "starts_at"], name="people_shift_desk"),
            models.Index(fields=["starts_at"], name="people_shift_start"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "role", "user", "starts_at"], name="people_shift_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="people_shift_span"),
        ]


class RosterShift(models.Model):
    """采集员值班表: which collector walks which beat on which shift. Struck, never changed."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    region_codes = ArrayField(models.CharField(max_length=15))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_by = models.BigIntegerField()
    entered_at = models.DateTimeField()
    struck_by = models.BigIntegerField(null=True)
    struck_at = models.DateTimeField(null=True)
    struck_because = models.TextField(blank=True)

    class Meta:
        db_table = "people_roster_shift"
        verbose_name = verbose_name_plural = "采集员值班表"
        indexes: ClassVar = [
            models.Index(fields=["-starts_at", "-id"], name="people_roster_start"),
            models.Index(fields=["user", "starts_at"], name="people_roster_user"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="people_roster_span"),
        ]
