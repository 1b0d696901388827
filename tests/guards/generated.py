"""Files that are written from the code, never by hand: `python -m tests.guards.generated` writes them all anew."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable

from tests.guards.contracts import importlinter_text
from tests.guards.source import ROOT


def _openapi() -> str:
    from gezhi.assembly.api import openapi_text

    return openapi_text()


def _problems() -> str:
    from tests.guards.pages.problem_page import problem_page

    return problem_page()


def _settings() -> str:
    from tests.guards.pages.settings_page import settings_page

    return settings_page()


def _decisions() -> str:
    from tests.guards.pages.decision_index import decision_index

    return decision_index()


def _life_cycle() -> str:
    from tests.guards.pages.life_cycle_page import life_cycle_page

    return life_cycle_page()


def _log_entry() -> str:
    from tests.guards.pages.log_pages import log_entry_text

    return log_entry_text()


def _log_words() -> str:
    from tests.guards.pages.log_pages import log_words_page

    return log_words_page()


def _application_kinds() -> str:
    from tests.guards.pages.application_kinds_page import application_kinds_page

    return application_kinds_page()


GENERATED: dict[str, Callable[[], str]] = {
    ".importlinter": importlinter_text,
    "openapi.json": _openapi,
    "docs/application-kinds.md": _application_kinds,
    "docs/errors.md": _problems,
    "docs/life-cycle.md": _life_cycle,
    "docs/log-entry.schema.json": _log_entry,
    "docs/log-words.md": _log_words,
    "docs/settings.md": _settings,
    "docs/decisions/README.md": _decisions,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.assembly.settings")
    with tempfile.TemporaryDirectory() as home:
        os.environ["GEZHI_HOME"] = home
        import django

        django.setup()
        for name in sys.argv[1:] or GENERATED:
            (ROOT / name).write_text(GENERATED[name](), encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
