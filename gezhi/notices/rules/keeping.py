"""保存期限: how long what was told is kept. The case log is the record; these rows are a service."""

from __future__ import annotations

NOTICES_KEPT_DAYS = 90
PHONES_KEPT_DAYS = 180
