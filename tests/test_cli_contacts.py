"""`contacts check` and `build` on a contacts file with gaps, with mistakes, or not YAML at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp import building
from webapp.bootstrap import build_services
from webapp.cli import main
from webapp.settings import ROOT, Settings

SHIPPED = (ROOT / "infra" / "contacts.yaml").read_text(encoding="utf-8")
MAIL = "      mail: adults.duty@cardiff.example\n"
PHONE = '      phone: "029 2018 0139"\n'
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Puts a text in the place of the contacts, and compiles into a folder of its own."""

    def put(text: str) -> Path:
        file = tmp_path / "contacts.yaml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(building, "CONTACTS", file)
        for name, folder in (("COMPILED_FOLDER", "compiled"), ("DATA_FOLDER", "data")):
            monkeypatch.setenv(name, str(tmp_path / folder))
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "keys.json"))
        return tmp_path / "compiled"

    return put


def test_the_shipped_contacts_have_no_gap(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "check"]) == 0
    assert "Every authority" in capsys.readouterr().out


def test_every_gap_is_named_at_once_with_its_line(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SHIPPED.replace(MAIL, "").replace(PHONE, "").replace('"#1d4f91"', '"#ffee00"')
    write(text)

    assert main(["contacts", "check"]) == 1

    said = capsys.readouterr().err
    for each in ("adult has no 'mail'", "out_of_hours has no 'phone'", "is too pale"):
        assert each in said
    named = [line for line in said.splitlines() if re.match(r"contacts\.yaml:\d+: .+\. .+", line)]
    assert f"{len(named)} problems." in said
    lines = text.splitlines()
    for line in named:
        at = int(line.split(":")[1])
        assert lines[at - 1].strip(), "the line that is named has something on it"


def test_with_gaps_the_build_warns_and_the_service_starts(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(SHIPPED.replace(MAIL, "").replace(PHONE, ""))

    assert main(["build", "--force"]) == 0

    said = capsys.readouterr().err
    assert said.count("Warning: contacts.yaml:") == 2
    services = build_services(
        Settings.from_environment(
            {
                "COMPILED_FOLDER": str(folder),
                "DATA_FOLDER": str(folder.parent / "data"),
                "KEY_FILE": str(folder.parent / "keys.json"),
            }
        )
    )
    now, calendar = services.clock(), services.library.calendar
    team = services.directory.team_for("W06000015", "adult", (), now, calendar)
    assert team.contact.mail is None
    assert team.ring.phone


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (SHIPPED.replace('"#1d4f91"', '"#ffee00"'), "is too pale"),
        (SHIPPED.replace(MAIL, MAIL * 2), "'mail' is given twice"),
        (SHIPPED.replace("identified: child", "identified: kid"), "no option of 'identified'"),
        ("authorities: [", "not valid YAML"),
    ],
)
def test_with_mistakes_nothing_is_built(
    write: Write, capsys: pytest.CaptureFixture[str], broken: str, expected: str
) -> None:
    folder = write(broken)

    assert main(["contacts", "check"]) == 1
    assert expected in capsys.readouterr().err
    assert main(["build", "--force"]) == 1
    assert expected in capsys.readouterr().err
    assert not (folder / "contacts.json").exists()
