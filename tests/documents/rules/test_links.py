from __future__ import annotations

import pytest

from gezhi.documents.rules.links import (
    MOST_LINKS,
    Link,
    TooManyLinks,
    UnknownClause,
    UnknownSubject,
    check_links,
    selectors_of,
    subject_name,
)
from gezhi.kernel.problems import Problem

CLASSES = {"2026-matter-06": ("市容环境类", "City appearance"), "2026-matter-06010": ("暴露垃圾", "Litter")}


def check(*links: Link) -> tuple[Link, ...]:
    return check_links(links, anchors={"1", "2"}, classes=CLASSES)


def test_links_are_kept_once_and_in_order() -> None:
    whole, extension = Link("", "class", "2026-matter-06"), Link("2", "approval", "extension")
    scheme = Link("1", "scheme", "monthly-2026")
    assert check(extension, scheme, whole, extension) == (whole, scheme, extension)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        (Link("3", "approval", "void"), UnknownClause),
        (Link("", "class", "2026-matter-07"), UnknownSubject),
        (Link("", "class", "06"), UnknownSubject),
        (Link("", "approval", "holiday"), UnknownSubject),
        (Link("", "Scheme", "x"), UnknownSubject),
        (Link("", "scheme", " "), UnknownSubject),
    ],
)
def test_a_link_into_the_void_is_refused(link: Link, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        check(link)


def test_too_many_links_are_refused() -> None:
    with pytest.raises(TooManyLinks):
        check(*[Link("1", "scheme", str(number)) for number in range(MOST_LINKS + 1)])


def test_a_class_is_spoken_for_by_itself_and_its_major() -> None:
    assert selectors_of("2026-matter-06010") == ("2026-matter-06010", "2026-matter-06")
    assert selectors_of("nonsense") == ()


def test_what_is_governed_has_a_name_in_both_languages() -> None:
    assert subject_name(Link("", "class", "2026-matter-06"), CLASSES) == ("市容环境类", "City appearance")
    assert subject_name(Link("", "approval", "extension"), CLASSES) == ("延期", "Extension")
    assert subject_name(Link("", "scheme", "m"), CLASSES) == ("m", "m")
    assert subject_name(Link("", "class", "1999-part-01"), CLASSES)[0] == "1999-part-01"
