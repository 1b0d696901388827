"""Pictures stored and served: uploaded first, named by their hash in later actions, swept when nobody names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from hashlib import sha256 as digest_of
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.gateways.media_files import KINDS
from gezhi.plumbing.gateways.media_files import file_of as file_of  # noqa: PLC0414 - others ask here
from gezhi.plumbing.gateways.plain_file import open_plain
from gezhi.plumbing.gateways.whole_file import write_whole
from gezhi.plumbing.models import Picture, PictureSentAgain
from gezhi.plumbing.pictures import Checked, UnknownPicture, check_picture
from gezhi.plumbing.same_pictures import register

ORPHANED_AFTER = timedelta(hours=24)
OWN_FOR_S = int(ORPHANED_AFTER.total_seconds())
SWEEP_AT_ONCE = 1000


def halves() -> Path:
    """Where files lie while they are written."""
    folder: Path = settings.GEZHI_HOME / "media" / "halves"
    return folder


def store_picture(
    original: bytes,
    *,
    actor_id: int | None,
    clock: Clock,
    check: Callable[..., Checked] = check_picture,
    seek: bool = True,
) -> Picture:
    """Check, keep and register; the same picture twice is the same row. Files are on disk before the row is.

    `seek`: whether it may be made from another one, which is looked for right after; what is drawn here is not.
    """
    known = Picture.objects.filter(sha256=digest_of(original).hexdigest(), shown_as="").first()
    if known is not None and all(file_of(kind, known.sha256).exists() for kind in KINDS):
        _note_sender(known, actor_id)
        return known
    checked = check(original, zone=ZoneInfo(settings.TIME_ZONE), limit_bytes=settings.GEZHI_MEDIA_LIMIT_BYTES)
    _keep_files(checked.sha256, {"originals": original, "copies": checked.copy, "thumbs": checked.thumb})
    picture = _register(checked, size=len(original), actor_id=actor_id, now=clock())
    _note_sender(picture, actor_id)
    register.remember(checked.sha256, checked.look, seek=seek)
    return picture


def _note_sender(picture: Picture, actor_id: int | None) -> None:
    """Whoever sends the file has it, though it lies here already."""
    if actor_id not in {None, picture.actor_id}:
        PictureSentAgain.objects.bulk_create(
            [PictureSentAgain(sha256=picture.sha256, user_id=actor_id)], ignore_conflicts=True
        )


def _keep_files(named: str, contents: Mapping[str, bytes]) -> None:
    """All of them or none: where the disk is full, those that fitted go again."""
    fresh = []
    try:
        for kind, content in contents.items():
            file = file_of(kind, named)
            if write_whole(file, content, halves=halves()):
                fresh.append(file)
    except OSError:
        for file in fresh:
            file.unlink(missing_ok=True)
        raise


def _register(checked: Checked, *, size: int, actor_id: int | None, now: int) -> Picture:
    facts = Picture(
        sha256=checked.sha256,
        width=checked.width,
        height=checked.height,
        mime=checked.mime,
        size=size,
        taken_at=checked.taken_at,
        taken_lon=checked.taken_lon,
        taken_lat=checked.taken_lat,
        edited_with=checked.edited_with,
        stored_at=datetime.fromtimestamp(now, UTC),
        actor_id=actor_id,
    )
    Picture.objects.bulk_create([facts], ignore_conflicts=True)
    return Picture.objects.get(sha256=checked.sha256)


def keep_pictures(hashes: Collection[str]) -> dict[str, Picture]:
    """An action names these pictures: from now on they are not swept. Belongs into its transaction.

    Raises UnknownPicture when one of them was never uploaded.
    """
    distinct = set(hashes)
    if not distinct:
        return {}
    Picture.objects.filter(sha256__in=distinct, is_kept=False).update(is_kept=True)
    pictures = Picture.objects.in_bulk(list(distinct))
    for sha256 in sorted(distinct - pictures.keys()):
        raise UnknownPicture(field="pictures", sha256=sha256)
    return pictures


Seen = Callable[[Actor], tuple[str, list[Any]]]
"""For somebody: SQL over plumbing_picture `p` with its parameters; true where a thing they see uses the picture."""
_seen: list[Seen] = []


def set_picture_scopes(scopes: Iterable[Seen]) -> None:
    """Who uses pictures stands above: each says whose they are."""
    _seen[:] = scopes


def list_missing(newest: int) -> list[str]:
    """Which of the newest pictures of the register do not lie on the disk."""
    hashes = Picture.objects.order_by("-stored_at").values_list("sha256", flat=True)[:newest]
    return [sha256 for sha256 in hashes if not file_of("originals", sha256).is_file()]


def get_file(sha256: str, kind: str, actor: Actor, *, now: int) -> Path:
    """The served copy of a picture, for whoever sees a thing that uses it; for its uploader as long as nothing does.

    For everybody else it is as if it did not exist. One statement.
    """
    sent, by = _sent_by(actor)
    own = (f"{sent} AND NOT p.is_kept AND p.stored_at > to_timestamp(%s)", [*by, now - OWN_FOR_S])
    where, values = _any_of([own, *(scope(actor) for scope in _seen)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.shown_as FROM plumbing_picture p WHERE p.sha256 = %s AND ({where})",  # noqa: S608
            [sha256, *values],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    file = file_of(kind, row[0] or sha256)
    if not file.is_file():
        raise NotFound
    return file


def _any_of(parts: Iterable[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    parts = list(parts)
    return " OR ".join(f"({sql})" for sql, _ in parts), [value for _, values in parts for value in values]


def find_foreign(hashes: Collection[str], actor: Actor) -> set[str]:
    """Which of these somebody has neither sent in nor sees used: where they name one, it is as if it did not exist.

    What the platform has drawn is nobody's until something uses it.
    """
    if not hashes:
        return set()
    drawn = ("p.actor_id IS NULL AND NOT p.is_kept", list[Any]())
    where, values = _any_of([_sent_by(actor), drawn, *(scope(actor) for scope in _seen)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.sha256 FROM plumbing_picture p WHERE p.sha256 = ANY(%s) AND NOT ({where})",  # noqa: S608
            [list(hashes), *values],
        )
        return {sha256 for (sha256,) in cursor.fetchall()}


def _sent_by(actor: Actor) -> tuple[str, list[Any]]:
    again = "SELECT FROM plumbing_picture_sent_again again WHERE again.sha256 = p.sha256 AND again.user_id = %s"
    return f"(p.actor_id IS NOT DISTINCT FROM %s OR EXISTS ({again}))", [actor.user_id, actor.user_id]


_REGISTER_SAME = """
INSERT INTO plumbing_picture (sha256, width, height, mime, size, stored_at, is_kept, shown_as)
SELECT given.sha256, drawn.width, drawn.height, drawn.mime, drawn.size, to_timestamp(%s), false, drawn.sha256
FROM unnest(%s::text[], %s::text[]) AS given (sha256, original)
JOIN plumbing_picture AS drawn ON drawn.sha256 = given.original
ON CONFLICT DO NOTHING
"""


def register_same(originals: Mapping[str, str], *, clock: Clock) -> None:
    """Register pictures by hash that show the same as one that is stored; one statement, no file is written."""
    if originals:
        with connection.cursor() as cursor:
            cursor.execute(_REGISTER_SAME, [clock(), list(originals), list(originals.values())])


def sweep_orphans(*, now: int) -> int:
    """Pictures uploaded a day ago that no action named: row first, then files."""
    before = datetime.fromtimestamp(now, UTC) - ORPHANED_AFTER
    still_shown = Picture.objects.filter(is_kept=True, shown_as=OuterRef("sha256"))
    orphans = Picture.objects.filter(~Exists(still_shown), is_kept=False, stored_at__lt=before).order_by("stored_at")
    swept = 0
    for sha256 in list(orphans.values_list("sha256", flat=True)[:SWEEP_AT_ONCE]):
        gone, _ = Picture.objects.filter(sha256=sha256, is_kept=False).delete()
        if gone:
            swept += 1
            register.forget(sha256)
            PictureSentAgain.objects.filter(sha256=sha256).delete()
            for kind in KINDS:
                file_of(kind, sha256).unlink(missing_ok=True)
    return swept


def verify_originals() -> Iterator[tuple[str, str]]:
    """(picture, what its file gives: its hash, or why it gives none) of every picture that is kept as a file."""
    kept = Picture.objects.filter(Q(shown_as="") | Q(shown_as=F("sha256")), is_kept=True).order_by("sha256")
    for sha256, size in kept.values_list("sha256", "size").iterator():
        try:
            with open_plain(file_of("originals", sha256), size) as file:
                yield sha256, file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield sha256, str(error.strerror)
