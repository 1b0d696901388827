"""Stored pictures find those that they were made from, forget them when they are swept, and are all found anew."""

from __future__ import annotations

from random import Random

import pytest

from gezhi.plumbing import media
from gezhi.plumbing.models import Picture, PictureKey, PictureLook, SamePicture
from gezhi.plumbing.same_pictures import register
from tests.evidence.copies import WAYS, as_file
from tests.evidence.streets import draw_street
from tests.fixtures import FixedClock, StatementCount

pytestmark = pytest.mark.django_db

STREET, OTHER = draw_street(11), draw_street(12)


def store(file: bytes, clock: FixedClock) -> str:
    """As the worker leaves it."""
    sha256 = media.store_picture(file, actor_id=None, clock=clock).sha256
    while register.find_next_same():
        pass
    return sha256


def pairs() -> set[tuple[str, str]]:
    return set(SamePicture.objects.values_list("sha256", "earlier"))


def test_a_copy_leads_to_the_picture_it_was_made_from_and_all_is_found_anew(clock: FixedClock) -> None:
    first, other = store(as_file(STREET, quality=90), clock), store(as_file(OTHER), clock)
    copy = store(WAYS["mirrored"](STREET, Random(1)), clock)
    assert pairs() == {(copy, first)}
    Picture.objects.filter(sha256=copy).update(stored_at=Picture.objects.get(sha256=first).stored_at)
    assert set(register.look_again()) == {first, other, copy}
    assert {frozenset(pair) for pair in pairs()} == {frozenset((copy, first))}
    assert PictureLook.objects.count() == 3


def test_a_picture_is_looked_for_after_its_upload_once(clock: FixedClock, statement_count: StatementCount) -> None:
    first = media.store_picture(as_file(STREET, quality=90), actor_id=None, clock=clock).sha256
    copy = media.store_picture(WAYS["cropped"](STREET, Random(1)), actor_id=None, clock=clock).sha256
    assert pairs() == set()
    assert [register.find_next_same() for _ in range(3)] == [True, True, False]
    assert pairs() == {(copy, first)}
    with statement_count() as counted:
        register.find_same([first, copy])
    assert counted.total <= 3, "savepoint and one look: nothing waits"


@pytest.mark.parametrize("earlier_first", [True, False])
def test_of_two_that_came_at_once_the_later_is_made_from_the_earlier_whichever_is_looked_for_first(
    clock: FixedClock, earlier_first: bool
) -> None:
    first = media.store_picture(as_file(STREET, quality=90), actor_id=None, clock=clock).sha256
    copy = media.store_picture(WAYS["cropped"](STREET, Random(1)), actor_id=None, clock=clock).sha256
    for sha256 in (first, copy) if earlier_first else (copy, first):
        register.find_same([sha256])
        assert pairs() == {(copy, first)}


def test_what_is_swept_is_forgotten(clock: FixedClock) -> None:
    store(as_file(STREET, quality=90), clock)
    store(WAYS["scaled"](STREET, Random(1)), clock)
    assert len(pairs()) == 1
    media.sweep_orphans(now=clock() + 25 * 3600)
    assert (PictureLook.objects.count(), PictureKey.objects.count(), pairs()) == (0, 0, set())


def test_a_key_of_very_many_pictures_tells_none_apart(clock: FixedClock) -> None:
    first = store(as_file(STREET, quality=90), clock)
    look = PictureLook.objects.get(sha256=first)
    common = [PictureKey(key=key, number=number) for key in look.keys for number in range(10_000, 10_032)]
    PictureKey.objects.bulk_create(common)
    copy = store(WAYS["saved again"](STREET, Random(1)), clock)
    assert pairs() == set()
    PictureKey.objects.filter(number__gte=10_000).delete()
    SamePicture.objects.all().delete()
    register.forget(copy)
    assert store(WAYS["saved again"](STREET, Random(2)), clock) != copy
    assert len(pairs()) == 1
