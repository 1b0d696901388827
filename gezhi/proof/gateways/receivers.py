"""Where checkpoints go: a folder, on another disk or another machine's, or a witness that is asked by HTTP."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import httpx

from gezhi.proof.rules.receivers import ReceiverAway, ReceiverDisagrees, checkpoint_path

TIMEOUT_S = 10.0
LONGEST_ANSWER = 100_000
CHECKPOINTS = Path(checkpoint_path(0)).parent
SIZE = re.compile(r"\d{15}")


class FolderReceiver:
    """A folder that only grows. What lies there already is never touched; if it differs, that is an alarm."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, str(folder)

    def last_size(self, origin: str) -> int:
        return max((size for size, _ in self.checkpoints(origin)), default=0)

    def checkpoints(self, origin: str) -> Iterator[tuple[int, Path]]:
        """(size, file) of what lies there of this origin."""
        try:
            files = sorted((self.folder / origin / CHECKPOINTS).iterdir())
        except FileNotFoundError:
            return
        except OSError as error:
            raise ReceiverAway(receiver=self.name, reason=error) from error
        yield from ((int(file.name), file) for file in files if SIZE.fullmatch(file.name))

    def origins(self) -> list[str]:
        """Of which trees anything lies there."""
        try:
            found = self.folder.glob(f"*/*/{CHECKPOINTS}")
            return sorted(path.parent.relative_to(self.folder).as_posix() for path in found)
        except OSError as error:
            raise ReceiverAway(receiver=self.name, reason=error) from error

    def put(self, path: str, body: bytes) -> None:
        """Whole or not there, also when the power fails."""
        file = self.folder / path
        try:
            if file.exists():
                self._compare(file, body)
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            half = file.with_name(f".{file.name}.{os.getpid()}.half")
            with half.open("wb") as out:
                out.write(body)
                out.flush()
                os.fsync(out.fileno())
            self._name(half, file, body)
        except OSError as error:
            raise ReceiverAway(receiver=self.name, reason=error) from error

    def _name(self, half: Path, file: Path, body: bytes) -> None:
        """A link fails where something has come to lie there meanwhile; a rename would overwrite it."""
        try:
            os.link(half, file)
        except FileExistsError:
            self._compare(file, body)
        except OSError:  # a file system without links
            half.replace(file)
        finally:
            with suppress(FileNotFoundError):
                half.unlink()

    def _compare(self, file: Path, body: bytes) -> None:
        if file.read_bytes() != body:
            raise ReceiverDisagrees(receiver=self.name, reason=file.relative_to(self.folder))


class HttpWitness:
    """A witness as C2SP tlog-witness describes it."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self.name, self.timeout_s = url.rstrip("/"), timeout_s

    def add(self, body: bytes) -> tuple[int, str]:
        return self._send("POST", "add-checkpoint", body)

    def get_checkpoint(self) -> str:
        """The checkpoint that it has, where it shows it."""
        status, text = self._send("GET", "checkpoint")
        if status != httpx.codes.OK:
            raise ReceiverAway(receiver=self.name, reason=f"HTTP {status}")
        return text

    def _send(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Status and text, as they came: whoever answers too much or too slowly is away."""
        ends, text, url = time.monotonic() + self.timeout_s, b"", f"{self.name}/{path}"
        try:
            with httpx.stream(method, url, content=body, timeout=self.timeout_s) as answer:
                for part in answer.iter_raw():
                    text += part
                    if len(text) > LONGEST_ANSWER or time.monotonic() > ends:
                        raise ReceiverAway(receiver=self.name, reason=f"{len(text)} bytes …")
                return answer.status_code, text.decode(errors="replace")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OverflowError) as error:  # also of an odd address
            raise ReceiverAway(receiver=self.name, reason=f"{type(error).__name__}: {error}") from error


def receivers_of(places: Sequence[str]) -> list[FolderReceiver | HttpWitness]:
    """The receivers of a setting: addresses are witnesses, everything else is a folder, also of `~nobody`."""
    return [
        HttpWitness(place)
        if place.startswith(("http://", "https://"))
        else FolderReceiver(Path(os.path.expanduser(place)))  # noqa: PTH111 - of a Path it fails without such a user
        for place in places
    ]
