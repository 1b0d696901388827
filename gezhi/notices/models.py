"""Tables of notices: what readers see in the app, and what goes out to phones."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gezhi.notices.rules.sending import STATE_NAMES, State


class Notice(models.Model):
    """消息: one piece of news for one reader."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    key = models.TextField()
    kind = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    case_no = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField()
    text_zh = models.TextField()
    text_en = models.TextField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        verbose_name = verbose_name_plural = "消息"
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="notices_notice_list"),
            models.Index(
                fields=["user", "-created_at", "-id"], name="notices_notice_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(fields=["created_at"], name="notices_notice_created"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="notices_notice_once")]


class Message(models.Model):
    """短信: one text to one phone. The only table of notices with personal data; it can be erased.

    `secret`: the recipient asked that nobody sees who they are. `text` is what is sent, `text_en` says the same to
    English-speaking staff; `shown` is the text for those who may not know the recipient. `reference` is the id that the
    gateway gave it.
    """

    id = models.UUIDField(primary_key=True)
    key = models.TextField(unique=True)
    recipient_id = models.UUIDField()
    kind = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    case_no = models.TextField()
    area_code = models.TextField()
    phone = models.TextField()
    secret = models.BooleanField()
    text = models.TextField()
    text_en = models.TextField()
    shown = models.TextField(db_default="")
    shown_en = models.TextField(db_default="")
    state = models.TextField(choices=[(state.value, STATE_NAMES[state][0]) for state in State])
    attempts = models.SmallIntegerField()
    next_try_at = models.DateTimeField()
    error = models.TextField(blank=True)
    reference = models.TextField(blank=True, db_default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_message"
        verbose_name = verbose_name_plural = "短信"
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], name="notices_message_due", condition=Q(state="waiting")),
            models.Index(fields=["state", "-created_at", "-id"], name="notices_message_state"),
            models.Index(
                fields=["-created_at", "-id"],
                name="notices_message_unsaid",
                condition=Q(state__in=["refused", "given_up", "to_call"]),
            ),
            models.Index(fields=["-created_at", "-id"], name="notices_message_list"),
            models.Index(fields=["subject_id", "created_at"], name="notices_message_subject"),
            models.Index(fields=["recipient_id"], name="notices_message_recipient"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="notices_message_word")
        ]
