"""操作: what people ask of a case. The word of each is its row in `stages.TABLE`."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import msgspec

from gezhi.kernel.permissions import Actor
from gezhi.kernel.phones import is_mobile

WORDS = ("by_call", "description", "keep_secret", "name", "phone", "sender_no", "wants_answer")
_encoder = msgspec.json.Encoder()


class Command(msgspec.Struct, frozen=True, tag_field="command", forbid_unknown_fields=True, kw_only=True):
    """Base of all commands; `word()` is its name in the table."""

    @property
    def word(self) -> str:
        return str(self.__struct_config__.tag)


class Reasoned(Command, frozen=True, kw_only=True):
    """What is given with words and with a code of the city's list for it (rules/reasons.py)."""

    reason: str
    reason_code: str


class Seen(Command, frozen=True, kw_only=True):
    """What a collector saw on the spot."""

    pictures: tuple[str, ...] = ()
    lon: int | None = None
    lat: int | None = None
    text: str = ""


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """举报人: what a sender wrote and how to reach them. Kept apart from the log, in a table that can be erased.

    The log keeps their digest alone. `salt` (32 bytes of chance, hexadecimal) is erased with the words: without it
    nobody can try which words they were.
    """

    salt: str
    description: str = ""
    sender_no: str = ""
    name: str = ""
    phone: str = ""
    wants_answer: bool = False
    keep_secret: bool = False
    by_call: bool = False

    @property
    def reachable(self) -> bool:
        """可回告: who asked for an answer and left a number is told what comes of the report."""
        return self.wants_answer and bool(self.phone)

    @property
    def called(self) -> bool:
        """电话告知: who asked for a call, or has a number that cannot be texted."""
        return self.reachable and (self.by_call or not is_mobile(self.phone))

    @property
    def digest(self) -> str:
        """上报摘要: SHA-256 over the salt and the words as one JSON object, its fields in the order of their names;
        `by_call` only where it is so.
        """
        words = {name: getattr(self, name) for name in WORDS if name != "by_call" or self.by_call}
        return sha256(bytes.fromhex(self.salt) + _encoder.encode(words)).hexdigest()


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One command for one case by one person. `command_id` makes it safe to send again; `seen_seq` is the state that
    they looked at.

    `recorded` is set where a past moment is being simulated, and `serial` with it; otherwise the writer gives both.
    """

    case_id: UUID
    command_id: UUID
    command: Command
    actor: Actor
    sender: Sender | None = None
    happened: int | None = None
    recorded: int | None = None
    serial: int | None = None
    seen_seq: int | None = None
