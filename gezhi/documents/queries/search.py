"""Full-text search in Chinese (全文检索) over the clauses in force."""

from __future__ import annotations

from datetime import date

import msgspec
from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Case, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest

from gezhi.documents.models import Clause
from gezhi.documents.queries.visibility import Viewer, in_areas
from gezhi.documents.rules.clause_text import Shape
from gezhi.documents.rules.kinds import VersionState
from gezhi.documents.rules.words import ExcerptPiece, as_query, cut_excerpt, query_words

MILLION = 1_000_000


class Found(msgspec.Struct, frozen=True):
    """A clause that a search has found; `rank` 0: by its plain text only."""

    clause: Clause
    rank: int
    excerpt: list[ExcerptPiece]


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def search_clauses(
    text: str, viewer: Viewer, *, on: date, kind: str = "", after: tuple[int, int] | None = None, limit: int = 20
) -> list[Found]:
    """Clauses in force that hold every word, those with the very text first; where none does, those with the text
    alone.
    """
    words = query_words(text)
    clauses = _in_force(viewer, on, kind)
    rows: list[Clause] = []
    if words and (after is None or after[0] > 0):
        rows = list(_by_words(clauses, text, as_query(words), after)[:limit])
    if not rows and (after is None or after[0] == 0):
        rows = list(_by_text(clauses, text, after)[:limit])
        words = [text]
    return [Found(row, row.rank, cut_excerpt(row.text, [text, *words])) for row in rows]  # type: ignore[attr-defined]


def _in_force(viewer: Viewer, on: date, kind: str) -> QuerySet[Clause]:
    clauses = Clause.objects.filter(
        in_areas(viewer, "version__document__area"),
        Q(version__valid_to=None) | Q(version__valid_to__gte=on),
        version__state=VersionState.APPROVED,
        version__valid_from__lte=on,
    ).exclude(shape=Shape.HEADING)
    if kind:
        clauses = clauses.filter(version__document__kind=kind)
    return clauses.select_related("version__document").defer("words", "version__text")


def _by_words(clauses: QuerySet[Clause], text: str, asked_text: str, after: tuple[int, int] | None) -> QuerySet[Clause]:
    query = Cast(Value(asked_text), SearchQueryField())
    weight = Func(F("words"), query, function="ts_rank_cd", output_field=FloatField())
    literal = Case(When(text__icontains=text, then=MILLION), default=0)
    hits = clauses.filter(_Matches(F("words"), query)).annotate(
        rank=Greatest(Cast(weight * MILLION, IntegerField()), 1) + literal
    )
    if after is not None:
        hits = hits.filter(Q(rank__lt=after[0]) | Q(rank=after[0], id__gt=after[1]))
    return hits.order_by("-rank", "id")


def _by_text(clauses: QuerySet[Clause], text: str, after: tuple[int, int] | None) -> QuerySet[Clause]:
    hits = clauses.filter(text__icontains=text).annotate(rank=Value(0, output_field=IntegerField()))
    if after is not None:
        hits = hits.filter(id__gt=after[1])
    return hits.order_by("id")
