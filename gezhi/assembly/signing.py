"""`gezhi signer` and `gezhi witness`: processes that need no database, whose users may be others than the server's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gezhi.assembly.environment import Environment, read_environment
from gezhi.assembly.logging_plan import configure_logging
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.gateways.signer_socket import serve_signer
from gezhi.proof.gateways.witness import WitnessFolder, witness_server
from gezhi.proof.rules.keys import KeyType, parse_verifier_key


class WrongKey(Problem):
    code = "assembly.signing.wrong-key"
    status = 422
    title = "不是有效的验签公钥或检查点：{reason}"
    title_en = "This is no verifier key or checkpoint: {reason}"


SHARED = 0o660
"""A socket that the server's user opens by its group."""
OWN = 0o600


def run_signer() -> None:
    environment = read_environment()
    configure_logging(environment.log_level)
    mode = OWN if environment.signer_socket is None else SHARED
    serve_signer(_folder_of(environment), environment.socket_of_signer, mode=mode)


def keep_keys(*, new_origin: bool, after: Path | None, new_key: str | None, retire: str | None) -> Iterator[str]:
    """Do what was asked, and show the keys that there are."""
    folder = _folder_of(read_environment())
    try:
        if new_origin:
            yield folder.new_origin(after.read_text(encoding="utf-8") if after is not None else None)
    except ValueError as error:
        raise WrongKey(reason=error) from error
    if new_key is not None:
        folder.new_key(KeyType(new_key))
    if retire is not None:
        folder.retire(retire)
    yield from folder.verifier_keys()


def run_witness(folder: Path, logs: Sequence[str], name: str, place: tuple[str, int]) -> None:
    try:
        keys = [parse_verifier_key(text) for text in logs]
    except ValueError as error:
        raise WrongKey(reason=error) from error
    kept = WitnessFolder(folder, name, keys, clock=system_clock)
    with witness_server(kept, *place) as server:
        click.echo(f"http://{place[0]}:{server.server_port}\n{kept.key.verifier.text}")
        server.serve_forever()


def _folder_of(environment: Environment) -> SignerFolder:
    folder = SignerFolder(environment.folder_of_signer)
    folder.prepare(with_sm2=environment.signer_sm2)
    return folder
