"""The receipt: a mail to the requester that says what happens next, and nothing of the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.meeting_requests.model import Details
from webapp.procedures.conditions import Condition, Facts, from_data, holds


@dataclass(frozen=True)
class ReceiptRule:
    """`to` is the field with the address; an option of another field may `keep_off` the receipt;
    `when` looks at the journey. From `decision_trees/details.yaml`."""

    to: str
    keep_off: Mapping[str, str]
    when: Condition

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ReceiptRule:
        return cls(data["to"], dict(data["keep_off"]), from_data(data["when"]))

    def address(self, details: Details, facts: Facts) -> str | None:
        """Where the receipt may go; None where there is no address or it is not safe."""
        if any(details.get(field) == option for field, option in self.keep_off.items()):
            return None
        return details.get(self.to) or None if holds(self.when, facts) else None
