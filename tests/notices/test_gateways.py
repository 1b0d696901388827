"""The gateways against the real thing: a file, and an HTTP server on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any
from uuid import UUID

import pytest

from gezhi.notices.actions import queue_messages
from gezhi.notices.gateways import FileGateway, HttpGateway, SendFailed, gateway_in_use
from gezhi.notices.jobs import AT_ONCE, send_messages, send_waiting
from gezhi.notices.models import Message
from gezhi.notices.rules.news import Outgoing
from tests.fixtures import FixedClock
from tests.notices.telling import PHONE, message

OUTGOING = Outgoing(id=UUID(int=5), phone=PHONE, text="已派给道路处", case_no="HC-1", attempts=1)


class Provider(ThreadingHTTPServer):
    """A provider of texts that answers as it is told and remembers what it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.got: list[tuple[dict[str, str], Any]] = []
        self.answers: list[tuple[int, str]] = []
        self.wait_s = 0.0

    def handle_error(self, *_: Any) -> None:
        """Who asked has gone: that is what is tested."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/texts"


class _Answering(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((dict(self.headers.items()), body))
        sleep(self.server.wait_s)
        status, text = self.server.answers.pop(0) if self.server.answers else (202, "{}")
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Provider() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_a_text_is_posted_with_token_and_id(provider: Provider) -> None:
    HttpGateway(provider.url, "a-token").send(OUTGOING)
    ((headers, body),) = provider.got
    assert body == {"id": str(OUTGOING.id), "phone": PHONE, "text": "已派给道路处"}
    assert headers["Authorization"] == "Bearer a-token"
    assert headers["Idempotency-Key"] == str(OUTGOING.id)


@pytest.mark.parametrize(
    ("answer", "reference"),
    [('{"id": "MT-9"}', "MT-9"), ('{"id": 17}', "17"), ("{}", ""), ("OK", ""), ("[1]", ""), ('{"id": {"a": 1}}', "")],
)
def test_the_gateways_own_id_is_kept_where_it_gives_one(provider: Provider, answer: str, reference: str) -> None:
    provider.answers = [(200, answer)]
    assert HttpGateway(provider.url, "").send(OUTGOING) == reference


def test_without_a_token_none_is_sent(provider: Provider) -> None:
    HttpGateway(provider.url, "").send(OUTGOING)
    assert "Authorization" not in provider.got[0][0]


@pytest.mark.parametrize(
    ("status", "for_good"), [(400, True), (422, True), (401, False), (404, False), (429, False), (500, False)]
)
def test_a_refusal_says_whether_it_is_for_good(provider: Provider, status: int, for_good: bool) -> None:
    provider.answers = [(status, "number unknown")]
    with pytest.raises(SendFailed) as failure:
        HttpGateway(provider.url, "a-token").send(OUTGOING)
    assert (failure.value.reason, failure.value.for_good) == (f"HTTP {status} number unknown", for_good)


def test_a_gateway_that_says_nothing_is_given_up_after_the_timeout(provider: Provider) -> None:
    provider.wait_s = 0.5
    with pytest.raises(SendFailed) as failure:
        HttpGateway(provider.url, "a-token", timeout_s=0.1).send(OUTGOING)
    assert (failure.value.reason.split(":")[0], failure.value.for_good) == ("ReadTimeout", False)


def test_a_gateway_that_is_away_is_no_answer_for_good() -> None:
    with Provider() as gone:
        url = gone.url
    with pytest.raises(SendFailed) as failure:
        HttpGateway(url, "a-token").send(OUTGOING)
    assert (failure.value.reason.split(":")[0], failure.value.for_good) == ("ConnectError", False)


def test_the_file_holds_what_would_be_sent_with_the_number_masked(tmp_path: Path, clock: FixedClock) -> None:
    gateway = FileGateway(tmp_path / "messages.jsonl", clock=clock)
    gateway.send(OUTGOING)
    gateway.send(OUTGOING)
    lines = gateway.file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == 2 * [
        {
            "at": "2026-03-02T01:00:00+00:00",
            "id": str(OUTGOING.id),
            "case_no": "HC-1",
            "phone": "138******34",
            "text": "已派给道路处",
        }
    ]
    assert gateway.file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_is_a_gateway_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(SendFailed) as failure:
        FileGateway(tmp_path / "gone" / "messages.jsonl").send(OUTGOING)
    assert not failure.value.for_good


def test_the_settings_name_the_gateway(settings: Any, tmp_path: Path) -> None:
    gateway_in_use.cache_clear()
    settings.GEZHI_HOME = tmp_path
    found = gateway_in_use()
    assert isinstance(found, FileGateway)
    assert found.file == tmp_path / "messages.jsonl"
    gateway_in_use.cache_clear()
    settings.GEZHI_SMS_GATEWAY, settings.GEZHI_SMS_URL = "http", "http://127.0.0.1:9/texts"
    found = gateway_in_use()
    assert isinstance(found, HttpGateway)
    assert found.url == "http://127.0.0.1:9/texts"
    gateway_in_use.cache_clear()


def test_the_loop_sends_all_that_waits(db: None, provider: Provider, clock: FixedClock) -> None:
    queue_messages(message(number) for number in range(3))
    clock.advance(60)
    provider.answers = [(200, '{"id": "MT-9"}')]
    assert send_waiting(HttpGateway(provider.url, "a-token"), clock=clock) is False
    assert [body["id"] for _, body in provider.got] == [str(UUID(int=100 + number)) for number in range(3)]
    assert list(Message.objects.values_list("state", "reference")) == [("sent", "MT-9"), ("sent", ""), ("sent", "")]
    assert send_waiting(HttpGateway(provider.url, "a-token"), clock=clock) is False
    assert len(provider.got) == 3


def test_the_loop_of_the_worker_uses_the_gateway_of_the_settings(db: None, settings: Any, tmp_path: Path) -> None:
    gateway_in_use.cache_clear()
    settings.GEZHI_HOME = tmp_path
    queue_messages(message(number) for number in range(AT_ONCE + 1))
    assert (send_messages(), send_messages()) == (True, False)
    assert len((tmp_path / "messages.jsonl").read_text(encoding="utf-8").splitlines()) == AT_ONCE + 1
    gateway_in_use.cache_clear()


def test_a_gateway_that_is_away_is_asked_once_in_a_round_and_heard_later(
    db: None, provider: Provider, clock: FixedClock
) -> None:
    queue_messages(message(number) for number in range(3))
    clock.advance(60)
    provider.answers = [(503, "busy")]
    gateway = HttpGateway(provider.url, "a-token")
    assert send_waiting(gateway, clock=clock) is False
    assert len(provider.got) == 1
    send_waiting(gateway, clock=clock)
    assert [body["id"][-2:] for _, body in provider.got] == ["64", "65", "66"]
    clock.advance(30)
    send_waiting(gateway, clock=clock)
    assert provider.got[-1][1]["id"] == provider.got[0][1]["id"]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_one_bad_number_does_not_hold_up_the_others(db: None, provider: Provider, clock: FixedClock) -> None:
    queue_messages(message(number) for number in range(3))
    clock.advance(60)
    provider.answers = [(400, f"bad number {PHONE}")]
    send_waiting(HttpGateway(provider.url, "a-token"), clock=clock)
    states = Message.objects.order_by("id").values_list("state", "error")
    assert list(states) == [("refused", "HTTP 400 bad number 138******34"), ("sent", ""), ("sent", "")]
