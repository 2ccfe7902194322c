"""What a mail is made of, in words of one language; the templates only give it a form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """`label`: what a typed note is about."""

    text: str
    typed: bool = False
    label: str = ""

    @property
    def own_words(self) -> bool:
        """Whether it is something that was given, and no sentence of ours."""
        return self.typed or bool(self.label)


@dataclass(frozen=True)
class Row:
    """`typed`: in a person's own words, shown as they wrote them. `strong`: to be seen first.

    `notes` stand beside the value.
    """

    label: str
    value: str
    typed: bool = False
    strong: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Item:
    """`flowing`: its notes follow it in the same paragraph, not each on a line of its own.

    `address`: the page of a document of ours, never something that was typed.
    """

    text: str
    notes: tuple[Note, ...] = ()
    typed: bool = False
    flowing: bool = False
    address: str = ""


@dataclass(frozen=True)
class Group:
    """Items under a small heading of their own, or under none. `ordered`: they are numbered."""

    title: str
    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Section:
    """`dense`: to look things up in, in smaller letters."""

    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()
    dense: bool = False

    @property
    def empty(self) -> bool:
        return not (self.paragraphs or self.rows or any(group.items for group in self.groups))


@dataclass(frozen=True)
class FirstScreen:
    """What fits on a phone before anything is moved.

    `link`: the marker of the acknowledge link, or "" in a preview, where `confirm` stands alone.
    """

    headline: str
    rows: tuple[Row, ...]
    confirm: str
    link: str


@dataclass(frozen=True)
class Half:
    """The whole mail in one language. `typed_in`: the language of the requester's pages.

    `colour` is the authority's, legible under white text.
    """

    language: str
    typed_in: str
    urgent: bool
    brand: str
    colour: str
    references: tuple[str, ...]
    other_language: str  # a line saying that the other language follows, or ""
    first: FirstScreen
    opening: tuple[str, ...]
    unapproved: tuple[tuple[str, str], ...]  # (language, line): nobody has signed the rules
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
