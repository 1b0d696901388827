"""文件网关: for trying out. What would be sent is appended to a file, one JSON object a line, the number masked."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import structlog

from gezhi.kernel.masking import mask_phone
from gezhi.notices.gateways.sms_gateway import SendFailed
from gezhi.notices.rules.news import Outgoing
from gezhi.plumbing.clock import Clock, system_clock

log = structlog.get_logger(__name__)


class FileGateway:
    def __init__(self, file: Path, *, clock: Clock = system_clock) -> None:
        self.file, self.clock = file, clock

    def send(self, message: Outgoing) -> str:
        line = {
            "at": datetime.fromtimestamp(self.clock(), UTC).isoformat(),
            "id": str(message.id),
            "case_no": message.case_no,
            "phone": mask_phone(message.phone),
            "text": message.text,
        }
        try:
            self._append(f"{json.dumps(line, ensure_ascii=False)}\n".encode())
        except OSError as error:
            raise SendFailed(f"{self.file.name}: {error.strerror}") from error
        log.info("notices.message-written", id=line["id"], phone=line["phone"])
        return ""

    def _append(self, line: bytes) -> None:
        """One write: lines of several workers do not mix."""
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
