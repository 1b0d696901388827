"""同一照片 (same pictures): which stored pictures were made from one and the same. Derived from the files alone.

Its keys are kept when it comes. It is looked for once, right after: by the worker, or by whoever hands it in before the
worker came to it; who judges later only reads the pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
        INSERT INTO plumbing_picture_look (sha256, keys, sought) VALUES (%s, %s, %s)
        ON CONFLICT DO NOTHING RETURNING number
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
    SELECT look.sha256, look.number FROM likely JOIN plumbing_picture_look look USING (number)
    WHERE shared >= {LEAST_SHARED} AND look.sha256 <> %s
    ORDER BY shared DESC, number LIMIT {MOST_COMPARED}
"""  # noqa: S608
WAITING = """
    SELECT sha256, number, sought FROM plumbing_picture_look
    WHERE sought IS NOT NULL AND (%s::text[] IS NULL OR sha256 = ANY(%s)) ORDER BY number LIMIT 1 FOR UPDATE
"""
NEXT_WAITING = f"{WAITING} SKIP LOCKED"
FORGET = """
    WITH gone AS (DELETE FROM plumbing_picture_look WHERE sha256 = %s RETURNING number, keys)
    DELETE FROM plumbing_picture_key k USING gone WHERE k.number = gone.number AND k.key = ANY(gone.keys)
"""


def remember(sha256: str, look: Look, *, seek: bool = True) -> None:
    """Its keys, and whether it is to be looked for."""
    with prepared_cursor() as cursor:
        sought = list(look.sought) if seek else None
        cursor.execute(REMEMBER, [sha256, list(look.kept), sought, list(look.kept)])


def find_next_same() -> bool:
    """Look for the picture that has waited longest and that nobody else looks for; whether there was one."""
    return _find_same(NEXT_WAITING, None)


def find_same(hashes: Collection[str]) -> None:
    """Look for each of these that still waits; returns when all pairs are known."""
    while _find_same(WAITING, list(hashes)):
        pass


@transaction.atomic
def _find_same(waiting: str, hashes: list[str] | None) -> bool:
    """Lay it over those that it may be made from, or that may be made from it where they came at once."""
    with prepared_cursor() as cursor:
        cursor.execute(waiting, [hashes, hashes])
        row = cursor.fetchone()
    if row is None:
        return False
    sha256, number, sought = row
    pairs = []
    for other, its_number in find_likely(sha256, sought):
        later, earlier = (sha256, other) if its_number < number else (other, sha256)
        likeness = compare_stored(later, earlier)
        if likeness is not None:
            pairs.append(SamePicture(sha256=later, earlier=earlier, changed=likeness.changed))
    SamePicture.objects.bulk_create(pairs, ignore_conflicts=True)
    PictureLook.objects.filter(number=number).update(sought=None)
    return True


def find_likely(sha256: str, sought: Collection[int]) -> list[tuple[str, int]]:
    """The pictures that share most keys, with their numbers."""
    if not sought:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(LIKELY, [list(sought), sha256])
        return [(other, number) for other, number in cursor.fetchall()]


def compare_stored(later: str, earlier: str) -> Likeness | None:
    try:
        with Image.open(file_of("thumbs", later)) as one, Image.open(file_of("thumbs", earlier)) as other:
            return compare(one, other)
    except OSError:  # a small file that is gone or broken; `gezhi verify` tells of it
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
        find_same([sha256])
        yield sha256
