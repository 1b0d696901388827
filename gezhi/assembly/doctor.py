"""`gezhi doctor` (体检): what is wrong with this installation, in plain words, and what to do about it."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from gezhi.assembly.environment import Environment, read_environment
from gezhi.assembly.faces import FACES
from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways import backup as backups
from gezhi.plumbing.gateways.binaries import find_binaries
from gezhi.plumbing.gateways.cluster import check_version
from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.health.findings import Finding, Health, overall
from gezhi.plumbing.process_ties import is_locked
from gezhi.plumbing.terminal import json_option, show

BACKUP_LATE = timedelta(days=2)
NEWEST_PICTURES = 200
SIGNS = {Health.OK: "✓", Health.WARNING: "!", Health.FAILED: "✗"}
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
Findings = Iterator[tuple[str, Finding]]


def _warning(zh: str, en: str) -> Finding:
    return Finding(Health.WARNING, zh, en)


def _failed(zh: str, en: str) -> Finding:
    return Finding(Health.FAILED, zh, en)


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Say what is wrong with this installation and what to do (体检). Exit code 1 where something has failed."""
    environment = read_environment()
    checks = dict(_all(environment))
    show(
        {"status": overall(checks.values()), "checks": checks},
        as_json=as_json,
        lines=lambda result: [f"{SIGNS[one.standing]} {name}  {_words(one)}" for name, one in result["checks"].items()],
    )
    sys.exit(overall(checks.values()) is Health.FAILED)


def _words(finding: Finding) -> str:
    return f"{finding.zh}\n    {finding.en}" if finding.zh else ""


def _all(environment: Environment) -> Findings:
    yield from look_at_home(environment.home)
    yield "desk", look_at_faces(FACES)
    yield from look_at_settings(environment)
    if not environment.home.is_dir():
        return
    if environment.database_url is None:
        programs = look_at_programs(environment)
        yield "programs", programs
        if programs.standing is Health.FAILED:
            return
        yield "backup", look_at_backups(environment.home, datetime.now(UTC))
    yield from _look_inside(environment)


def look_at_home(home: Path) -> Findings:
    """The folder of everything that is kept: there, writable, closed to others."""
    if not home.is_dir():
        yield (
            "home",
            _failed(
                f"数据目录 {home} 不存在：请用 GEZHI_HOME 指明目录，或先运行 gezhi serve 建立。",
                f"there is no folder {home}: name the right one in GEZHI_HOME, or let gezhi serve make it.",
            ),
        )
        return
    try:
        probe = home / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield (
            "home",
            _failed(
                f"数据目录 {home} 不可写（{error.strerror}）：请检查属主和权限。",
                f"{home} cannot be written ({error.strerror}): look at its owner and permissions.",
            ),
        )
        return
    yield "home", Finding()
    secret = home / backups.SECRET
    open_to_others = [path for path in (secret,) if path.exists() and path.stat().st_mode & OTHERS_MAY]
    yield (
        "keys",
        _failed(
            f"密钥文件 {secret} 对其他用户可读：请执行 chmod 600 {secret}。",
            f"others may read the key {secret}: run chmod 600 {secret}.",
        )
        if open_to_others
        else Finding(),
    )


def look_at_faces(faces: Path) -> Finding:
    if (faces / "desk" / "index.html").is_file():
        return Finding()
    return _failed(
        "网页尚未构建：请运行 make demo 或 npm run build，或安装发布的软件包。",
        "the pages are not built: run make demo or npm run build, or install the released package.",
    )


