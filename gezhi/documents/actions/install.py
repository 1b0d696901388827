"""The shipped documents (预置制度文件), entered for a city as if written and approved there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.documents.actions.approval import end_earlier
from gezhi.documents.actions.contents import Content, fill_version
from gezhi.documents.actions.steps import write_step
from gezhi.documents.models import Document, Receipt, Version
from gezhi.documents.queries import class_names
from gezhi.documents.rules.kinds import StepKind, VersionState
from gezhi.documents.rules.presets import PresetDocument, PresetVersion, begin_of, fill_places, links_of, read_presets
from gezhi.kernel.permissions import Actor
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.plumbing.register_rows import Doing


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """For whom the documents are entered. `area`: significant digits, empty for the whole node; `approved_at`: epoch.

    `draft_from`: when the one that is left for approval would take effect.
    """

    city: str
    editions: tuple[str, ...]
    area: str
    valid_from: date
    draft_from: date
    approved_at: int
    author: Actor
    approver: Actor


@transaction.atomic
def install_documents(setting: Setting, *, ids: Ids) -> dict[str, UUID]:
    """Enter the shipped documents; answers title → the version that stands last. Twice: what is there stays."""
    folder = files("gezhi.documents").joinpath("presets")
    presets = read_presets(tomllib.loads(folder.joinpath("documents.toml").read_text(encoding="utf-8")))
    entered: dict[str, UUID] = {}
    for preset in presets:
        title = fill_places(preset.title, setting.city, setting.valid_from)
        last = Version.objects.filter(document__title=title, document__area=setting.area).order_by("-number").first()
        if last is not None:
            entered[title] = last.id
            continue
        texts = {one.file: folder.joinpath(one.file).read_text(encoding="utf-8") for one in preset.versions}
        entered[title] = _enter(preset, title, texts, setting, ids).id
    return entered


def _enter(preset: PresetDocument, title: str, texts: Mapping[str, str], setting: Setting, ids: Ids) -> Version:
    at = as_datetime(setting.approved_at)
    document = Document.objects.create(
        id=ids(),
        kind=preset.kind,
        title=title,
        area=setting.area,
        organisation_id=setting.author.organisation_id,
        created_by=setting.author.user_id,
        created_at=at,
        changed_at=at,
    )
    version = Version()
    for number, one in enumerate(preset.versions, 1):
        version = Version(id=ids(), document=document, number=number, state=VersionState.DRAFT)
        begin = setting.draft_from if one.submitted else begin_of(one, setting.valid_from)
        fill_version(
            version,
            Content(
                text=fill_places(texts[one.file], setting.city, begin),
                valid_from=begin,
                issue_no=fill_places(one.issue_no, setting.city, begin),
                changes=one.changes,
                must_read=preset.must_read,
                links=links_of(one.links, setting.editions, class_names()),
            ),
        )
        _approve(version, one, setting, ids)
    return version


def _approve(version: Version, preset: PresetVersion, setting: Setting, ids: Ids) -> None:
    """The steps of an ordinary way; one preset version stays with those who approve."""
    clock = _standing_clock(setting.approved_at)
    write_step(version, StepKind.DRAFTED, Doing(actor=setting.author, key=ids(), clock=clock, ids=ids))
    write_step(version, StepKind.SUBMITTED, Doing(actor=setting.author, key=ids(), clock=clock, ids=ids))
    if preset.submitted:
        version.state = VersionState.SUBMITTED
        version.save(update_fields=["state"])
        return
    end_earlier(version)
    version.state, version.approved_at = VersionState.APPROVED, as_datetime(setting.approved_at)
    version.save(update_fields=["state", "approved_at"])
    write_step(version, StepKind.APPROVED, Doing(actor=setting.approver, key=ids(), clock=clock, ids=ids))


def _standing_clock(moment: int) -> Clock:
    return lambda: moment


@transaction.atomic
def install_receipts(version_id: UUID, confirmed: Iterable[tuple[Actor, int]]) -> None:
    """Who has read a version and when (补录阅读回执); what is there stays."""
    Receipt.objects.bulk_create(
        (
            Receipt(
                version_id=version_id,
                user_id=actor.user_id,
                post_id=actor.post_id,
                organisation_id=actor.organisation_id,
                confirmed_at=as_datetime(moment),
            )
            for actor, moment in confirmed
        ),
        ignore_conflicts=True,
        batch_size=5000,
    )
