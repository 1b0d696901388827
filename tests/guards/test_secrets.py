"""No secret lies in the repository: every text under version control is looked at for keys and tokens."""

from __future__ import annotations

import subprocess
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

from tests.guards.source import ROOT

BY_GUESS = {
    "Secret Keyword",
    "Base64 High Entropy String",
    "Hex High Entropy String",
    "Public IP (ipv4)",
    "Basic Auth Credentials",
}
"""What names or disorder let suspect: digests, codes and prose of a register are full of both."""
NO_SECRETS = {
    ("GitHub Token", "tests/documents/rules/test_words.py"): "words of a search, divided by colons",
    ("GitHub Token", "tests/proof/rules/test_report.py"): "words of a report, divided by colons",
}


def texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = {}
    for file in listed.splitlines():
        content = (ROOT / file).read_bytes() if (ROOT / file).is_file() else b"\0"
        if b"\0" not in content:
            found[file] = content.decode("utf-8", errors="replace")
    return found


def secrets_in(text: str) -> set[str]:
    kinds: dict[str, Any] = dict(get_mapping_from_secret_type_to_class())
    detectors = [kind() for name, kind in kinds.items() if name not in BY_GUESS]
    return {one.secret_type for one in detectors if any(True for _ in one.analyze_string(text))}


def test_no_file_holds_a_secret() -> None:
    found = {(kind, file) for file, text in texts().items() for kind in secrets_in(text)}
    assert found == set(NO_SECRETS)


def test_a_key_would_be_seen() -> None:
    assert secrets_in("-----BEGIN " + "RSA PRIVATE KEY-----")
    assert secrets_in('aws = "AKIA' + "Q" * 16 + '"')
