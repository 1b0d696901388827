"""Django's own commands: `python -m gezhi.assembly.manage makemigrations people`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from gezhi.plumbing.database import make_ready

NEED_NO_DATABASE = frozenset({"makemigrations", "check", "help", "version", "makemessages", "compilemessages"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.assembly.settings")
    if not NEED_NO_DATABASE.intersection(sys.argv[1:2]):
        make_ready()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
