"""Two roles of the embedded database: its owner, who may do everything and needs a password, and the one as which web
and worker come. The password lies beside the data, so that it comes along with every copy of them.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path
from typing import IO, Any

from gezhi.plumbing.gateways.cluster import NAME, as_owner
from gezhi.plumbing.gateways.places import Places, owner

OWNER = NAME
SERVING = "gezhi_serving"
WHO_MAY_COME = f"""# Written by Gezhi. The socket lies in a folder that nobody else may enter.
local all {SERVING} trust
local all {OWNER} scram-sha-256
local replication {OWNER} scram-sha-256
"""
MAKE_SERVING = (
    f"DO $$ BEGIN IF to_regrole('{SERVING}') IS NULL THEN CREATE ROLE {SERVING} LOGIN NOINHERIT; END IF; END $$;"
)


def password_file(places: Places) -> Path:
    """The owner's password as libpq reads it (`passfile`, PGPASSFILE)."""
    return places.data / "owner.pgpass"


def set_up_roles(places: Places, binaries: Path, log: IO[Any]) -> None:
    """Before the server starts, once: an earlier version let everybody on the socket be the owner."""
    if password_file(places).is_file():
        return
    password = secrets.token_urlsafe(32)
    single: list[str | Path] = [binaries / "postgres", "--single", "-D", places.data, "postgres"]
    statements = f"{MAKE_SERVING}\nALTER ROLE {OWNER} PASSWORD '{password}';\n"
    subprocess.run(single, input=statements, text=True, check=True, stdout=log, stderr=log, **as_owner(places))
    _write(places.data / "pg_hba.conf", WHO_MAY_COME)
    _write(password_file(places), f"*:*:*:{OWNER}:{password}\n")


def _write(file: Path, text: str) -> None:
    """Whole or not there, readable to the owner of the data alone."""
    half = file.with_suffix(".half")
    half.touch(mode=0o600)
    half.write_text(text)
    who = owner()
    if who is not None:
        os.chown(half, who.pw_uid, who.pw_gid)
    half.replace(file)
