"""Reads of imports: the runs by page, one with its progress, its findings and changes, what columns were taken for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gezhi.founding.rules.changes.plan import Act
from gezhi.imports.models import ImportRun, KeptHead, RunChange, RunFinding
from gezhi.imports.rules.heads import plain_head
from gezhi.imports.rules.kinds import ImportKind
from gezhi.kernel.problems import NotFound


def list_runs(*, kind: ImportKind | None, after: tuple[datetime, UUID] | None, limit: int) -> list[ImportRun]:
    """The newest first."""
    rows = ImportRun.objects.select_related("progress").order_by("-made_at", "-id")
    if kind is not None:
        rows = rows.filter(kind=kind)
    if after is not None:
        rows = rows.filter(Q(made_at__lt=after[0]) | Q(made_at=after[0], id__lt=after[1]))
    return list(rows[:limit])


def get_run(run_id: UUID) -> ImportRun:
    run = ImportRun.objects.select_related("progress").filter(id=run_id).first()
    if run is None:
        raise NotFound
    return run


def get_content(run: ImportRun) -> bytes:
    return bytes(run.file.content)


def list_findings(run_id: UUID, *, code: str = "", after: int = 0, limit: int | None = None) -> list[RunFinding]:
    return list(_page(RunFinding.objects.filter(run_id=run_id, **({"code": code} if code else {})), after, limit))


def list_changes(run_id: UUID, *, act: Act | None = None, after: int = 0, limit: int | None = None) -> list[RunChange]:
    return list(_page(RunChange.objects.filter(run_id=run_id, **({"act": act} if act else {})), after, limit))


def kept_heads(kind: ImportKind) -> dict[str, str]:
    """What heads of a kind were taken for by hand, as they are compared."""
    return {
        plain_head(head): column for head, column in KeptHead.objects.filter(kind=kind).values_list("head", "column")
    }


def _page(rows: QuerySet, after: int, limit: int | None) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(seq__gt=after).order_by("seq")[:limit]
