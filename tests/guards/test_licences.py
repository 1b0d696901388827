"""Whatever is shipped or built in may be used with the licence of this project."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from typing import Any

from tests.guards.source import ROOT

TAKEN = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|0BSD|Unlicense|HPND|Zlib|CC0|BlueOak|CC-BY|OFL"
    r"|SIL Open Font|LGPL|Lesser General Public|PostgreSQL|Python-2.0|Public Domain|MulanPSL"
)
REFUSED = re.compile(
    r"AGPL|Affero|(?<!L)GPL(?!.*(linking exception|OR))|SSPL|BUSL|Commons Clause|NonCommercial", re.IGNORECASE
)


def locked() -> list[str]:
    lines = (ROOT / "requirements" / "demo.txt").read_text("utf-8").splitlines()
    return [line.split("==")[0].split("[")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]


def licence_of(name: str) -> str:
    about: Any = distribution(name).metadata
    named = [value.rpartition("::")[2].strip() for value in about.get_all("Classifier", []) if "License ::" in value]
    return "; ".join([about.get("License-Expression") or "", *named]).strip("; ") or (about.get("License") or "")[:80]


def test_every_python_package_has_a_licence_that_may_be_shipped() -> None:
    told = {name: licence_of(name) for name in locked()}
    assert {name: words for name, words in told.items() if not TAKEN.search(words) or REFUSED.search(words)} == {}


def test_every_package_of_the_front_end_has_a_licence_that_may_be_shipped() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    told = {
        name.removeprefix("node_modules/"): str(one.get("license", ""))
        for name, one in packages.items()
        if name.startswith("node_modules/") and not one.get("link")
    }
    assert told
    assert {name: words for name, words in told.items() if not TAKEN.search(words) or REFUSED.search(words)} == {}
