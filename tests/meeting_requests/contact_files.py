"""The shipped contacts with something changed: what a deployer might write."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.meeting_requests.fakes import document
from webapp.meeting_requests.contacts import Directory
from webapp.procedures.timescales import LONDON

SWANSEA = "W06000011"  # its out-of-hours team reads mail
Change = Callable[[Any], object]


def contacts_with(*changes: Change) -> Any:
    data = copy.deepcopy(document("infra/contacts.yaml"))
    for change in changes:
        change(data)
    return data


def directory_with(*changes: Change) -> Directory:
    return Directory.from_data(contacts_with(*changes))


def at(text: str, fold: int = 0) -> datetime:
    """London wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)
