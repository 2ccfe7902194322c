"""How the tests are shared between workers, and what they say they measured."""

from __future__ import annotations

import re
from typing import Any

import pytest

IN_ONE_LANGUAGE = re.compile(r"tests/browser/.*\[(cy|en)\b")


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One worker takes all browser tests of one language, because it walks through the whole
    service before the first of them."""
    from xdist.scheduler import LoadScopeScheduling

    class OneLanguageEach(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            found = IN_ONE_LANGUAGE.match(nodeid)
            return found[1] if found else nodeid

    return OneLanguageEach(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests have recorded as `measured`, also where a worker has run them."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                if name == "measured" and report.when == "call":
                    terminalreporter.write_line(str(value))


# Hundreds of pages each: in English with `./test --full`; in Welsh, the stricter half, every time.
COSTLY = {
    *("test_departures", "test_bad_input", "test_canaries", "test_two_inboxes"),
    *("test_acknowledge", "test_invitees", "test_procedures", "test_sending", "test_copies"),
    *("test_tree_changes", "test_additions", "test_scanners", "test_nothing_asked_twice"),
    *("test_every_procedure", "test_drafts"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for each in items:
        parameters = getattr(getattr(each, "callspec", None), "params", {})
        if each.path.stem in COSTLY and parameters.get("lang") == "en":
            each.add_marker(pytest.mark.full)
