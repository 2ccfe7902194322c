"""Which inboxes a meeting's request goes to, and which offices a conflict of interest closes.

Both are rules of `infra/contacts.yaml`, in the closed grammar of the trees. An inbox is one
entry of each council; an office is whoever reads one or more of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.procedures.conditions import Condition, Facts, from_data, holds
from webapp.procedures.model import Text


@dataclass(frozen=True)
class Office:
    """Closed to a request whose answers meet `closed_when`: with every address it has."""

    id: str
    label: Text
    closed_when: Condition


@dataclass(frozen=True)
class Inbox:
    """`default`: has the requests of its procedure that no inbox's `when` is met by."""

    id: str
    procedure: str
    office: str
    label: Text
    when: Condition
    default: bool


@dataclass(frozen=True)
class Rules:
    offices: dict[str, Office]
    inboxes: dict[str, Inbox]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Rules:
        offices = {
            each: Office(each, text_of(each, office["label"]), from_data(office["closed_when"]))
            for each, office in data["offices"].items()
        }
        inboxes = {
            each: Inbox(
                id=each,
                procedure=str(inbox["procedure"]),
                office=str(inbox["office"]),
                label=text_of(each, inbox["label"]),
                when=from_data(inbox.get("when")),
                default=bool(inbox.get("default", False)),
            )
            for each, inbox in data["inboxes"].items()
        }
        return cls(offices, inboxes)

    def chosen(self, procedure: str, facts: Facts) -> tuple[str, ...]:
        """The ids of the inboxes that have the meetings of a procedure."""
        among = self.of(procedure)
        met = tuple(each.id for each in among if holds(each.when, facts))
        return met or tuple(each.id for each in among if each.default)

    def closed(self, facts: Facts) -> frozenset[str]:
        """The offices that must not have the request."""
        return frozenset(
            each.id for each in self.offices.values() if holds(each.closed_when, facts)
        )

    def of(self, procedure: str) -> tuple[Inbox, ...]:
        return tuple(each for each in self.inboxes.values() if each.procedure == procedure)

    def inbox(self, name: str) -> Inbox:
        """By its id; by a procedure, the one that has what cannot be told. Raises KeyError."""
        if name in self.inboxes:
            return self.inboxes[name]
        among = self.of(name)
        if not among:
            raise KeyError(name)
        return next((each for each in among if each.default), among[0])


def text_of(where: str, names: Mapping[str, Any]) -> Text:
    return Text(f"contacts.{where}", str(names["en"]), str(names["cy"]))
