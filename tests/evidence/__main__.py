"""`make evidence`: is the same picture known again, is no other one taken for it, and how fast, with a million of them.

`python -m tests.evidence [--photos FOLDER] [--originals N] [--different N] [--register N]`

Without a folder of photos the pictures are drawn. Photos are cut into tiles of their own, none of which overlap.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from PIL import Image, UnidentifiedImageError

from tests.bench.place import temporary_home
from tests.evidence.copies import HARDER, WAYS, as_file
from tests.evidence.streets import draw_street

TILE = (480, 360)
ASKED_AGAIN = 200


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def read_photos(folder: Path) -> Iterator[Image.Image]:
    for file in sorted(folder.rglob("*")):
        try:
            with Image.open(file) as opened:
                photo = opened.convert("RGB")
        except (UnidentifiedImageError, OSError):
            continue
        if min(photo.size) >= min(TILE):
            photo.thumbnail((1440, 1440))
            yield photo


def cut_tiles(photo: Image.Image) -> Iterator[Image.Image]:
    """None overlaps another; a small photo is one tile."""
    if photo.width < 2 * TILE[0] or photo.height < 2 * TILE[1]:
        yield photo
        return
    for top in range(0, photo.height - TILE[1] + 1, TILE[1]):
        for left in range(0, photo.width - TILE[0] + 1, TILE[0]):
            yield photo.crop((left, top, left + TILE[0], top + TILE[1]))


def drawn(first: int) -> Iterator[Image.Image]:
    while True:
        yield draw_street(first)
        first += 1


def drawings_of_the_demo() -> Iterator[Image.Image]:
    from gezhi.simulation.queries import read_mark
    from gezhi.simulation.rules.scene_subjects import SUBJECTS
    from gezhi.simulation.rules.street_scene import draw_scene

    for subject in SUBJECTS:
        for variant in range(3):
            file = draw_scene(subject, variant, solved=False, mark=read_mark())
            yield Image.open(io.BytesIO(file)).convert("RGB")


def store(file: bytes) -> str:
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.media import store_picture
    from gezhi.plumbing.same_pictures.register import find_same

    name = store_picture(file, actor_id=None, clock=system_clock).sha256
    find_same([name])
    return name


def store_small(picture: Image.Image) -> str:
    """As `store` leaves it, without what takes long: the original and the large copy are not written."""
    from gezhi.plumbing.gateways.media_files import file_of
    from gezhi.plumbing.same_pictures.likeness import look_of
    from gezhi.plumbing.same_pictures.register import find_same, remember

    picture.thumbnail((360, 360))
    content = as_file(picture, quality=78)
    name = hashlib.sha256(content).hexdigest()
    file = file_of("thumbs", name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    remember(name, look_of(picture))
    find_same([name])
    return name


def same_as(sha256: str) -> set[str]:
    from gezhi.plumbing.models import SamePicture

    return set(SamePicture.objects.filter(sha256=sha256).values_list("earlier", flat=True))


def measure_copies(originals: list[Image.Image]) -> None:
    """Each copy must lead to the picture that it was made from, and to no other."""
    chance = Random(8)
    names = [store(as_file(picture, quality=88)) for picture in originals]
    for title, ways in (("copies", WAYS), ("harder ones", HARDER)):
        missed, wrong = Counter[str](), 0
        for name, picture in zip(names, originals, strict=True):
            for way, make in ways.items():
                found = same_as(store(make(picture, chance)))
                missed[way] += name not in found
                wrong += bool(found & set(names) - {name})
        total = len(originals) * len(ways)
        share = 100 * (total - missed.total()) / total
        say(f"{title}: {total - missed.total()} of {total} known again ({share:.1f} %), {wrong} taken for another one")
        say("   missed: " + ", ".join(f"{way} {missed[way]}" for way in ways))


def measure_different(pictures: Iterator[Image.Image], count: int) -> None:
    begun, seen, confused = time.monotonic(), 0, 0
    for picture in islice(pictures, count):
        name = store_small(picture)
        earlier = same_as(name)
        confused += bool(earlier)
        seen += 1
        for one in earlier:
            say(f"   {seen}: {name} is taken for {one}")
    each = 1000 * (time.monotonic() - begun) / max(seen, 1)
    say(f"different pictures: {confused} of {seen:,} confused; {each:.0f} ms each to take one, drawing included")


def measure_register(count: int, files: list[bytes]) -> None:
    """As many made-up pictures in the tables, then real searches among them."""
    from django.conf import settings
    from django.db import connection

    from gezhi.plumbing.same_pictures.likeness import KEY_BITS, STRONGEST, look_of
    from gezhi.plumbing.same_pictures.register import find_likely

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM plumbing_picture_look")
        (last,) = cursor.fetchone()
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("ALTER TABLE plumbing_picture_key DROP CONSTRAINT plumbing_picture_key_pkey")
        cursor.execute(
            f"""INSERT INTO plumbing_picture_key (key, number)
            SELECT (random() ^ 1.3 * (1 << {KEY_BITS}))::integer, n
            FROM generate_series(%s, %s) n CROSS JOIN generate_series(1, {STRONGEST})""",
            [last + 1, last + count],
        )
        cursor.execute("CREATE INDEX again ON plumbing_picture_key (key, number)")
        cursor.execute(
            "INSERT INTO plumbing_picture_look (number, sha256, keys)"
            " SELECT n, md5(n::text) || md5((-n)::text), '{}' FROM generate_series(%s, %s) n",
            [last + 1, last + count],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE plumbing_picture_key, plumbing_picture_look")
        cursor.execute("SELECT pg_total_relation_size('plumbing_picture_key') / 1048576")
        (size,) = cursor.fetchone()
    looks = []
    for file in files:
        with Image.open(io.BytesIO(file)) as picture:
            looks.append(look_of(picture))
    times = []
    for look in looks:
        begun = time.perf_counter()
        find_likely("", look.sought)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    say(
        f"search among {count:,}: median {middle:.1f} ms, 95 % within {late:.1f} ms, {size:,} MB of keys"
        f" (PostgreSQL at {'its defaults' if settings.GEZHI_EMBEDDED else 'DATABASE_URL'})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make evidence", description=__doc__)
    parser.add_argument("--photos", type=Path, help="a folder of photos; else all is drawn")
    parser.add_argument("--originals", type=int, default=100)
    parser.add_argument("--different", type=int, default=10_000)
    parser.add_argument("--register", type=int, default=1_000_000)
    words = parser.parse_args()
    photos = read_photos(words.photos) if words.photos else iter(())
    originals = [*islice(photos, words.originals)]
    rest = [tile for photo in photos for tile in cut_tiles(photo)]
    streets = drawn(0)
    say(f"{len(originals)} originals and {len(rest):,} others are photos, all else is drawn")
    originals += islice(streets, words.originals - len(originals))

    def others() -> Iterator[Image.Image]:
        yield from drawings_of_the_demo()
        yield from rest
        yield from streets

    with temporary_home():
        measure_copies(originals)
        measure_different(others(), words.different)
        if words.register:
            asked = [make(picture, Random(1)) for picture in originals for make in WAYS.values()][:ASKED_AGAIN]
            measure_register(words.register, asked)


main()
