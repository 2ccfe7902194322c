from __future__ import annotations

from pathlib import Path

import pytest

from webapp.settings import NAMES, ROOT, Settings, SettingsError, is_loopback


def problems(**environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    return caught.value.problems


def test_an_empty_environment_is_a_server_for_this_machine() -> None:
    settings = Settings.from_environment({})

    assert (settings.store, settings.mailer) == ("sqlite", "folder")
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.has_mailbox
    assert not settings.behind_https
    assert settings.data_folder not in settings.key_file.parents


def test_every_problem_is_told_at_once_by_name_and_without_the_value() -> None:
    found = problems(
        PORT="eighty", STORE="mysql", MAILER="pigeon", ORIGIN="not a url", MAIL_FROM="secret@@x"
    )

    assert [each.split(":")[0] for each in found] == [
        "PORT",
        "ORIGIN",
        "STORE",
        "MAILER",
        "MAIL_FROM",
    ]
    assert "secret" not in " ".join(found)


@pytest.mark.parametrize("bind", ["0.0.0.0", "192.168.1.5", "::", "server.example"])
def test_the_folder_mailer_is_refused_beyond_this_machine(bind: str) -> None:
    (problem,) = problems(BIND=bind)

    assert problem.startswith("MAILER: folder")
    assert not Settings.from_environment({"BIND": bind, "MAILER": "smtp"}).has_mailbox


@pytest.mark.parametrize("bind", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_every_loopback_address_is_this_machine(bind: str) -> None:
    assert is_loopback(bind)
    assert Settings.from_environment({"BIND": bind}).has_mailbox


def test_keys_may_not_lie_among_the_data(tmp_path: Path) -> None:
    environment = {"DATA_FOLDER": str(tmp_path), "KEY_FILE": str(tmp_path / "keys" / "k.json")}

    (problem,) = problems(**environment)

    assert problem.startswith("KEY_FILE:")


def test_sqlite_is_refused_in_lambda() -> None:
    (problem,) = problems(AWS_LAMBDA_FUNCTION_NAME="web", MAILER="ses")

    assert problem.startswith("STORE: sqlite")


def test_https_is_read_from_the_address_that_people_use() -> None:
    settings = Settings.from_environment({"ORIGIN": "https://cyfarfod.example/"})

    assert settings.behind_https
    assert settings.origin == "https://cyfarfod.example"


@pytest.mark.parametrize(
    ("environment", "approved_only", "warns"),
    [
        ({}, False, False),
        ({"APPROVED_ONLY": "true"}, True, False),
        ({"ORIGIN": "https://cyfarfod.example"}, False, True),
        ({"BIND": "0.0.0.0", "MAILER": "smtp"}, True, False),
        ({"BIND": "0.0.0.0", "MAILER": "smtp", "APPROVED_ONLY": "False"}, False, True),
        ({"BIND": "::1", "ORIGIN": "http://[::1]:8000"}, False, False),
    ],
)
def test_only_what_is_approved_is_served_beyond_this_machine(
    environment: dict[str, str], approved_only: bool, warns: bool
) -> None:
    settings = Settings.from_environment(environment)

    assert settings.approved_only is approved_only
    assert bool(settings.warnings) is warns


def test_approved_only_is_true_or_false() -> None:
    assert problems(APPROVED_ONLY="yes please") == ["APPROVED_ONLY: write true or false."]


def test_the_names_of_all_settings_are_listed_for_the_documentation() -> None:
    asked: set[str] = set()

    class Recorder(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
            asked.add(name)
            return default

    Settings.from_environment(Recorder())

    assert asked == set(NAMES)


def test_the_production_template_serves_only_what_is_approved() -> None:
    lines = (ROOT / "infra" / "production.env").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert values["APPROVED_ONLY"] == "true"
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment(values)
    assert len(raised.value.problems) == 1, "nothing but the mailer is left to choose"
