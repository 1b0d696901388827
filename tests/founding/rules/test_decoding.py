from __future__ import annotations

import pytest

from gezhi.founding.rules.decoding import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_chinese_text_is_read_from_every_encoding_that_offices_use(encoding: str) -> None:
    assert decode("编码,名称\n1,通惠社区\n".encode(encoding)) == "编码,名称\n1,通惠社区\n"


def test_a_rare_character_comes_through_gb18030() -> None:
    assert decode("𡊠街道".encode("gb18030")) == "𡊠街道"


@pytest.mark.parametrize("raw", [b"\xff\xfea\x00", "社区".encode("utf-16"), b"name\xff\xff", b"a\x00b"])
def test_what_is_neither_is_not_guessed(raw: bytes) -> None:
    assert decode(raw) is None


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""
