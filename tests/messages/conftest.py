from __future__ import annotations

import pytest

from tests.meeting_requests.fakes import URGENT_ANSWERS
from tests.messages.mails import dispatches
from webapp.meeting_requests.model import Dispatch


@pytest.fixture(scope="module")
def adult() -> Dispatch:
    return dispatches()[0]


@pytest.fixture(scope="module")
def section_5() -> Dispatch:
    return dispatches()[1]


@pytest.fixture(scope="module")
def urgent() -> Dispatch:
    return dispatches(URGENT_ANSWERS)[0]
