"""The browser of the stories: an installed Chromium, else the one of an npm package, with fonts for Chinese."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.guards.source import ROOT

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = ROOT / "web" / "node_modules" / "@sparticuz" / "chromium"
FONTS = ROOT / "web" / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts"
CACHE = ROOT / ".cache" / "browser"
FLAGS = [
    "--no-sandbox",
    "--headless=new",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
]
UNPACK = """
const [fs, zlib] = [require("fs"), require("zlib")];
for (const [from, to] of JSON.parse(process.argv[1]))
  fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));
"""


class BrowserMissing(Exception):
    """No browser to be had: says what to do."""


@dataclass(frozen=True)
class Browser:
    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def use_node() -> str:
    """The Node that built the front end, for Playwright too: the one that it brings wants a library that a bare machine
    lacks.
    """
    node = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if node is None:
        message = "There is no Node: run `make demo` or `make test` once, they bring it."
        raise BrowserMissing(message)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node
    return node


def find_browser() -> Browser:
    use_node()
    for name in INSTALLED:
        if found := shutil.which(name):
            return Browser(Path(found), _fonts())
    if not PACKAGE.is_dir():
        message = "There is no Chromium: install one, or run `make demo` or `make test` once (npm ci in web/)."
        raise BrowserMissing(message)
    folder = CACHE / json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    if not (folder / "ready").is_file():
        _unpack(folder)
    libraries = os.pathsep.join(filter(None, [str(folder / "lib"), os.environ.get("LD_LIBRARY_PATH")]))
    return Browser(folder / "chromium", {"LD_LIBRARY_PATH": libraries, **_fonts()})


def _unpack(folder: Path) -> None:
    """The browser, its software renderer and the libraries that a bare machine lacks; once per version."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    archives = ("swiftshader.tar", "al2023.tar")
    wanted = [[str(PACKAGE / "bin" / f"{name}.br"), str(folder / name)] for name in ("chromium", *archives)]
    subprocess.run([use_node(), "-e", UNPACK, json.dumps(wanted)], check=True)
    for name in archives:
        with tarfile.open(folder / name) as archive:
            archive.extractall(folder)
        (folder / name).unlink()
    (folder / "chromium").chmod(0o755)
    (folder / "ready").touch()


def _fonts() -> dict[str, str]:
    """A font configuration that adds the Chinese font of the npm package to those of the machine."""
    if not FONTS.is_dir():
        return {}
    CACHE.mkdir(parents=True, exist_ok=True)
    configuration = CACHE / "fonts.conf"
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{FONTS}</dir><dir>{CACHE / 'fonts'}</dir>"
        f"<cachedir>{CACHE / 'font-cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(configuration)}