def look_at_settings(environment: Environment) -> Findings:
    """What a real city should not leave as it is."""
    away = [host for host in environment.hosts if host not in {"localhost", "127.0.0.1", "[::1]"}]
    if environment.debug:
        yield (
            "debug",
            _failed(
                "GEZHI_DEBUG 已开启，错误页会泄露内部信息：正式运行请关闭。",
                "GEZHI_DEBUG is on and shows the inside to everybody: switch it off.",
            ),
        )
    if away and not environment.https:
        yield (
            "https",
            _warning(
                f"通过 {away[0]} 等地址访问而未启用 https：请配置反向代理证书并设置 GEZHI_HTTPS=yes。",
                f"people come by {away[0]} without https: give the proxy a certificate and set GEZHI_HTTPS=yes.",
            ),
        )
    if away and environment.demo:
        yield (
            "demo",
            _failed(
                "演示城市对外开放，其账号口令是公开的：请勿用于正式运行。",
                "a demo city is open to others, and its passwords are public: never use it for a real city.",
            ),
        )
    if environment.sms_gateway == "file" and not environment.demo:
        yield (
            "texts",
            _warning(
                "短信只写入文件、不会发出：请设置 GEZHI_SMS_GATEWAY 和 GEZHI_SMS_URL。",
                "texts are only written to a file: set GEZHI_SMS_GATEWAY and GEZHI_SMS_URL to send them.",
            ),
        )


def look_at_programs(environment: Environment) -> Finding:
    """PostgreSQL's programs, and whether they fit the data."""
    try:
        check_version(places_of(environment.home), find_binaries(environment.postgres_bin))
    except Problem as problem:
        return _failed(problem.text("zh"), problem.text("en"))
    return Finding()


def look_at_backups(home: Path, now: datetime) -> Finding:
    """When the last one was taken, and whether it is still there."""
    try:
        last = json.loads((home / backups.LAST).read_bytes())
        age, there = now - datetime.fromisoformat(last["taken_at"]), Path(last["backup"]).is_dir()
    except (OSError, ValueError, KeyError):
        return _warning(
            "从未备份：请定期运行 gezhi backup 目录（最好在另一块磁盘上）。",
            "there was never a backup: run gezhi backup FOLDER regularly, best on another disk.",
        )
    if there and age <= BACKUP_LATE:
        return Finding(facts={"taken_at": last["taken_at"], "backup": last["backup"]})
    return _warning(
        f"最近一次备份在 {last['taken_at'][:10]}（{last['backup']}{'' if there else '，已不在原处'}）：请检查备份任务。",
        f"the last backup was taken on {last['taken_at'][:10]} ({last['backup']}{'' if there else ', gone'}): "
        "look at the job that takes them.",
    )


def _look_inside(environment: Environment) -> Findings:
    """What `/readyz` looks at; loops only where the platform is being served."""
    from gezhi.assembly.command_line import set_up_django
    from gezhi.plumbing.database import make_ready

    if environment.database_url is None and not places_of(environment.home).data.exists():
        yield (
            "database",
            _warning(
                "尚无数据库：首次运行 gezhi serve 时建立。", "there is no database yet: the first gezhi serve makes it."
            ),
        )
        return
    set_up_django()
    try:
        make_ready()
    except Problem as problem:
        yield "database", _failed(problem.text("zh"), problem.text("en"))
        return
    from gezhi.plumbing.health.looking import WATCH

    served = environment.database_url is not None or is_locked(environment.home / "serve.lock")
    for name, finding in WATCH.ask().items():
        if served or not name.startswith(("loop:", "queue")):
            yield name, finding
    if not served:
        yield "serving", _warning("平台没有运行：请运行 gezhi serve。", "nothing is served: run gezhi serve.")
    yield "pictures", _look_at_pictures()
    yield "events", _look_at_events()


def _look_at_pictures() -> Finding:
    """Whether the newest pictures of the register lie on the disk."""
    from gezhi.plumbing.media import list_missing

    missing = list_missing(NEWEST_PICTURES)
    if not missing:
        return Finding()
    return _failed(
        f"最近 {NEWEST_PICTURES} 张图片中有 {len(missing)} 张的文件不在磁盘上：请从备份恢复 media 目录。",
        f"{len(missing)} of the newest {NEWEST_PICTURES} pictures are not on the disk: restore media from a backup.",
    )


def _look_at_events() -> Finding:
    from gezhi.plumbing.outbox import list_stuck

    stuck = len(list_stuck())
    if not stuck:
        return Finding()
    return _warning(
        f"有 {stuck} 个事件多次处理失败：请用 gezhi events stuck 查看原因，处理后 gezhi events retry。",
        f"{stuck} events failed several times: see gezhi events stuck, mend the cause, then gezhi events retry.",
    )
