"""Steps that somebody takes with an import: bring a file, have it checked, have it entered. Jobs do the work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.founding.rules.changes.plan import Side
from gezhi.imports.models import ImportFile, ImportRun, KeptHead, RunProgress
from gezhi.imports.queries import kept_heads
from gezhi.imports.queries.grid_files import read_shapes
from gezhi.imports.queries.lines import read_lines
from gezhi.imports.queries.sheets import heads_of
from gezhi.imports.rules.heads import Head, check_columns, guess_heads, plain_head
from gezhi.imports.rules.kinds import SHAPES, ImportKind
from gezhi.imports.rules.run import (
    LEADS_TO,
    Counts,
    GridsBeginTomorrow,
    RunDeed,
    RunStage,
    RunState,
    check_apply,
    check_deed,
    check_who,
    counts_in,
)
from gezhi.imports.rules.told_findings import GRID_FILE, GridFindings
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import as_datetime
from gezhi.plumbing.queue import defer
from gezhi.plumbing.register_rows import Doing

LONGEST_NAME = 200
LONGEST_HEAD = 100
APPLYING = "imports.apply"
"""Imports are entered one after the other."""


@transaction.atomic
def take_file(kind: ImportKind, *, name: str, content: bytes, doing: Doing) -> UUID:
    """上传: keep a file and guess its columns; the number of the run. Nothing is checked yet."""
    if ImportRun.objects.filter(id=doing.key).exists():
        return doing.key
    head_row, heads = 0, list[Head]()
    if kind in SHAPES:
        read_shapes(content, GRID_FILE, GridFindings())
    else:
        head_row, heads = guess_heads(kind, read_lines(content), kept_heads(kind))
    at = as_datetime(doing.clock())
    digest = sha256(content).hexdigest()
    file, _ = ImportFile.objects.defer("content").get_or_create(
        sha256=digest, defaults={"content": content, "stored_at": at}
    )
    ImportRun.objects.create(
        id=doing.key,
        kind=kind,
        file=file,
        file_name=name.strip()[-LONGEST_NAME:],
        file_bytes=len(content),
        sha256=digest,
        head_row=head_row,
        heads=[{"head": one.head[:LONGEST_HEAD], "column": one.column} for one in heads],
        effective=day_of(doing.clock()) + timedelta(days=kind in SHAPES),
        state=RunState.TAKEN,
        counts=msgspec.to_builtins(Counts()),
        totals={},
        made_by=doing.actor.user_id,
        made_at=at,
    )
    return doing.key


@transaction.atomic
def ask_check(
    run_id: UUID, *, columns: Sequence[str], effective: date, take: Side | None = None, system: str = "", today: date
) -> None:
    """检查: by these columns, each for the head at its place; what somebody corrected is kept for the next file. Of
    shapes, from this coordinate system, and from a day on that has not begun.
    """
    run = _locked(run_id)
    check_deed(RunDeed.CHECK, RunState(run.state))
    kind = ImportKind(run.kind)
    heads = heads_of(run)
    columns = [*columns[: len(heads)], *("" for _ in heads[len(columns) :])]
    if kind not in SHAPES:
        check_columns(kind, columns)
        _keep(kind, [msgspec.structs.replace(head, column=column) for head, column in zip(heads, columns, strict=True)])
    elif effective <= today:
        raise GridsBeginTomorrow(first=(today + timedelta(days=1)).isoformat(), field="effective")
    run.heads = [{"head": head.head, "column": column} for head, column in zip(heads, columns, strict=True)]
    run.effective, run.take, run.system = effective, take or "", system
    run.failure, run.ended_at = None, None
    _begin(run, RunDeed.CHECK)


@transaction.atomic
def ask_apply(run_id: UUID, *, doing: Doing) -> None:
    """导入: entered by a job; asked for twice, it is entered once."""
    run = _locked(run_id)
    if run.state in {RunState.APPLYING, RunState.DONE}:
        return
    check_who(ImportKind(run.kind), run.made_by, doing.actor)
    check_apply(RunState(run.state), counts_in(run.counts))
    run.applied_by, run.applied_post = doing.actor.user_id, doing.actor.post_id
    run.applied_at = as_datetime(doing.clock())
    _begin(run, RunDeed.APPLY)


def _locked(run_id: UUID) -> ImportRun:
    run = ImportRun.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise NotFound
    return run


def _begin(run: ImportRun, deed: RunDeed) -> None:
    run.state, run.attempt = LEADS_TO[deed], run.attempt + 1
    run.save()
    RunProgress.objects.update_or_create(
        run=run, defaults={"attempt": run.attempt, "stage": RunStage.WAITING, "begun_at": None}
    )
    lock = APPLYING if deed is RunDeed.APPLY else None
    defer(f"imports.{deed.value}", lock=lock, run_id=str(run.id), attempt=run.attempt)


def _keep(kind: ImportKind, heads: Sequence[Head]) -> None:
    """What the guess would not say by itself."""
    _, guessed = guess_heads(kind, [(1, [one.head for one in heads])], kept_heads(kind))
    for head, guess in zip(heads, guessed, strict=True):
        if plain_head(head.head) and head.column != guess.column:
            KeptHead.objects.update_or_create(kind=kind, head=plain_head(head.head), defaults={"column": head.column})
