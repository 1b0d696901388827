"""Sends prepared reports over kept connections: `python -m tests.bench.sender`, a process of its own with one thread.

Reads one JSON order from standard input, writes one JSON result. Raw sockets, because on a small machine every
microsecond that the sender takes is missing at the server.
"""

from __future__ import annotations

import json
import random
import selectors
import socket
import sys
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

HEAD_END = b"\r\n\r\n"
REFUSED = 300


@dataclass
class Sent:
    """What came back: answers by status, and how long each took."""

    statuses: dict[int, int] = field(default_factory=dict)
    took_ms: list[float] = field(default_factory=list)


class Line:
    """One kept connection with at most one report under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> int | None:
        """The status when the answer is whole."""
        chunk = self.socket.recv(65_536)
        if not chunk:
            raise ConnectionError("the server closed a kept connection")
        self.received += chunk
        head, found, body = self.received.partition(HEAD_END)
        if not found:
            return None
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) < length:
            return None
        status = int(head[9:12])
        if status >= REFUSED:
            raise ValueError(body.decode())
        return status


def prepare(order: dict[str, Any]) -> list[bytes]:
    """As many reports as could be sent at most, each with an Idempotency-Key of its own."""
    chance = random.Random(order["seed"])
    head = (
        "POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {order['token']}\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n"
    )
    made = []
    for number in range(order["at_most"]):
        lon, lat = chance.choice(order["points"])
        report = {
            "channel": "wechat", "lon": lon, "lat": lat,
            "class_key": chance.choice(order["classes"]), "place": "人民路与建设街交叉口东北角",
            "description": "路口的设施坏了，有人差点摔倒，请尽快派人来看看。", "sender_no": f"wx{number}",
            "contact": {"name": "王女士", "phone": f"139{number:08}", "wants_answer": True},
        }  # fmt: skip
        body = json.dumps(report, ensure_ascii=False).encode()
        made.append((head % (uuid.UUID(int=chance.getrandbits(128)), len(body))).encode() + body)
    return made


def send_for(lines: list[Line], requests: list[bytes], seconds: float) -> Sent:
    """Keep every line busy until the time is over, then wait for what is under way."""
    sent, left = Sent(), iter(requests)
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(next(left))
        end, busy = time.perf_counter() + seconds, len(lines)
        while busy:
            for key, _ in selector.select():
                line = key.data
                status = line.answer()
                if status is None:
                    continue
                now = time.perf_counter()
                sent.took_ms.append(1_000 * (now - line.sent_at))
                sent.statuses[status] = sent.statuses.get(status, 0) + 1
                if now < end:
                    line.send(next(left))
                else:
                    busy -= 1
    return sent


def main() -> None:
    order = json.load(sys.stdin)
    requests = prepare(order)
    lines = [Line(order["port"]) for _ in range(order["connections"])]
    started = time.perf_counter()
    sent = send_for(lines, requests, order["seconds"])
    took = time.perf_counter() - started
    ordered = sorted(sent.took_ms)
    result = {"statuses": sent.statuses, "seconds": took, "median_ms": ordered[len(ordered) // 2],
              "p95_ms": ordered[int(0.95 * len(ordered))]}  # fmt: skip
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
