"""Settings that come from the environment, typed; every wrong one is named in one message."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote

from pydantic import (
    Field,
    HttpUrl,
    PostgresDsn,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.cluster import NAME
from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.gateways.roles import OWNER, SERVING, password_file
from gezhi.plumbing.limits.client_address import ProxyHeader, networks_of
from gezhi.plumbing.postgres.limits import Limits, network_options

Words = Annotated[list[str], NoDecode]


class WrongSettings(Problem):
    code = "assembly.settings.wrong"
    status = 500
    title = "环境变量设置有误，请改正后重新启动：\n{lines}"
    title_en = "Some settings in the environment are wrong; please mend them and start again:\n{lines}"


class Environment(BaseSettings):
    """Every setting that an installation may make. The docs page of settings is generated from here."""

    model_config = SettingsConfigDict(env_prefix="GEZHI_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(Path(".gezhi"), description="Folder of everything that is kept: database, pictures, secret")
    port: int = Field(8000, ge=1, le=65535, description="Port of the web server")
    address: str = Field("127.0.0.1", description="Address that the web server listens on")
    hosts: Words = Field(
        ["localhost", "127.0.0.1", "[::1]"], description="Host names under which browsers come, comma between"
    )
    origins: Words = Field([], description="Trusted origins (https://…) behind a reverse proxy, comma between")
    https: bool = Field(default=False, description="Served under https (by a reverse proxy): cookies only over https")
    proxies: Words = Field(
        [], description="Addresses or networks of reverse proxies that tell the client's address, comma between"
    )
    proxy_header: ProxyHeader = Field("x-forwarded-for", description="The header in which they tell it")
    postgres_bin: Path | None = Field(None, description="Folder of installed PostgreSQL binaries for the own database")
    postgres_options: str = Field("", description="More options for the own database, as `-c name=value`")
    database_url: PostgresDsn | None = Field(
        None, validation_alias="DATABASE_URL", description="postgresql://user:password@host:5432/name"
    )
    owner_url: PostgresDsn | None = Field(
        None,
        description="The same database as its owner, for migrations and commands; web and worker never need it. "
        "Without it the role of DATABASE_URL does everything",
    )
    secret: str = Field("", description="Key that signs sessions; made and kept in GEZHI_HOME when not set")
    key_days: int = Field(7, ge=1, le=400, description="Days that an Idempotency-Key is remembered; then it is new")
    basemap: str = Field("", description="Tile address of an outside basemap (https://…/{z}/{x}/{y}); none by default")
    demo: bool = Field(default=False, description="This is a demo city")
    debug: bool = Field(default=False, description="Show tracebacks; never in production")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged")
    web_threads: int = Field(4, ge=1, le=64, description="Threads of one web process")
    web_processes: int = Field(2, ge=1, le=64, description="Web processes, about one for each core")
    picture_slots: int = Field(
        1, ge=1, le=32, description="Pictures that are decoded at once for each web process, each in a child of its own"
    )
    connections_per_address: int = Field(
        256, ge=8, le=65535, description="Connections that one client address may hold open to each web process"
    )
    worker_threads: int = Field(2, ge=1, le=32, description="Jobs that the worker does at once")
    web_statement_s: int = Field(
        30, ge=1, le=3600, description="Seconds after which a statement of a request is stopped"
    )
    worker_statement_s: int = Field(600, ge=1, le=86400, description="The same for a statement of the worker")
    lock_s: int = Field(10, ge=1, le=600, description="Seconds that a statement waits for a lock of another")
    idle_transaction_s: int = Field(
        60, ge=1, le=3600, description="Seconds after which the database ends a transaction in which nothing happens"
    )
    clock_tolerance_s: int = Field(
        60, ge=2, le=3600, description="Seconds by which clocks of machines, database and log may differ"
    )
    clock_gap_h: int = Field(
        24, ge=1, le=8760, description="Hours without a look at the clock after which an administrator must check it"
    )
    sms_gateway: Literal["file", "http"] = Field(
        "file",
        description="Texts to reporters: `file` only writes them to GEZHI_HOME/messages.jsonl, `http` sends them",
    )
    sms_url: HttpUrl | None = Field(
        None, validate_default=True, description="Address (https://…) to which the gateway `http` posts each text"
    )
    sms_token: SecretStr = Field(SecretStr(""), description="Bearer token of the gateway `http`")
    holiday_days: int = Field(
        60,
        ge=1,
        le=300,
        description="Days before the end of the last settled year from which administrators are told to enter the next",
    )
    proof_minutes: int = Field(5, ge=1, le=1440, description="How often what changed is put under proof and signed")
    signer_home: Path | None = Field(
        None, description="Folder of the signer, its key and its last head; `<GEZHI_HOME>-signer` when not set"
    )
    signer_socket: Path | None = Field(
        None, description="Socket of a signer that runs apart; when not set, `gezhi serve` runs one of its own"
    )
    signer_sm2: bool = Field(default=False, description="The signer signs by SM2 (国密) too, beside Ed25519")
    anchor_to: Words = Field(
        [], description="Second places of what was signed: folders, or addresses of witnesses (https://…)"
    )
    anchor_keys: Words = Field([], description="Verifier keys of the witnesses whose receipts count")

    @field_validator("hosts", "origins", "proxies", "anchor_to", "anchor_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value

    @field_validator("proxies", mode="after")
    @classmethod
    def _are_networks(cls, value: list[str]) -> list[str]:
        networks_of(value)
        return value

    @field_validator("home", "signer_home", "signer_socket", mode="after")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value is not None else None

    @field_validator("home", "signer_home", mode="after")
    @classmethod
    def _is_a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and value.exists() and not value.is_dir():
            raise ValueError("it is a file and no folder")
        return value

    @field_validator("anchor_keys", mode="after")
    @classmethod
    def _are_keys(cls, value: list[str]) -> list[str]:
        from gezhi.proof.rules.keys import parse_verifier_key

        for text in value:
            parse_verifier_key(text)
        return value

    @model_validator(mode="after")
    def _knows_its_witnesses(self) -> Self:
        if not self.anchor_keys and any(place.startswith(("http://", "https://")) for place in self.anchor_to):
            message = "GEZHI_ANCHOR_TO names a witness, and GEZHI_ANCHOR_KEYS no key by which its receipts are verified"
            raise ValueError(message)
        return self

    @property
    def folder_of_signer(self) -> Path:
        return self.signer_home or self.home.with_name(f"{self.home.name}-signer")

    @property
    def socket_of_signer(self) -> Path:
        return self.signer_socket or self.folder_of_signer / "signer.sock"

    @field_validator("sms_url", mode="after")
    @classmethod
    def _has_address(cls, value: HttpUrl | None, info: ValidationInfo) -> HttpUrl | None:
        if value is None and info.data.get("sms_gateway") == "http":
            message = "GEZHI_SMS_GATEWAY=http needs an address"
            raise ValueError(message)
        return value

    @field_validator("postgres_bin", mode="after")
    @classmethod
    def _has_binaries(cls, value: Path | None) -> Path | None:
        if value is not None and not (value / "postgres").is_file():
            message = f"there is no `postgres` in {value}"
            raise ValueError(message)
        return value


def read_environment() -> Environment:
    """The environment of this process, or WrongSettings with every mistake in it."""
    try:
        return Environment()
    except ValidationError as error:
        raise WrongSettings(lines="\n".join(_explain(one) for one in error.errors())) from None


def _explain(error: object) -> str:
    entry: dict[str, object] = dict(error)  # type: ignore[call-overload]
    path = entry.get("loc")
    if not path:  # of several settings together
        return f"  {entry.get('msg')}"
    name = str(path[0])  # type: ignore[index]
    if name == "DATABASE_URL":
        return f"  DATABASE_URL: {entry.get('msg')}"  # without its value: there may be a password in it
    variable = f"GEZHI_{name.upper()}"
    return f"  {variable} = {os.environ.get(variable, '')!r}: {entry.get('msg')}"


def database_settings(environment: Environment, *, owner: bool) -> dict[str, Any]:
    """The city's own PostgreSQL when DATABASE_URL names one, the embedded one of this home otherwise.

    As its owner, or as the role that web and worker come as.
    """
    options: dict[str, str] = {}
    if environment.database_url is None:
        places = places_of(environment.home)
        where = {"NAME": NAME, "USER": OWNER if owner else SERVING, "HOST": str(places.socket)}
        options = {"passfile": str(password_file(places))} if owner else {}
    else:
        url = (owner and environment.owner_url) or environment.database_url
        options = dict(url.query_params())
        [host, *_] = url.hosts()
        where = {
            "NAME": unquote((url.path or "").lstrip("/")) or "gezhi",
            "USER": unquote(host["username"] or ""),
            "PASSWORD": unquote(host["password"] or ""),
            "HOST": options.pop("host", host["host"] or ""),
            "PORT": str(host["port"] or ""),
        }
    return {
        "ENGINE": "gezhi.plumbing.postgres",
        **where,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "gezhi",
            **network_options(where["HOST"]),
            **options,
            # Prepared statements are the fixed ones of the hot paths: planned once, not for every report.
            "options": f"-c jit=off -c plan_cache_mode=force_generic_plan {options.get('options', '')}".strip(),
        },
    }


def web_limits(environment: Environment) -> Limits:
    return Limits(environment.web_statement_s, environment.lock_s, environment.idle_transaction_s)


def worker_limits(environment: Environment) -> Limits:
    """The worker waits longer for a lock too: nobody sits before it."""
    return Limits(environment.worker_statement_s, environment.lock_s * 3, environment.worker_statement_s)


def kept_secret(home: Path) -> str:
    """The key of this installation: made once, readable to its owner only."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = home / "secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
