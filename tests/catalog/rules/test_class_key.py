from __future__ import annotations

import pytest

from gezhi.catalog.rules.class_key import ClassKey, ClassKind, MalformedKey, parse_class_key, row_key


@pytest.mark.parametrize(
    ("text", "edition", "kind", "major", "minor"),
    [
        ("2013-part-0101", "2013", ClassKind.PART, "01", "01"),
        ("2026-matter-06001", "2026", ClassKind.MATTER, "06", "001"),
    ],
)
def test_a_key_is_edition_kind_and_code(text: str, edition: str, kind: ClassKind, major: str, minor: str) -> None:
    key = parse_class_key(text)
    assert key == ClassKey(edition, kind, major + minor)
    assert (key.major_code, key.minor_code) == (major, minor)
    assert str(key) == text


@pytest.mark.parametrize("text", ["", "0101", "2013-0101", "2013-event-0101", "2013-part-101", "2013-part-010101", "x"])
def test_a_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(MalformedKey):
        parse_class_key(text)


def test_a_row_key_is_the_class_key_and_a_number() -> None:
    assert row_key("2013-part-0101", 3) == "2013-part-0101-3"
