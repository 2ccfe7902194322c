"""Trees that two invented people have approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.procedures.approving import (
    APPROVALS,
    ROLES,
    digest_for,
    reviewed,
    subjects,
    version_of,
    welsh_of,
)
from webapp.procedures.terms import Text


def approved_by_both(
    data: Mapping[str, Any], in_welsh: Callable[[Text], str], *names: str
) -> dict[str, Any]:
    """The data with everything named approved in both roles."""
    given = []
    for subject in names or subjects(data):
        seen = reviewed(data, subject)
        welsh = welsh_of(seen, in_welsh)
        given += [
            {
                "subject": subject,
                "role": role,
                "name": "Mair Enghraifft",
                "approved_on": "2026-12-01",
                "version": version_of(seen["document"]),
                "digest": digest_for(role, seen, welsh),
            }
            for role in ROLES
        ]
    return {**data, APPROVALS: given}
