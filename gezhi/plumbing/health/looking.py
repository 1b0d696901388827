"""The look behind `/readyz`: in threads of its own, so that the answer comes in time whatever they hang in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from threading import Event, Lock, Thread
from typing import Any

import msgspec
from django.conf import settings

from gezhi.plumbing.health.checks import look_at_database, look_at_disk
from gezhi.plumbing.health.findings import Finding, Health, overall

PATIENCE_S = 1.2
FRESH_S = 1.0

Part = Callable[[], Iterable[tuple[str, Finding]]]


class Look:
    """One look at one part, in a thread of its own."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.began = time.monotonic()
        self.findings: dict[str, Finding] = {}
        self.ended = Event()
        Thread(target=self._run, name="readiness", daemon=True).start()

    def _run(self) -> None:
        try:
            for name, finding in self.part():
                self.findings[name] = finding
        except Exception as error:  # noqa: BLE001 - whatever it is, the part is not well
            self.findings["look"] = _failed("检查未能完成", "the look could not be finished", type(error).__name__)
        finally:
            self.ended.set()

    def is_usable(self) -> bool:
        """Whether whoever asks now need not begin another: it is under way, or has only just ended."""
        return not self.ended.is_set() or time.monotonic() - self.began < FRESH_S


class Watch:
    """Looks when asked, at each part at most once a second; a part that hangs is looked at by one thread only."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self.parts = parts
        self.looks: dict[str, Look] = {}
        self.lock = Lock()

    def ask(self) -> dict[str, Finding]:
        with self.lock:
            for name, part in self.parts.items():
                look = self.looks.get(name)
                if look is None or not look.is_usable():
                    self.looks[name] = Look(part)
            looks = dict(self.looks)
        findings: dict[str, Finding] = {}
        for name, look in looks.items():
            left = look.began + PATIENCE_S - time.monotonic()
            answered = look.ended.wait(max(0.0, left))
            findings |= look.findings.copy()
            if not answered:
                since = time.monotonic() - look.began
                findings[name] = _failed(f"{since:.0f} 秒内没有回答", f"no answer within {since:.0f} s", "hangs")
        return findings


def _failed(zh: str, en: str, error: str) -> Finding:
    return Finding(Health.FAILED, f"{zh}：请查看服务日志。", f"{en}: look at the log.", {"error": error})


WATCH = Watch({"disk": look_at_disk, "database": look_at_database})


def readiness() -> tuple[int, dict[str, Any]]:
    """The status of the answer and its body: 503 as soon as one thing has failed."""
    findings = WATCH.ask()
    standing = overall(findings.values())
    body = {"status": standing, "version": settings.GEZHI_VERSION, "checks": findings}
    return 503 if standing is Health.FAILED else 200, msgspec.to_builtins(body)
