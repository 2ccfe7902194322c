"""What a mail is made of, in words of one language; the templates only give it a form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`typed`: in a person's own words, shown as they wrote them. `strong`: to be seen first."""

    label: str
    value: str
    typed: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Note:
    """`label`: what a typed note is about."""

    text: str
    typed: bool = False
    label: str = ""


@dataclass(frozen=True)
class Item:
    text: str
    notes: tuple[Note, ...] = ()
    typed: bool = False


@dataclass(frozen=True)
class Group:
    """Items under a small heading of their own, or under none."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.paragraphs or self.rows or any(group.items for group in self.groups))


@dataclass(frozen=True)
class Half:
    """The whole mail in one language. `typed_in`: the language of the requester's pages."""

    language: str
    typed_in: str
    urgent: bool
    headline: str
    subtitle: tuple[str, ...]
    opening: tuple[str, ...]
    other_language: str  # a line saying that the other language follows, or ""
    unapproved: tuple[tuple[str, str], ...]  # (language, line): nobody has signed the rules
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
