"""同一照片 (same pictures): which stored pictures were made from one and the same. Derived from the files alone.

A picture is looked for once, when it comes, among all that came before; who acts on it later only reads the pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from PIL import Image

from gezhi.plumbing.database import prepared_cursor
from gezhi.plumbing.gateways.media_files import file_of
from gezhi.plumbing.models import Picture, PictureLook, SamePicture
from gezhi.plumbing.same_pictures.likeness import LEAST_SHARED, PLAIN_KEY, Likeness, Look, compare, look_of

TOO_COMMON = 32
"""A key of so many pictures (the plate of a camera app) tells none apart, and is not followed further."""
MOST_COMPARED = 6

REMEMBER = """
    WITH look AS (
        INSERT INTO plumbing_picture_look (sha256, keys) VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING number
    )
    INSERT INTO plumbing_picture_key (key, number) SELECT key, number FROM look, unnest(%s::integer[]) key
"""
# The pictures that share most keys. Of a picture without spots one key says all there is: it counts for two.
LIKELY = f"""
    WITH hit AS MATERIALIZED (
        SELECT sought.key, found.number, count(*) OVER (PARTITION BY sought.key) AS times
        FROM unnest(%s::integer[]) AS sought(key) CROSS JOIN LATERAL (
            SELECT k.number FROM plumbing_picture_key k WHERE k.key = sought.key LIMIT {TOO_COMMON + 1}
        ) found
    ), likely AS (
        SELECT number, sum(CASE WHEN key >= {PLAIN_KEY} THEN {LEAST_SHARED} ELSE 1 END) AS shared
        FROM hit WHERE times <= {TOO_COMMON} GROUP BY number
    )
    SELECT look.sha256 FROM likely JOIN plumbing_picture_look look USING (number)
    WHERE shared >= {LEAST_SHARED} AND look.sha256 <> %s
    ORDER BY shared DESC, number LIMIT {MOST_COMPARED}
"""  # noqa: S608
FORGET = """
    WITH gone AS (DELETE FROM plumbing_picture_look WHERE sha256 = %s RETURNING number, keys)
    DELETE FROM plumbing_picture_key k USING gone WHERE k.number = gone.number AND k.key = ANY(gone.keys)
"""


def remember(sha256: str, look: Look, *, seek: bool = True) -> None:
    """Its keys first, then the search: of two that come at once the later search finds the other."""
    with prepared_cursor() as cursor:
        cursor.execute(REMEMBER, [sha256, list(look.kept), list(look.kept)])
    if seek:
        find_same(sha256, look)


def find_likely(sha256: str, look: Look) -> list[str]:
    if not look.sought:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(LIKELY, [list(look.sought), sha256])
        return [found for (found,) in cursor.fetchall()]


def find_same(sha256: str, look: Look) -> None:
    """Lay it over those that it may be made from, and keep the pairs."""
    pairs = []
    for earlier in find_likely(sha256, look):
        likeness = compare_stored(sha256, earlier)
        if likeness is not None:
            pairs.append(SamePicture(sha256=sha256, earlier=earlier, changed=likeness.changed))
    SamePicture.objects.bulk_create(pairs, ignore_conflicts=True)


def compare_stored(later: str, earlier: str) -> Likeness | None:
    try:
        with Image.open(file_of("thumbs", later)) as one, Image.open(file_of("thumbs", earlier)) as other:
            return compare(one, other)
    except FileNotFoundError:
        return None


def forget(sha256: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [sha256])
        cursor.execute("DELETE FROM plumbing_same_picture WHERE %s IN (sha256, earlier)", [sha256])


def look_again() -> Iterator[str]:
    """Build all of it anew from the small files, the earliest picture first; gives the name of each that was seen."""
    with transaction.atomic():
        for model in (SamePicture, PictureLook):
            model.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM plumbing_picture_key")
    drawn = Picture.objects.filter(shown_as="").order_by("stored_at", "sha256")
    for sha256 in drawn.values_list("sha256", flat=True).iterator():
        try:
            with Image.open(file_of("thumbs", sha256)) as small:
                remember(sha256, look_of(small))
        except FileNotFoundError:
            continue
        yield sha256
