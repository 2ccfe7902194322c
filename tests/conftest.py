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
