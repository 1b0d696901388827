"""所指: what a word names: classes, units, staff, districts and streets."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.catalog.queries import find_class_keys
from gezhi.kernel.searching import LETTERS, fold, initials, is_named, pairs_query
from gezhi.people.queries import held_directory
from gezhi.regions.queries import held_regions
from gezhi.regions.rules.levels import Level

SHORTEST = 2
"""Characters: one alone names half of all people and units."""


class Meaning(msgspec.Struct, frozen=True):
    """What one word may mean. `described`: a query over descriptions, where the word names nothing or stands
    beside others.
    """

    word: str
    classes: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    described: str = ""


def meaning_of(word: str, *, on: date, beside_others: bool = False) -> Meaning:
    """What one word of a search may mean. A word beside others is looked for in descriptions whatever it names, since
    the others keep the answer short.
    """
    named = named_by(word, on=on)
    names_something = not beside_others and (named.classes or named.units or named.people or named.areas)
    return named if names_something else msgspec.structs.replace(named, described=pairs_query(word))


def named_by(word: str, *, on: date) -> Meaning:
    """The things of which a word is a name, or a part of one."""
    classes = find_class_keys(word, on=on)
    if len(word) < SHORTEST:
        return Meaning(word, classes)
    directory, regions = held_directory(), held_regions()
    return Meaning(
        word,
        classes=classes,
        units=tuple(body.id for body in directory.organisations.values() if is_named(word, body.name, body.name_en)),
        people=tuple(user.id for user in directory.users.values() if _is_person(word, user.name)),
        areas=tuple(one.code for one in regions.values() if one.name == word and one.level >= Level.COUNTY),
    )


def _is_person(word: str, name: str) -> bool:
    """A part of the name, or its initials whole: parts of initials would name half the staff."""
    return word in fold(name) or (LETTERS.fullmatch(word) is not None and word == initials(name))
