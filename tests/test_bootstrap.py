from __future__ import annotations

import json
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from webapp.bootstrap import CONTACTS_FILE, DETAILS_FILE, build_services
from webapp.building import compile_all
from webapp.settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    compiled = tmp_path / "compiled"
    compiled.mkdir()
    for name, data in compile_all().items():
        (compiled / name).write_text(json.dumps(data), encoding="utf-8")
    return Settings.from_environment(
        {
            "DATA_FOLDER": str(tmp_path / "data"),
            "KEY_FILE": str(tmp_path / "keys" / "keys.json"),
            "COMPILED_FOLDER": str(compiled),
        }
    )


def test_the_services_are_built_from_compiled_files_alone(settings: Settings) -> None:
    if not (ROOT / "translations" / "cy" / "LC_MESSAGES" / "messages.mo").exists():
        pytest.skip("the catalogue is not compiled: run cyfarfod build")
    services = build_services(settings)

    assert len(services.directory.authorities) == len(services.library.authorities) == 22
    assert services.fields.fields
    assert services.clock().utcoffset() == timedelta(0)
    assert services.clock().tzinfo is UTC
    assert services.store.outbox() == []
    assert services.mailer.names() == []
    assert build_services(settings).keyring == services.keyring


@pytest.mark.parametrize("name", [CONTACTS_FILE, DETAILS_FILE])
def test_a_file_that_was_not_compiled_is_named(settings: Settings, name: str) -> None:
    (settings.compiled_folder / name).unlink()

    with pytest.raises(FileNotFoundError, match=name):
        build_services(settings)
