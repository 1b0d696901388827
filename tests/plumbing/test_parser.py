from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import RequestFactory

from gezhi.plumbing.parser import BadText, JsonParser, NotJson, NumberTooLarge, read_content


def parse(body: bytes) -> Any:
    return JsonParser().parse_body(RequestFactory().post("/", body, content_type="application/json"))


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"reason": "a\0b"}, "body.reason"),
        ({"contact": {"name": "\0"}}, "body.contact.name"),
        ({"pictures": ["a", "\0"]}, "body.pictures.1"),
        ({"contact": {"ph\0ne": "1"}}, "body.contact"),
        ("\0", "body"),
        ({"reason": "\ud83d"}, "body.reason"),
        ({"deep": [[[{"far": "x\udfff"}]]]}, "body.deep.0.0.0.far"),
    ],
)
def test_a_text_that_nothing_can_keep_is_refused_with_the_name_of_its_field(content: Any, field: str) -> None:
    with pytest.raises(BadText) as refused:
        parse(json.dumps(content).encode())
    assert refused.value.field == field


def test_a_number_beyond_every_column_is_refused_with_the_name_of_its_field() -> None:
    assert read_content({"unit_id": 2**63 - 1, "seq": -(2**63)}) == {"unit_id": 2**63 - 1, "seq": -(2**63)}
    for number in (2**63, -(2**63) - 1, 10**40):
        with pytest.raises(NumberTooLarge) as refused:
            read_content({"a": [{"unit_id": number}]})
        assert refused.value.field == "body.a.0.unit_id"


@pytest.mark.parametrize("body", [b"{", b'{"a": "\xff"}', b'{"a": NaN}', b"[" * 100_000, b"\xef\xbb\xbf{}", b"{} {}"])
def test_what_is_no_json_is_refused_with_what_is_wrong_with_it(body: bytes) -> None:
    with pytest.raises(NotJson) as refused:
        parse(body)
    assert refused.value.details["reason"]


def test_every_text_comes_in_without_direction_marks_and_a_blank_one_comes_in_empty() -> None:
    content = {
        "reason": "\u200b",
        "text": "井盖\u202e坏了",
        "list": ["\u3000", {"in": " 好 "}],
        "no": None,
        "yes": True,
    }
    assert read_content(content) == {
        "reason": "",
        "text": "井盖坏了",
        "list": ["", {"in": " 好 "}],
        "no": None,
        "yes": True,
    }
