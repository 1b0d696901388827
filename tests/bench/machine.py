"""The machine that was measured on: figures of two machines are never compared without it."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from django.db import connection


def _first(file: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(file).read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].strip() if found else ""


def describe_machine() -> dict[str, str]:
    """Processor, memory, versions, and how busy the machine was with other work before the start."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync'), "
                       "current_setting('synchronous_commit'), current_setting('shared_buffers')")  # fmt: skip
        version, fsync, commit, buffers = cursor.fetchone()
    return {
        "processor": _first("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.1f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": f"{version}, fsync {fsync}, synchronous_commit {commit}, shared_buffers {buffers}",
        "load before": f"{os.getloadavg()[0]:.2f}",
    }
