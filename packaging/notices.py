"""Writes THIRD_PARTY_NOTICES.txt: what the wheel needs or contains from others, under which licence, with its text.

Python packages are those of requirements/base.txt; packages of the front end those that package-lock.json does not mark
as needed for development only. Run it with the environment installed and `npm ci` done, before the wheel is built.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
TARGET = ROOT / "THIRD_PARTY_NOTICES.txt"
RULE = "=" * 100
HEAD = """\
Gezhi stands on the work of others. The Python packages below are installed beside it; parts of the packages of the
front end are contained, compiled, in its built pages. Each is under its own licence.
"""
LICENCE_NAMES = re.compile(r"^(licen[cs]e|copying|notice)([.-].*)?$", re.IGNORECASE)


def python_packages() -> list[str]:
    lines = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8").splitlines()
    return sorted({line.split("==")[0].split("[")[0].strip() for line in lines if re.match(r"^[A-Za-z0-9]", line)})


def python_notices() -> Iterator[str]:
    tool = Path(sys.executable).with_name("pip-licenses")
    command = [
        str(tool),
        "--format=json",
        "--with-urls",
        "--with-license-file",
        "--with-notice-file",
        "--no-license-path",
    ]
    listed: list[dict[str, Any]] = json.loads(
        subprocess.run([*command, "--packages", *python_packages()], check=True, capture_output=True, text=True).stdout
    )
    for one in sorted(listed, key=lambda one: one["Name"].lower()):
        texts = [one.get("LicenseText", ""), one.get("NoticeText", "")]
        yield notice(one["Name"], one["Version"], one["License"], one.get("URL", ""), texts)


def web_notices() -> Iterator[str]:
    lock: dict[str, Any] = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    for place, entry in sorted(lock["packages"].items()):
        if not place.startswith("node_modules/") or entry.get("dev") or entry.get("link") or entry.get("optional"):
            continue
        folder = WEB / place
        about: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(folder.iterdir())
            if path.is_file() and LICENCE_NAMES.match(path.name)
        ]
        yield notice(about["name"], about["version"], str(about.get("license", "?")), about.get("homepage", ""), texts)


def notice(name: str, version: str, licence: str, address: str, texts: list[str]) -> str:
    told = [text.strip() for text in texts if text.strip() and text.strip() != "UNKNOWN"]
    head = f"{RULE}\n{name} {version}\nLicence: {licence}\n{address}".rstrip()
    return "\n\n".join([head, *told]) + "\n"


def main() -> None:
    notices = [*python_notices(), *web_notices()]
    TARGET.write_text("\n".join([HEAD, *notices]), encoding="utf-8")
    unknown = [one.split("\n")[1] for one in notices if "\nLicence: ?" in one or "\nLicence: UNKNOWN" in one]
    print(f"{TARGET.name}: {len(notices)} packages")
    if unknown:
        sys.exit(f"licence unknown: {', '.join(unknown)}")


if __name__ == "__main__":
    main()
