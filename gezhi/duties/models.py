"""Tables of duties: who handles what where, what was proposed, and how important an area is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gezhi.duties.rules.duty_row import BASIS_NAMES, Basis
from gezhi.duties.rules.proposal import OPINION_NAMES, STATE_NAMES, OpinionKind, Overlap, ProposalState


class DutyRow(models.Model):
    """责任清单: classes × area → handling unit. `selector`: minor code, major code or '*'; no area: the whole node."""

    edition = models.CharField(max_length=4)
    kind = models.CharField(max_length=8)
    selector = models.CharField(max_length=6)
    area_code = models.CharField(max_length=15, blank=True)
    unit = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    platform_level = models.SmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis_kind = models.CharField(max_length=10, choices=[(basis.value, BASIS_NAMES[basis][0]) for basis in Basis])
    basis = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    added_because = models.CharField(max_length=300, blank=True)
    added_by = models.BigIntegerField()
    added_at = models.DateTimeField()
    ended_because = models.CharField(max_length=300, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "duties_duty_row"
        verbose_name = verbose_name_plural = "责任清单"
        indexes: ClassVar = [
            models.Index(fields=["edition", "kind", "selector", "area_code"], name="duties_row_class"),
            models.Index(fields=["area_code", "id"], name="duties_row_area"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "kind", "selector", "area_code", "unit", "valid_from"], name="duties_row_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=("part", "matter")), name="duties_row_kind"),
            models.CheckConstraint(condition=Q(platform_level__in=(1, 2, 3)), name="duties_row_level"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="duties_row_dates"
            ),
        ]


class RowProposal(models.Model):
    """责任清单修订申请: one row as it was asked for. `row`: what it became; `anew_of`: the refused one it follows."""

    id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=10, choices=[(state.value, STATE_NAMES[state][0]) for state in ProposalState])
    edition = models.CharField(max_length=4)
    kind = models.CharField(max_length=8)
    selector = models.CharField(max_length=6)
    area_code = models.CharField(max_length=15, blank=True)
    unit = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis_kind = models.CharField(max_length=10, choices=[(basis.value, BASIS_NAMES[basis][0]) for basis in Basis])
    basis = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    overlap = models.CharField(max_length=4, choices=[(overlap.value, overlap.value) for overlap in Overlap])
    case_id = models.UUIDField(null=True, blank=True)
    case_no = models.CharField(max_length=40, blank=True)
    anew_of = models.ForeignKey("duties.RowProposal", models.PROTECT, null=True, blank=True, related_name="+")
    row = models.ForeignKey("duties.DutyRow", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()

    class Meta:
        db_table = "duties_row_proposal"
        verbose_name = verbose_name_plural = "责任清单修订申请"
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="duties_proposal_state"),
            models.Index(fields=["case_id"], name="duties_proposal_case", condition=Q(case_id__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=("part", "matter")), name="duties_proposal_kind"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="duties_proposal_dates"
            ),
        ]


class ProposalOpinion(models.Model):
    """审批意见: append-only; `key` names the request, so that it may be sent again."""

    proposal = models.ForeignKey("duties.RowProposal", models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=10, choices=[(kind.value, OPINION_NAMES[kind][0]) for kind in OpinionKind])
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    key = models.UUIDField()

    class Meta:
        db_table = "duties_proposal_opinion"
        verbose_name = verbose_name_plural = "责任清单审批意见"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user_id", "key"], name="duties_opinion_once")]


class AreaLevel(models.Model):
    """区域等级: A, B or C of a region or a grid; a level may shorten the limits of catalogue rows."""

    area_code = models.CharField(max_length=15)
    level = models.CharField(max_length=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "duties_area_level"
        verbose_name = verbose_name_plural = "区域等级"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_code", "valid_from"], name="duties_level_once"),
            models.CheckConstraint(condition=Q(level__in=("A", "B", "C")), name="duties_level_word"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="duties_level_dates"
            ),
        ]
