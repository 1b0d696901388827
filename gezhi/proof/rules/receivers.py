"""第二处: places elsewhere that keep checkpoints, as those who hand over see them, and what can be wrong with them."""

from __future__ import annotations

from typing import Protocol

from gezhi.kernel.problems import Problem


class ReceiverAway(Problem):
    code = "proof.receivers.away"
    status = 503
    title = "存证接收方 {receiver} 没有收下：{reason}。稍后自动补交。"
    title_en = "The receiver {receiver} took nothing: {reason}. It is tried again by itself."


class ReceiverDisagrees(Problem):
    code = "proof.receivers.disagrees"
    status = 409
    title = "存证接收方 {receiver} 保存的内容与本库不一致：{reason}。请运行 gezhi verify --anchors 核对。"
    title_en = "What the receiver {receiver} keeps is not what is here: {reason}. Please run `gezhi verify --anchors`."


class Folder(Protocol):
    """A folder in which nothing is ever overwritten."""

    name: str

    def last_size(self, origin: str) -> int: ...

    def put(self, path: str, body: bytes) -> None:
        """ReceiverDisagrees where something else lies there; ReceiverAway where it cannot be written."""
        ...


class Witness(Protocol):
    """A witness that is asked over the network."""

    name: str

    def add(self, body: bytes) -> tuple[int, str]:
        """Status and text of its answer; ReceiverAway where there is none."""
        ...


def checkpoint_path(size: int) -> str:
    """Where a checkpoint lies in the folder of its origin; names sort by size."""
    return f"checkpoints/{size:015d}"
