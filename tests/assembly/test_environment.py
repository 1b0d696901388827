from __future__ import annotations

from pathlib import Path

import pytest

from gezhi.assembly.environment import WrongSettings, database_settings, kept_secret, read_environment


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEZHI_HOME", "GEZHI_LOG_LEVEL", "GEZHI_POSTGRES_OPTIONS", "GEZHI_POSTGRES_BIN", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_everything_lies_in_the_folder_one_stands_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = read_environment()
    assert environment.home == tmp_path / ".gezhi"
    assert (environment.port, environment.address, environment.database_url) == (8000, "127.0.0.1", None)


def test_all_wrong_settings_are_named_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEZHI_PORT", "eighty")
    monkeypatch.setenv("GEZHI_LOG_LEVEL", "loud")
    monkeypatch.setenv("GEZHI_POSTGRES_BIN", "/nowhere")
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/gezhi")
    with pytest.raises(WrongSettings) as refusal:
        read_environment()
    text = refusal.value.text("zh")
    for words in ("GEZHI_PORT = 'eighty'", "GEZHI_LOG_LEVEL = 'loud'", "GEZHI_POSTGRES_BIN", "DATABASE_URL"):
        assert words in text


def test_a_file_is_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("GEZHI_HOME", str(tmp_path / "file"))
    with pytest.raises(WrongSettings, match="GEZHI_HOME"):
        read_environment()


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEZHI_HOSTS", "gezhi.example, localhost")
    assert read_environment().hosts == ["gezhi.example", "localhost"]


def test_a_password_in_database_url_is_not_repeated_in_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://gezhi:tiptop-geheim@localhost/gezhi")
    with pytest.raises(WrongSettings) as refusal:
        read_environment()
    assert "tiptop-geheim" not in refusal.value.text("zh")


def test_the_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "home")
    assert len(first) >= 64
    assert kept_secret(tmp_path / "home") == first
    assert (tmp_path / "home" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_database_url_becomes_the_connection_with_its_escapes_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://city:p%40ss@db.example:5433/urban?sslmode=require")
    found = database_settings(read_environment(), owner=False)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["urban", "city", "p@ss", "db.example", "5433"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["options"] == "-c jit=off -c plan_cache_mode=force_generic_plan"


def test_a_socket_folder_in_database_url_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://gezhi@localhost/gezhi?host=/run/postgresql")
    assert database_settings(read_environment(), owner=True)["HOST"] == "/run/postgresql"


def test_texts_go_to_a_file_unless_a_gateway_is_named_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_environment().sms_gateway, read_environment().sms_url) == ("file", None)
    monkeypatch.setenv("GEZHI_SMS_GATEWAY", "http")
    with pytest.raises(WrongSettings) as refusal:
        read_environment()
    assert "GEZHI_SMS_URL = '': Value error, GEZHI_SMS_GATEWAY=http needs an address" in refusal.value.text("zh")
    monkeypatch.setenv("GEZHI_SMS_URL", "https://texts.example/send")
    monkeypatch.setenv("GEZHI_SMS_TOKEN", "a-secret-word")
    environment = read_environment()
    assert str(environment.sms_url) == "https://texts.example/send"
    assert environment.sms_token.get_secret_value() == "a-secret-word"
    assert "a-secret-word" not in repr(environment)


def test_an_own_database_of_two_roles_is_reached_as_its_owner_by_commands_and_otherwise_by_web_and_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://serving:a@db.example.org/city")
    monkeypatch.setenv("GEZHI_OWNER_URL", "postgresql://owner:b@db.example.org/city")
    found = [database_settings(read_environment(), owner=owner) for owner in (True, False)]
    assert [(one["USER"], one["PASSWORD"]) for one in found] == [("owner", "b"), ("serving", "a")]
    monkeypatch.delenv("GEZHI_OWNER_URL")
    assert database_settings(read_environment(), owner=True) == found[1]


def test_the_embedded_database_lets_nobody_be_its_owner_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    owner, serving = (database_settings(read_environment(), owner=owner) for owner in (True, False))
    assert (owner["USER"], serving["USER"]) == ("gezhi", "gezhi_serving")
    assert owner["OPTIONS"]["passfile"].endswith("/data/owner.pgpass")
    assert "passfile" not in serving["OPTIONS"]
