"""Checkpoints are read only as they are written: origin, size, root, and no line more."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.checkpoint import Checkpoint, parse_checkpoint

TEXT: Final = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT: Final = bytes.fromhex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")


def test_the_checkpoint_of_the_standard_is_read_as_it_is_written() -> None:
    found = parse_checkpoint(TEXT)
    assert found == Checkpoint("example.com/behind-the-sofa", 20_852_163, ROOT)
    assert found.text == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT[:-1],
        TEXT + "more\n",
        TEXT + "\n",
        "\n" + TEXT.partition("\n")[2],
        TEXT.replace("20852163", "020852163"),
        TEXT.replace("20852163", "-1"),
        TEXT.replace("20852163", "２"),
        TEXT.replace("CsUY", "Cs?Y"),
        TEXT.replace("CsUY", ""),
        TEXT.replace("q2I=", "q2J="),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no checkpoint"):
        parse_checkpoint(text)
